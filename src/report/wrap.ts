// Text broken into lines of a given width, at spaces but not before a per cent sign; a word that is
// longer stands alone, unless somebody breaks it.
import { textWidth } from "./paint.ts";

export function wrapText(text: string, width: number, indent = ""): string[] {
  const lines: string[] = [];
  for (const paragraph of text.split("\n")) {
    let line = indent;
    let empty = true;
    for (const word of unbroken(paragraph)) {
      const joined = empty ? line + word : `${line} ${word}`;
      if (!empty && textWidth(joined) > width) {
        lines.push(line);
        line = indent + word;
      } else {
        line = joined;
      }
      empty = false;
    }
    lines.push(line);
  }
  return lines;
}

/** The parts of a line between which it may be broken. */
export function unbroken(line: string): string[] {
  return line.split(/ (?!%)/).filter((part) => part !== "");
}

/** Inside a name: behind a dot, a dash, a slash or an underscore that stands between letters. */
const JOINT = /(?<=\p{L}[._/-])(?=\p{L})/u;

/** "offers.envelope.returning", 18 -> ["offers.envelope.", "returning"]; else anywhere. */
export function breakWord(word: string, width: number): string[] {
  const lines: string[] = [];
  let line = "";
  for (const part of word.split(JOINT)) {
    if (line !== "" && textWidth(line + part) > width) {
      lines.push(line);
      line = "";
    }
    for (const char of part) {
      if (line !== "" && textWidth(line + char) > width) {
        lines.push(line);
        line = "";
      }
      line += char;
    }
  }
  return [...lines, line];
}

/** Text in lines of a width that none exceeds: words that are longer are broken. */
export function fitText(text: string, width: number): string[] {
  return wrapText(text, width).flatMap((line) =>
    textWidth(line) <= width ? [line] : breakWord(line, width),
  );
}

/** The widest piece of a text that is never broken where there is another way. */
export function widestPiece(text: string): number {
  const pieces = unbroken(text).flatMap((word) => word.split(JOINT));
  return Math.max(0, ...pieces.map(textWidth));
}

/** Long names with places at which a page may break them. */
export function markJoints(html: string, mark: string): string {
  return html.replace(/[^\s<>"]{17,}/g, (word) => word.split(JOINT).join(mark));
}
