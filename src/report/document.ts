// What a report is made of, before anybody decides whether it becomes a terminal's text or a page:
// sections of sentences, tables and charts. Both renderings come from this one object, so that they
// cannot say different things.
import type { Column } from "./text-table.ts";

export type Block =
  | { readonly kind: "text"; readonly text: string }
  /** The one sentence of a section that must not be missed. */
  | { readonly kind: "headline"; readonly text: string }
  | { readonly kind: "note"; readonly text: string }
  | {
      readonly kind: "table";
      readonly columns: readonly Column[];
      readonly rows: readonly (readonly string[])[];
      readonly caption?: string;
    }
  /**
   * `svg` for a page, `narrowSvg` for the same page on a phone, `text` for a terminal; each may be
   * left out.
   */
  | {
      readonly kind: "chart";
      readonly title: string;
      readonly svg?: string;
      readonly narrowSvg?: string;
      readonly text?: string;
    };

export interface Section {
  readonly title: string;
  /** Shown beside the title: a grade of evidence, an estimand. */
  readonly badge?: string;
  readonly blocks: readonly Block[];
}

export interface ReportDocument {
  /** What comes before everything else, the title too: the answer. */
  readonly lead?: readonly Block[];
  readonly title: string;
  readonly subtitle?: string;
  readonly sections: readonly Section[];
  /** Seed, version, sources: what somebody needs to get the same bytes again. */
  readonly foot?: readonly string[];
}

export function textBlock(text: string): Block {
  return { kind: "text", text };
}

export function headlineBlock(text: string): Block {
  return { kind: "headline", text };
}

export function noteBlock(text: string): Block {
  return { kind: "note", text };
}

export function tableBlock(
  columns: readonly Column[],
  rows: readonly (readonly string[])[],
  caption?: string,
): Block {
  return caption === undefined
    ? { kind: "table", columns, rows }
    : { kind: "table", columns, rows, caption };
}
