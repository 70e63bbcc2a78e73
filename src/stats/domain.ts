// What a statistic does with numbers outside its valid range: it refuses them by name. A NaN that
// travels on ends as a wrong verdict.
import { HongbaoError } from "../base/error.ts";

/** Throws `invalid_data` unless `holds`; the message names the statistic and what it expected. */
export function requireDomain(holds: boolean, statistic: string, expected: string): asserts holds {
  if (!holds) throw domainError(statistic, expected);
}

/** For loops over data: `if (…) throw domainError(…)` writes no sentence for the good values. */
export function domainError(statistic: string, expected: string): HongbaoError {
  return new HongbaoError({
    code: "invalid_data",
    message: `${statistic}: expected ${expected}`,
    details: { statistic },
  });
}

/** Throws unless `level` is a confidence level strictly between 0 and 1. */
export function requireLevel(level: number, statistic: string): void {
  if (level > 0 && level < 1) return;
  throw domainError(statistic, `a confidence level in (0, 1), got ${level}`);
}
