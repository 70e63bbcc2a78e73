// A command that a reader copies from the screen into his shell.

/** The words as a POSIX shell reads them. */
export function shellWords(words: readonly string[]): string {
  return words.map(shellWord).join(" ");
}

function shellWord(word: string): string {
  if (/^[\w.,:/=@%+…-]+$/.test(word)) return word;
  return `'${word.replaceAll("'", `'\\''`)}'`;
}
