// Colour for terminals, by meaning. The caller decides whether there is any (NO_COLOR, a pipe):
// without it every paint returns its text unchanged, and nothing is said by colour alone.

export type Tone = "title" | "strong" | "quiet" | "good" | "bad" | "warn" | "accent";

export type Paint = (tone: Tone, text: string) => string;

const codes: Readonly<Record<Tone, readonly [number, number]>> = {
  title: [1, 22],
  strong: [1, 22],
  quiet: [2, 22],
  good: [32, 39],
  bad: [31, 39],
  warn: [33, 39],
  accent: [36, 39],
};

export const plainPaint: Paint = (_tone, text) => text;

export const colourPaint: Paint = (tone, text) => {
  const [on, off] = codes[tone];
  return `\u001b[${on}m${text}\u001b[${off}m`;
};

/** The sequences that `colourPaint` writes, for `split`. */
export const OWN_CODES: RegExp = new RegExp(
  `(\\u001b\\[(?:${[...new Set(Object.values(codes).flat())].join("|")})m)`,
);

/** The text without escape sequences. */
export function stripPaint(text: string): string {
  return text.replace(/\u001b\[[0-9;]*m/g, "");
}

/** Columns that a text takes on a terminal: wide East Asian characters take two. */
export function textWidth(text: string): number {
  let width = 0;
  for (const char of stripPaint(text)) {
    const code = char.codePointAt(0)!;
    const wide =
      (code >= 0x1100 && code <= 0x115f) ||
      (code >= 0x2e80 && code <= 0xa4cf) ||
      (code >= 0xac00 && code <= 0xd7a3) ||
      (code >= 0xf900 && code <= 0xfaff) ||
      (code >= 0xfe30 && code <= 0xfe6f) ||
      (code >= 0xff00 && code <= 0xff60) ||
      (code >= 0x1f300 && code <= 0x1faff);
    width += wide ? 2 : 1;
  }
  return width;
}
