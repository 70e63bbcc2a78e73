// A plan held against a play of which everything is known.
import { describe, expect, test } from "vitest";
import type { OutputId, OutputUnit } from "../../plan/model/outputs.ts";
import { type PlayedInputs, planPlayed } from "./plan-played.ts";

const HOUR_MS = 3_600_000;
const never = Number.POSITIVE_INFINITY;
const between = (lower: number, upper: number) => ({ point: lower, median: lower, lower, upper });
const number = (id: OutputId, unit: OutputUnit, lower: number, upper: number) => ({
  ...{ id, title: id, unit },
  ...between(lower, upper),
});
const wave = (id: string, spent: [number, number], runOut: [number, number]) => ({
  ...{ id, budget: 1e6, runOutChance: 0.5, kept: between(0, 0) },
  ...{ spent: between(...spent), runOutDays: between(...runOut) },
});

/** One wave of 1 : 100 in which 600.00 of 800.00 were spent, dry after 36 hours. */
const inputs: PlayedInputs = {
  scale: 100,
  study: {
    numbers: [
      number("people", "users", 1_000, 1_999),
      number("kept", "users", 100, 400),
      number("breakage", "share", 0.25, 0.5),
    ],
    waves: [wave("first", [10_000, 50_000], [1, never]), wave("second", [0, 10], [2, never])],
  },
  run: {
    books: {
      ...{ startsAtMs: 10 * HOUR_MS, decimals: 2 },
      waves: [
        {
          wave: "first",
          fromMs: 10 * HOUR_MS,
          toMs: 0,
          budgetMinor: null,
          usedMinor: null,
          isUsedUp: false,
        },
        {
          wave: "second",
          fromMs: 90 * HOUR_MS,
          toMs: 0,
          budgetMinor: null,
          usedMinor: null,
          isUsedUp: false,
        },
      ],
    },
    dry: [{ wave: "first", atMs: 46 * HOUR_MS }],
  },
  ledger: {
    ...{ grantedMinor: 80_000, spentMinor: 60_000 },
    spentOfWave: new Map([["first", 60_000]]),
    money: [
      { atMs: 4 * HOUR_MS, reservedMinor: 0, spentMinor: 0 },
      { atMs: 10 * HOUR_MS, reservedMinor: 0, spentMinor: 0 },
      { atMs: 16 * HOUR_MS, reservedMinor: 0, spentMinor: 25_000 },
    ],
  },
  truth: { came: 20, keptWith: 7, keptWithout: 4 },
};

describe("a plan against what was played", () => {
  const { rows, inside, spending } = planPlayed(inputs);
  const row = (id: string) => rows.find((one) => one.id === id)!;

  test("counts people and money at the plan's size, ratios and days as they are", () => {
    const played = Object.fromEntries(rows.map(({ id, played: value }) => [id, value]));
    expect(played).toEqual({
      ...{ people: 2_000, kept: 300, breakage: 0.25 },
      ...{ "spent.first": 60_000, "runOut.first": 1.5 },
      ...{ "spent.second": 0, "runOut.second": never },
    });
  });

  test("says which intervals hold it, their ends and what never happened among them", () => {
    expect(row("people").isInside).toBe(false);
    expect(row("breakage").isInside).toBe(true);
    expect(row("spent.first").isInside).toBe(false);
    expect(row("runOut.second").isInside).toBe(true);
    expect(inside).toBe(5);
  });

  test("tells the money spent by hours since the start", () => {
    expect(spending).toEqual([
      { at: 0, spent: 0 },
      { at: 6, spent: 25_000 },
    ]);
  });
});
