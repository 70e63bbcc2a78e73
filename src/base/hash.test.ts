import { createHash, createHmac, hkdfSync } from "node:crypto";
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { utf8 } from "./bytes.ts";
import { deriveKey, hmacBy, sha256 } from "./hash.ts";

const anyBytes = fc.uint8Array({ maxLength: 200 });
const hex = (bytes: Uint8Array): string => Buffer.from(bytes).toString("hex");

describe("sha256", () => {
  it("gives the published digest of abc", () => {
    expect(hex(sha256(utf8("abc")))).toBe(
      "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad",
    );
  });

  it("hashes its parts one after the other, as OpenSSL does", () => {
    fc.assert(
      fc.property(fc.array(anyBytes, { maxLength: 4 }), (parts) => {
        const expected = createHash("sha256").update(Buffer.concat(parts)).digest("hex");
        expect(hex(sha256(...parts))).toBe(expected);
      }),
    );
  });
});

describe("hmacBy", () => {
  it("agrees with OpenSSL", () => {
    fc.assert(
      fc.property(anyBytes, anyBytes, (key, message) => {
        const expected = createHmac("sha256", key).update(message).digest("hex");
        expect(hex(hmacBy(sha256, key)(message))).toBe(expected);
      }),
    );
  });
});

describe("deriveKey", () => {
  it("is HKDF-SHA-256 without salt, the purpose as info", () => {
    const secret = utf8("a secret of any length");
    for (const bytes of [16, 32, 80]) {
      const expected = new Uint8Array(hkdfSync("sha256", secret, "", "hongbao/luck/1", bytes));
      expect(deriveKey(secret, "hongbao/luck/1", bytes)).toEqual(expected);
    }
  });
});
