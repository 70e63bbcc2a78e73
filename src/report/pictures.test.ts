// Each kind of chart as it was looked at and found good, wide and for a phone. After a wanted
// change: npx vitest run src/report/pictures.test.ts -u, and look at what it wrote.
import { describe, expect, test } from "vitest";
import { renderChartSvg } from "./chart-svg.ts";
import { heatMap } from "./heat-map.ts";
import { intervalChart } from "./interval-chart.ts";
import { lineChart } from "./line-chart.ts";
import { oddsChart } from "./odds-chart.ts";
import type { Picture } from "./picture.ts";
import { tornadoChart } from "./tornado-chart.ts";
import { waterfallChart } from "./waterfall-chart.ts";

const MAKERS: Record<string, (isNarrow: boolean) => Picture> = {
  line: (isNarrow) =>
    lineChart({
      labels: ["5 Feb", "6 Feb", "7 Feb", "8 Feb"],
      series: [
        {
          name: "given out",
          values: [0, 30, 55, Number.NaN],
          band: { lower: [0, 25, 50, Number.NaN], upper: [0, 35, 62, Number.NaN] },
        },
        { name: "planned", values: [0, 25, 50, 75], dashed: true },
        { name: "expected", values: [Number.NaN, Number.NaN, 55, 80], continues: "given out" },
      ],
      ...{ xName: "day", yName: "million yuan", isNarrow },
    }),
  interval: (isNarrow) =>
    intervalChart({
      rows: [
        { label: "retention.d30", estimate: 1.2, lower: 0.4, upper: 2, truth: 1.5 },
        { label: "orders", estimate: -0.3, lower: -1, upper: 0.4 },
      ],
      ...{ xName: "percentage points", isNarrow },
    }),
  tornado: (isNarrow) =>
    tornadoChart({
      rows: [
        { label: "users who come back", whenLow: 2, whenHigh: 9 },
        { label: "margin of an order", whenLow: 4, whenHigh: 6 },
      ],
      ...{ middle: 5, xName: "million users kept", isNarrow },
    }),
  waterfall: (isNarrow) =>
    waterfallChart({
      steps: [
        { label: "a year earlier", kind: "total", from: 0, to: 10, text: "10" },
        { label: "campaign", kind: "change", from: 10, to: 7, text: "−3" },
        { label: "reported", kind: "total", from: 0, to: 7, text: "7" },
      ],
      ...{ xName: "billion yuan", isNarrow },
    }),
  heat: (isNarrow) =>
    heatMap({
      across: { name: "kept users", labels: ["1 M", "2 M"], ownIndex: 1 },
      down: { name: "margin", labels: ["10 %", "20 %"], ownIndex: 0 },
      cells: [
        [-0.5, 0.25],
        [0, 1.5],
      ],
      ...{ format: (value: number) => value.toFixed(2), isNarrow },
    }),
  odds: (isNarrow) =>
    oddsChart({
      rows: [
        { label: "¥8.88", expected: 989.2, granted: 1003 },
        { label: "¥88.00", expected: 10.1, granted: 8 },
        { label: "¥2,888.00", expected: 0.4, granted: 0 },
      ],
      ...{ names: { amount: "amount", expected: "expected", granted: "granted" }, isNarrow },
    }),
};

describe.each(Object.keys(MAKERS))("a picture: %s", (name) => {
  test.each([false, true])("is drawn as it was, for a phone: %s", async (isNarrow) => {
    const svg = renderChartSvg(name, MAKERS[name]!(isNarrow));
    const file = `./snapshots/${name}${isNarrow ? "-narrow" : ""}.svg`;
    await expect(svg).toMatchFileSnapshot(file);
  });

  test("has a row of numbers a place, as wide as its heads", () => {
    const { columns, rows } = MAKERS[name]!(false).table;
    expect(rows.length).toBeGreaterThan(1);
    for (const row of rows) expect(row).toHaveLength(columns.length);
  });
});

test("what goes on from another series is in that one's column", () => {
  const { columns, rows } = MAKERS.line!(false).table;
  const titles = ["day", "given out", "given out, lower", "given out, upper", "planned"];
  expect(columns.map(({ title }) => title)).toEqual(titles);
  expect(rows[3]).toEqual(["8 Feb", 80, Number.NaN, Number.NaN, 75]);
});
