// A bound is no probability: what is cut at 1 is not told as "in 100 % of cases".
import { describe, expect, it } from "vitest";
import { toldOdds } from "../../../journal/verify/odds.ts";
import { oddsVerdict } from "./odds-verdict.ts";

function verdictOf(...granted: number[]) {
  const entries = granted.map((count, i) => ({ amountMinor: i + 1, odds: 1, granted: count }));
  const { p, rows } = toldOdds({ offer: "o", version: 0, entries });
  return oddsVerdict(p, rows);
}

describe("what is said of odds", () => {
  it("names the amount furthest off, and how often it alone is, where the bound is 1", () => {
    const said = verdictOf(100, 105, 92, 110, 98, 101, 113, 86);
    expect(said).toMatchObject({ word: "usual", p: 1, furthest: { amountMinor: 8 } });
    expect(said!.own).toBeGreaterThan(1 / 8);
    expect(said!.own).toBeLessThan(0.2);
  });

  it("gives the bound where it says something, and asks for a look where it is small", () => {
    expect(verdictOf(100, 132, 92, 100, 96, 100, 100, 80)).toMatchObject({ word: "fine" });
    expect(verdictOf(100, 190, 92, 100, 96, 100, 100, 80)).toMatchObject({ word: "odd" });
  });

  it("says that all is near where nothing is off, and nothing where nothing was drawn", () => {
    expect(verdictOf(4, 4)).toMatchObject({ word: "near" });
    expect(verdictOf(0, 0)).toBe(null);
  });
});
