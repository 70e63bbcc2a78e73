// How figures are said to `hongbao prove plan`: ".02" and "2 %" alike, "orders=1.4" for one metric,
// "0.2points" for an effect on a share.
import { contractError } from "../../contract/index.ts";
import type { WantedEffect } from "../../prove/index.ts";

/** ".02" and "2 %" alike; never negative. */
export function readNumber(flag: string, text: string): number {
  const part = /^(.*?)\s*%$/.exec(text);
  const digits = part === null ? text : part[1]!;
  const value = digits.trim() === "" ? Number.NaN : Number(digits) / (part === null ? 1 : 100);
  if (Number.isFinite(value) && value >= 0) return value;
  throw usage(`${flag}: expected a number, found "${text}"`);
}

/** An effect in a metric's own units, in points of a share, or in per cent of the mean. */
export function readEffect(flag: string, text: string, isShare: boolean): WantedEffect {
  const found = /^\+?([\d.]+(?:e[+-]?\d+)?)\s*(points?|%)?$/i.exec(text.trim());
  const size = found === null ? Number.NaN : Number(found[1]);
  const expected = isShare ? "an effect such as 0.2points" : 'an effect such as 0.05 or "2 %"';
  // Two per cent of a share may be points or a part of it: whoever asks has to say which.
  const isOther = isShare ? found?.[2] === "%" : found?.[2]?.startsWith("point") === true;
  if (!(size > 0) || isOther) throw usage(`${flag}: expected ${expected}, found "${text}"`);
  const inPoints = found![2]?.startsWith("point") === true;
  const isRelative = found![2] === "%";
  return { size: inPoints || isRelative ? size / 100 : size, isRelative };
}

/** "d30=23.5%": the last = counts, since names of questions may have one. */
export function readNamed<T>(
  flag: string,
  given: readonly string[],
  read: (text: string, name: string) => T,
): Map<string, T> {
  const found = new Map<string, T>();
  for (const text of given) {
    const at = text.lastIndexOf("=");
    const name = text.slice(0, at).trim();
    if (at < 1 || found.has(name)) {
      throw usage(`${flag}: expected name=value, each name once, found "${text}"`);
    }
    found.set(name, read(text.slice(at + 1).trim(), name));
  }
  return found;
}

export function usage(message: string): ReturnType<typeof contractError> {
  return contractError("invalid_usage", message);
}
