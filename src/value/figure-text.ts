// A figure as it is written in a report: in the file's own unit, with its range.
import { formatLevel, formatNumber } from "../report/format.ts";
import type { FigureEntry } from "./figure.ts";

/** "3,000 million CNY", "35 % (26 % to 38 %)", "not found". */
export function figureText({ value, range, unit }: FigureEntry): string {
  if (value === null) return "not found";
  const isShare = unit === "share";
  const percent = (ratio: number): string => formatLevel(ratio).replace("-", "−");
  const text = (number: number): string => (isShare ? percent(number) : plainNumber(number));
  const own = isShare ? text(value) : `${text(value)} ${unit}`;
  return range === null ? own : `${own} (${text(range[0])} to ${text(range[1])})`;
}

/** With as many digits as it was given, four at most. */
export function plainNumber(value: number): string {
  const digits = `${value}`.split(".")[1]?.length ?? 0;
  return formatNumber(value, Math.min(4, digits));
}
