// Reports say the same on a terminal and on a page, fit the screen, and come out in equal bytes.

import { describe, expect, test } from "vitest";
import { renderChartSvg } from "./chart-svg.ts";
import { type ReportDocument, tableBlock } from "./document.ts";
import {
  formatDuration,
  formatInterval,
  formatLarge,
  formatMoney,
  formatNumber,
  formatPercent,
  formatPoints,
  groupedMinor,
} from "./format.ts";
import { renderHtmlPage } from "./html-page.ts";
import { intervalChart } from "./interval-chart.ts";
import { intervalLine } from "./interval-line.ts";
import { lineChart } from "./line-chart.ts";
import { colourPaint, stripPaint, textWidth } from "./paint.ts";
import { sparkline } from "./sparkline.ts";
import { textBar } from "./text-bar.ts";
import { renderTextReport } from "./text-report.ts";
import { wrapText } from "./wrap.ts";

const report: ReportDocument = {
  title: "A campaign <of cards>",
  subtitle: "春节 · one line that is long enough to need a second one ".repeat(3),
  sections: [
    {
      title: "Plan",
      badge: "evidence F",
      blocks: [
        { kind: "headline", text: "3 billion yuan last six days." },
        tableBlock(
          [{ title: "base" }, { title: "cost per kept user", align: "right" }],
          [
            [
              "additional daily users on the peak day, which is a rather long label ".repeat(2),
              "353",
            ],
            ["tried it", "180"],
          ],
        ),
        {
          kind: "chart",
          title: "daily users",
          text: sparkline([1, 2, 3]),
          id: "days",
          draw: () => lineChart({ labels: ["a"], series: [] }),
        },
        { kind: "note", text: "before and after: it coincided" },
      ],
    },
  ],
  foot: ["seed 7"],
};

describe("numbers", () => {
  test("have separators, signs and units of their own", () => {
    expect(formatNumber(-1234567.891, 1)).toBe("−1,234,567.9");
    expect(formatNumber(-0.04)).toBe("0");
    expect(formatNumber(Number.NaN)).toBe("–");
    expect(formatNumber(2.05e299, 2)).toBe("2.05e+299");
    expect(formatNumber(-1e21)).toBe("−1.00e+21");
    expect(formatPercent(0.128)).toBe("12.8 %");
    expect(formatPoints(0.0218)).toBe("+2.18 points");
    expect(formatMoney(146.38, "HKD")).toBe("HK$146.38");
    expect(formatMoney(-0.04, "CNY")).toBe("−0.04 yuan");
    expect(formatMoney(-3, "USD", 0)).toBe("−US$3");
    expect(groupedMinor(4_269_400, 2)).toBe("42,694.00");
    expect(groupedMinor(999, 0)).toBe("999");
    expect(formatLarge(66_450_000)).toBe("66.45 M");
    expect(formatDuration(108 * 3_600_000)).toBe("4 d 12 h");
  });

  test("carry their interval", () => {
    const interval = { estimate: 12.3, lower: 10.14, upper: 14.6 };
    expect(formatInterval(interval, (x) => formatNumber(x, 1))).toBe("12.3 [10.1, 14.6]");
  });
});

describe("a terminal", () => {
  test("shows no line wider than the screen, with and without colour", () => {
    for (const width of [60, 80, 100]) {
      const plain = renderTextReport(report, { width });
      for (const line of plain.split("\n")) expect(textWidth(line)).toBeLessThanOrEqual(width);
      expect(stripPaint(renderTextReport(report, { width, paint: colourPaint }))).toBe(plain);
    }
  });

  test("never cuts a number off: text gives way, and then the screen", () => {
    const numbers = ["967,461,250.00", "1,250,000.00", "+7.00 to +8.32", "12.3 %"];
    const heads = ["issued", "redeemed", "interval", "share"];
    const columns = [
      { title: "study" },
      ...heads.map((title) => ({ title, align: "right" as const })),
    ];
    const name = "a_name_without_a_space_that_is_longer_than_any_screen_has_room_for";
    for (const width of [40, 60, 80, 100]) {
      const blocks = [tableBlock(columns, [[name, ...numbers]])];
      const said = renderTextReport({ title: "t", sections: [{ title: "s", blocks }] }, { width });
      expect(said).not.toContain("…");
      for (const part of [...numbers.slice(0, 2), "+7.00", "+8.32", "12.3 %"]) {
        expect(said).toContain(part);
      }
      const first = said.split("\n").map((line) => line.split(" ")[0]!);
      expect(first.join("")).toContain(name);
      const widest = Math.max(...said.split("\n").map(textWidth));
      if (width >= 60) expect(widest).toBeLessThanOrEqual(width);
    }
  });

  test("draws bars, sparks and intervals of the width that was asked for", () => {
    expect(sparkline([0, 4, 8])).toBe("▁▄█");
    expect(sparkline([0, Number.NaN])).toBe("▁ ");
    expect(textBar(0.5, 8)).toBe("████░░░░");
    expect(textWidth(textBar(0.31, 10))).toBe(10);
    const line = intervalLine(
      { estimate: 2, lower: 1, upper: 3, truth: 2.5 },
      { from: 0, to: 4 },
      9,
    );
    expect(line).toBe("│ ├─●◆┤  ");
  });

  test("breaks text at spaces and keeps long words whole", () => {
    expect(wrapText("aa bb cccccccc d", 5)).toEqual(["aa bb", "cccccccc", "d"]);
    expect(wrapText("one two", 20, "  ")).toEqual(["  one two"]);
    expect(wrapText("about 12 % more", 8)).toEqual(["about", "12 %", "more"]);
  });
});

describe("a page", () => {
  const page = renderHtmlPage(report);

  test("needs nothing from outside and runs nothing", () => {
    const own = page.replace(/ xmlns(:\w+)?="[^"]*"/g, "");
    expect(own).not.toMatch(/<script|https?:\/\/|@import|url\(/);
    expect(page).toContain("prefers-color-scheme: dark");
    expect(page).toContain("@media print");
  });

  test("escapes what it is told", () => {
    expect(page).toContain("A campaign &lt;of cards&gt;");
    expect(page).not.toContain("<of cards>");
  });
});

describe("names from files", () => {
  const evil = "card\u001b[2J\u202e<b>\u0007";
  const chart = {
    kind: "chart",
    title: evil,
    id: "e",
    draw: () => intervalChart({ rows: [{ label: evil, estimate: 1, lower: 0, upper: 2 }] }),
  } as const;
  const plain = { kind: "chart", title: "c", text: `${evil}\nsecond line` } as const;
  const table = tableBlock([{ title: evil }], [[evil]]);

  test("reach a page and its charts as text only", () => {
    const blocks = [chart, plain, table];
    const page = renderHtmlPage({ title: evil, sections: [{ title: evil, blocks }] });
    expect(page).not.toMatch(/[\u0000-\u0009\u000b-\u001f\u007f-\u009f\u202a-\u202e]/);
    expect(page).toContain("card\\x1b[2J\\u202e&lt;b&gt;\\x07\nsecond line");
    expect(renderChartSvg("e", chart.draw())).toContain("card\\x1b[2J");
  });
});

describe("a page on a phone", () => {
  const columns = ["metric", "arm", "effect", "p"].map((title) => ({ title }));
  const chart = {
    kind: "chart",
    title: "c",
    id: "c",
    draw: (isNarrow: boolean) => lineChart({ labels: ["a"], series: [], isNarrow }),
  } as const;
  const blocks = [tableBlock(columns, [["D30", "treated", "+5.5 %", ""]]), chart];
  const page = renderHtmlPage({ title: "t", sections: [{ title: "s", blocks }] });

  test("shows wide tables a row at a time, each cell with its column's name", () => {
    expect(page).toContain('<table class="stacked">');
    expect(page).toContain('<td data-label="effect">+5.5\u00a0%</td>');
  });

  test("keeps tables of few columns as they are", () => {
    const few = tableBlock(columns.slice(0, 3), [["D30", "treated", "+5.5"]]);
    const small = renderHtmlPage({ title: "t", sections: [{ title: "s", blocks: [few] }] });
    expect(small).not.toContain("data-label=");
  });

  test("shows the chart that was drawn for it", () => {
    expect(page).toMatch(/class="wide"><svg.*class="narrow"><svg/s);
    const rows = [{ label: "a", estimate: 1, lower: 0, upper: 2 }];
    expect(renderChartSvg("n", intervalChart({ rows, isNarrow: true }))).toContain('width="360"');
  });
});

describe("charts", () => {
  const lines = {
    labels: ["5 Feb", "6 Feb", "7 Feb"],
    series: [{ name: "daily users", values: [7.07, 58.48, 73.52] }],
  };
  const rows = [{ label: "D30, reward", estimate: 2.2, lower: 1.1, upper: 3.4, truth: 2 }];

  test("are SVG with the labels as text", () => {
    const svg = renderChartSvg("users", lineChart(lines));
    expect(svg.startsWith("<svg")).toBe(true);
    expect(svg).toContain("6 Feb");
    expect(renderChartSvg("effects", intervalChart({ rows }))).toContain("D30, reward");
  });

  test("come out in equal bytes a second time", () => {
    expect(renderChartSvg("users", lineChart(lines))).toBe(
      renderChartSvg("users", lineChart(lines)),
    );
    expect(renderChartSvg("e", intervalChart({ rows }))).toBe(
      renderChartSvg("e", intervalChart({ rows })),
    );
  });
});
