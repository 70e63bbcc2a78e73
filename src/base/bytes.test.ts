import fc from "fast-check";
import { describe, expect, it } from "vitest";
import {
  concatBytes,
  fromBase32,
  fromHex,
  sameBytes,
  toBase32,
  toHex,
  utf8,
  utf8Length,
} from "./bytes.ts";

const anyBytes = fc.uint8Array({ maxLength: 64 });

describe("hex", () => {
  it("comes back as the same bytes", () => {
    fc.assert(
      fc.property(anyBytes, (bytes) => {
        expect(fromHex(toHex(bytes))).toEqual(bytes);
        expect(toHex(bytes)).toBe(Buffer.from(bytes).toString("hex"));
      }),
    );
  });

  it("is read in upper case too", () => {
    expect(fromHex("00FFaB")).toEqual(Uint8Array.of(0, 255, 171));
  });

  it("is refused when a digit is foreign or missing", () => {
    expect([fromHex("0g"), fromHex("abc"), fromHex("0x12"), fromHex(" 1")]).toEqual([
      null,
      null,
      null,
      null,
    ]);
  });
});

describe("base32", () => {
  it("comes back as the same bytes when all digits are kept", () => {
    fc.assert(
      fc.property(anyBytes, (bytes) => {
        const digits = Math.ceil((8 * bytes.length) / 5);
        const text = toBase32(bytes, digits);
        expect(text).toHaveLength(digits);
        expect(fromBase32(text)!.subarray(0, bytes.length)).toEqual(bytes);
      }),
    );
  });

  it("puts the most significant bits first", () => {
    expect(toBase32(Uint8Array.of(0b11111_000, 0b01_000000), 3)).toBe("z10");
  });

  it("has no letters that people mistake", () => {
    expect("ilou".split("").map(fromBase32)).toEqual([null, null, null, null]);
  });
});

describe("bytes", () => {
  it("are joined in order", () => {
    expect(concatBytes(utf8("a"), new Uint8Array(0), utf8("bc"))).toEqual(utf8("abc"));
  });

  it("are the same only in full length", () => {
    expect(sameBytes(utf8("ab"), utf8("ab"))).toBe(true);
    expect(sameBytes(utf8("ab"), utf8("abc"))).toBe(false);
    expect(sameBytes(utf8("ab"), utf8("ac"))).toBe(false);
  });

  it("are counted without encoding, lone surrogates too", () => {
    fc.assert(
      fc.property(fc.string({ unit: "binary" }), (text) => {
        expect(utf8Length(text)).toBe(utf8(text).length);
      }),
    );
    expect(utf8Length("\ud800")).toBe(3);
  });
});
