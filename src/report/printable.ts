// Names come from files that others wrote. A control character among them could move a terminal's
// cursor, forge a line or turn writing round; it is shown as what it is instead. So is what takes
// no room: two names that differ by it alone would look the same.
import { OWN_CODES } from "./paint.ts";

/**
 * C0, DEL, C1; soft hyphen, zero-width space and other signs without width; line and paragraph
 * separators; what reverses the direction of writing; tags; letters that are blank. Joiners stay
 * between letters that have them, as in Persian and in emoji; signs that choose a letter's form
 * behind what has forms, as in emoji and in Chinese names; the blank of braille within braille.
 */
const CONTROLS =
  "\\u0000-\\u001f\\u007f-\\u009f\\u2028-\\u202e\\u2060-\\u206f\\u200e\\u200f\\u061c";
const NO_WIDTH = "\\u00ad\\u034f\\u180e\\u200b\\ufeff\\u{e0000}-\\u{e007f}";
const BLANK = "\\u115f\\u1160\\u17b4\\u17b5\\u3164\\uffa0";
const BRAILLE = "[\\u2800-\\u28ff]";
const JOINER = "[\\u200c\\u200d]";
const JOINED = "[^\\u0000-\\u00ff]";
const FORM = "[\\ufe00-\\ufe0f\\u{e0100}-\\u{e01ef}]";
const HAS_FORMS = "[\\p{Extended_Pictographic}\\p{Script=Han}]";
const HIDDEN = new RegExp(
  [
    `[${CONTROLS}${NO_WIDTH}${BLANK}]`,
    `(?<!${JOINED})${JOINER}|${JOINER}(?!${JOINED})`,
    `(?<!${BRAILLE})\\u2800|\\u2800(?!${BRAILLE})`,
    `(?<!${HAS_FORMS}|[0-9#*](?=${FORM}\\u20e3))${FORM}`,
  ].join("|"),
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

/** Escapes of JSON: what may follow `u` is looked at, those that say what is seen are not. */
const PLAIN_ESCAPES = new Set(['\\"', "\\\\", "\\/", "\\n"]);
const ESCAPE = /\\(?:u[0-9a-fA-F]{4}|[^u])/g;

/**
 * The same within the text of JSON: its strings then say what they hold, its layout stays. What
 * JSON itself has escaped, such as every control character, is shown as well; lines are kept.
 */
export function printableInJson(text: string): string {
  const raw = text.replace(HIDDEN, (char) => (char < " " ? char : `\\${shown(char)}`));
  return raw.replace(ESCAPE, (escaped) => {
    if (PLAIN_ESCAPES.has(escaped)) return escaped;
    const char = JSON.parse(`"${escaped}"`) as string;
    return char.search(HIDDEN) < 0 ? escaped : `\\${shown(char)}`;
  });
}

/** What is hidden in a text of several lines, by its lines from 1. */
export function hiddenIn(text: string): { readonly line: number; readonly signs: string[] }[] {
  return text.split(/\r?\n/).flatMap((line, i) => {
    const signs = [...new Set((line.match(HIDDEN) ?? []).filter((char) => char !== "\t"))];
    return signs.length === 0 ? [] : [{ line: i + 1, signs: signs.map(shown) }];
  });
}

function shown(char: string): string {
  const code = char.codePointAt(0)!.toString(16);
  if (code.length > 4) return `\\u{${code}}`;
  return code.length <= 2 ? `\\x${code.padStart(2, "0")}` : `\\u${code.padStart(4, "0")}`;
}
