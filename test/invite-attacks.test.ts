// Codes as nobody means them: other alphabets, marks nobody sees, long texts, guesses. What
// is read is the code or nothing, and a guess learns nothing from how long its answer takes.
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { writeCode } from "../src/contract/invite-code.ts";
import { parse } from "../src/contract/parse.ts";
import { acceptSchema } from "../src/contract/schema/invite.ts";
import { MISTYPED, NO_INVITE } from "../src/core/invites/decide-accept.ts";
import { InviteCodes } from "../src/host/invites/invite-codes.ts";

const CODES = new InviteCodes(new Uint8Array(16).fill(7));
const COUNT = 1000;
const INVITE = 77;
const { code, passphrases } = CODES.write(INVITE);
const read = (text: string): number => CODES.read(text, COUNT);

describe("a code in odd writing", () => {
  const meant: [string, string][] = [
    ["marks of direction around it", `\u2067${code}\u2069`],
    ["breaks of no width within it", [...code].join("\u200b")],
    ["soft hyphens", [...code].join("\u00ad")],
    ["a byte order mark", `\ufeff${code}`],
    ["line breaks between the groups", code.replaceAll("-", "\r\n")],
    ["hyphens of every length", code.replace("-", "\u2014").replace("-", "\u2011")],
    ["spaces of every width", code.replace("-", "\u3000").replace("-", "\u00a0")],
    ["no hyphens", code.replaceAll("-", "")],
    ["a hyphen after each letter", [...code.replaceAll("-", "")].join("-")],
    ["emphasis", `**${code}**`],
    ["marks of direction, in a message", `קוד: \u2066${code}\u2069, תודה`],
    ["letters of full width, in a message", `用${wide(code)}领取`],
    ["a passphrase with unseen breaks", passphrases.en.replaceAll(" ", " \u200b")],
    ["a passphrase on six lines", passphrases.en.replaceAll(" ", "\n")],
    ["a passphrase with wide spaces", [...passphrases.zh].join("\u3000")],
    ["a passphrase in capitals of full width", wide(passphrases.en.toUpperCase())],
  ];
  it.each(meant)("is read with %s", (_, text) => {
    expect(read(text)).toBe(INVITE);
  });

  const foreign: [string, string][] = [
    ["letters that look alike, of Cyrillic", lookAlike(code)],
    [
      "digits of another script",
      code.replace(/\d/g, (digit) => String.fromCodePoint(0x660 + +digit)),
    ],
    ["an accent on a letter", `${code.slice(0, 1)}\u0335${"X"}${code.slice(1)}`],
    ["a letter too few", code.slice(0, -1)],
    ["a letter too many", `${code}A`],
    ["its groups in another order", code.split("-").reverse().join("-")],
    ["six words of two languages", mixed(0)],
    ["six words of two languages, taking turns", mixed(1)],
    ["five of the six words", passphrases.en.split(" ").slice(1).join(" ")],
    ["the words without spaces", passphrases.en.replaceAll(" ", "")],
    ["a passphrase backwards", [...passphrases.zh].reverse().join("")],
    ["nothing but marks", "\u200b\u2067\u00ad\u0301"],
  ];
  it.each(foreign)("is not read with %s", (_, text) => {
    expect([MISTYPED, NO_INVITE]).toContain(read(text));
  });

  it("names its own invite or none, whatever is done to it", () => {
    const touched = fc.tuple(
      fc.constantFrom(code, passphrases.en, passphrases.zh),
      fc.nat(40),
      fc.nat(3),
      fc.oneof(fc.string({ unit: "grapheme", maxLength: 4 }), fc.constantFrom("-", " ", "0", "O")),
    );
    fc.assert(
      fc.property(touched, ([text, at, gone, put]) => {
        const found = read(text.slice(0, at) + put + text.slice(at + gone));
        expect([INVITE, MISTYPED, NO_INVITE]).toContain(found);
      }),
      { numRuns: 5000 },
    );
  });

  it("is never another user's: of 50,000 made up that check, none names an invite", () => {
    fc.assert(
      fc.property(fc.bigInt({ min: 0n, max: (1n << 60n) - 1n }), (bits) => {
        return read(writeCode(bits)) === NO_INVITE;
      }),
      { numRuns: 50_000, seed: 5 },
    );
  });
});

describe("guessing", () => {
  it("takes as long for a code that is unknown as for one that is known", () => {
    const others = new InviteCodes(new Uint8Array(16).fill(8));
    const known = Array.from({ length: 400 }, (_, i) => CODES.write(i).code);
    const unknown = Array.from({ length: 400 }, (_, i) => others.write(i).code);
    expect(unknown.map(read)).toEqual(unknown.map(() => NO_INVITE));
    const best = { known: Number.POSITIVE_INFINITY, unknown: Number.POSITIVE_INFINITY };
    // The shortest of many turns: whatever else the machine does only adds to them.
    for (let turn = 0; turn < 60; turn++) {
      for (const [name, texts] of [
        ["known", known],
        ["unknown", unknown],
      ] as const) {
        const fromMs = performance.now();
        for (const text of texts) read(text);
        best[name] = Math.min(best[name], performance.now() - fromMs);
      }
    }
    expect(best.unknown / best.known).toBeGreaterThan(0.7);
    expect(best.unknown / best.known).toBeLessThan(1.4);
  });

  it("in a text of a megabyte is refused before it is read", () => {
    const long = (text: string): string => text.repeat(Math.ceil(1_000_000 / text.length));
    for (const text of [long("0"), long("0-"), long(`${code} `), long("abandon "), long("女")]) {
      const fromMs = performance.now();
      const body = { id: "a", user: "bo", code: text };
      expect(() => parse(body, acceptSchema)).toThrow(/1 to 1000 bytes/);
      expect(performance.now() - fromMs).toBeLessThan(1000);
    }
    // Control: a thousand bytes are taken.
    expect(parse({ id: "a", user: "bo", code: "0".repeat(1000) }, acceptSchema)).toBeDefined();
  });

  it("reads the longest text that is taken within milliseconds, whatever is in it", () => {
    const parts = ["0", "0-", "0 ", "a", "abandon ", "女", "\ufdfa", "\u0301", "0000-0000-0000 "];
    for (const part of parts) {
      const text = part.repeat(Math.floor(1000 / Buffer.byteLength(part)));
      const fromMs = performance.now();
      for (let i = 0; i < 20; i++) read(text);
      expect((performance.now() - fromMs) / 20, part).toBeLessThan(100);
    }
  });
});

function wide(text: string): string {
  return text.replace(/[!-~]/g, (letter) => String.fromCharCode(letter.charCodeAt(0) + 0xfee0));
}

/** The same to the eye. */
function lookAlike(text: string): string {
  const pairs = { A: "А", B: "В", C: "С", E: "Е", H: "Н", K: "К", M: "М", P: "Р", T: "Т", X: "Х" };
  const other = text.replace(/[A-Z]/g, (letter) => pairs[letter as keyof typeof pairs] ?? letter);
  return other === text ? text.replace("0", "О").replace("1", "І") : other;
}

/** Half of the words in the other language: all at one end, or every second one. */
function mixed(how: 0 | 1): string {
  const chinese = [...passphrases.zh];
  return passphrases.en
    .split(" ")
    .map((word, i) => ((how === 0 ? i < 3 : i % 2 === 0) ? word : chinese[i]!))
    .join(" ");
}
