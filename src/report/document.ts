// What a report is made of, before anybody decides whether it becomes a terminal's text or a page:
// sections of sentences, tables and charts. Both renderings come from this one object, so that they
// cannot say different things.
import type { Column } from "./column.ts";
import type { Picture } from "./picture.ts";

export type Block =
  /** `pageText`: what a page says instead, whose reader cannot type. */
  | { readonly kind: "text"; readonly text: string; readonly pageText?: string }
  /** The one sentence of a section that must not be missed. */
  | { readonly kind: "headline"; readonly text: string }
  /** What is wrong with all that follows: an alarm, and nothing else. */
  | { readonly kind: "warning"; readonly text: string }
  | { readonly kind: "note"; readonly text: string }
  | {
      readonly kind: "table";
      readonly columns: readonly Column[];
      readonly rows: readonly (readonly string[])[];
      readonly caption?: string;
    }
  /** What few readers ask for: a page shows its title and opens it, a terminal shows all. */
  | { readonly kind: "more"; readonly title: string; readonly blocks: readonly Block[] }
  /**
   * `draw` for a page, once as wide as it is and once for a phone, `text` for a terminal; each may
   * be left out.
   */
  | {
      readonly kind: "chart";
      readonly title: string;
      /** Unique in the document. */
      readonly id?: string;
      readonly draw?: (isNarrow: boolean) => Picture;
      readonly text?: ChartText;
    };

/** Lines for a terminal; a function draws them for so many columns. */
export type ChartText = string | ((width: number) => string);

/** What a badge says about what it stands beside. */
export type BadgeTone = "good" | "warn" | "bad";

export interface Section {
  readonly title: string;
  /** Shown beside the title: a grade of evidence, an estimand. */
  readonly badge?: string;
  /** Absent: the badge says neither good nor bad. */
  readonly badgeTone?: BadgeTone;
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

export function warningBlock(text: string): Block {
  return { kind: "warning", text };
}

export function moreBlock(title: string, blocks: readonly Block[]): Block {
  return { kind: "more", title, blocks };
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
