// What a verdict takes for granted, for who cannot answer.

/** The same for who cannot answer: a page does not say what to type. */
export function withoutKeys(said: string): string {
  return said.replace(/ \([^()]* says? what it was\)\.$/, ".");
}
