// Attributes as words of a command line: --attribute device=d-55 --attribute ip=203.0.113.9
import { contractError } from "../contract/errors.ts";

/** Throws HongbaoError `invalid_usage`. `given` is what the option collected. */
export function attributesOf(given: unknown): Record<string, string> {
  if (!Array.isArray(given)) return {};
  const pairs = given.map((pair: string): [string, string] => {
    const at = pair.indexOf("=");
    if (at > 0) return [pair.slice(0, at), pair.slice(at + 1)];
    throw contractError("invalid_usage", `--attribute: expected name=value, found ${pair}`);
  });
  return eachOnce("--attribute", pairs);
}

/** Throws HongbaoError `invalid_usage` where a name comes twice: which one was meant? */
export function eachOnce<T>(option: string, pairs: readonly [string, T][]): Record<string, T> {
  const seen = new Set<string>();
  for (const [name] of pairs) {
    if (seen.has(name)) {
      throw contractError(
        "invalid_usage",
        `${option}: expected each name once, found ${name} twice`,
      );
    }
    seen.add(name);
  }
  return Object.fromEntries(pairs);
}
