// What a line chart draws beside its lines: bands, dashed continuations, marks.

import { describe, expect, test } from "vitest";
import { renderChartSvg } from "./chart-svg.ts";
import { type LineChart, lineChart } from "./line-chart.ts";

const none = Number.NaN;
const plain: LineChart = {
  labels: ["1", "2", "3", "4"],
  series: [{ name: "card", values: [4, 3, none, none] }],
};
const full: LineChart = {
  labels: plain.labels,
  series: [
    { name: "card", values: [4, 3, none, none], colour: 1 },
    {
      name: "card, expected",
      values: [none, 3, 1, -1],
      band: { lower: [none, 3, 0, -4], upper: [none, 3, 2, 2] },
      dashed: true,
      continues: "card",
    },
  ],
  showsZero: true,
  mark: { label: "2", text: "watched until here" },
};

describe("line chart", () => {
  test("draws a band in its line's colour, dashes what continues, and marks zero and place", () => {
    const svg = renderChartSvg("full", lineChart(full));
    expect(svg).toMatch(/fill="#3f7797" fill-opacity="0.2"/);
    expect(svg).toMatch(/stroke="#3f7797"[^>]*stroke-dasharray/);
    expect(svg).toContain("watched until here");
    expect(svg).not.toMatch(/NaN|undefined/);
    expect(renderChartSvg("full", lineChart(full))).toBe(svg);
  });

  test("names in the legend only what starts there", () => {
    const svg = renderChartSvg("full", lineChart(full));
    expect(svg).toContain(">card<");
    expect(svg).not.toContain("card, expected");
  });

  test("draws none of it unasked", () => {
    const svg = renderChartSvg("plain", lineChart(plain));
    expect(svg).not.toMatch(/fill-opacity="0.2"|stroke-dasharray|watched/);
  });
});
