// 64-bit integers of the format as JavaScript numbers: sequences and milliseconds stay below 2^53.
import { assert } from "../base/assert.ts";

const WORD = 0x1_0000_0000;

export function writeU64(view: DataView, offset: number, value: number): void {
  assert(Number.isSafeInteger(value) && value >= 0, `unsigned safe integer expected, got ${value}`);
  view.setUint32(offset, value % WORD, true);
  view.setUint32(offset + 4, Math.floor(value / WORD), true);
}

/** Exact below 2^53; a greater value cannot come from a writer, and compares unequal to any. */
export function readU64(view: DataView, offset: number): number {
  return view.getUint32(offset, true) + view.getUint32(offset + 4, true) * WORD;
}
