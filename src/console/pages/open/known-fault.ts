// What the check says of a file that the form wrote, as one of a closed list, so that each language
// has words for it. Whatever is not in the list is shown as the check says it, in English;
// known-fault.test.ts fills the form in until nothing is.

export type KnownWord =
  | "afterStart"
  | "amount"
  | "atMostBudget"
  | "closesLater"
  | "count"
  | "currency"
  | "days"
  | "decimals"
  | "id"
  | "notBeforeEnd"
  | "otherId"
  | "positive"
  | "share"
  | "text"
  | "time"
  | "tooLong"
  | "zone";

export interface KnownFault {
  readonly word: KnownWord;
  /** The instant that it speaks of. */
  readonly atMs?: number;
  /** A number of days, of decimals, or an amount. */
  readonly number?: number;
}

const PATTERNS: readonly (readonly [pattern: RegExp, word: KnownWord])[] = [
  [/^after the start (\S+Z)$/, "afterStart"],
  [/^not before the end (\S+Z)$/, "notBeforeEnd"],
  [/^the last expiry not after the close (\S+Z)$/, "closesLater"],
  [/^fewer than (\d+) days after the start$/, "tooLong"],
  [/^a time (with zone such as|that exists)/, "time"],
  [/^more than nothing$/, "positive"],
  [/^at most the budget ([\d.]+) ?\S*$/, "atMostBudget"],
  [/^an amount of .* with (?:at most (\d+)|no) decimals/, "decimals"],
  [/^an amount such as /, "amount"],
  [/^a whole number of grants$/, "count"],
  [/^a duration such as /, "days"],
  [/^a share (such as|from) /, "share"],
  [/^lower-case letters, digits and hyphens/, "id"],
  [/^an id of its own$/, "otherId"],
  [/^text of 1 to 200 characters$/, "text"],
  [/^a currency code such as /, "currency"],
  [/^a time zone such as /, "zone"],
];

/** Null: none of the list. */
export function knownFault(place: string, expected: string): KnownFault | null {
  for (const [pattern, word] of PATTERNS) {
    const match = pattern.exec(expected);
    if (match === null) continue;
    const [, told = ""] = match;
    if (told.endsWith("Z")) return { word, atMs: Date.parse(told) };
    // Of a limit that is no number of grants the check cannot know whether money was meant.
    if (word === "amount" && place.startsWith("per")) return { word: "count" };
    if (word === "decimals" || word === "tooLong" || word === "atMostBudget") {
      return { word, number: Number(told) };
    }
    return { word };
  }
  return null;
}
