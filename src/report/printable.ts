// Names come from files that others wrote. A control character among them could move a terminal's
// cursor, forge a line or turn writing round; it is shown as what it is instead.

/** C0, DEL, C1, line and paragraph separators, and what reverses the direction of writing. */
const HIDDEN = /[\u0000-\u001f\u007f-\u009f\u200e\u200f\u2028-\u202e\u2066-\u2069\ufeff]/g;

/** "a\u001b[2J" -> "a\\x1b[2J" */
export function printable(text: string): string {
  return text.replace(HIDDEN, shown);
}

/** The same for text of several lines, which are kept. */
export function printableLines(text: string): string {
  return text.split("\n").map(printable).join("\n");
}

function shown(char: string): string {
  const code = char.charCodeAt(0).toString(16);
  return code.length <= 2 ? `\\x${code.padStart(2, "0")}` : `\\u${code.padStart(4, "0")}`;
}
