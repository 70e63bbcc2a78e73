// One draw step by step, for whoever wants to see it: the numbers on the way from the inputs to the
// entry of the table. It gives what luck.ts gives, which a test holds it to.
import { sha256 } from "../../base/hash.ts";
import { chachaBlock } from "../../base/keystream.ts";
import type { TableEntry } from "../definition.ts";

export interface TracedDraw {
  /** Twelve bytes: the first of SHA-256(offer ‖ user). */
  nonce: Uint8Array;
  /** Words of the key stream in the order in which they were tried; the last one decided. */
  words: number[];
  /** The odds' sum, and its largest multiple within 32 bits: words from there on are passed. */
  sum: number;
  below: number;
  /** The last word modulo the sum. */
  point: number;
  /** The entry whose slice the point falls into. */
  entry: number;
}

/** @param user the pseudonym, 16 bytes */
export function traceDraw(
  key: Uint32Array,
  offer: number,
  user: Uint8Array,
  drawsBefore: number,
  entries: readonly TableEntry[],
): TracedDraw {
  const ordinal = new Uint8Array(4);
  new DataView(ordinal.buffer).setUint32(0, offer, true);
  const nonce = sha256(ordinal, user).slice(0, 12);
  const view = new DataView(nonce.buffer);
  const sum = entries.reduce((total, { odds }) => total + odds, 0);
  const below = 2 ** 32 - (2 ** 32 % sum);
  const block = new Uint32Array(16);
  const words: number[] = [];
  const start = Uint32Array.from([0, 4, 8], (at) => view.getUint32(at, true));
  for (; ; start[2]! += 1) {
    chachaBlock(key, start, drawsBefore, block);
    for (const word of block) {
      words.push(word);
      if (word >= below) continue;
      const point = word % sum;
      return { nonce, words, sum, below, point, entry: entryAt(entries, point) };
    }
  }
}

function entryAt(entries: readonly TableEntry[], point: number): number {
  let end = 0;
  return entries.findIndex(({ odds }) => {
    end += odds;
    return point < end;
  });
}
