// `hongbao value` end to end: the example that ships, every source of a campaign's draws, and files
// with everything that goes wrong, each told with its file and line.
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { openValue, valuationOfFile } from "../src/cli/value/valuation-of-file.ts";
import { renderHtmlPage } from "../src/report/html-page.ts";
import { textWidth } from "../src/report/paint.ts";
import { renderTextReport } from "../src/report/text-report.ts";
import type { Valuation } from "../src/value/valuation.ts";
import { valuationReport } from "../src/value/valuation-report.ts";
import { valuationSchema } from "../src/value/valuation-schema.ts";
import { verdictFixture } from "./value-verdict.fixture.ts";

const EXAMPLE = resolve(import.meta.dirname, "../examples/qwen-2026");
const text = readFileSync(join(EXAMPLE, "value.yaml"), "utf8").replace(
  "published: published.yaml",
  `published: ${join(EXAMPLE, "published.yaml")}`,
);
const valued = async (file: string): Promise<Valuation> => valuationOfFile(await openValue(file));

let folder = "";
let example: Valuation;
beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), "value-"));
  example = await valued(EXAMPLE);
});
afterAll(() => rmSync(folder, { recursive: true }));

const write = (name: string, content: string): string => {
  writeFileSync(join(folder, name), content);
  return join(folder, name);
};
/** The example with some of its text exchanged; what is exchanged must be there. */
const changed = (...pairs: [from: string | RegExp, to: string][]): Promise<Valuation> => {
  let content = text;
  for (const [from, to] of pairs) {
    expect(content).toMatch(from);
    content = content.replace(from, to);
  }
  return valued(write("value.yaml", content));
};
const said = (valuation: Valuation): string =>
  renderTextReport(valuationReport(valuation)).replace(/\s+/g, " ");

describe("the example", () => {
  test("says the same bytes twice, and its JSON fits the schema that ships", async () => {
    expect(await valued(join(EXAMPLE, "value.yaml"))).toEqual(example);
    expect(valuationSchema.parse(JSON.parse(JSON.stringify(example)))).toEqual(example);
  });

  test("has a bridge that adds up and the quarter's published figures", () => {
    const bridge = example.quarter.bridge!;
    const [first, last] = [bridge[0]!, bridge.at(-1)!];
    const sum = bridge.reduce((all, { kind, minor }) => (kind === "change" ? all + minor : all), 0);
    expect(first.minor + sum).toBe(last.minor);
    expect(last.minor).toBe(510_200_000_000);
    expect(example.quarter.ofFall!.estimate.toFixed(2)).toBe("0.11");
    const marketing = example.quarter.lines.find(({ id }) => id === "sales-and-marketing")!;
    expect([marketing.reported, marketing.without]).toEqual([null, null]);
  });

  test("spreads the cost over those who tried it and stayed: 180 yuan each", () => {
    expect(Math.round(example.unitEconomics[0]!.cac.estimate!)).toBe(180);
    const { month, months, chances } = example.unitEconomics[0]!.payback;
    expect([month.estimate, months]).toEqual([null, 24]);
    expect(chances[23]).toBeGreaterThanOrEqual(chances[11]!);
  });

  test("lists what was assumed at the top, blanks, sources, and that it gives no advice", () => {
    const report = said(example);
    const [assumed, units] = ["Assumed, without a source", "What a kept user costs"];
    expect(report.indexOf(assumed)).toBeLessThan(report.indexOf(units));
    for (const { says } of example.assumptions) expect(says).not.toMatch(/undefined|NaN/);
    expect(example.assumptions.map(({ id }) => id)).toContain("marginPerMonth");
    expect(report).toContain("Not found, and left blank: sales and marketing");
    expect(report).toContain("A price move cannot be read as the campaign's value");
    expect(report).toContain("This informs and gives no advice");
    expect(report).toContain("To buy because of the campaign, one must believe");
    expect(report).not.toMatch(/NaN|undefined|Infinity/);
  });

  test("fits a terminal, and a page that needs nothing from outside", () => {
    const lines = renderTextReport(valuationReport(example), { width: 100 }).split("\n");
    for (const line of lines) expect(textWidth(line)).toBeLessThanOrEqual(100);
    const page = renderHtmlPage(valuationReport(example));
    expect(page).not.toMatch(/<script|https?:\/\/(?!www\.w3\.org)|NaN|undefined/);
    expect(page.match(/<figure>/g)!.length).toBeGreaterThanOrEqual(6);
  });
});

describe("what is not known", () => {
  test("stays blank: no EBITA, no bridge; no segment, no sum of the parts", async () => {
    const blank = await changed(
      ["ebita: { value: 5102", "ebita: { value: not found"],
      ["figure: { value: 140000", "figure: { value: not found"],
    );
    expect(blank.quarter.bridge).toBeNull();
    expect(blank.quarter.margin.reported).toBeNull();
    expect(blank.company).toBeNull();
    expect(said(blank)).toContain("No bridge: adjusted EBITA of March quarter 2026 was not found");
    expect(said(blank)).toContain("No sum of the parts: a segment is missing: international");
  });

  test("a year earlier that nobody published begins the bridge without it", async () => {
    const blank = await changed(["ebita: { value: 5102, growth: -84 %,", "ebita: { value: 5102,"]);
    expect(blank.quarter.bridge![0]!.id).toBe("without");
    expect(blank.quarter.ofFall).toBeNull();
  });

  test("users who never leave count for ever, if later money is worth less", async () => {
    const forever = await changed(["months: 60", "months: forever"]);
    expect(forever.lifetimeMonths).toBeNull();
    expect(forever.worth.byCashFlow.value.estimate).toBeGreaterThan(
      example.worth.byCashFlow.value.estimate,
    );
    const free = changed(
      ["months: 60", "months: forever"],
      [/discount:\s*\{[^}]*\}/, "discount: { value: 0, source: mine }"],
    );
    await expect(free).rejects.toThrow(/expected a discount above 0 in every draw/);
  });
});

describe("a verdict", () => {
  const from = (more = "") =>
    changed([
      /from:\n(?: {2}.*\n)+?(?= {2}discount)/,
      `from:\n  verdict: verdict.json\n  starts: 2026-02-06\n${more}`,
    ]);

  test("gives kept users by their effect, exact money, activity as it was watched", async () => {
    write("verdict.json", JSON.stringify(verdictFixture()));
    const read = await from("  scale: 1000\n");
    const { campaign, unitEconomics } = read;
    expect(campaign.grade).toBe("A");
    expect(campaign.kept.estimate).toBeCloseTo(1_000 * (1_000 * 0.1 + 4_000 * 0.05), 6);
    expect(campaign.redeemed).toEqual({ estimate: 19e6, lower: 19e6, upper: 19e6 });
    expect(campaign.breakage.estimate).toBeCloseTo(0.05, 12);
    expect(campaign.marginPerMonth.estimate).toBeCloseTo((0.5 * (365.25 / 12)) / 5, 12);
    expect(unitEconomics.map(({ title }) => title)).toEqual([
      "campaign",
      "audience, treated",
      "users who came, treated",
    ]);
    // Half of the width of a 95 % interval is 1.96 standard errors, here of independent studies.
    const error = 1_000 * Math.hypot(1_000 * 0.02, 4_000 * 0.01);
    const half = (campaign.kept.upper - campaign.kept.lower) / 2;
    expect(half / (1.96 * error)).toBeCloseTo(1, 1);
    const ids = read.assumptions.map(({ id }) => id);
    for (const id of ["draws", "timing", "scale", "studies", "activity", "churn"]) {
      expect(ids).toContain(id);
    }
  });

  test("without watched periods asks how many stay", async () => {
    const verdict = verdictFixture();
    verdict.studies[1]!.retention = null;
    write("verdict.json", JSON.stringify(verdict));
    await expect(from()).rejects.toThrow(
      /expected from.survival, since the study "users who came"/,
    );
    const read = await from("  survival: { value: 95 %, source: assumption, why: a guess }\n");
    expect(read.assumptions.map(({ id }) => id)).toContain("from.survival");
  });

  test("of another metric, currency or kind is refused in a sentence", async () => {
    write("verdict.json", JSON.stringify(verdictFixture()));
    await expect(from("  kept: d90\n")).rejects.toThrow(
      /verdict.json: expected a measured effect on "d90" \(from.kept\), found d30/,
    );
    const dollars = verdictFixture();
    for (const row of dollars.money) row.currency = "USD";
    write("verdict.json", JSON.stringify(dollars));
    await expect(from()).rejects.toThrow(/expected money in CNY, found USD/);
    write("verdict.json", "{}");
    await expect(from()).rejects.toThrow(/expected what `hongbao prove --json` prints: title/);
  });
});

describe("a plan", () => {
  test("hands on its own draws, months and discount", async () => {
    const plan = join(EXAMPLE, "plan.yaml");
    const read = await valuationOfFile(await openValue(EXAMPLE, plan));
    const { campaign, unitEconomics } = read;
    expect([campaign.starts, campaign.grade, read.currency]).toEqual(["2026-02-06", "F", "CNY"]);
    // Cards are granted before they are redeemed, and never all of them are.
    expect(campaign.granted.estimate).toBeGreaterThan(campaign.redeemed.estimate);
    expect(campaign.breakage.lower).toBeGreaterThan(0);
    expect(campaign.otherCost.estimate).toBeGreaterThan(0);
    expect(unitEconomics[0]!.payback.months).toBe(24);
    expect(campaign.from).toBe("plan.yaml: a plan, which is no evidence");
    expect(read.assumptions.map(({ id }) => id)).toContain("reach.people");
    const byFile = await changed([/from:\n(?: {2}.*\n)+/, `from: { plan: ${plan} }\n`]);
    expect(byFile).toEqual(read);
    expect(valuationSchema.parse(read)).toEqual(read);
  });
});

describe("a price file", () => {
  const days = Array.from({ length: 80 }, (_, i) => {
    const market = 0.01 * Math.sin(1.3 * i);
    const share = 1.1 * market + 0.003 * Math.cos(2.1 * i * i) - (i === 60 ? 0.06 : 0);
    const day = new Date(Date.UTC(2025, 10, 17) + i * 86_400_000).toISOString().slice(0, 10);
    return `${day},${share},${market}`;
  });
  const event = (more: string) =>
    changed([
      "\nnews:",
      `\nevent:\n  prices: p.csv\n  kind: returns\n  security: ali\n  market: hsi\n${more}\nnews:`,
    ]);

  test("makes an event study, with the news of its window", async () => {
    write("p.csv", ["date,ali,hsi", ...days].join("\n"));
    const day = days[60]!.slice(0, 10);
    const read = await event(`  day: ${day}\n  estimation: 40\n  gap: 5\n`);
    expect(read.event!.whole.p).toBeLessThan(0.001);
    expect(said(read)).toContain("more than its usual noise. A price move cannot be read");
    expect(renderHtmlPage(valuationReport(read))).toContain("trading days from the news");
    expect(valuationSchema.parse(read)).toEqual(read);
  });

  test("that does not hold what is asked is told with its name and line", async () => {
    write("p.csv", "date,ali,hsi\n2026-02-04,1,oops\n");
    await expect(event("  day: 2026-02-04\n")).rejects.toThrow(
      /p.csv, line 2: hsi: expected a return above -1, such as -0.029, found "oops"/,
    );
    await expect(
      changed([
        "\nnews:",
        "\nevent: { prices: no.csv, security: a, market: b, day: 2026-02-04 }\nnews:",
      ]),
    ).rejects.toThrow(/no.csv: expected a file, found none/);
  });
});

describe("a value.yaml that", () => {
  const cases: [name: string, pairs: [string | RegExp, string][], message: RegExp][] = [
    [
      "splits rewards into more than all",
      [["contraRevenue: 50 %", "contraRevenue: 60 %"]],
      /value.yaml, line \d+, column \d+: accounting.rewards: .*add up to 100 %, found 110 %/,
    ],
    [
      "names a line that is not there",
      [["line: e-commerce", "line: the app"]],
      /moves.users.line: expected one of e-commerce, cloud, .*; found "the app"/,
    ],
    [
      "mixes currencies",
      [["currency: CNY", "currency: USD"]],
      /line \d+.*currency: .*CNY, found USD/,
    ],
    [
      "puts years out of order",
      [["from: 2026-04-01", "from: 2025-12-01"]],
      /years.1.from: expected years in order, without overlap/,
    ],
    [
      "ends a quarter before it begins",
      [["to: 2026-03-31", "to: 2025-12-31"]],
      /quarter.to: expected a last day after 2026-01-01, found 2025-12-31/,
    ],
    [
      "has a day that is none",
      [["from: 2026-01-01", "from: 2026-02-30"]],
      /quarter.from: expected a day/,
    ],
    [
      "has a range beside its value",
      [['range: [10, 15], source: "published', 'range: [12, 15], source: "published']],
      /parts.0.multiple.range: .*with the value between them, found 12 to 15 about 11/,
    ],
    [
      "has no shares",
      [["value: 18552", "value: not found"]],
      /shares.value: expected shares above 0/,
    ],
    [
      "taxes more than all",
      [["value: 25 %", "value: 125 %"]],
      /tax.value: expected a tax rate of 0 to 1/,
    ],
    [
      "has words for a number",
      [["value: 243380", "value: a lot"]],
      /quarter.revenue.value: expected a n/,
    ],
    ["leaves a source out", [[", source: China's statutory rate", ""]], /line \d+.*tax/],
    ["has a key too many", [["seed: 2026", "sead: 2026"]], /line \d+.*sead/],
    [
      "has two sources",
      [["from:\n", "from:\n  plan: plan.yaml\n"]],
      /from: expected one of plan, verdict/,
    ],
    [
      "reads a plan's keys elsewhere",
      [["base: tried", "kept: d30"]],
      /from.kept: expected nothing of the/,
    ],
    [
      "does not say when it began",
      [[/ {2}starts: .*\n/, ""]],
      /from: expected starts beside published/,
    ],
  ];
  test.each(cases)("%s is told with its place", async (_, pairs, message) => {
    await expect(changed(...pairs)).rejects.toThrow(message);
    await expect(changed(...pairs)).rejects.toThrow(/value\.yaml, line \d+, column \d+: /);
  });

  test("is not there is told by name", async () => {
    await expect(valued(join(folder, "none.yaml"))).rejects.toThrow(
      /none.yaml: expected a value.yaml, found nothing/,
    );
  });
});
