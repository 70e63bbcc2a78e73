// Sentences that begin with a name somebody gave.

/** "card caused …" -> "Card caused …"; a name with digits or capitals of its own stays as it is. */
export function sentence(text: string): string {
  return /^\p{Ll}+(?=[\s:,.;]|$)/u.test(text) ? text[0]!.toUpperCase() + text.slice(1) : text;
}
