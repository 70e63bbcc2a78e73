// `prove plan PROJECT`: what every metric of a plan will be able to see, against the flags' form,
// by simulation, and from a history.
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { randomStream } from "../src/base/keystream.ts";
import { readEffect, readNamed, readNumber } from "../src/cli/prove/plan-flags.ts";
import type { CampaignDefinition } from "../src/core/definition.ts";
import {
  detectable,
  type PlannedStudy,
  type PlanQuestion,
  type PlanReport,
  plannedReport,
  planProject,
  readProject,
} from "../src/prove/index.ts";
import { renderHtmlPage } from "../src/report/html-page.ts";
import { renderTextReport } from "../src/report/text-report.ts";
import {
  effectOf,
  minimumDetectableRise,
  nonInferiority,
  normalQuantile,
} from "../src/stats/index.ts";
import { DEFINITION, type ProjectText, ProveFolder } from "./prove-project.fixture.ts";

let at: ProveFolder;
beforeAll(async () => {
  at = await ProveFolder.make();
});
afterAll(() => at.remove());

const NOTHING: PlanQuestion = {
  ...{ users: null, holdout: null, weeks: 4, history: null, wanted: new Map() },
  ...{ shares: new Map(), deviations: new Map(), means: new Map() },
};

async function plan(
  text: ProjectText,
  question: Partial<PlanQuestion> = {},
  definition: CampaignDefinition | null = DEFINITION,
): Promise<PlanReport> {
  const project = await readProject(await at.project(text));
  const own = project.sources.kind === "campaign" ? definition : null;
  return await planProject(project, own, { ...NOTHING, ...question });
}

const METRICS = [
  { id: "d30", kind: "share", column: "d30" },
  { id: "orders", kind: "mean", column: "orders" },
];
const CAMPAIGN = { journal: "ledger", outcomes: { file: "o.csv", user: "user" } };
const KNOWN = { shares: new Map([["d30", 0.235]]), deviations: new Map([["orders", 1.4]]) };

const held = (holdoutShare: number, variants?: CampaignDefinition["assignment"]["variants"]) => ({
  ...DEFINITION,
  assignment: {
    ...DEFINITION.assignment,
    ...{ holdoutShare, variants: variants ?? DEFINITION.assignment.variants },
  },
});

const end = ({ metrics }: PlannedStudy, at = 0) => metrics[at]!.weekly.at(-1)!.smallest;

describe("a campaign's plan", () => {
  const text = { plan: { users: 200_000, metrics: METRICS }, sources: CAMPAIGN };

  it("sees of one metric what the flags' form says, week by week", async () => {
    const { studies } = await plan(text, KNOWN, held(0.02));
    const [study] = studies;
    expect(study).toMatchObject({ holdout: 0.02, users: 200_000, questions: 2 });
    for (const [i, outcome] of [{ share: 0.235 }, { deviation: 1.4 }].entries()) {
      const { weekly } = detectable({ users: 200_000, holdout: 0.02, outcome, weeks: 4 });
      const own = study!.metrics[i]!.weekly;
      weekly.forEach(({ fixed, sequential, heldOut }, week) => {
        expect(own[week]).toMatchObject({ week: week + 1, heldOut });
        expect(own[week]!.smallest.once / fixed).toBeCloseTo(1, 9);
        expect(own[week]!.smallest.anyLook / sequential).toBeCloseTo(1, 9);
      });
    }
  });

  it("counts the questions of all its studies, as the verdict will", async () => {
    const audience = { id: "known", holdoutShare: 0.1, salt: "0".repeat(32) };
    const both = { ...held(0.1), audiences: [audience] };
    const counts = async (definition: CampaignDefinition) =>
      (await plan(text, KNOWN, definition)).studies.map(({ questions }) => questions);
    expect(await counts({ ...held(0.1), audiences: [] })).toEqual([2]);
    expect(await counts(both)).toEqual([4, 4]);
    // Without held-out users nothing is asked.
    expect(await counts({ ...both, audiences: [{ ...audience, holdoutShare: 0 }] })).toEqual([
      2, 2,
    ]);
  });

  it("is coarser among all questions: the metrics times the arms", async () => {
    const variants = [
      { id: "card", share: 0.5 },
      { id: "cash", share: 0.25 },
      { id: "lottery", share: 0.25 },
    ];
    const { studies } = await plan(text, KNOWN, held(0.1, variants));
    const [study] = studies;
    expect(study!.questions).toBe(6);
    // Arms of one size see the same, and are told once.
    expect(study!.metrics.map(({ id, arms }) => [id, arms])).toEqual([
      ["d30", ["card"]],
      ["d30", ["cash", "lottery"]],
      ["orders", ["card"]],
      ["orders", ["cash", "lottery"]],
    ]);
    const rise = (alpha: number): number =>
      minimumDetectableRise({
        ...{ share: 0.235, heldOut: 20_000, treated: 90_000, cases: 5 },
        ...{ critical: normalQuantile(1 - alpha / 2), chance: normalQuantile(0.8) },
      });
    const [alone, among] = [rise(0.05), rise(0.05 / 6)];
    expect(end(study!).once).toBeCloseTo(alone, 12);
    expect(end(study!).amongAll).toBeCloseTo(among, 12);
    expect(end(study!, 1).once).toBeGreaterThan(alone);
  });

  it("asks each question of its own users and holdout", async () => {
    const definition = { ...held(0.05), audiences: [{ id: "old", holdoutShare: 0.2, salt: "00" }] };
    const users = { reach: 40_000, "reward, given arrival": 10_000 };
    const both = { plan: { users, metrics: METRICS }, sources: CAMPAIGN };
    const { studies } = await plan(both, KNOWN, definition);
    const facts = studies.map(({ estimand, users: own, holdout }) => [estimand, own, holdout]);
    expect(facts).toEqual([
      ["reach", 40_000, 0.2],
      ["reward, given arrival", 10_000, 0.05],
    ]);
    const asked = await plan(
      both,
      { ...KNOWN, users: new Map([["reach", 90]]), holdout: 0.5 },
      definition,
    );
    expect(asked.studies.map((study) => [study.users, study.holdout])).toEqual([
      [90, 0.5],
      [10_000, 0.5],
    ]);
    await expect(plan(both, { ...KNOWN, users: new Map([["rech", 90]]) })).rejects.toThrow(
      /"rech"/,
    );
  });

  it("finds the holdout with which a wanted effect is just seen", async () => {
    const wanted = new Map([
      ["d30", { size: 0.01, isRelative: false }],
      ["orders", { size: 0.05, isRelative: true }],
    ]);
    const question = { ...KNOWN, means: new Map([["orders", 0.8]]), wanted };
    const { studies } = await plan(text, question, held(0.02));
    for (const [i, effect] of [0.01, 0.04].entries()) {
      const found = studies[0]!.metrics[i]!.wanted!;
      expect(found.effect).toBeCloseTo(effect, 12);
      for (const reading of ["once", "amongAll", "anyLook"] as const) {
        const again = await plan(text, { ...KNOWN, holdout: found.holdout[reading] });
        expect(end(again.studies[0]!, i)[reading] / effect).toBeCloseTo(1, 3);
      }
    }
    const few = await plan(text, { ...question, users: 1000 }, held(0.02));
    const none = few.studies[0]!.metrics[0]!.wanted!;
    expect(none.holdout.once).toBeNull();
    expect(none.leastUsers.once).toBeGreaterThan(1000);
    expect(renderTextReport(plannedReport(few))).toMatch(/D?d30 .*57,2\d\d users/);
  });

  it("says how likely a guardrail is to be held, as simulated ones are", async () => {
    const guardrails = [{ metric: "orders", worse: "lower", margin: "5 %" }];
    const guarded = { plan: { ...text.plan, guardrails }, sources: CAMPAIGN };
    const question = { ...KNOWN, means: new Map([["orders", 0.8]]) };
    const { studies } = await plan(guarded, question, held(0.02));
    const [guardrail] = studies[0]!.guardrails;
    const error = (1.4 * Math.sqrt(1 / 4000 + 1 / 196_000)) / 0.8;
    const random = randomStream(3, "guardrail");
    let count = 0;
    for (let i = 0; i < 4000; i++) {
      const effect = effectOf(error * random.nextNormal(), error, Number.POSITIVE_INFINITY);
      if (nonInferiority(effect, 0.05, "greater").nonInferior) count += 1;
    }
    expect(Math.abs(count / 4000 - guardrail!.power)).toBeLessThan(0.03);
    const wide = [{ metric: "orders", worse: "lower", margin: guardrail!.resolvable }];
    const right = { plan: { ...text.plan, guardrails: wide }, sources: CAMPAIGN };
    const asRelative = await plan(right, question, held(0.02));
    // In its own units the same margin is a smaller part of the mean.
    expect(asRelative.studies[0]!.guardrails[0]!.power).toBeGreaterThan(0.8);
    expect(renderTextReport(plannedReport(await plan(guarded, question, held(0.02))))).toMatch(
      /margin is too small/,
    );
  });

  it("has a sentence for a campaign that holds nobody out", async () => {
    const report = await plan(text, KNOWN, held(0));
    expect(report.studies[0]!.metrics).toEqual([]);
    expect(renderTextReport(plannedReport(report))).toContain("Nobody is held out");
  });

  it("becomes text and a page with a chart a metric", async () => {
    const worth = { margin: 20, cost: 4 };
    const report = await plan({ ...text, plan: { ...text.plan, worth } }, KNOWN, held(0.02));
    const shown = renderTextReport(plannedReport(report)).replace(/\s+/g, " ");
    expect(shown).toContain("The effect that just pays is +20.0 points");
    expect(shown).toContain("the holdout is large enough to tell");
    const page = renderHtmlPage(plannedReport(report));
    expect(page.match(/Smallest effect that is seen: /g)?.length).toBe(2);
    expect(shown + page).not.toMatch(/NaN|Infinity|undefined/);
  });
});

describe("what is not known is named with the flag that gives it", () => {
  const text = { plan: { users: 20_000, metrics: METRICS }, sources: CAMPAIGN };
  const nobody = { plan: { metrics: METRICS }, sources: CAMPAIGN };
  const bare = { table: { file: "t.csv", arm: "arm", control: "none" } };

  it("for users, holdout, and what users do", async () => {
    await expect(plan(nobody, KNOWN)).rejects.toThrow(/--users: .*plan\.users in/);
    await expect(plan(text, KNOWN, null)).rejects.toThrow(/--holdout: .*no a? ?campaign file/);
    await expect(plan({ ...text, sources: bare }, KNOWN)).rejects.toThrow(/sources\.table\.shares/);
    await expect(plan(text)).rejects.toThrow(/--base d30=23\.5%.*--sd orders=1\.4.*--history/);
  });

  it("for one metric of several, and for margins in per cent", async () => {
    const guardrails = [{ metric: "orders", worse: "lower", margin: "5 %" }];
    const guarded = { ...text, plan: { ...text.plan, guardrails } };
    const share = await plan(guarded, { shares: KNOWN.shares });
    expect(share.studies[0]!.metrics.map(({ id }) => id)).toEqual(["d30"]);
    expect(share.missing.join()).toContain("--sd orders=1.4");
    const both = await plan(guarded, KNOWN);
    expect(both.studies[0]!.guardrails).toEqual([]);
    expect(both.missing).toEqual([expect.stringContaining("--mean orders=0.8")]);
    expect(renderTextReport(plannedReport(both))).toContain("not known: orders: --mean");
  });

  it("and flags for metrics that are none or of another kind are refused", async () => {
    const refused = (question: Partial<PlanQuestion>) => expect(plan(text, question)).rejects;
    await refused({ shares: new Map([["d7", 0.2]]) }).toThrow(/--base: .*d30, orders.*"d7"/);
    await refused({ deviations: new Map([["d30", 0.2]]) }).toThrow(/it is a share.*--base d30/);
    await refused({ ...KNOWN, weeks: 0 }).toThrow(/--weeks/);
    await refused({ ...KNOWN, users: 3 }).toThrow(/--users: expected at least 4/);
    await refused({ ...KNOWN, users: 50, holdout: 0.01 }).toThrow(/at least 2 users in each arm/);
    await refused({ ...KNOWN, holdout: 1.5 }).toThrow(/--holdout/);
    await refused({ shares: new Map([["d30", 1]]) }).toThrow(/--base d30/);
  });
});

describe("a table's plan", () => {
  const shares = { none: "20 %", mail: "40 %", letter: "40 %" };
  const arms = { none: "holdout" };
  const table = { file: "later.csv", arm: "arm", control: "none", shares, arms };

  it("takes arms from the planned shares, and what users do from a history", async () => {
    const random = randomStream(8, "history");
    const lines = ["d30,orders,past,visits,spend"];
    let [kept, sum, squares] = [0, 0, 0];
    const n = 5000;
    for (let i = 0; i < n; i++) {
      const d30 = random.nextFloat() < 0.3 ? 1 : 0;
      const past = random.nextNormal();
      const orders = 2 + past + random.nextNormal();
      kept += d30;
      sum += orders;
      squares += orders ** 2;
      lines.push([d30, orders, past, 1 + random.nextInt(4), random.nextFloat() * 10].join(","));
    }
    const metrics = [
      { id: "d30", kind: "share", column: "kept_d30" },
      { id: "orders", kind: "mean", column: "orders" },
      { id: "sharper", kind: "mean", column: "orders", before: "past" },
      { id: "bounded", kind: "mean", column: "spend", clamp: [0, 5] },
      { id: "each", kind: "ratio", above: "orders", below: "visits" },
      { id: "p50", kind: "quantile", column: "spend", at: 0.5 },
      { id: "other", kind: "mean", column: "not_there" },
    ];
    const text = { plan: { users: 50_000, metrics }, sources: { table } };
    const history = await at.lines(lines);
    const { studies, missing } = await plan(text, { history });
    const [study] = studies;
    expect(study).toMatchObject({ holdout: 0.2, questions: 14, estimand: "being assigned" });
    expect(study!.arms).toEqual([
      { id: "mail", share: 0.4 },
      { id: "letter", share: 0.4 },
    ]);
    const basis = (id: string) => study!.metrics.find((metric) => metric.id === id)!.basis;
    expect(basis("d30").level).toBeCloseTo(kept / n, 9);
    const deviation = Math.sqrt((squares - sum ** 2 / n) / (n - 1));
    expect(basis("orders")).toMatchObject({ from: "history", explained: null });
    expect(basis("orders").deviation).toBeCloseTo(deviation, 6);
    // Half of the variance was there before.
    expect(basis("sharper").explained).toBeCloseTo(0.5, 1);
    expect(basis("sharper").deviation).toBeCloseTo(1, 1);
    expect(basis("bounded").level).toBeCloseTo(3.75, 1);
    expect(basis("each").level).toBeCloseTo(2 / 2.5, 1);
    // Of a uniform number: sqrt(q (1 - q)) over its density of .1.
    expect(basis("p50").deviation).toBeCloseTo(5, 0);
    expect(missing).toEqual([expect.stringMatching(/other: --sd other=1\.4 .*--history FILE/)]);
    // What is said stands for what was found.
    const said = await plan(text, { history, deviations: new Map([["orders", 9]]) });
    expect(said.studies[0]!.metrics[1]!.basis).toMatchObject({ from: "flags", deviation: 9 });
  });

  it("refuses a history with cells that are no numbers", async () => {
    const text = { plan: { users: 50_000, metrics: METRICS }, sources: { table } };
    const history = await at.lines(["d30,orders", "1,2", "2,3"]);
    await expect(plan(text, { history })).rejects.toThrow(/line 3, column "d30".*0 or 1/);
  });
});

describe("the notation of flags", () => {
  it("has points of a share, units, and per cent of a mean", () => {
    expect(readEffect("--detect", "0.2points", true)).toEqual({ size: 0.002, isRelative: false });
    expect(readEffect("--detect", "+1 point", true)).toEqual({ size: 0.01, isRelative: false });
    expect(readEffect("--detect", ".002", true)).toEqual({ size: 0.002, isRelative: false });
    expect(readEffect("--detect", "5%", false)).toEqual({ size: 0.05, isRelative: true });
    expect(() => readEffect("--detect", "5%", true)).toThrow(/0\.2points/);
    expect(() => readEffect("--detect", "5points", false)).toThrow(/0\.05/);
    for (const text of ["", "-1", "0", "x"]) {
      expect(() => readEffect("--detect", text, false)).toThrow(/--detect/);
    }
  });

  it("names metrics, each once", () => {
    const read = (text: string) => readNumber("--base", text);
    expect(readNamed("--base", ["d30=23.5%", "d7=.4"], read)).toEqual(
      new Map([
        ["d30", 0.235],
        ["d7", 0.4],
      ]),
    );
    expect(() => readNamed("--base", ["23.5%"], read)).toThrow(/name=value/);
    expect(() => readNamed("--base", ["a=1", "a=2"], read)).toThrow(/each name once/);
    expect(() => readNamed("--base", ["a=many"], read)).toThrow(/a number, found "many"/);
  });
});
