import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { currencyDecimals, formatMinor, parseMajor } from "./money.ts";

describe("parseMajor", () => {
  it("reads a decimal exactly", () => {
    expect(parseMajor("25.00", 2)).toBe(2500);
    expect(parseMajor("25", 2)).toBe(2500);
    expect(parseMajor("0.1", 2)).toBe(10);
    expect(parseMajor("-7.05", 2)).toBe(-705);
    expect(parseMajor("1.234", 3)).toBe(1234);
  });

  it("reads what a float would round", () => {
    expect(parseMajor("1.005", 3)).toBe(1005);
    expect(parseMajor("90071992547409.91", 2)).toBe(Number.MAX_SAFE_INTEGER);
  });

  it("ignores zeros that add no digit", () => {
    expect(parseMajor("3.50000", 2)).toBe(350);
    expect(parseMajor("12.000", 0)).toBe(12);
  });

  it("refuses a part of a minor unit", () => {
    expect(parseMajor("0.005", 2)).toBeNull();
    expect(parseMajor("1.5", 0)).toBeNull();
  });

  it("refuses amounts beyond 2^53", () => {
    expect(parseMajor("90071992547409.92", 2)).toBeNull();
  });

  it("refuses everything that is not a plain decimal", () => {
    const wrong = [
      "",
      " 1",
      "1 ",
      "1e3",
      "0x10",
      "1,5",
      ".5",
      "5.",
      "NaN",
      "Infinity",
      "+1",
      "--1",
    ];
    expect(wrong.filter((text) => parseMajor(text, 2) !== null)).toEqual([]);
  });

  it("knows no negative zero", () => {
    expect(Object.is(parseMajor("-0.00", 2), 0)).toBe(true);
  });

  it("reads back what formatMinor writes", () => {
    const minor = fc.maxSafeInteger();
    fc.assert(
      fc.property(minor, fc.nat(4), (amount, decimals) => {
        expect(parseMajor(formatMinor(amount, decimals), decimals)).toBe(amount);
      }),
    );
  });
});

describe("formatMinor", () => {
  it("keeps leading zeros of the fraction", () => {
    expect(formatMinor(5, 2)).toBe("0.05");
    expect(formatMinor(-5, 2)).toBe("-0.05");
    expect(formatMinor(100, 0)).toBe("100");
    expect(formatMinor(1, 4)).toBe("0.0001");
  });
});

describe("currencyDecimals", () => {
  it("knows the currencies that do not have two", () => {
    expect(["JPY", "KWD", "CNY", "EUR"].map(currencyDecimals)).toEqual([0, 3, 2, 2]);
  });

  it("refuses what is no code", () => {
    expect(["cny", "EURO", "€", ""].map(currencyDecimals)).toEqual([null, null, null, null]);
  });
});
