// What a table is told of each of its columns.
import type { ReactNode } from "react";
import type { WordName } from "../../words/words.ts";

export interface DataColumn<Row> {
  /** Its title, and its name in addresses. */
  readonly name: WordName;
  /** What it is sorted and searched by, and what a spreadsheet gets. */
  readonly value: (row: Row) => string | number;
  /** As it is shown; absent: the value. */
  readonly cell?: (row: Row) => ReactNode;
  /** Numbers stand to the right. */
  readonly align?: "right";
  /** The column that names the row: it cannot be put away. */
  readonly isName?: true;
}
