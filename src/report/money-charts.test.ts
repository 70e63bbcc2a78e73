// The waterfall and the heat map: as SVG and as lines, with every number written out.

import { describe, expect, test } from "vitest";
import { renderChartSvg } from "./chart-svg.ts";
import { type HeatMap, heatMap, heatMapLines } from "./heat-map.ts";
import { textWidth } from "./paint.ts";
import { type WaterfallStep, waterfallChart } from "./waterfall-chart.ts";
import { waterfallLines } from "./waterfall-lines.ts";

const steps: WaterfallStep[] = [
  { label: "a year earlier", kind: "total", from: 0, to: 30, text: "30" },
  { label: "trend", kind: "change", from: 30, to: 8, text: "−22" },
  { label: "campaign", kind: "change", from: 8, to: -2, text: "−10" },
  { label: "margin", kind: "change", from: -2, to: 5, text: "+7" },
  { label: "reported", kind: "total", from: 0, to: 5, text: "5" },
];

const map: HeatMap = {
  across: { name: "kept users", labels: ["1 M", "2 M"], ownIndex: 1 },
  down: { name: "margin", labels: ["1.0", "2.5"], ownIndex: 0 },
  cells: [
    [-0.5, 0.25],
    [0, 1.5],
  ],
  format: (value) => value.toFixed(2),
};

describe("a waterfall", () => {
  test("draws a bar and a text a step, and a line from level to level", () => {
    const svg = renderChartSvg("w", waterfallChart({ steps }));
    for (const { label, text } of steps) {
      expect(svg).toContain(label);
      expect(svg).toContain(`>${text}<`);
    }
    expect(svg).toBe(renderChartSvg("w", waterfallChart({ steps })));
    expect(renderChartSvg("w", waterfallChart({ steps, isNarrow: true }))).toContain('width="360"');
    expect(svg).not.toContain("NaN");
  });

  test("stands on a terminal, each change where the level before it ended", () => {
    const lines = waterfallLines(steps, 16 + 33 + 2 + 3).split("\n");
    const bars = lines.slice(0, 5).map((line) => line.slice(16, 16 + 33));
    expect(bars[0]!.trim()).toMatch(/^│?█+$/);
    expect(bars[1]!.lastIndexOf("▒")).toBe(bars[0]!.lastIndexOf("█"));
    expect(bars[2]!.lastIndexOf("▒")).toBe(bars[1]!.indexOf("▒"));
    expect(bars[3]!.lastIndexOf("▓")).toBe(bars[4]!.lastIndexOf("█"));
    expect(lines.at(-1)).toContain("█ level  ▓ adds  ▒ takes");
    expect(lines[1]!.endsWith("−22")).toBe(true);
  });
});

describe("both on a narrow terminal", () => {
  test("give a name its own line, above its bar", () => {
    const lines = waterfallLines(steps, 30).split("\n");
    expect(lines[2]).toBe(`trend${" ".repeat(22)}−22`);
    expect(lines[3]).toMatch(/^ *│? *▒+$/);
    for (const line of lines) expect(textWidth(line)).toBeLessThanOrEqual(30);
  });

  test("write a number a line, each with what stands above it", () => {
    const lines = heatMapLines(map, 20).split("\n");
    expect(lines.slice(-6)).toEqual([
      "margin: 1.0",
      "  1 M   ○ -0.50 ",
      "  2 M  [● 0.25]",
      "margin: 2.5",
      "  1 M   ● 0.00 ",
      "  2 M   ● 1.50 ",
    ]);
    expect(heatMapLines(map, 60).split("\n")).toHaveLength(5);
  });
});

describe("a heat map", () => {
  test("writes every number, frames the own one, tells sides by colour", () => {
    const svg = renderChartSvg("h", heatMap(map));
    for (const text of ["−0.50", "0.25", "1.50"]) {
      expect(svg).toContain(`>${text}<`);
    }
    expect(svg.match(/stroke-width="1.5"/g)).toHaveLength(1);
    expect(svg).toBe(renderChartSvg("h", heatMap(map)));
    expect(svg).not.toContain("NaN");
  });

  test("says the same on a terminal without any colour", () => {
    const lines = heatMapLines(map).split("\n");
    expect(lines[0]).toContain("across: kept users; down: margin");
    expect(lines[2]).toContain("○ -0.50");
    expect(lines[2]).toContain("[● 0.25]");
    expect(new Set(lines.slice(1).map(textWidth)).size).toBe(1);
  });
});
