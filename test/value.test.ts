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
const text = readFileSync(join(EXAMPLE, "value.yaml"), "utf8");
/** The example's plan with fewer draws. */
const quickPlan = readFileSync(join(EXAMPLE, "plan.yaml"), "utf8")
  .replace(/draws: \d+/, "draws: 400")
  .replace(/campaign: (.*\.yaml)/, (_, name) => `campaign: ${join(EXAMPLE, name)}`);
const valued = async (file: string): Promise<Valuation> => valuationOfFile(await openValue(file));

let folder = "";
let example: Valuation;
beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), "value-"));
  write("plan.yaml", quickPlan);
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
    const { estimate, upper } = example.quarter.ofFall!;
    expect(estimate).toBeGreaterThan(0);
    // The budget, and marketing beside it, cannot explain more than that.
    expect(upper).toBeLessThan(4_000 / (31_700 - 5_102));
    const marketing = example.quarter.lines.find(({ id }) => id === "sales-and-marketing")!;
    expect([marketing.reported, marketing.without]).toEqual([null, null]);
  });

  test("does not pay back within two years at the middle of what is assumed", () => {
    const { month, months, chances } = example.unitEconomics[0]!.payback;
    // The plan's two years, carried on to five.
    expect([month.estimate, months]).toEqual([null, 60]);
    expect(chances[23]).toBeGreaterThanOrEqual(chances[11]!);
  });

  test("has cohorts by wave and by how people came, each with all that the whole has", () => {
    const [whole, ...cohorts] = example.unitEconomics;
    expect(cohorts.map(({ by, title }) => [by, title])).toEqual([
      ["wave", "cards"],
      ["wave", "envelopes"],
      ["how they came", "by themselves"],
      ["how they came", "by an invite"],
      ["how they came", "users of before"],
    ]);
    for (const { cac, valueToCac, payback } of cohorts) {
      for (const each of [cac, valueToCac]) expect(each.lower!).toBeLessThan(each.upper!);
      expect(payback.months).toBe(whole!.payback.months);
    }
    for (const by of ["wave", "how they came"]) {
      const own = cohorts.filter((cohort) => cohort.by === by);
      for (const key of ["cost", "kept"] as const) {
        const sum = own.reduce((all, cohort) => all + cohort[key].estimate, 0);
        expect(sum / whole![key].estimate).toBeCloseTo(1, 9);
        for (const { [key]: each } of own) {
          expect(each.estimate).toBeGreaterThan(each.lower);
          expect(each.estimate).toBeLessThan(each.upper);
        }
      }
    }
    const report = said(example);
    expect(report).toContain("By wave, with 95 % intervals");
    expect(report).toContain("By how they came, with 95 % intervals");
  });

  test("says what its worth hangs on: who stays, and at a multiple what one brings", () => {
    const { byCashFlow, byMultiple } = example.drivers;
    expect([byCashFlow[0]!.id, byMultiple![0]!.id]).toEqual(["retention.d30", "margin"]);
    expect(byCashFlow.map(({ id }) => id)).not.toContain("moves.users.multiple");
    for (const { whenLow, whenHigh, share } of [byCashFlow[0]!, byMultiple![0]!]) {
      expect(whenHigh).toBeGreaterThan(whenLow);
      expect(share).toBeGreaterThan(0.1);
    }
    expect(said(example)).toContain("What moves the net a share most, by cash flow, 60 months");
  });

  test("lists what was assumed at the top, blanks, sources, and that it gives no advice", () => {
    const report = said(example);
    const [assumed, units] = ["Assumed, without a source", "What a kept user costs"];
    expect(report.indexOf(assumed)).toBeLessThan(report.indexOf(units));
    for (const { says } of example.assumptions) expect(says).not.toMatch(/undefined|NaN/);
    expect(example.assumptions.map(({ id }) => id)).toContain("margin");
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

const FOR_EVER: [RegExp, string] = [/months: 60\n {2}range: .*/, "months: forever"];

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
    const quick = await changed();
    const forever = await changed(FOR_EVER);
    expect(forever.lifetimeMonths).toBeNull();
    expect(forever.worth.byCashFlow.value.estimate).toBeGreaterThan(
      quick.worth.byCashFlow.value.estimate,
    );
    write("free.yaml", quickPlan.replace(/discount: .*/, "discount: { value: 0 %, source: mine }"));
    const free = changed(FOR_EVER, ["from: { plan: plan.yaml }", "from: { plan: free.yaml }"]);
    await expect(free).rejects.toThrow(/expected a discount above 0 in every draw/);
  });
});

describe("a verdict", () => {
  const from = (more = "") =>
    changed([
      "from: { plan: plan.yaml }\n",
      "from:\n  verdict: verdict.json\n  starts: 2026-02-06\n" +
        `  discount: { value: 10 %, range: [8 %, 14 %], source: assumption }\n${more}`,
    ]);

  test("gives kept users by their effect, exact money, activity as it was watched", async () => {
    write("verdict.json", JSON.stringify(verdictFixture()));
    const read = await from("  scale: 1000\n");
    const { campaign, unitEconomics } = read;
    expect(campaign.grade).toBe("A");
    const kept = 1_000 * (1_000 * 0.1 + 4_000 * 0.05);
    // The median of normal draws, within its own error.
    expect(campaign.kept.estimate / kept).toBeCloseTo(1, 1);
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
    const read = await valued(EXAMPLE);
    const { campaign, unitEconomics } = read;
    expect([campaign.starts, campaign.grade, read.currency]).toEqual(["2026-02-06", "F", "CNY"]);
    // Cards are granted before they are redeemed, and never all of them are.
    expect(campaign.granted.estimate).toBeGreaterThan(campaign.redeemed.estimate);
    expect(campaign.breakage.lower).toBeGreaterThan(0);
    expect(campaign.otherCost.estimate).toBeGreaterThan(0);
    // Users count beyond the plan's 24 months, up to five years.
    expect(unitEconomics[0]!.payback.months).toBe(60);
    expect(campaign.from).toBe("plan.yaml: a plan, which is no evidence");
    expect(read.assumptions.map(({ id }) => id)).toContain("reach.people");
    const named = await openValue(EXAMPLE, { plan: join(EXAMPLE, "plan.yaml") });
    expect(await valuationOfFile(named)).toEqual(read);
  });
});

describe("published figures", () => {
  test("move the plan's draws: as many people came, and as much was spent", async () => {
    const published = join(EXAMPLE, "published.yaml");
    const read = await valuationOfFile(await openValue(EXAMPLE, { published }));
    const planned = example.campaign;
    const { campaign, assumptions } = read;
    expect([campaign.starts, campaign.grade]).toEqual(["2026-02-06", "F"]);
    expect(campaign.redeemed.estimate).toBeGreaterThan(planned.redeemed.estimate);
    expect(campaign.kept.upper - campaign.kept.lower).toBeLessThan(
      planned.kept.upper - planned.kept.lower,
    );
    expect(assumptions.find(({ id }) => id === "published")!.says).toMatch(
      /fit the published figures.*worth \d{3,} plain ones/,
    );
    expect(valuationSchema.parse(read)).toEqual(read);
    expect(said(read)).not.toMatch(/NaN|undefined|Infinity/);
  }, 120_000);

  test("and a plan at once are one too many", async () => {
    const both = { plan: "plan.yaml", published: "published.yaml" };
    await expect(openValue(EXAMPLE, both)).rejects.toThrow(/expected --plan or --published/);
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
    ).rejects.toThrow(/no.csv: no such file/);
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
      [["from: 2026-04-01", "from: 2026-03-20"]],
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
      [["value: 25 %\n  range: [20 %, 30 %]", "value: 125 %"]],
      /tax.value: expected a tax rate of 0 to 1/,
    ],
    [
      "taxes more than all at an end of its range",
      [["range: [20 %, 30 %]", "range: [20 %, 130 %]"]],
      /tax.range: expected tax rates of 0 to 1/,
    ],
    [
      "counts users for ever, more or less",
      [["months: 60", "months: forever"]],
      /lifetime: expected no range beside forever/,
    ],
    [
      "has words for a number",
      [["value: 243380", "value: a lot"]],
      /quarter.revenue.value: expected a n/,
    ],
    ["leaves a source out", [[/ {2}source: China.*\n/, ""]], /line \d+.*tax/],
    ["has a key too many", [["seed: 2026", "sead: 2026"]], /line \d+.*sead/],
    [
      "has two sources",
      [["{ plan: plan.yaml }", "{ plan: plan.yaml, published: published.yaml }"]],
      /from: expected one of plan, verdict/,
    ],
    [
      "reads a plan's keys elsewhere",
      [["{ plan: plan.yaml }", "{ plan: plan.yaml, kept: d30 }"]],
      /from.kept: expected nothing of the/,
    ],
    [
      "does not say when it began",
      [["{ plan: plan.yaml }", "{ verdict: verdict.json }"]],
      /from: expected starts beside verdict/,
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
