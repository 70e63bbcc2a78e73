// Names come from files that others wrote. A control character among them could move a terminal's
// cursor, forge a line or turn writing round; it is shown as what it is instead. So is what takes
// no room: two names that differ by it alone would look the same.
import { OWN_CODES } from "./paint.ts";

/**
 * C0, DEL, C1; soft hyphen, zero-width space and other signs without width; line and paragraph
 * separators; what reverses the direction of writing; tags. Joiners stay between letters that have
 * them, as in Persian and in emoji.
 */
const CONTROLS =
  "\\u0000-\\u001f\\u007f-\\u009f\\u2028-\\u202e\\u2060-\\u206f\\u200e\\u200f\\u061c";
const NO_WIDTH = "\\u00ad\\u180e\\u200b\\ufeff\\u{e0000}-\\u{e007f}";
const JOINER = "[\\u200c\\u200d]";
const JOINED = "[^\\u0000-\\u00ff]";
const HIDDEN = new RegExp(
  `[${CONTROLS}${NO_WIDTH}]|(?<!${JOINED})${JOINER}|${JOINER}(?!${JOINED})`,
  "gu",
);

/** "a\u001b[2J" -> "a\\x1b[2J" */
export function printable(text: string): string {
  return text.replace(HIDDEN, shown);
}

/** The same for text of several lines, which are kept. */
export function printableLines(text: string): string {
  return text.split("\n").map(printable).join("\n");
}

/** The same for lines that were painted: our own colours are kept, and nothing else. */
export function printablePainted(text: string): string {
  return text
    .split(OWN_CODES)
    .map((part, i) => (i % 2 === 1 ? part : printableLines(part)))
    .join("");
}

/** One line of JSON in which such characters are escaped, and mean what they did. */
export function printableJson(value: unknown): string {
  return JSON.stringify(value).replace(HIDDEN, (chars) =>
    chars
      .split("")
      .map((unit) => `\\u${unit.charCodeAt(0).toString(16).padStart(4, "0")}`)
      .join(""),
  );
}

/** The same within the text of JSON: its strings then say what they hold, its layout stays. */
export function printableInJson(text: string): string {
  return text.replace(HIDDEN, (char) => (char < " " ? char : `\\${shown(char)}`));
}

function shown(char: string): string {
  const code = char.codePointAt(0)!.toString(16);
  if (code.length > 4) return `\\u{${code}}`;
  return code.length <= 2 ? `\\x${code.padStart(2, "0")}` : `\\u${code.padStart(4, "0")}`;
}
