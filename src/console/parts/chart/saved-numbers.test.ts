import { describe, expect, it } from "vitest";
import { burnChart } from "../../../report/burn-chart.ts";
import { lineChart } from "../../../report/line-chart.ts";
import { savedHeads, savedRows } from "./saved-numbers.ts";

const START_MS = Date.parse("2026-02-06T00:00:00+08:00");
const HOUR_MS = 3_600_000;

/** Of a budget whose plan is nowhere a whole minor unit. */
function burnOf(currency: string, decimals: number): ReturnType<typeof burnChart> {
  const text = (value: number): string => `about ${value}`;
  return burnChart({
    history: {
      ...{ fromMs: START_MS, stepMs: HOUR_MS },
      ...{ issuedMinor: [100_001, 33], redeemedMinor: [7, 0] },
      plan: [
        { atMs: START_MS, minor: 0 },
        { atMs: START_MS + 3 * HOUR_MS, minor: 1_000_000 },
      ],
    },
    now: {
      ...{ atMs: START_MS + 2 * HOUR_MS, issuedMinor: 100_034, redeemedMinor: 7 },
      ...{ leftMinor: 899_966, budgetMinor: 1_000_000, runOut: null },
    },
    ...{ currency, decimals, isWhole: true, offsetAtMs: () => 8 * HOUR_MS, timeName: "Time" },
    ...{ tickText: text, timeText: text, shortText: text, valueText: text },
    names: { issued: "Granted", redeemed: "Redeemed", plan: "Even", expected: "", budget: "" },
  });
}

describe("the numbers of a chart, saved", () => {
  it.each([
    ["JPY", 0, [100_001, 7, 333_333]],
    ["CNY", 2, [1000.01, 0.07, 3333.33]],
    ["KWD", 3, [100.001, 0.007, 333.333]],
  ])("are instants in UTC, and amounts to the minor unit: %s", (currency, decimals, amounts) => {
    const { table } = burnOf(currency, decimals);
    const units = ["Granted", "Redeemed", "Even"].map((name) => `${name}, ${currency}`);
    expect(savedHeads(table)).toEqual(["Time", ...units]);
    expect(savedRows(table)[1]).toEqual(["2026-02-05T17:00:00.000Z", ...amounts]);
    // Control: the chart itself is drawn of what was computed.
    expect(table.rows[1]![3]).not.toBe(amounts[2]);
  });

  it("are as exact as they are, without what binary fractions add", () => {
    const { table } = lineChart({
      labels: ["1", "2"],
      series: [{ name: "net", values: [0.1 + 0.2, Number.NaN] }],
      ...{ xName: "months", yName: "million yuan" },
    });
    expect(savedHeads(table)).toEqual(["months", "net, million yuan"]);
    expect(savedRows(table)).toEqual([
      ["1", 0.3],
      ["2", Number.NaN],
    ]);
  });
});
