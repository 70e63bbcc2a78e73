import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { writeCode } from "./invite-code.ts";
import { readInviteText } from "./invite-text.ts";
import { writePassphrases } from "./invite-words.ts";

const BITS = fc.bigInt({ min: 0n, max: (1n << 60n) - 1n });
const LETTERS = "0123456789ABCDEFGHJKMNPQRSTVWXYZ";
const bitsOf = (text: string): bigint[] => readInviteText(text).map(({ bits }) => bits);

describe("an invite code", () => {
  it("is read back, however it is written", () => {
    fc.assert(
      fc.property(BITS, (bits) => {
        const code = writeCode(bits);
        expect(code).toMatch(/^[0-9A-HJKMNP-TV-Z]{4}-[0-9A-HJKMNP-TV-Z]{4}-[0-9A-HJKMNP-TV-Z]{5}$/);
        const wide = code.replace(/[!-~]/g, (c) => String.fromCharCode(c.charCodeAt(0) + 0xfee0));
        const confused = code.replace(/0/g, "O").replace(/1/g, "l");
        for (const text of [code, code.toLowerCase(), code.replace(/-/g, " "), wide, confused]) {
          expect(readInviteText(text), text).toEqual([{ bits, whole: true }]);
        }
      }),
    );
  });

  it("is found in a message", () => {
    fc.assert(
      fc.property(BITS, (bits) => {
        const code = writeCode(bits);
        expect(bitsOf(`Join with ${code}, 快来!`)).toContain(bits);
        expect(bitsOf(`我的邀请码${code}`)).toContain(bits);
        expect(bitsOf(`https://example.org/i/${code.toLowerCase()}?from=chat`)).toContain(bits);
      }),
    );
  });

  it("with one wrong letter is mistyped, whichever it is", () => {
    fc.assert(
      fc.property(BITS, fc.nat(12), fc.constantFrom(...LETTERS), (bits, at, letter) => {
        const code = writeCode(bits).replace(/-/g, "");
        fc.pre(code[at] !== letter);
        expect(readInviteText(code.slice(0, at) + letter + code.slice(at + 1))).toEqual([]);
      }),
      { numRuns: 5000 },
    );
  });

  it("with two letters swapped is mistyped, neighbours or not", () => {
    fc.assert(
      fc.property(BITS, fc.nat(12), fc.nat(12), (bits, i, j) => {
        const letters = [...writeCode(bits).replace(/-/g, "")];
        fc.pre(letters[i] !== letters[j]);
        [letters[i], letters[j]] = [letters[j]!, letters[i]!];
        expect(readInviteText(letters.join(""))).toEqual([]);
      }),
      { numRuns: 5000 },
    );
  });

  it("control: with two wrong letters one in 31 checks", () => {
    const code = writeCode(123_456_789_012_345_678n).replace(/-/g, "");
    let passed = 0;
    for (const a of LETTERS) {
      for (const b of LETTERS) {
        if (a === code[3] || b === code[8]) continue;
        const wrong = code.slice(0, 3) + a + code.slice(4, 8) + b + code.slice(9);
        passed += readInviteText(wrong).length;
      }
    }
    expect(passed).toBe(31);
  });
});

describe("a passphrase", () => {
  it("is read back in both languages, also with case and punctuation of its own", () => {
    fc.assert(
      fc.property(BITS, (bits) => {
        const { en, zh } = writePassphrases(bits);
        expect([en.split(" ").length, [...zh].length]).toEqual([6, 6]);
        const texts = [en, en.toUpperCase(), en.replace(/ /g, ", "), zh, [...zh].join(" ")];
        for (const text of texts) {
          expect(readInviteText(text), text).toContainEqual({ bits, whole: true });
        }
      }),
    );
  });

  it("is found in a message around it", () => {
    fc.assert(
      fc.property(BITS, (bits) => {
        const { en, zh } = writePassphrases(bits);
        expect(bitsOf(`Hi! Say "${en}" in the app and we both get tea.`)).toContain(bits);
        expect(bitsOf(`复制这段话，打开应用，免费喝奶茶「${zh}」快来一起领！`)).toContain(bits);
      }),
    );
  });

  it("with a wrong word checks about once in 64 times", () => {
    const all = writePassphrases(0x123456789abcdefn).en.split(" ");
    const others = [...new Set(Array.from({ length: 512 }, (_, i) => firstWord(BigInt(i * 4))))];
    expect(others.length).toBeGreaterThan(400);
    const wrong = others.filter((word) => word !== all[0]);
    const passed = wrong.filter((word) => bitsOf([word, ...all.slice(1)].join(" ")).length > 0);
    expect(passed.length / wrong.length).toBeLessThan(0.05);
  });

  it("is none in other words", () => {
    expect(readInviteText("nothing that looks like an invite")).toEqual([]);
    expect(readInviteText("")).toEqual([]);
    expect(readInviteText("\u{1f9e7}".repeat(100))).toEqual([]);
  });
});

/** A word of the English list. */
function firstWord(word: bigint): string {
  return writePassphrases(word << 49n).en.split(" ")[0]!;
}
