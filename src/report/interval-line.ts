// An interval on an axis of characters, for terminals: "──┼──├────●────┤───", with the zero and, if
// known, the truth.

export interface IntervalLine {
  readonly estimate: number;
  readonly lower: number;
  readonly upper: number;
  /** A known value to hold the interval against, drawn as ◆. */
  readonly truth?: number;
}

/** One line of `width` characters; values beyond the axis are drawn at its end. */
export function intervalLine(
  interval: IntervalLine,
  axis: { readonly from: number; readonly to: number },
  width: number,
): string {
  const span = axis.to - axis.from || 1;
  const column = (value: number): number => {
    const at = Math.round(((value - axis.from) / span) * (width - 1));
    return Math.min(width - 1, Math.max(0, at));
  };
  const cells = Array.from({ length: width }, () => " ");
  for (let i = column(interval.lower); i <= column(interval.upper); i++) cells[i] = "─";
  cells[column(interval.lower)] = "├";
  cells[column(interval.upper)] = "┤";
  if (axis.from <= 0 && axis.to >= 0) {
    const zero = column(0);
    cells[zero] = cells[zero] === " " ? "│" : "┼";
  }
  cells[column(interval.estimate)] = "●";
  if (interval.truth !== undefined) cells[column(interval.truth)] = "◆";
  return cells.join("");
}
