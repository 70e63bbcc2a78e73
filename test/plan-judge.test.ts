// The judgement from outside, where what follows from the figures has a closed form, and on the
// example.
import { describe, expect, test } from "vitest";
import { answerAt, answerCount, drawJudged } from "../src/plan/judge/judge-block.ts";
import { judgeReport } from "../src/plan/judge/judge-report.ts";
import type { Judgement } from "../src/plan/judge/judged.ts";
import { jobOf, judgePublished } from "../src/plan/judge/judgement.ts";
import { judgementSchema } from "../src/plan/judge/judgement-schema.ts";
import { readJudgeQuestion } from "../src/plan/judge/read-judge.ts";
import { drawCampaigns } from "../src/plan/monte-carlo/block.ts";
import { CampaignSample, tasksOf } from "../src/plan/monte-carlo/campaign-sample.ts";
import { requirePlan } from "../src/plan/plan-file/index.ts";
import { jobOf as planJob } from "../src/plan/study/plan-study.ts";
import { renderHtmlPage } from "../src/report/html-page.ts";
import { renderTextReport } from "../src/report/text-report.ts";
import { altered, check, PLAN } from "./plan-file.fixture.ts";
import {
  draw,
  FEW,
  logOf,
  OWN,
  PEOPLE,
  PUBLISHED,
  question,
  type Said,
  type SourceSaid,
} from "./plan-judge.fixture.ts";

const Z95 = 1.6448536269514722;
const prior = logOf(PEOPLE.p5, PEOPLE.p95);
const own = logOf(OWN[0], OWN[1]);

/** Precision-weighted mean and deviation of ln people, by hand. */
function posterior(said: readonly { mean: number; var: number }[]) {
  const all = [prior, ...said];
  const precision = all.reduce((sum, each) => sum + 1 / each.var, 0);
  const mean = all.reduce((sum, each) => sum + each.mean / each.var, 0) / precision;
  return { mean, sd: Math.sqrt(1 / precision) };
}

async function peopleAfter(sources: readonly SourceSaid[], said: readonly Said[]) {
  const judgement = await judgePublished(question(sources, said), draw, FEW);
  const { after } = judgement.numbers!.find(({ id }) => id === "people")!;
  const logs = { mean: Math.log(after.median), width: Math.log(after.upper / after.lower) };
  return { judgement, mean: logs.mean, sd: logs.width / (2 * Z95) };
}

describe("a lognormal number and a figure of it give the conjugate posterior", () => {
  test("near what was assumed", async () => {
    const source = { id: "A", factor: [0.5, 2] as const };
    const got = await peopleAfter([source], [{ source: "A", number: "people", value: 90 }]);
    const factor = logOf(0.5, 2);
    const figure = { mean: Math.log(90e6) - factor.mean - own.mean, var: factor.var + own.var };
    const by = posterior([figure]);
    expect(Math.abs(got.mean - by.mean)).toBeLessThan(0.02);
    expect(got.sd / by.sd).toBeCloseTo(1, 1);
    expect(got.judgement.variants[0]!.power).toBe(1);
    expect(got.judgement.variants[0]!.effective).toBeGreaterThan(1_000);
  });

  test("and so far off that plain draws would not have met it", async () => {
    const source = { id: "A", factor: [0.95, 1.05] as const };
    const got = await peopleAfter([source], [{ source: "A", number: "people", value: 2_500 }]);
    const factor = logOf(0.95, 1.05);
    const figure = { mean: Math.log(2.5e9) - factor.mean - own.mean, var: factor.var + own.var };
    const by = posterior([figure]);
    // 4.9 deviations: 1 of 2 million draws.
    expect((figure.mean - prior.mean) / Math.sqrt(prior.var)).toBeGreaterThan(4.8);
    expect(Math.abs(got.mean - by.mean)).toBeLessThan(0.02);
    expect(got.sd / by.sd).toBeCloseTo(1, 0);
    expect(got.judgement.variants[0]!.power).toBe(1);
    const [reading] = got.judgement.readings;
    expect(reading!.isOutOfReach).toBe(true);
    const text = renderTextReport(judgeReport(got.judgement));
    expect(text).toContain("Hardly any draw of the plan leads to people who came: 2.50 bn");
  });
});

describe("panels", () => {
  test("that count with one factor tell less than two that are off each by itself", async () => {
    const panel = { factor: [0.5, 2] as const };
    const twice = (second: string): Said[] => [
      { source: "A", number: "people", value: 90 },
      { source: second, number: "tried", value: 90 },
    ];
    const [one, two] = [logOf(0.5, 2), logOf(0.5, 2).var + own.var];
    const mean = Math.log(90e6) - own.mean;
    const same = await peopleAfter([{ id: "A", ...panel }], twice("A"));
    const by = posterior([{ mean, var: one.var + own.var / 2 }]);
    expect(Math.abs(same.mean - by.mean)).toBeLessThan(0.02);
    expect(same.sd / by.sd).toBeCloseTo(1, 1);
    const apart = await peopleAfter(
      [
        { id: "A", ...panel },
        { id: "B", ...panel },
      ],
      twice("B"),
    );
    const byBoth = posterior([
      { mean, var: two },
      { mean, var: two },
    ]);
    expect(Math.abs(apart.mean - byBoth.mean)).toBeLessThan(0.02);
    expect(apart.sd / byBoth.sd).toBeCloseTo(1, 1);
    expect(apart.sd).toBeLessThan(0.85 * same.sd);
  });

  test("that contradict each other: the answer with each alone, and without each", async () => {
    const sources = [
      { id: "A", factor: [0.8, 1.25] as const, tried: [2] },
      { id: "B", factor: [0.8, 1.25] as const },
    ];
    const { judgement } = await peopleAfter(sources, [
      { source: "A", number: "people", value: 40 },
      { source: "B", number: "people", value: 160 },
    ]);
    const kept = (id: string): number =>
      judgement.variants.find((each) => each.id === id)!.kept!.median;
    expect(kept("alone A")).toBeLessThan(0.5 * kept("all") + 0.5 * kept("alone B"));
    expect(kept("alone A")).toBeLessThan(kept("all"));
    expect(kept("all")).toBeLessThan(kept("alone B"));
    // With two sources, without one is the other alone.
    expect(kept("without A")).toBe(kept("alone B"));
    // If A counts double, it says 20 million.
    expect(kept("factor A 2")).toBeLessThan(kept("alone A"));
    const [{ least, most }] = judgement.range as [{ least: number; most: number }];
    const chances = judgement.variants
      .filter(({ kind }) => kind !== "plan")
      .map(({ chances: each }) => each![0]!.share);
    expect([least, most]).toEqual([Math.min(...chances), Math.max(...chances)]);
  });
});

const EXAMPLE = (text = PUBLISHED) =>
  readJudgeQuestion({ file: "published.yaml", text }, requirePlan(check(PLAN)));
const MARGIN = "lognormal: { p5: 10, p95: 80 }";
const QUICK = { first: 2_048, step: 512, steps: 10 };

describe("the example", () => {
  test("is the same to the last byte for a seed, however its blocks were drawn", async () => {
    const one = await judgePublished(EXAMPLE(), draw, QUICK);
    // As threads do: each gets a copy, and they are ready in any order.
    const again = await judgePublished(
      EXAMPLE(),
      async (tasks) => {
        const blocks = new Map(
          tasks.toReversed().map((task) => [task.from, draw([structuredClone(task)])]),
        );
        return (await Promise.all(tasks.map(({ from }) => blocks.get(from)!))).flat();
      },
      QUICK,
    );
    expect(JSON.stringify(again)).toBe(JSON.stringify(one));
    expect(renderHtmlPage(judgeReport(again))).toBe(renderHtmlPage(judgeReport(one)));
    const other = await judgePublished({ ...EXAMPLE(), seed: "another" }, draw, QUICK);
    expect(JSON.stringify(other)).not.toBe(JSON.stringify(one));
  }, 60_000);

  test("answers with grade F, a range, what must be true, and blanks", async () => {
    const judgement = await judgePublished(EXAMPLE(), draw, QUICK);
    const report = judgeReport(judgement);
    const text = renderTextReport(report);
    const printed = JSON.parse(JSON.stringify(judgement));
    expect(judgementSchema.parse(printed)).toEqual(printed);
    expect(judgement.grade).toBe("F");
    expect(text).toContain("coincided");
    expect(text).not.toMatch(/NaN|undefined|caused/);
    expect(renderHtmlPage(report)).not.toMatch(/NaN|undefined/);
    expect(text).toContain("what was really spent, reconciled with the budget");
    const [year, two] = judgement.variants[0]!.chances!;
    expect(year!.share).toBeLessThan(two!.share);
    expect(two!.share).toBeLessThan(judgement.range[1]!.most);
    const [, needs] = judgement.needs!;
    for (const need of [needs!.margin, needs!.retention, needs!.reach]) {
      expect(need.needed.median).toBeGreaterThan(need.has.median);
    }
    const bounds = judgement.readings.filter(({ as }) => as === "atMost");
    expect(bounds.map(({ published }) => Math.round(published / 1e7))).toEqual([2931, 2679]);
  }, 60_000);

  test("lets more be spent than was announced where that is assumed, and only then", async () => {
    const spentBy = (value: number): number => {
      const text = PUBLISHED.replace("pert: [1, 1, 2.5]", `value: ${value}`);
      const job = jobOf(EXAMPLE(text));
      const { answers } = drawJudged({ job, proposal: null, from: 0, count: 512 });
      const row = answerCount(job);
      return Math.max(...answers.filter((_, i) => i % row === answerAt("spent")));
    };
    expect(spentBy(1)).toBeLessThanOrEqual(3e9);
    expect(spentBy(2)).toBeGreaterThan(3.3e9);
  }, 30_000);

  test("without any source is the plan: chances are those that are counted", async () => {
    const asked = EXAMPLE(PUBLISHED.replace("pert: [1, 1, 2.5]", "value: 1"));
    // A margin that pays off often enough to be counted.
    const plan = requirePlan(check(altered("lognormal: { p5: 1, p95: 8 }", MARGIN)));
    const judgement = await judgePublished({ ...asked, plan }, draw, { ...QUICK, first: 4_096 });
    const alone = judgement.variants.at(-1)!;
    expect(alone.kind).toBe("plan");
    const job = planJob(plan, []);
    const sample = new CampaignSample(job, 4_096, tasksOf(job, 4_096).map(drawCampaigns));
    const counted = sample.shareAtMost("payback", 24);
    expect(counted).toBeGreaterThan(0.1);
    expect(Math.abs(alone.chances![1]!.share - counted)).toBeLessThan(0.02);
    expect(alone.kept!.median / sample.quantile("kept", 0.5)).toBeCloseTo(1, 1);
    // Rare chances are seen: none is 0 where the margin has no end.
    expect(judgement.variants.every(({ chances }) => chances![0]!.share > 0)).toBe(true);
  }, 60_000);

  test("says so where no draw comes near, and where figures had to be believed less", async () => {
    const impossible = PUBLISHED.replace(
      "operatingIncome:\n    { value: -848",
      "operatingIncome:\n    { value: 28464.999",
    );
    expect(impossible).not.toBe(PUBLISHED);
    const none = await judgePublished(EXAMPLE(impossible), draw, QUICK);
    const printed = JSON.parse(JSON.stringify(none));
    expect(judgementSchema.parse(printed)).toEqual(printed);
    expect(none.variants[0]!.chances).toBeNull();
    expect(none.headline).toContain("cannot be said: no draw of the plan comes near");
    expect(renderTextReport(judgeReport(none))).not.toMatch(/NaN|undefined|null/);
    // Two figures of one thing that no number has, at once.
    const tight = PUBLISHED.replace(
      "value: 0.25, unit: ratio",
      "value: 0.6, unit: ratio",
    ).replaceAll(/error: \{ p5: 0\.[89]5?, p95: 1\.1[18]? \}/g, "error: { p5: 0.97, p95: 1.03 }");
    const less: Judgement = await judgePublished(EXAMPLE(tight), draw, { ...QUICK, steps: 0 });
    expect(less.variants[0]!.power).toBeLessThan(1);
    expect(renderTextReport(judgeReport(less))).toContain("had to be believed less");
  }, 60_000);
});

describe("what cannot be is refused with its line:", () => {
  const cases: [what: string, from: string, to: string, says: string][] = [
    ["another unit", "figure: dailyUsersDay0", "figure: ordersFirstHours", "panels are not mixed"],
    ["a mixed panel", "less: dailyUsersBefore", "less: usersTried", "panels are not mixed"],
    ["an unknown number", "number: tried", "number: triedIt", "a number of the plan"],
    [
      "an unknown source",
      "  source: QuestMobile\n      error",
      "  source: Quest\n      error",
      "one of judge.sources",
    ],
    ["no error", "      error: { p5: 0.5, p95: 2 }\n", "", "how far the figure itself can be off"],
    ["a range upside down", "{ p5: 0.4, p95: 2.5 }", "{ p5: 2.5, p95: 0.4 }", "p5 below p95"],
    ["a horizon beyond the plan", "within: [12, 24]", "within: [12, 36]", "at most the plan's 24"],
    [
      "a unit",
      "figure: retentionD1\n      source: industry",
      "figure: retentionD1\n      less: retentionD7x\n      source: industry",
      "an id under figures",
    ],
    ["an unknown key", "  within: [12", "  whithin: [12", "whithin"],
    ["a day that is not", "date: 2026-02-07", "date: 2026-02-30", "that there is"],
    ["a share of 65", "retentionD1: { value: 0.65", "retentionD1: { value: 65", "a share below 1"],
    [
      "retention that rises",
      "retentionD7: { value: 0.25",
      "retentionD7: { value: 0.9",
      "at most 0.65",
    ],
    ["a day beyond sense", "number: retention.day.7", "number: retention.day.9999", "a number of"],
    ["another currency", "currency: CNY", "currency: USD", "the plan's currency CNY"],
  ];
  test.each(cases)("%s", (_, from, to, says) => {
    const text = PUBLISHED.replace(from, to);
    expect(text).not.toBe(PUBLISHED);
    expect(() => EXAMPLE(text)).toThrow(says);
    expect(() => EXAMPLE(text)).toThrow(/^published\.yaml:\d+:\d+/);
  });
});
