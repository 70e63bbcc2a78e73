// Pseudonyms and other keys as text.

/** Every byte as two hex digits. */
const HEX = Array.from({ length: 256 }, (_, byte) => byte.toString(16).padStart(2, "0"));

/** Four words as 32 hex digits, the bytes in the order of the journal. */
export function keyHex(words: Uint32Array, at: number): string {
  let text = "";
  for (let i = at; i < at + 4; i++) {
    const word = words[i]!;
    text += HEX[word & 0xff]! + HEX[(word >>> 8) & 0xff]!;
    text += HEX[(word >>> 16) & 0xff]! + HEX[word >>> 24]!;
  }
  return text;
}
