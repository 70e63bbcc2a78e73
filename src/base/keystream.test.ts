import { createCipheriv } from "node:crypto";
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { chachaBlock, keyWords, RandomStream, randomStream } from "./keystream.ts";

const KEY = Uint8Array.from({ length: 32 }, (_, i) => i);

describe("chachaBlock", () => {
  it("gives the block of RFC 8439, section 2.3.2", () => {
    const out = new Uint32Array(16);
    chachaBlock(keyWords(KEY), Uint32Array.of(0x09000000, 0x4a000000, 0), 1, out);
    expect([...out]).toEqual([
      0xe4e7f110, 0x15593bd1, 0x1fdd0f50, 0xc47120a3, 0xc7f4d1c7, 0x0368c033, 0x9aaa2204,
      0x4e6cd4c3, 0x466482d2, 0x09aa9f07, 0x05d7c214, 0xa2028bd9, 0xd19c12b5, 0xb94e16de,
      0xe883d0cb, 0x4e3c50a2,
    ]);
  });

  it("agrees with OpenSSL for every key, nonce and counter", () => {
    const bytes = (length: number) => fc.uint8Array({ minLength: length, maxLength: length });
    fc.assert(
      fc.property(bytes(32), bytes(12), fc.nat(0xffffffff), (key, nonce, counter) => {
        const start = Buffer.alloc(16);
        start.writeUInt32LE(counter);
        start.set(nonce, 4);
        const cipher = createCipheriv("chacha20", key, start);
        const expected = cipher.update(Buffer.alloc(64));
        const out = new Uint32Array(16);
        const view = new DataView(nonce.buffer, nonce.byteOffset);
        const words = Uint32Array.from([0, 4, 8], (at) => view.getUint32(at, true));
        chachaBlock(keyWords(key), words, counter, out);
        expect(Buffer.from(out.buffer).equals(expected)).toBe(true);
      }),
    );
  });
});

describe("RandomStream", () => {
  it("is the same for the same seed and name, and another for another", () => {
    const numbers = (seed: number, name: string): number[] => {
      const stream = randomStream(seed, name);
      return Array.from({ length: 40 }, () => stream.nextU32());
    };
    expect(numbers(1, "a")).toEqual(numbers(1, "a"));
    expect(numbers(1, "a")).not.toEqual(numbers(2, "a"));
    expect(numbers(1, "a")).not.toEqual(numbers(1, "b"));
  });

  it("gives the key stream word by word", () => {
    const out = new Uint32Array(16);
    chachaBlock(keyWords(KEY), new Uint32Array(3), 1, out);
    const stream = new RandomStream(KEY);
    for (let i = 0; i < 16; i++) stream.nextU32();
    expect(Array.from({ length: 16 }, () => stream.nextU32())).toEqual([...out]);
  });

  it("keeps floats in [0, 1) and whole numbers below their bound", () => {
    const stream = randomStream(3, "ranges");
    for (let i = 0; i < 20_000; i++) {
      const float = stream.nextFloat();
      const whole = stream.nextInt(7);
      expect(float >= 0 && float < 1 && whole >= 0 && whole < 7).toBe(true);
    }
  });

  it("gives every whole number below its bound equally often", () => {
    const stream = randomStream(4, "uniform");
    const counts = new Array<number>(10).fill(0);
    for (let i = 0; i < 100_000; i++) counts[stream.nextInt(10)]! += 1;
    const chiSquare = counts.reduce((sum, n) => sum + (n - 10_000) ** 2 / 10_000, 0);
    expect(chiSquare).toBeLessThan(27.9); // 99.9 % of nine degrees of freedom
  });

  it("gives normal numbers of mean 0 and variance 1", () => {
    const stream = randomStream(5, "normal");
    const sample = Array.from({ length: 100_000 }, () => stream.nextNormal());
    const mean = sample.reduce((a, b) => a + b, 0) / sample.length;
    const variance = sample.reduce((sum, x) => sum + (x - mean) ** 2, 0) / sample.length;
    expect(Math.abs(mean)).toBeLessThan(0.013);
    expect(Math.abs(variance - 1)).toBeLessThan(0.02);
  });

  it("refuses a bound that no draw can serve", () => {
    const stream = randomStream(6, "bounds");
    for (const bound of [0, -1, 1.5, 2 ** 32 + 1, Number.NaN]) {
      expect(() => stream.nextInt(bound)).toThrow("bound");
    }
  });
});
