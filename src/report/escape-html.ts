// Text made safe for HTML and for attributes in double or single quotes. Names come from files that
// others wrote: their control characters are shown, as on a terminal.
import { printable } from "./printable.ts";

const entities: Readonly<Record<string, string>> = {
  "&": "&amp;",
  "<": "&lt;",
  ">": "&gt;",
  '"': "&quot;",
  "'": "&#39;",
};

export function escapeHtml(text: string): string {
  return printable(text).replace(/[&<>"']/g, (char) => entities[char]!);
}

/** The same for text of several lines, which are kept. */
export function escapeHtmlLines(text: string): string {
  return text.split("\n").map(escapeHtml).join("\n");
}
