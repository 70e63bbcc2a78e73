import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { utf8 } from "./bytes.ts";
import { KeyedHash } from "./keyed-hash.ts";

// Chaskey straight from the paper, in BigInt: slow, plain, and sharing nothing with the source.
const MASK = 0xffff_ffffn;
const WHOLE = (1n << 128n) - 1n;
const rotate = (word: bigint, by: bigint): bigint => ((word << by) | (word >> (32n - by))) & MASK;
const double = (key: bigint): bigint => ((key << 1n) & WHOLE) ^ (key >> 127n === 1n ? 0x87n : 0n);
const toNumber = (bytes: Uint8Array): bigint =>
  bytes.reduceRight((number, byte) => (number << 8n) | BigInt(byte), 0n);
const wordsOf = (number: bigint): bigint[] =>
  [0n, 32n, 64n, 96n].map((by) => (number >> by) & MASK);

function permute(state: bigint, rounds: number): bigint {
  let [v0, v1, v2, v3] = wordsOf(state) as [bigint, bigint, bigint, bigint];
  for (let round = 0; round < rounds; round++) {
    v0 = (v0 + v1) & MASK;
    v1 = rotate(v1, 5n) ^ v0;
    v0 = rotate(v0, 16n);
    v2 = (v2 + v3) & MASK;
    v3 = rotate(v3, 8n) ^ v2;
    v0 = (v0 + v3) & MASK;
    v3 = rotate(v3, 13n) ^ v0;
    v2 = (v2 + v1) & MASK;
    v1 = rotate(v1, 7n) ^ v2;
    v2 = rotate(v2, 16n);
  }
  return v0 | (v1 << 32n) | (v2 << 64n) | (v3 << 96n);
}

function chaskey(keyBytes: Uint8Array, message: Uint8Array, rounds: number): number[] {
  const key = toNumber(keyBytes);
  const lastFrom = message.length === 0 ? 0 : Math.floor((message.length - 1) / 16) * 16;
  let state = key;
  for (let at = 0; at < lastFrom; at += 16) {
    state = permute(state ^ toNumber(message.subarray(at, at + 16)), rounds);
  }
  const rest = message.subarray(lastFrom);
  const isWhole = rest.length === 16;
  const subkey = isWhole ? double(key) : double(double(key));
  const padded = new Uint8Array(16);
  padded.set(rest);
  if (!isWhole) padded[rest.length] = 1;
  const tag = permute(state ^ toNumber(padded) ^ subkey, rounds) ^ subkey;
  return wordsOf(tag).map(Number);
}

function hashBytes(key: Uint8Array, message: Uint8Array): number[] {
  const out = new Uint32Array(4);
  new KeyedHash(key).hashBytes(message, out);
  return [...out];
}

const anyKey = fc.uint8Array({ minLength: 16, maxLength: 16 });

describe("KeyedHash", () => {
  it("control: the reference gives the first vector of the authors' code, of eight rounds", () => {
    const key = new Uint8Array(
      Uint32Array.of(0x833d3433, 0x009f389f, 0x2398e64f, 0x417acf39).buffer,
    );
    const words = [0x792e8fe5, 0x75ce87aa, 0x2d1450b5, 0x1191970b];
    expect(chaskey(key, new Uint8Array(0), 8)).toEqual(words);
  });

  it("is Chaskey of twelve rounds for every message", () => {
    fc.assert(
      fc.property(anyKey, fc.uint8Array({ maxLength: 100 }), (key, message) => {
        expect(hashBytes(key, message)).toEqual(chaskey(key, message, 12));
      }),
      { numRuns: 500 },
    );
  });

  it("is right at every length around the block", () => {
    const key = Uint8Array.from({ length: 16 }, (_, i) => 251 * (i + 1));
    for (let length = 0; length <= 49; length++) {
      const message = Uint8Array.from({ length }, (_, i) => i);
      expect(hashBytes(key, message)).toEqual(chaskey(key, message, 12));
    }
  });

  it("hashes the UTF-8 bytes of a text", () => {
    const texts = fc.oneof(fc.string({ maxLength: 60 }), fc.string({ unit: "grapheme" }));
    const hash = new KeyedHash(new Uint8Array(16).fill(9));
    fc.assert(
      fc.property(texts, (text) => {
        const out = new Uint32Array(4);
        hash.hashText(text, out);
        expect([...out]).toEqual(chaskey(new Uint8Array(16).fill(9), utf8(text), 12));
      }),
    );
  });

  it("leaves nothing of a long message behind for a short one", () => {
    const key = new Uint8Array(16).fill(3);
    const hash = new KeyedHash(key);
    const out = new Uint32Array(4);
    hash.hashText("x".repeat(500), out);
    hash.hashText("ab", out);
    expect([...out]).toEqual(chaskey(key, utf8("ab"), 12));
  });

  it("writes where it is told to", () => {
    const out = new Uint32Array(9);
    new KeyedHash(new Uint8Array(16)).hashText("a", out, 3);
    expect([...out.subarray(0, 3), ...out.subarray(7)]).toEqual([0, 0, 0, 0, 0]);
    expect([...out.subarray(3, 7)]).toEqual(chaskey(new Uint8Array(16), utf8("a"), 12));
  });

  it("hashes 4,096 bytes and refuses more", () => {
    const hash = new KeyedHash(new Uint8Array(16));
    const out = new Uint32Array(4);
    const most = "y".repeat(4096);
    hash.hashText(most, out);
    expect([...out]).toEqual(chaskey(new Uint8Array(16), utf8(most), 12));
    expect(() => hash.hashText(`${most}y`, out)).toThrow("bytes to hash");
    expect(() => hash.hashText("é".repeat(2049), out)).toThrow("bytes to hash");
    expect(() => hash.hashBytes(new Uint8Array(4097), out)).toThrow("bytes to hash");
  });

  it("wants a key of 16 bytes", () => {
    expect(() => new KeyedHash(new Uint8Array(15))).toThrow("16 bytes");
  });
});
