// What a table is told of each of its columns.
import type { ReactNode } from "react";
import type { WordName } from "../../words/words.ts";

export interface DataColumn<Row> {
  /** Its title, and its name in addresses. */
  readonly name: WordName;
  /** What it is sorted and searched by, and what a spreadsheet gets; null, nothing, comes last. */
  readonly value: (row: Row) => string | number | null;
  /** The word that is shown for the value: what is sought, and what a spreadsheet gets. */
  readonly word?: (row: Row) => WordName;
  /** The value is an instant, in ms: a spreadsheet gets it in UTC, as people read it. */
  readonly isInstant?: true;
  /** Of an amount: a spreadsheet gets it in a column of its own. */
  readonly currency?: (row: Row) => string;
  /** What its numbers are counted in, where they do not say so to a spreadsheet. */
  readonly unit?: string;
  /** As it is shown; absent: the value. */
  readonly cell?: (row: Row) => ReactNode;
  /** Numbers stand to the right. */
  readonly align?: "right";
  /** The column that names the row: it cannot be put away. */
  readonly isName?: true;
  /** What can be done with the row: neither sorted nor saved nor put away. */
  readonly isAction?: true;
}
