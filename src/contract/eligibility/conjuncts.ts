// The parts of a condition at its outermost `&&`, as they are written. By the text and not by the
// tree, whose positions leave parentheses out.

const OPENING = "([{";
const CLOSING = ")]}";

/** The pieces between every `&&` that is in no brackets, text or comment. */
export function conjunctsOf(text: string): string[] {
  const parts: string[] = [];
  let depth = 0;
  let from = 0;
  for (let at = 0; at < text.length; at++) {
    const sign = text[at]!;
    if (sign === '"' || sign === "'") at = endOfText(text, at) - 1;
    else if (text.startsWith("//", at)) at = endOfLine(text, at);
    else if (OPENING.includes(sign)) depth += 1;
    else if (CLOSING.includes(sign)) depth -= 1;
    else if (depth === 0 && text.startsWith("&&", at)) {
      parts.push(text.slice(from, at).trim());
      at += 1;
      from = at + 1;
    }
  }
  return [...parts, text.slice(from).trim()];
}

/** Behind the closing quotes of the text that begins at `at`. */
function endOfText(text: string, at: number): number {
  const quote = text[at]!;
  const long = quote.repeat(3);
  const close = text.startsWith(long, at) ? long : quote;
  const isRaw = /[rR]/.test(text[at - 1] ?? "");
  let next = at + close.length;
  while (next < text.length && !text.startsWith(close, next)) {
    next += text[next] === "\\" && !isRaw ? 2 : 1;
  }
  return next + close.length;
}

function endOfLine(text: string, at: number): number {
  const end = text.indexOf("\n", at);
  return end < 0 ? text.length : end;
}
