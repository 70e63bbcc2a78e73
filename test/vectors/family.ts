// What a family of reference pairs is to the runner: a function from a question to an answer. A
// question holds the method's words, the input and the NAMES of the values that are asked for. It
// holds neither the pair's id nor its expected numbers, so no answer can be made to fit them.

/** What a family computes and what a pair expects: numbers, texts, and lists and maps of them. */
export type Value =
  | number
  | boolean
  | string
  | null
  | readonly Value[]
  | { readonly [key: string]: Value };

/** Inputs by name, with `same_as` followed; a file given as the whole input is its field `file`. */
export type Fields = Readonly<Record<string, unknown>>;

export interface Question {
  /** The pair's own words for what is computed. */
  readonly method: string;
  readonly input: Fields;
  /** Paths of the values that are expected, such as "estimate" or "ci.0"; "" for one bare value. */
  readonly wanted: readonly string[];
  /** What a property pair claims, in its own words; null where numbers are compared. */
  readonly claims: string | null;
  /** The text of a file under the folder of data sets, such as "cdnow/donations.csv". */
  readonly readData: (name: string) => string;
}

/** One sentence of a property pair, and whether it was found to hold. */
export interface Claim {
  readonly text: string;
  readonly holds: boolean;
}

export type Answer =
  | { readonly kind: "values"; readonly values: Value }
  | { readonly kind: "claims"; readonly claims: readonly Claim[] }
  | { readonly kind: "skip"; readonly reason: string };

export type Family = (question: Question) => Answer;

/** Computed values; whatever the pair expects must be among them under the same names. */
export function values(computed: Value): Answer {
  return { kind: "values", values: computed };
}

/** Checked sentences of a property pair. */
export function claims(checked: readonly Claim[]): Answer {
  return { kind: "claims", claims: checked };
}

/** Nothing was computed, because of `reason`. */
export function skip(reason: string): Answer {
  return { kind: "skip", reason };
}

/** A pair that cannot be read or computed as it stands; the sentence is printed as its failure. */
export class PairProblem extends Error {}
