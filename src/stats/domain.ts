// What a statistic does with numbers outside its valid range: it refuses them by name. A NaN that
// travels on ends as a wrong verdict.
import { HongbaoError } from "../base/error.ts";

/** Throws `invalid_data` unless `holds`; the message names the statistic and what it expected. */
export function requireDomain(holds: boolean, statistic: string, expected: string): asserts holds {
  if (holds) return;
  throw new HongbaoError({
    code: "invalid_data",
    message: `${statistic}: expected ${expected}`,
    details: { statistic },
  });
}

/** Throws unless `level` is a confidence level strictly between 0 and 1. */
export function requireLevel(level: number, statistic: string): void {
  requireDomain(level > 0 && level < 1, statistic, `a confidence level in (0, 1), got ${level}`);
}
