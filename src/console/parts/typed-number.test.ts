// Numbers as readers of three languages type them: what one of them was shown he can type, and no
// text is one amount to one reader and another amount to another.
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { currencyDecimals, formatMinor } from "../../base/money.ts";
import { decimalMark, readMinor, readNumber } from "./typed-number.ts";

const LOCALES = ["en-GB", "zh-CN", "de-DE"] as const;
const CURRENCIES = ["JPY", "EUR", "KWD"] as const;

const [EN, , DE] = LOCALES.map(decimalMark) as [string, string, string];

function minorOf(text: string, decimals: number, locale: string): number | null {
  return readMinor(text, decimals, decimalMark(locale));
}

describe("a typed number", () => {
  test.each([
    ["18,00", "18.00"],
    ["18.00", "18.00"],
    ["1.800,00", "1800.00"],
    ["1,800.00", "1800.00"],
    ["1 800,5", "1800.5"],
    ["1’800.50", "1800.50"],
    ["1.800.000", "1800000"],
    ["1800.500", "1800.500"],
    ["0,500", "0.500"],
    ["１８．５０", "18.50"],
    ["007", "7"],
  ])("%s is %s in every language", (text, plain) => {
    for (const mark of [EN, DE])
      expect(readNumber(text, 2, mark)).toEqual({ kind: "number", plain });
  });

  test.each(["1.800", "1,800", "18,005", "999.999"])("%s could be two amounts", (text) => {
    const [head, tail] = text.split(/[.,]/) as [string, string];
    for (const mark of [EN, DE]) {
      const ambiguous = { kind: "ambiguous", whole: head + tail, part: `${head}.${tail}` };
      expect(readNumber(text, 2, mark)).toEqual(ambiguous);
    }
  });

  test("of a currency without decimals, or with three, is what the language writes", () => {
    expect(readNumber("1.800", 0, DE)).toEqual({ kind: "number", plain: "1800" });
    expect(readNumber("1,800", 0, EN)).toEqual({ kind: "number", plain: "1800" });
    expect(readNumber("1,800", 3, DE)).toEqual({ kind: "number", plain: "1.800" });
    expect(readNumber("1,800", 3, EN).kind).toBe("ambiguous");
  });

  test.each(["", " ", "x", "-5", "1e3", "18,", ",5", "1.80.0", "12.34,5", "1,80,000", "€5"])(
    "%s is none",
    (text) => {
      for (const mark of [EN, DE]) expect(readNumber(text, 2, mark)).toEqual({ kind: "none" });
    },
  );

  test("is what a reader was shown, in three languages and with 0, 2 and 3 decimals", () => {
    const shown = fc.tuple(
      fc.constantFrom(...LOCALES),
      fc.constantFrom(...CURRENCIES),
      fc.oneof(fc.nat(), fc.integer({ min: 0, max: 999_999_999_999_999 })),
    );
    fc.assert(
      fc.property(shown, ([locale, currency, minor]) => {
        const decimals = currencyDecimals(currency)!;
        const digits = { minimumFractionDigits: decimals, maximumFractionDigits: decimals };
        const major = formatMinor(minor, decimals) as `${number}`;
        const text = new Intl.NumberFormat(locale, digits).format(major);
        expect(minorOf(text, decimals, locale)).toBe(minor);
      }),
      { seed: 1, numRuns: 2000 },
    );
  });

  test("is never one amount to one reader and another to another", () => {
    const text = fc.stringMatching(/^[0-9]{1,4}([.,' ][0-9]{1,4}){0,3}$/);
    const decimals = fc.constantFrom(0, 2, 3);
    let agreed = 0;
    fc.assert(
      fc.property(text, decimals, (typed, most) => {
        const read = LOCALES.map((locale) => minorOf(typed, most, locale));
        const amounts = new Set(read.filter((minor) => minor !== null));
        expect(amounts.size).toBeLessThanOrEqual(1);
        if (amounts.size === 1) agreed += 1;
      }),
      { seed: 1, numRuns: 5000 },
    );
    // Control: they read many.
    expect(agreed).toBeGreaterThan(200);
  });
});
