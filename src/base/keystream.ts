// ChaCha20 (RFC 8439) as the only source of randomness: blocks for lucky amounts, and named, seeded
// streams for crowds, plans and statistics. Plain JavaScript, since Node's cipher object costs more
// per draw than the whole block.
import { assert } from "./assert.ts";
import { utf8 } from "./bytes.ts";
import { sha256 } from "./hash.ts";

// "expand 32-byte k"
const SIGMA_0 = 0x61707865;
const SIGMA_1 = 0x3320646e;
const SIGMA_2 = 0x79622d32;
const SIGMA_3 = 0x6b206574;

/** Writes block `counter` of the key stream into out[0 .. 15]. key: 8 words, nonce: 3 words. */
export function chachaBlock(
  key: Uint32Array,
  nonce: Uint32Array,
  counter: number,
  out: Uint32Array,
): void {
  // Unrolled over local variables: ten times as quick as the same rounds over an array.
  let x0: number = SIGMA_0;
  let x1: number = SIGMA_1;
  let x2: number = SIGMA_2;
  let x3: number = SIGMA_3;
  let x4 = key[0]! | 0;
  let x5 = key[1]! | 0;
  let x6 = key[2]! | 0;
  let x7 = key[3]! | 0;
  let x8 = key[4]! | 0;
  let x9 = key[5]! | 0;
  let x10 = key[6]! | 0;
  let x11 = key[7]! | 0;
  let x12 = counter | 0;
  let x13 = nonce[0]! | 0;
  let x14 = nonce[1]! | 0;
  let x15 = nonce[2]! | 0;
  for (let round = 0; round < 10; round++) {
    x0 = (x0 + x4) | 0;
    x12 ^= x0;
    x12 = (x12 << 16) | (x12 >>> 16);
    x8 = (x8 + x12) | 0;
    x4 ^= x8;
    x4 = (x4 << 12) | (x4 >>> 20);
    x0 = (x0 + x4) | 0;
    x12 ^= x0;
    x12 = (x12 << 8) | (x12 >>> 24);
    x8 = (x8 + x12) | 0;
    x4 ^= x8;
    x4 = (x4 << 7) | (x4 >>> 25);
    x1 = (x1 + x5) | 0;
    x13 ^= x1;
    x13 = (x13 << 16) | (x13 >>> 16);
    x9 = (x9 + x13) | 0;
    x5 ^= x9;
    x5 = (x5 << 12) | (x5 >>> 20);
    x1 = (x1 + x5) | 0;
    x13 ^= x1;
    x13 = (x13 << 8) | (x13 >>> 24);
    x9 = (x9 + x13) | 0;
    x5 ^= x9;
    x5 = (x5 << 7) | (x5 >>> 25);
    x2 = (x2 + x6) | 0;
    x14 ^= x2;
    x14 = (x14 << 16) | (x14 >>> 16);
    x10 = (x10 + x14) | 0;
    x6 ^= x10;
    x6 = (x6 << 12) | (x6 >>> 20);
    x2 = (x2 + x6) | 0;
    x14 ^= x2;
    x14 = (x14 << 8) | (x14 >>> 24);
    x10 = (x10 + x14) | 0;
    x6 ^= x10;
    x6 = (x6 << 7) | (x6 >>> 25);
    x3 = (x3 + x7) | 0;
    x15 ^= x3;
    x15 = (x15 << 16) | (x15 >>> 16);
    x11 = (x11 + x15) | 0;
    x7 ^= x11;
    x7 = (x7 << 12) | (x7 >>> 20);
    x3 = (x3 + x7) | 0;
    x15 ^= x3;
    x15 = (x15 << 8) | (x15 >>> 24);
    x11 = (x11 + x15) | 0;
    x7 ^= x11;
    x7 = (x7 << 7) | (x7 >>> 25);
    x0 = (x0 + x5) | 0;
    x15 ^= x0;
    x15 = (x15 << 16) | (x15 >>> 16);
    x10 = (x10 + x15) | 0;
    x5 ^= x10;
    x5 = (x5 << 12) | (x5 >>> 20);
    x0 = (x0 + x5) | 0;
    x15 ^= x0;
    x15 = (x15 << 8) | (x15 >>> 24);
    x10 = (x10 + x15) | 0;
    x5 ^= x10;
    x5 = (x5 << 7) | (x5 >>> 25);
    x1 = (x1 + x6) | 0;
    x12 ^= x1;
    x12 = (x12 << 16) | (x12 >>> 16);
    x11 = (x11 + x12) | 0;
    x6 ^= x11;
    x6 = (x6 << 12) | (x6 >>> 20);
    x1 = (x1 + x6) | 0;
    x12 ^= x1;
    x12 = (x12 << 8) | (x12 >>> 24);
    x11 = (x11 + x12) | 0;
    x6 ^= x11;
    x6 = (x6 << 7) | (x6 >>> 25);
    x2 = (x2 + x7) | 0;
    x13 ^= x2;
    x13 = (x13 << 16) | (x13 >>> 16);
    x8 = (x8 + x13) | 0;
    x7 ^= x8;
    x7 = (x7 << 12) | (x7 >>> 20);
    x2 = (x2 + x7) | 0;
    x13 ^= x2;
    x13 = (x13 << 8) | (x13 >>> 24);
    x8 = (x8 + x13) | 0;
    x7 ^= x8;
    x7 = (x7 << 7) | (x7 >>> 25);
    x3 = (x3 + x4) | 0;
    x14 ^= x3;
    x14 = (x14 << 16) | (x14 >>> 16);
    x9 = (x9 + x14) | 0;
    x4 ^= x9;
    x4 = (x4 << 12) | (x4 >>> 20);
    x3 = (x3 + x4) | 0;
    x14 ^= x3;
    x14 = (x14 << 8) | (x14 >>> 24);
    x9 = (x9 + x14) | 0;
    x4 ^= x9;
    x4 = (x4 << 7) | (x4 >>> 25);
  }
  out[0] = x0 + SIGMA_0;
  out[1] = x1 + SIGMA_1;
  out[2] = x2 + SIGMA_2;
  out[3] = x3 + SIGMA_3;
  out[4] = x4 + key[0]!;
  out[5] = x5 + key[1]!;
  out[6] = x6 + key[2]!;
  out[7] = x7 + key[3]!;
  out[8] = x8 + key[4]!;
  out[9] = x9 + key[5]!;
  out[10] = x10 + key[6]!;
  out[11] = x11 + key[7]!;
  out[12] = x12 + counter;
  out[13] = x13 + nonce[0]!;
  out[14] = x14 + nonce[1]!;
  out[15] = x15 + nonce[2]!;
}

/** The eight key words of 32 bytes, little-endian. */
export function keyWords(bytes: Uint8Array): Uint32Array {
  assert(bytes.length === 32, `expected 32 key bytes, got ${bytes.length}`);
  const view = new DataView(bytes.buffer, bytes.byteOffset, 32);
  return Uint32Array.from({ length: 8 }, (_, i) => view.getUint32(4 * i, true));
}

/** A reproducible stream of numbers; equal seed and name give equal numbers on every machine. */
export class RandomStream {
  private readonly key: Uint32Array;
  private readonly nonce = new Uint32Array(3);
  private readonly block = new Uint32Array(16);
  private counter = 0;
  private used = 16;

  /** @param key 32 bytes */
  constructor(key: Uint8Array) {
    this.key = keyWords(key);
  }

  /** A whole number in [0, 2^32). */
  nextU32(): number {
    if (this.used === 16) {
      chachaBlock(this.key, this.nonce, this.counter, this.block);
      this.counter += 1;
      if (this.counter === 2 ** 32) {
        this.counter = 0;
        this.nonce[0] = this.nonce[0]! + 1;
      }
      this.used = 0;
    }
    return this.block[this.used++]!;
  }

  /** A number in [0, 1) with 53 random bits. */
  nextFloat(): number {
    const high = this.nextU32() >>> 5;
    const low = this.nextU32() >>> 6;
    return (high * 2 ** 26 + low) / 2 ** 53;
  }

  /** A whole number in [0, bound) without modulo bias; 1 <= bound <= 2^32. */
  nextInt(bound: number): number {
    assert(Number.isInteger(bound) && bound >= 1 && bound <= 2 ** 32, `bad bound ${bound}`);
    const limit = 2 ** 32 - (2 ** 32 % bound);
    let draw = this.nextU32();
    while (draw >= limit) draw = this.nextU32();
    return draw % bound;
  }

  /** A standard normal number (Marsaglia's polar method). */
  nextNormal(): number {
    for (;;) {
      const u = 2 * this.nextFloat() - 1;
      const v = 2 * this.nextFloat() - 1;
      const s = u * u + v * v;
      if (s > 0 && s < 1) return u * Math.sqrt((-2 * Math.log(s)) / s);
    }
  }

  /** `length` bytes. */
  nextBytes(length: number): Uint8Array {
    return Uint8Array.from({ length }, () => this.nextU32() >>> 24);
  }
}

/** The stream called `name` under `seed`. */
export function randomStream(seed: string | number, name: string): RandomStream {
  return new RandomStream(sha256(utf8(`hongbao/stream/1\n${seed}\n${name}`)));
}
