// Text broken into lines of a given width, at spaces but not before a per cent sign; a word that is
// longer stands alone.
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
