// The figure of a year earlier, where only its growth was published. A published growth is a
// rounded per cent: what follows from it is a range, and has no more digits than the range leaves.
import type { RawNumber } from "./value-file/value-shape.ts";

export interface YearBefore {
  readonly value: number;
  readonly range: readonly [low: number, high: number];
}

/** Written as a number, growth counts as rounded to a whole per cent at the roughest. */
const ROUGHEST = 0.005;

/**
 * Null where the growth leaves no number: the figure or the one before it was a loss.
 * @example 5102 after -84 % -> 31,900, of 30,920 to 32,920
 */
export function yearBefore(
  [low, value, high]: readonly [low: number, value: number, high: number],
  growth: number,
  rounding: number,
): YearBefore | null {
  const [least, most] = [1 + growth - rounding, 1 + growth + rounding];
  if (!(low > 0) || !(least > 0)) return null;
  const [from, to] = [low / most, high / least];
  const unit = 10 ** Math.floor(Math.log10((to - from) / 2));
  return {
    value: toUnit(value / (1 + growth), unit),
    range: [toUnit(from, unit / 10), toUnit(to, unit / 10)],
  };
}

/** Half of the last digit that is written: "-84 %" -> .005 */
export function roundingOf(raw: RawNumber): number {
  const text = `${raw}`;
  const digits = /\.(\d+)/.exec(text)?.[1]?.length ?? 0;
  const half = 0.5 * 10 ** -digits;
  return typeof raw === "string" ? half / 100 : Math.min(ROUGHEST, half);
}

function toUnit(value: number, unit: number): number {
  return Number((Math.round(value / unit) * unit).toPrecision(12));
}
