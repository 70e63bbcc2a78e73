import { describe, expect, it } from "vitest";
import { crc32c } from "./crc32c.ts";

const ascii = (text: string): Uint8Array => new TextEncoder().encode(text);

/** Bit by bit from the definition, sharing no table with the code under test. */
function reference(bytes: Uint8Array): number {
  let crc = 0xffffffff;
  for (const byte of bytes) {
    crc ^= byte;
    for (let bit = 0; bit < 8; bit++) crc = crc & 1 ? (crc >>> 1) ^ 0x82f63b78 : crc >>> 1;
  }
  return ~crc >>> 0;
}

describe("crc32c", () => {
  it("has the check value of the catalogue of parametrised CRC algorithms", () => {
    expect(crc32c(ascii("123456789"))).toBe(0xe3069283);
  });

  it("has the values of RFC 3720, appendix B.4", () => {
    expect(crc32c(new Uint8Array(32))).toBe(0x8a9136aa);
    expect(crc32c(new Uint8Array(32).fill(0xff))).toBe(0x62a8ab43);
    expect(crc32c(Uint8Array.from({ length: 32 }, (_, i) => i))).toBe(0x46dd794e);
    expect(crc32c(Uint8Array.from({ length: 32 }, (_, i) => 31 - i))).toBe(0x113fdb5c);
  });

  it("agrees with the definition at every length and alignment", () => {
    const bytes = Uint8Array.from({ length: 400 }, (_, i) => (i * 167 + (i >> 3)) & 255);
    for (let start = 0; start < 9; start++) {
      for (let end = start; end < 400; end += 7) {
        expect(crc32c(bytes, start, end)).toBe(reference(bytes.subarray(start, end)));
      }
    }
  });

  it("goes on from a seed over pieces", () => {
    const bytes = Uint8Array.from({ length: 300 }, (_, i) => (i * 31) & 255);
    const whole = crc32c(bytes);
    for (const cut of [0, 1, 63, 64, 65, 299, 300]) {
      expect(crc32c(bytes, cut, 300, crc32c(bytes, 0, cut))).toBe(whole);
    }
  });
});
