// Chaskey-12 (ISO/IEC 29192-6, Mouha et al. 2014 and 2015): a 128-bit keyed hash made of 32-bit
// additions, rotations and xors, so it is quick in plain JavaScript: about a third of SipHash's
// time. It turns user ids, claim ids and attributes into pseudonyms.
import { assert } from "./assert.ts";

const ROUNDS = 12;
const MAX_TEXT_BYTES = 4096;

/** The message being hashed, in little-endian words, padded to whole blocks. */
const MESSAGE = new Int32Array(MAX_TEXT_BYTES / 4 + 4);

export class KeyedHash {
  private readonly keys = new Int32Array(12);

  /** @param key 16 bytes */
  constructor(key: Uint8Array) {
    assert(key.length === 16, `expected a key of 16 bytes, got ${key.length}`);
    const view = new DataView(key.buffer, key.byteOffset, 16);
    for (let i = 0; i < 4; i++) this.keys[i] = view.getInt32(4 * i, true);
    double(this.keys, 0, 4);
    double(this.keys, 4, 8);
  }

  /** Hashes the UTF-8 bytes of `text` (at most 4,096 of them) into out[at .. at + 3]. */
  hashText(text: string, out: Uint32Array, at = 0): void {
    if (!this.hashAscii(text, out, at)) this.hashBytes(ENCODER.encode(text), out, at);
  }

  /** As `hashText` where the text is ASCII of at most 4,096 bytes; elsewhere nothing, and false. */
  hashAscii(text: string, out: Uint32Array, at = 0): boolean {
    const length = text.length;
    let units = 0;
    for (let i = 0; i < length; i++) units |= text.charCodeAt(i);
    if (units >= 0x80 || length > MAX_TEXT_BYTES) return false;
    // Words are put together in registers: reading back single bytes as words would stall.
    const message = MESSAGE;
    let word = 0;
    let i = 0;
    for (; i + 4 <= length; i += 4) {
      message[word++] =
        text.charCodeAt(i) |
        (text.charCodeAt(i + 1) << 8) |
        (text.charCodeAt(i + 2) << 16) |
        (text.charCodeAt(i + 3) << 24);
    }
    let last = 0;
    for (let shift = 0; i < length; i++, shift += 8) last |= text.charCodeAt(i) << shift;
    message[word] = last;
    this.hashMessage(length, out, at);
    return true;
  }

  /** Hashes `bytes` (at most 4,096 of them) into out[at .. at + 3]. */
  hashBytes(bytes: Uint8Array, out: Uint32Array, at = 0): void {
    const message = MESSAGE;
    const { length } = bytes;
    assert(length <= MAX_TEXT_BYTES, "expected at most 4,096 bytes to hash");
    for (let i = 0, word = 0; i <= length; i += 4, word++) {
      message[word] =
        (bytes[i] ?? 0) |
        ((bytes[i + 1] ?? 0) << 8) |
        ((bytes[i + 2] ?? 0) << 16) |
        ((bytes[i + 3] ?? 0) << 24);
    }
    this.hashMessage(length, out, at);
  }

  /** Hashes `count` whole words, as their bytes in little-endian order. */
  hashWords(words: Uint32Array, from: number, count: number, out: Uint32Array, at = 0): void {
    const message = MESSAGE;
    for (let i = 0; i < count; i++) message[i] = words[from + i]!;
    message[count] = 0;
    this.hashMessage(4 * count, out, at);
  }

  /** The message's last word is zero beyond its `length` bytes. */
  private hashMessage(length: number, out: Uint32Array, at: number): void {
    const { keys } = this;
    const message = MESSAGE;
    const whole = length > 0 && (length & 15) === 0;
    const lastBlock = length === 0 ? 0 : ((length - 1) >>> 4) << 2;
    if (!whole) {
      const end = length >>> 2;
      message[end] = message[end]! | (1 << ((length & 3) << 3));
      for (let word = end + 1; word < lastBlock + 4; word++) message[word] = 0;
    }
    const tweak = whole ? 4 : 8;
    let a = keys[0]!;
    let b = keys[1]!;
    let c = keys[2]!;
    let d = keys[3]!;
    for (let word = 0; word <= lastBlock; word += 4) {
      a ^= message[word]!;
      b ^= message[word + 1]!;
      c ^= message[word + 2]!;
      d ^= message[word + 3]!;
      if (word === lastBlock) {
        a ^= keys[tweak]!;
        b ^= keys[tweak + 1]!;
        c ^= keys[tweak + 2]!;
        d ^= keys[tweak + 3]!;
      }
      for (let round = 0; round < ROUNDS; round++) {
        a = (a + b) | 0;
        b = ((b << 5) | (b >>> 27)) ^ a;
        a = (a << 16) | (a >>> 16);
        c = (c + d) | 0;
        d = ((d << 8) | (d >>> 24)) ^ c;
        a = (a + d) | 0;
        d = ((d << 13) | (d >>> 19)) ^ a;
        c = (c + b) | 0;
        b = ((b << 7) | (b >>> 25)) ^ c;
        c = (c << 16) | (c >>> 16);
      }
    }
    out[at] = a ^ keys[tweak]!;
    out[at + 1] = b ^ keys[tweak + 1]!;
    out[at + 2] = c ^ keys[tweak + 2]!;
    out[at + 3] = d ^ keys[tweak + 3]!;
  }
}

const ENCODER = new TextEncoder();

/** words[to ..] = words[from ..] times two in GF(2^128), the subkey rule of the paper. */
function double(words: Int32Array, from: number, to: number): void {
  const carry = words[from + 3]! >>> 31 === 1 ? 0x87 : 0;
  words[to] = (words[from]! << 1) ^ carry;
  for (let i = 1; i < 4; i++)
    words[to + i] = (words[from + i]! << 1) | (words[from + i - 1]! >>> 31);
}
