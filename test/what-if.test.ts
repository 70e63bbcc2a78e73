// Plans and valuations that somebody turns knobs of: what is computed is what the saved file says,
// comments stay, and what does not go together is refused with its place.
import { readFileSync } from "node:fs";
import { resolve } from "node:path";
import { describe, expect, test } from "vitest";
import { planDrawer } from "../src/cli/plan/draw-plan.ts";
import { type AsJson, fromJson } from "../src/plan/as-json.ts";
import { checkPlanFile, requirePlan } from "../src/plan/plan-file/index.ts";
import { jobOf, type PlanStudy } from "../src/plan/study/plan-study.ts";
import { BUDGET, KNOB_POSITIONS, knobsOf } from "../src/plan/what-if/knobs.ts";
import { type PlanTexts, planTexts } from "../src/plan/what-if/plan-texts.ts";
import { turnedPlanText } from "../src/plan/what-if/turned-plan.ts";
import {
  PlanReader,
  sampledWhatIf,
  studiedWhatIf,
  turnedPlan,
  WHAT_IF_DRAWS,
} from "../src/plan/what-if/what-if.ts";
import { turnedValueText } from "../src/value/what-if/turned-value.ts";
import { OF_VALUE } from "../src/value/what-if/value-knobs.ts";
import { valueTexts } from "../src/value/what-if/value-texts.ts";
import {
  openValueTexts,
  savedValueTexts,
  ValueWhatIf,
} from "../src/value/what-if/value-what-if.ts";
import { reportObject } from "./report-objects.fixture.ts";

const EXAMPLE = resolve(import.meta.dirname, "../examples/qwen-2026");
const text = (name: string): string => readFileSync(`${EXAMPLE}/${name}`, "utf8");
const FILES = Object.fromEntries(
  ["plan.yaml", "announced.yaml", "campaign.yaml", "value.yaml"].map((name) => [name, text(name)]),
);
const texts: PlanTexts = planTexts(FILES);
const reader = new PlanReader();
const plan = reader.read(texts);
const read = (planText: string) =>
  requirePlan(checkPlanFile({ file: "plan.yaml", text: planText }, texts.campaign));
const quiet = (): void => {};

describe("the files of a plan", () => {
  test("are told apart, whatever lies beside them, and the one that lacks is named", () => {
    expect([texts.plan.file, texts.campaign.file]).toEqual(["plan.yaml", "announced.yaml"]);
    const renamed = { "new-year.yaml": FILES["plan.yaml"]!, "announced.yaml": "x" };
    expect(planTexts(renamed).plan.file).toBe("new-year.yaml");
    expect(() => planTexts({ "plan.yaml": FILES["plan.yaml"]! })).toThrow(
      "expected announced.yaml, which plan.yaml names, among the files, found plan.yaml",
    );
    const odd = FILES["plan.yaml"]!.replace("announced.yaml", "constructor");
    expect(() => planTexts({ "plan.yaml": odd })).toThrow("expected constructor, which plan.yaml");
    expect(() => planTexts({ "a.yaml": "b: 1" })).toThrow("expected a plan.yaml, among the files");
    expect(() => valueTexts({ "plan.yaml": "" })).toThrow("expected a value.yaml among the files");
    const published = FILES["value.yaml"]!.replace("plan: plan.yaml", "published: p.yaml");
    expect(() => valueTexts({ ...FILES, "value.yaml": published })).toThrow(
      /of a plan or of a verdict .*hongbao value/,
    );
  });
});

describe("a knob", () => {
  test("stands at the median, in steps equally likely; what is not stated has none", () => {
    const knobs = knobsOf(plan);
    expect(knobs[0]).toMatchObject({ id: BUDGET, point: 3e9, unit: "CNY" });
    expect(knobs.map(({ id }) => id)).not.toContain("taps");
    for (const { id, scale, point } of knobs) {
      expect(scale, id).toHaveLength(KNOB_POSITIONS);
      // A number that was stated as certain goes to its bound: all of a cash envelope is used.
      if (id !== "offers.envelope.used") expect(scale[49]! / point, id).toBeCloseTo(1, 1);
      expect(
        [...scale].sort((a, b) => a - b),
        id,
      ).toEqual(scale);
    }
    const margin = knobs.find(({ id }) => id === "margin")!;
    // 5 % and 95 % of the file's own lognormal.
    expect([margin.scale[4], margin.scale[94]]).toEqual([1, 8]);
  });
});

describe("a turned plan", () => {
  test("is the file with that value, its unit and every comment; why says what stood there", () => {
    const turned = { "retention.d30": 0.2, "reach.people": 80e6, "reach.waves.cards.weight": 2 };
    const saved = turnedPlanText(texts.plan.text, plan, turned);
    for (const line of texts.plan.text.split("\n").filter((each) => each.startsWith("#"))) {
      expect(saved).toContain(line);
    }
    expect(saved).toContain("dayCurve: meals # assumed: a card buys a drink or a meal");
    const after = read(saved);
    const assumed = (id: string) => after.assumptions.find((each) => each.id === id)!;
    expect(assumed("retention.d30").distribution).toEqual({ kind: "fixed", value: 0.2 });
    expect(assumed("reach.people").distribution).toEqual({ kind: "fixed", value: 80e6 });
    expect(assumed("retention.d30")).toMatchObject({ source: "assumption", origin: "assumption" });
    expect(assumed("reach.people").why).toMatch(
      /^set by hand; before: lognormal {p5:15,p95:200} \(from twice the daily users/,
    );
    expect(saved).toMatch(/people:\n +value: 80\n +unit: million users/);
    expect(saved).toContain("value: 20 %");
    const others = plan.assumptions.filter(({ id }) => !(id in turned));
    for (const each of others) expect(assumed(each.id)).toEqual(each);
  });

  test("leaves out what hung together with a number that does not vary any more", () => {
    const after = read(turnedPlanText(texts.plan.text, plan, { "retention.d30": 0.2 }));
    expect(after.correlations.map(({ between }) => between)).toEqual([
      ["offers.card.takeUp", "invites.perClaimer"],
    ]);
    const all = { "retention.d30": 0.2, "invites.perClaimer": 1 };
    expect(turnedPlanText(texts.plan.text, plan, all)).not.toContain("correlations:");
  });

  test("with another budget compares it, since the budget is the campaign file's", async () => {
    const saved = turnedPlanText(texts.plan.text, plan, { [BUDGET]: 1.5e9 });
    const added = read(saved).scenarios.find(({ id }) => id === "changed-budget");
    expect(added!.changes).toEqual([{ kind: "budget", change: { kind: "times", factor: 0.5 } }]);
    const now = await sampledWhatIf(reader, texts, { [BUDGET]: 1.5e9 }, quiet);
    expect(now.budget).toBe(1.5e9);
    const half = await planDrawer()(
      jobOf(plan, plan.scenarios.find(({ id }) => id === "half")!.changes),
      WHAT_IF_DRAWS,
    );
    expect(now.numbers.find(({ id }) => id === "spent")!.median).toBe(half.number("spent").median);
  });

  test("is refused where what is turned does not go together, with the place", () => {
    const turned = { "retention.d1": 0.31, "retention.d30": 0.4 };
    expect(() => turnedPlan(reader, texts, turned)).toThrow(/plan\.yaml.*retention/);
  });

  test("says the same as the command line with as many draws", async () => {
    const now = await sampledWhatIf(reader, texts, {}, quiet);
    const sample = await planDrawer()(jobOf(plan, []), WHAT_IF_DRAWS);
    for (const { id, median, lower, upper } of now.numbers) {
      const { point: _, ...own } = sample.number(id);
      expect({ median, lower, upper }, id).toEqual(own);
    }
  });

  test("can be given up between two blocks, and says how far it is", async () => {
    const seen: number[] = [];
    const given = sampledWhatIf(reader, texts, {}, (done) => {
      seen.push(done);
      if (done >= 250) throw new Error("given up");
    });
    await expect(given).rejects.toThrow("given up");
    expect(seen).toEqual([125, 250]);
    const shares: number[] = [];
    await studiedWhatIf(reader, texts, {}, (done, total) => void shares.push(done / total));
    expect(shares.every((share, i) => share > (shares[i - 1] ?? 0) && share <= 1)).toBe(true);
    expect(shares.at(-1)).toBe(1);
  }, 60_000);
});

describe("a turned valuation", () => {
  const value = valueTexts(FILES);
  const opened = openValueTexts(value);
  const whatIf = new ValueWhatIf(() => "2026-02-06");

  test("has the file's figures as knobs over their ranges, and the plan's assumptions", () => {
    const tax = opened.knobs.find(({ id }) => id === `${OF_VALUE}tax`)!;
    expect(tax).toMatchObject({ point: 0.25, unit: "share" });
    expect(tax.scale.every((each) => each > 0.2 && each < 0.3)).toBe(true);
    const ids = opened.knobs.map(({ id }) => id);
    expect(ids).toContain("margin");
    expect(ids).toContain(`${OF_VALUE}parts.0.multiple`);
    expect(ids).toContain(`${OF_VALUE}lifetime`);
    // Nothing was found, or it is nothing.
    expect(ids).not.toContain(`${OF_VALUE}quarter.salesAndMarketing`);
    expect(ids).not.toContain(`${OF_VALUE}parts.3.figure`);
  });

  test("moves by what is turned in the company, and by what is turned in the plan", async () => {
    const net = async (turned: Record<string, number>): Promise<number> =>
      (await whatIf.valuation(value, turned, quiet)).worth.byCashFlow.net.estimate;
    const assumed = await net({});
    expect(await net({ [`${OF_VALUE}tax`]: 0.3 })).toBeGreaterThan(assumed); // a loss, less tax
    expect(await net({ margin: 8 })).toBeGreaterThan(assumed);
    expect(await net({})).toBe(assumed);
    const { taxRate } = await whatIf.valuation(value, { [`${OF_VALUE}tax`]: 0.21 }, quiet);
    expect(taxRate).toEqual({ estimate: 0.21, lower: 0.21, upper: 0.21 });
  });

  test("is saved as its files, comments kept: the plan's only where it was turned", async () => {
    const turned = { [`${OF_VALUE}lifetime`]: 47.6, [`${OF_VALUE}tax`]: 0.21 };
    const own = savedValueTexts(value, turned);
    expect(Object.keys(own)).toEqual(["value.yaml"]);
    expect(own["value.yaml"]).toContain("# A consumer AI app has no line of its own");
    expect(own["value.yaml"]).toMatch(/lifetime:\n +months: 48\n/);
    expect(own["value.yaml"]).toMatch(
      /value: 21 %\n +source: assumption\n +why: "?set by hand; before: 25 %, range \[20 %,30 %\]/,
    );
    const both = savedValueTexts(value, { ...turned, margin: 3 });
    expect(Object.keys(both)).toEqual(["value.yaml", "plan.yaml"]);
    const again = valueTexts({ ...FILES, ...both });
    const saved = await whatIf.valuation(again, {}, quiet);
    const now = await whatIf.valuation(value, { ...turned, margin: 3 }, quiet);
    expect(saved.worth.byCashFlow.net).toEqual(now.worth.byCashFlow.net);
  });

  test("names the file and line of what is wrong", () => {
    const broken = FILES["value.yaml"]!.replace("value: 18552", "value: many");
    expect(() => openValueTexts(valueTexts({ ...FILES, "value.yaml": broken }))).toThrow(
      /^value\.yaml, line \d+, column \d+: shares\.value: expected a number/,
    );
    expect(turnedValueText("a: 1 # kept\n", [], {})).toBe("a: 1 # kept\n");
  });
});

test("a study printed as JSON is the same study again, endless numbers included", async () => {
  const printed = (await reportObject("plan-study")) as unknown as AsJson<PlanStudy>;
  expect(JSON.stringify(printed)).toContain('"payback"');
  const study = fromJson<PlanStudy>(printed);
  const never = study.numbers.find(({ id }) => id === "payback")!;
  expect(never.upper).toBe(Number.POSITIVE_INFINITY);
  expect(JSON.parse(JSON.stringify(study))).toEqual(printed);
  expect(study.response).toBeNull();
  expect(study.scenarios[0]!.difference).toBeNull();
});
