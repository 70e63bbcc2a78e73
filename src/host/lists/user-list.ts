// An imported list of users: the first 64 bits of their pseudonyms, sorted, eight bytes each.
// Whoever is on the list is always found; somebody who is not is taken for a member with a chance
// of n / 2^64, for ten million users 5 in 10^13.
import { assert } from "../../base/assert.ts";

export class UserList {
  readonly count: number;
  /** Two words an entry, low first; ascending as 64-bit numbers. */
  private readonly words: Uint32Array;

  /** @param entries ascending, none twice */
  constructor(entries: BigUint64Array) {
    assert(LITTLE_ENDIAN, "lists of users need a little-endian machine");
    this.count = entries.length;
    this.words = new Uint32Array(entries.buffer, entries.byteOffset, 2 * entries.length);
  }

  get bytes(): number {
    return this.words.byteLength;
  }

  /** Whether the user whose pseudonym is key[at .. at + 3] is on the list. */
  has(key: Uint32Array, at: number): boolean {
    const low = key[at]!;
    const high = key[at + 1]!;
    const { words } = this;
    let [from, to] = this.stretchOf(high);
    while (from < to) {
      const middle = (from + to) >>> 1;
      const there = words[2 * middle + 1]!;
      if (there < high || (there === high && words[2 * middle]! < low)) from = middle + 1;
      else to = middle;
    }
    return from < this.count && words[2 * from + 1] === high && words[2 * from] === low;
  }

  /**
   * Where an entry must be. Pseudonyms are uniform, so that its share of 2^32 tells the place
   * within a few standard deviations; the rest of the list is looked at only if it is not there.
   */
  private stretchOf(high: number): [from: number, to: number] {
    const { count, words } = this;
    const near = Math.floor((high / 2 ** 32) * count);
    const spread = 16 + 4 * Math.ceil(Math.sqrt(count));
    const from = Math.max(0, near - spread);
    const to = Math.min(count, near + spread);
    const isAfter = from === 0 || words[2 * from - 1]! < high;
    const isBefore = to === count || words[2 * to + 1]! > high;
    return [isAfter ? from : 0, isBefore ? to : count];
  }
}

const LITTLE_ENDIAN = new Uint8Array(new Uint32Array([1]).buffer)[0] === 1;
