// A column of a table, on a page as on a terminal.

export interface Column {
  readonly title: string;
  /** Numbers stand to the right; default left. */
  readonly align?: "left" | "right";
}

/** A column of numbers. */
export function rightColumn(title: string): Column {
  return { title, align: "right" };
}
