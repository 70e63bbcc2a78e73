// A number as somebody typed it: as his language writes it, or with a point. What could be two
// amounts is none: 1.800 is one and four fifths to some readers, and a thousand more to others.
import { parseMajor } from "../../base/money.ts";

export type TypedNumber =
  /** In digits with a point, as files have it. */
  | { readonly kind: "number"; readonly plain: string }
  /** With its separator between thousands, and before decimals. */
  | { readonly kind: "ambiguous"; readonly whole: string; readonly part: string }
  | { readonly kind: "none" };

const NONE: TypedNumber = { kind: "none" };

/** The mark before decimals in a language. */
export function decimalMark(locale: string): string {
  const parts = new Intl.NumberFormat(locale).formatToParts(1.5);
  return parts.find(({ type }) => type === "decimal")?.value ?? ".";
}

/**
 * @param decimals the most that such a number has
 * @param mark before decimals, in the reader's language
 */
export function readNumber(typed: string, decimals: number, mark: string): TypedNumber {
  // Digits and marks of full width become plain ones; thousands apart by spaces or apostrophes.
  const text = typed
    .normalize("NFKC")
    .trim()
    .replace(/['’\s]/gu, " ");
  const sure =
    /^(\d+)$/.exec(text) ??
    /^(\d{1,3}(?: \d{3})+)(?:[.,](\d+))?$/.exec(text) ??
    /^(\d{1,3}(?:\.\d{3})+),(\d+)$/.exec(text) ??
    /^(\d{1,3}(?:,\d{3})+)\.(\d+)$/.exec(text) ??
    /^(\d{1,3}(?:\.\d{3}){2,})$/.exec(text) ??
    /^(\d{1,3}(?:,\d{3}){2,})$/.exec(text);
  if (sure !== null) return numberOf(sure[1]!, sure[2] ?? "");
  const [, head, one, tail] = /^(\d+)([.,])(\d+)$/.exec(text) ?? [];
  if (head === undefined || tail === undefined) return NONE;
  const isOfThousands = tail.length === 3 && /^[1-9]\d{0,2}$/.test(head);
  if (!isOfThousands) return numberOf(head, tail);
  if (decimals === 0) return numberOf(head + tail, "");
  if (decimals === 3 && one === mark) return numberOf(head, tail);
  return { kind: "ambiguous", whole: head + tail, part: `${head}.${tail}` };
}

/** An amount in minor units; null: it is none, too fine, or could be two. */
export function readMinor(typed: string, decimals: number, mark: string): number | null {
  const read = readNumber(typed, decimals, mark);
  return read.kind === "number" ? parseMajor(read.plain, decimals) : null;
}

function numberOf(whole: string, fraction: string): TypedNumber {
  const digits = whole.replace(/\D/g, "").replace(/^0+(?=\d)/, "");
  return { kind: "number", plain: fraction === "" ? digits : `${digits}.${fraction}` };
}
