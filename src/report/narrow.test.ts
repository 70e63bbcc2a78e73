// Narrow screens and phones: nothing is wider than the screen, no number is broken where a card can
// hold it, and names of several words joined by dots are broken at the dots.

import { describe, expect, test } from "vitest";
import { renderChartSvg } from "./chart-svg.ts";
import { moreBlock, type ReportDocument, tableBlock, warningBlock } from "./document.ts";
import { renderHtmlPage } from "./html-page.ts";
import { intervalChart } from "./interval-chart.ts";
import { axisWithZero, intervalLines } from "./interval-lines.ts";
import { colourPaint, stripPaint, textWidth } from "./paint.ts";
import { renderTextReport } from "./text-report.ts";
import { renderTextTable } from "./text-table.ts";
import { tornadoChart } from "./tornado-chart.ts";
import { waterfallChart } from "./waterfall-chart.ts";
import { breakWord, fitText } from "./wrap.ts";

const right = (title: string) => ({ title, align: "right" as const });
const columns = [
  { title: "metric" },
  { title: "arm" },
  ...["held out", "treated", "effect", "95 % interval", "relative", "p, deciding"].map(right),
];
const rows = [
  ["visits", "mens", "10.62 %", "18.28 %", "+7.66 points", "+7.00 to +8.32", "+72.1 %", "< .001"],
  ["spend", "womens", "0.653", "1.077", "+0.424 USD", "+0.169 to +0.680", "", "0.001"],
];

describe("a table on a screen that is too narrow for it", () => {
  const lines = renderTextTable(columns, rows, { width: 40 }).split("\n");

  test("is a card a row: its name, then each figure whole beside its column's name", () => {
    expect(lines).toEqual([
      "visits, mens",
      "  held out                10.62 %",
      "  treated                 18.28 %",
      "  effect             +7.66 points",
      "  95 % interval    +7.00 to +8.32",
      "  relative                +72.1 %",
      "  p, deciding              < .001",
      "spend, womens",
      "  held out                  0.653",
      "  treated                   1.077",
      "  effect               +0.424 USD",
      "  95 % interval  +0.169 to +0.680",
      "  p, deciding               0.001",
    ]);
  });

  test("stays a table where it fits", () => {
    const wide = renderTextTable(columns, rows, { width: 100 }).split("\n");
    expect(wide).toHaveLength(4);
    expect(wide[2]).toMatch(/^visits {2}mens {5}10.62 %/);
  });

  test("says what its first column is, if that is a number", () => {
    const budgets = [right("budget"), ...["cost", "kept", "cost of one more"].map(right)];
    const cells = [["150 M yuan", "470 M yuan", "4.55 M users", "67.5 yuan"]];
    const said = renderTextTable(budgets, cells, { width: 40 });
    expect(said.split("\n")[0]).toBe("budget: 150 M yuan");
  });

  test("has styles that end in the line in which they began", () => {
    const heads = [{ title: "kept because of it, at the end" }, right("of all users, in per cent")];
    const painted = renderTextTable(heads, [["a", "1"]], { width: 24, paint: colourPaint });
    for (const line of painted.split("\n")) {
      let open = false;
      for (const [, code] of line.matchAll(/\u001b\[(\d+)m/g)) {
        expect(open).toBe(code === "22");
        open = code === "2";
      }
      expect(open).toBe(false);
    }
    expect(stripPaint(painted)).toBe(renderTextTable(heads, [["a", "1"]], { width: 24 }));
    expect(painted.split("\n").length).toBeGreaterThan(4);
  });
});

describe("a long name", () => {
  const name = "offers.envelope.returning";

  test("is broken at its joints, and elsewhere only where it has none", () => {
    expect(breakWord(name, 18)).toEqual(["offers.envelope.", "returning"]);
    expect(breakWord("a_name/of-parts", 8)).toEqual(["a_name/", "of-parts"]);
    expect(breakWord("abcdefghij", 4)).toEqual(["abcd", "efgh", "ij"]);
    expect(fitText("why 0.5 of offers.card.redeemed", 13)).toEqual([
      "why 0.5 of",
      "offers.card.",
      "redeemed",
    ]);
  });

  test("keeps its words in a table, as long as there is room for them", () => {
    const about = "from twice the daily users of before to what New Year campaigns drew";
    const heads = [{ title: "assumption" }, right("point"), { title: "source" }];
    const said = renderTextTable(heads, [[name, "0.5", about]], { width: 50 });
    for (const word of ["offers.", "envelope.", "returning"]) expect(said).toContain(word);
  });

  test("is broken there beside the axis of every chart with names", () => {
    const interval = { label: name, estimate: 1, lower: 0, upper: 2 };
    const charts = [
      renderChartSvg("i", intervalChart({ rows: [interval], isNarrow: true })),
      renderChartSvg(
        "t",
        tornadoChart({
          rows: [{ label: name, whenLow: 0, whenHigh: 2 }],
          ...{ middle: 1, isNarrow: true },
        }),
      ),
      renderChartSvg(
        "w",
        waterfallChart({
          steps: [{ label: name, kind: "total", from: 0, to: 1, text: "1" }],
          isNarrow: true,
        }),
      ),
    ];
    for (const svg of charts) {
      expect(svg).toMatch(/>offers\.envelope\.<.*>returning</s);
      expect(svg).not.toContain(name);
    }
  });

  test("may be broken there on a page, and short ones are left alone", () => {
    const blocks = [tableBlock([{ title: "a" }], [[name], ["retention.d30"], ["x < y.z"]])];
    const page = renderHtmlPage({ title: "t", sections: [{ title: "s", blocks }] });
    expect(page).toContain("offers.<wbr>envelope.<wbr>returning");
    expect(page).toContain(">retention.d30<");
    expect(page).toContain("x &lt; y.z");
  });
});

describe("intervals on a terminal", () => {
  const intervals = [
    { label: "D30 retention", estimate: 2, lower: 1, upper: 3, text: "+2 %" },
    { label: "orders, 30 days", estimate: -1, lower: -2, upper: 0, text: "−1 %" },
  ];
  const axis = axisWithZero(intervals);
  const chart = { rows: intervals, axis, ends: ["−2", "3"] as const };

  test("stand beside their names where there is room", () => {
    const lines = intervalLines(chart, 80).split("\n");
    expect(lines).toHaveLength(3);
    expect(lines[0]).toMatch(/^D30 retention {4} +│ +├─+●─+┤ {2}\+2 %$/);
    expect(lines[2]).toMatch(/^ {17}−2 +3$/);
    expect(axis).toEqual({ from: -2, to: 3 });
  });

  test("stand below their names where there is not", () => {
    const lines = intervalLines(chart, 40).split("\n");
    expect(lines).toHaveLength(5);
    expect(lines[0]).toBe(`D30 retention${" ".repeat(23)}+2 %`);
    expect(lines[1]).toMatch(/^ +│ +├─+●─+┤$/);
    for (const line of lines) expect(textWidth(line)).toBeLessThanOrEqual(40);
  });
});

describe("an alarm, and what few ask for", () => {
  const blocks = [
    warningBlock("FAILED: sample ratio: half of an arm was lost on the way, nobody knows where"),
    moreBlock("read in other ways", [tableBlock([{ title: "metric" }], [["D30"]])]),
  ];
  const report: ReportDocument = {
    title: "t",
    sections: [{ title: "s", badge: "grade B", badgeTone: "warn", blocks }],
  };

  test("differ from small print on a page: one is a box, the other is folded away", () => {
    const page = renderHtmlPage(report);
    expect(page).toContain('<p class="warning">FAILED: sample ratio');
    expect(page).toMatch(/<details>\s*<summary>read in other ways<\/summary>.*D30.*<\/details>/s);
    expect(page).toContain('<span class="badge warn">grade B</span>');
    expect(page).toMatch(/\.warning \{[^}]*border-left: 4px solid var\(--bad\)/);
  });

  test("differ on a terminal, with and without colour, and nothing is folded there", () => {
    const said = renderTextReport(report, { width: 50 });
    expect(said).toContain("! FAILED: sample ratio: half of an arm was lost on\n  the way");
    expect(said).toMatch(/read in other ways\nmetric\n─+\nD30/);
    const painted = renderTextReport(report, { width: 50, paint: colourPaint });
    expect(painted).toContain("\u001b[31m! FAILED");
    expect(painted).toContain("\u001b[33m grade B \u001b[39m");
  });

  test("titles that are too long go on in the next line, with the badge behind them", () => {
    const title = "Effects of two kinds of mail against no mail at all";
    const section = { title, badge: "grade A", blocks: [] };
    const said = renderTextReport(
      { title: title.toUpperCase(), sections: [section] },
      { width: 30 },
    );
    expect(said).toBe(
      "EFFECTS OF TWO KINDS OF MAIL\nAGAINST NO MAIL AT ALL\n\n" +
        "── Effects of two kinds of\n   mail against no mail at all\n   grade A\n",
    );
  });

  test("tables stand apart from text about other things, notes below them do not", () => {
    const table = tableBlock([{ title: "a" }], [["1"]]);
    const note = { kind: "note", text: "about it" } as const;
    const text = { kind: "text", text: "else" } as const;
    const sections = [{ title: "s", blocks: [text, table, note, table, text] }];
    const said = renderTextReport({ title: "t", sections }, { width: 20 });
    expect(said).toContain("else\n\na\n─\n1\nabout it\n\na\n─\n1\n\nelse\n");
  });

  test("a chart is drawn for the width that there is", () => {
    const text = (width: number) => "─".repeat(width);
    const chart = { kind: "chart", title: "c", text } as const;
    const said = renderTextReport({ title: "t", sections: [{ title: "s", blocks: [chart] }] });
    expect(said).toContain(`c\n${"─".repeat(100)}\n`);
  });
});

describe("a page on a phone", () => {
  const page = (cells: string[]) => {
    const blocks = [tableBlock([{ title: "" }, right("estimate"), right("interval")], [cells])];
    return renderHtmlPage({ title: "t", sections: [{ title: "s", blocks }] });
  };

  test("lets numbers of three columns wrap between their bounds, never before a unit", () => {
    const said = page(["kept users", "16.64 M", "8.43 M to 26.45 M"]);
    expect(said).toContain("8.43\u00a0M to 26.45\u00a0M");
    expect(said).not.toContain('<table class="stacked">');
    const phone = said.slice(said.indexOf("@media screen"));
    expect(phone).toContain(".number { white-space: normal; }");
  });

  test("shows three columns that are too wide all the same a row at a time, named", () => {
    const said = page(["granted", "3,000,000,000,000,000", "2,649,000,000,000,000 to 5"]);
    expect(said).toContain('<table class="stacked">');
    expect(said).toContain('<td class="name" data-label="">granted</td>');
  });
});
