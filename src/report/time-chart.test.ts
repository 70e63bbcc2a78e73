// Charts over time: where their ticks lie, and the burn of a budget as it was looked at and found
// good. After a wanted change: npx vitest run src/report/time-chart.test.ts -u
import { describe, expect, test } from "vitest";
import { type BurnChart, burnChart } from "./burn-chart.ts";
import { renderChartSvg } from "./chart-svg.ts";
import { timeChart } from "./time-chart.ts";
import { timeTicks } from "./time-ticks.ts";

const HOUR_MS = 3_600_000;
const START_MS = Date.parse("2026-02-06T00:00:00Z");
const clock = (atMs: number): string => new Date(atMs).toISOString().slice(5, 16);
const texts = { offsetAtMs: () => 0, tickText: clock, timeText: clock, timeName: "time" };
const money = (value: number): string => `${Math.round(value)} yuan`;

describe("ticks of a time axis", () => {
  test("lie at whole hours and days of the zone, as many as there is room for", () => {
    const shanghai = 8 * HOUR_MS;
    const days = timeTicks(START_MS, START_MS + 72 * HOUR_MS, 4, () => shanghai);
    expect(days.stepMs).toBe(24 * HOUR_MS);
    expect(days.instants.map((atMs) => (atMs + shanghai) % (24 * HOUR_MS))).toEqual([0, 0, 0]);
    for (const spanMs of [1000, 90_000, 7 * HOUR_MS, 400 * 24 * HOUR_MS]) {
      const { instants } = timeTicks(START_MS + 1, START_MS + 1 + spanMs, 8, () => 0);
      expect(instants.length).toBeGreaterThan(0);
      expect(instants.length).toBeLessThanOrEqual(9);
    }
  });
});

const burn: BurnChart = {
  history: {
    fromMs: START_MS,
    stepMs: HOUR_MS,
    issuedMinor: [100, 400, 900, 600, 300].map((yuan) => yuan * 100),
    redeemedMinor: [0, 100, 300, 400, 300].map((yuan) => yuan * 100),
    plan: [
      { atMs: START_MS, minor: 0 },
      { atMs: START_MS + 10 * HOUR_MS, minor: 500_000 },
    ],
  },
  now: {
    atMs: START_MS + 4.5 * HOUR_MS,
    issuedMinor: 230_000,
    redeemedMinor: 110_000,
    leftMinor: 270_000,
    budgetMinor: 500_000,
    runOut: {
      fromMs: START_MS + 7 * HOUR_MS,
      atMs: START_MS + 8 * HOUR_MS,
      toMs: START_MS + 9.5 * HOUR_MS,
    },
  },
  ...{ currency: "CNY", decimals: 2 },
  isWhole: true,
  names: {
    issued: "granted",
    redeemed: "redeemed",
    plan: "planned",
    expected: "expected",
    budget: "budget 5,000 yuan",
  },
  ...texts,
  shortText: (value) => String(value),
  valueText: money,
};

describe("the burn of a budget", () => {
  test.each([
    ["whole", burn],
    ["so-far", { ...burn, isWhole: false }],
    ["phone", { ...burn, isNarrow: true }],
    ["unknown", { ...burn, now: { ...burn.now, runOut: null } }],
  ])("looks as it was looked at: %s", async (name, chart) => {
    const svg = renderChartSvg(`burn-${name}`, burnChart(chart));
    expect(svg).not.toMatch(/NaN|undefined/);
    await expect(`${svg}\n`).toMatchFileSnapshot(`snapshots/burn-${name}.svg`);
  });

  test("has its numbers behind it, at each instant that any line knows of", () => {
    const { columns, rows } = burnChart(burn).table;
    expect(columns.map(({ title }) => title)).toEqual([
      "time",
      "granted",
      "redeemed",
      "planned",
      "expected",
    ]);
    expect(rows[2]).toEqual([START_MS + 2 * HOUR_MS, 500, 100, 1000, Number.NaN]);
    expect(rows.find(([at]) => at === START_MS + 8 * HOUR_MS)).toEqual([
      START_MS + 8 * HOUR_MS,
      Number.NaN,
      Number.NaN,
      Number.NaN,
      5000,
    ]);
  });
});

describe("rates over time", () => {
  test("look as they were looked at, with a gap where nothing is known", async () => {
    const values = [3, 5, 8, Number.NaN, Number.NaN, 9, 12, 11];
    const points = values.map((value, i) => [START_MS + i * 1000, value] as const);
    const half = points.map(([atMs, value]) => [atMs, value / 2] as const);
    const picture = timeChart({
      ...texts,
      ...{ fromMs: START_MS, toMs: START_MS + 7000 },
      lines: [
        { name: "claims", points, colour: 4 },
        { name: "grants", points: half, colour: 1 },
      ],
      ...{ shortText: String, valueText: String },
    });
    const svg = renderChartSvg("rates", picture);
    expect(svg).not.toMatch(/NaN|undefined/);
    await expect(`${svg}\n`).toMatchFileSnapshot("snapshots/rates.svg");
  });
});
