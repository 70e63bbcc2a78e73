// The decision rule against figures that are known: each condition on both sides of its limit, each
// arm by itself, and no decision at all where the arms do not compare.
import { describe, expect, it } from "vitest";
import type { Condition, DecisionRule } from "../verdict/decision-reading.ts";
import { decisionSentences } from "../verdict/decision-words.ts";
import type { PaybackReading } from "../verdict/payback-reading.ts";
import type { Verdict } from "../verdict/verdict.ts";
import { verdictSchema } from "../verdict/verdict-schema.ts";
import { verdictText } from "../verdict/verdict-text.ts";
import { paybackOf } from "./payback.ts";
import { fullStudy } from "./study.fixture.ts";
import type { Study } from "./study.ts";
import { type Evidence, verdictOf } from "./verdict.ts";

const full = fullStudy();
const EACH = { question: null, arm: null };
const HELD: Condition = { kind: "guardrails", ...EACH };

function rule(...conditions: Condition[]): DecisionRule {
  return { action: "send it again", otherwise: null, conditions };
}

function judge(conditions: Condition[], studies: readonly Study[] = [full], more = {}): Verdict {
  const evidence: Evidence = { title: "t", studies, decision: rule(...conditions), ...more };
  const verdict = verdictOf(evidence);
  // Unknown fields are left out by the parser, so equality means that it knows all of them.
  expect(verdictSchema.parse(verdict)).toEqual(verdict);
  return verdict;
}

function effect(limit: number, more: Partial<Condition> = {}): Condition {
  const base = { kind: "effect", metric: "kept", side: "at least", limit, isRelative: false };
  return { ...base, ...EACH, ...more } as Condition;
}

const follows = ({ decision }: Verdict): Record<string, boolean> =>
  Object.fromEntries(decision!.arms.map((each) => [each.arm, each.follows]));

const said = (verdict: Verdict): string => decisionSentences(verdict).join(" ");

const rowOf = (arm: string, metric = "kept") => {
  const rows = verdictOf({ title: "t", studies: [full] }).studies[0]!.effects;
  return rows.find(
    (row) => row.arm === arm && row.metric.id === metric && row.population === "adjusted",
  )!;
};

describe("a condition", () => {
  it("on an effect is held against the bound of the interval, not against the estimate", () => {
    const { lower, estimate } = rowOf("card").absolute!;
    expect(follows(judge([effect(lower)]))).toEqual({ card: true, luck: false });
    expect(follows(judge([effect(lower + 1e-9)]))).toEqual({ card: false, luck: false });
    expect(lower).toBeLessThan(estimate);
  });

  it("may ask that an effect is at most something, or relative", () => {
    const { upper } = rowOf("card").absolute!;
    const most = { side: "at most" } as Partial<Condition>;
    expect(follows(judge([effect(upper, most)]))).toMatchObject({ card: true });
    expect(follows(judge([effect(upper - 1e-9, most)]))).toMatchObject({ card: false });
    const { lower } = rowOf("card").relative!;
    const relative = { isRelative: true } as Partial<Condition>;
    expect(follows(judge([effect(lower, relative)]))).toMatchObject({ card: true });
    expect(follows(judge([effect(lower + 1e-9, relative)]))).toMatchObject({ card: false });
  });

  it("on the worth is held against the lower bound of the net", () => {
    const worth = { marginPerUnit: 90, costPerTreated: 3 };
    const [card] = verdictOf({ title: "t", studies: [full], worth }).studies[0]!.worth;
    const net = (limit: number) => judge([{ kind: "worth", limit, ...EACH }], [full], { worth });
    expect(follows(net(card!.lower))).toMatchObject({ card: true });
    expect(follows(net(card!.lower + 1e-6))).toMatchObject({ card: false });
  });

  it("on guardrails names those that are not held", () => {
    const verdict = judge([HELD]);
    expect(verdict.decision!.arms[0]!.conditions[0]!.notHeld).toContain("refund");
    expect(said(verdict)).toMatch(/card: guardrails: refunds not held: does not hold/);
    const guardrail = {
      metric: "refund",
      worse: "higher",
      margin: 0.5,
      isRelative: false,
    } as const;
    const lenient = { ...full, reading: { ...full.reading, guardrails: [guardrail] } };
    expect(follows(judge([HELD], [lenient]))).toEqual({ card: true, luck: true });
  });

  it("must hold beside all others", () => {
    expect(follows(judge([effect(-1), effect(-1)]))).toEqual({ card: true, luck: true });
    expect(follows(judge([effect(-1), effect(0.9)]))).toEqual({ card: false, luck: false });
  });

  it("may be asked of one arm only; an arm of which nothing is asked is not decided on", () => {
    const ofCard = effect(0, { arm: "card" });
    expect(follows(judge([ofCard]))).toEqual({ card: true });
    expect(follows(judge([ofCard, effect(-1)]))).toEqual({ card: true, luck: true });
    expect(follows(judge([effect(-1), effect(0.9, { arm: "luck" })]))).toEqual({
      ...{ card: true, luck: false },
    });
  });

  it("with several studies of its question has to hold in each", () => {
    const other = {
      ...full,
      title: "others",
      treatments: [full.treatments[1]!, full.treatments[0]!],
    };
    const swapped: Study = {
      ...{ ...other, segments: [], reading: {} },
      treatments: full.treatments.map(({ id }, i) => ({ ...full.treatments[1 - i]!, id })),
    };
    expect(follows(judge([effect(0)], [full]))).toMatchObject({ card: true });
    expect(follows(judge([effect(0)], [full, swapped]))).toMatchObject({ card: false });
    const elsewhere: Study = { ...swapped, estimand: "reach" };
    expect(follows(judge([effect(0)], [full, elsewhere]))).toMatchObject({ card: true });
    expect(said(judge([effect(0)], [full, elsewhere]))).toContain("kept (users who came) +");
  });

  it("is not held where nothing was measured, and says why", () => {
    const still = { n: 10, sum: 10, sumSquares: 10 };
    const arm = (id: string) => ({ id, n: 10, weight: 1, outcomes: { kept: still }, claims: null });
    const study: Study = {
      ...{ ...full, metrics: full.metrics.slice(0, 1), segments: [], reading: {} },
      ...{ control: arm("none"), treatments: [arm("card")] },
    };
    const { histories: _, ...plain } = study;
    expect(said(judge([effect(0)], [plain]))).toMatch(
      /kept: not known \(no interval: .*\): does not hold\. So "send it again" does not follow\.$/,
    );
  });
});

describe("the chance of payback", () => {
  const alike = (id: string, mask: number, cost: number) => {
    const users = 100;
    return {
      id,
      users,
      rows: [{ mask, users, outlay: cost * users, outlaySquares: cost ** 2 * users }],
    };
  };
  const ask = {
    marginPerActivePeriod: 6,
    discountPerYear: 0,
    draws: 100,
    seed: 1,
    currency: "CNY",
  };
  const condition: Condition = { kind: "payback", chance: 0.8, withinMonths: 3, ...EACH };
  const paid = async (cost: number, horizonPeriods: number): Promise<PaybackReading> =>
    paybackOf(
      {
        ...{ periodDays: 30, periods: 3, control: alike("none", 0b001, 0) },
        treatments: [alike("card", 0b111, cost)],
      },
      { ...ask, horizonPeriods },
    );
  const judged = (payback: PaybackReading): Verdict =>
    judge(
      [condition],
      [{ ...full, treatments: [full.treatments[0]!], segments: [], reading: {}, payback }],
    );

  it("is that of having paid by the horizon", async () => {
    const pays = judged(await paid(10, 3));
    expect(pays.decision!.arms[0]!.conditions[0]).toMatchObject({ figure: 1, note: null });
    expect(said(pays)).toMatch(
      /: chance of payback within 3 months above 99 %, needed 80 %: holds\. So "send .*" follows\./,
    );
    expect(said(judged(await paid(13, 3)))).toMatch(
      /months below 1 %, needed 80 %: does not hold\. So "send it again" does not follow/,
    );
  });

  it("counts only what was watched where nothing is known beyond, and says so", async () => {
    expect(said(judged(await paid(13, 12)))).toMatch(
      /below 1 % \(by what was watched alone; .+\), needed 80 %: does not hold/,
    );
    // Later periods can only add to what is enough already.
    expect(follows(judged(await paid(10, 12)))).toEqual({ card: true });
  });
});

describe("the sentence", () => {
  it("shows so many digits that a near miss is not printed as a hit", () => {
    const { lower } = rowOf("card").absolute!;
    const [, shown, needed] = / kept (\S+) points \(95 %\), needed (\S+) points/.exec(
      said(judge([effect(Number((lower + 2e-6).toFixed(6)))])),
    )!;
    expect(shown).not.toBe(needed);
    expect(shown!.length).toBeGreaterThan("+5.17".length);
    expect(said(judge([effect(0.005)]))).toContain("needed +0.50 points: holds");
  });

  it("stands after the first line, for each treated arm", () => {
    const text = verdictText(judge([effect(0)])).replace(/\s+/g, " ");
    const at = text.indexOf(
      "By the plan's rule (nothing shows that it was fixed beforehand), card:",
    );
    expect(at).toBeGreaterThan(text.indexOf("Card caused"));
    expect(at).toBeLessThan(text.indexOf("users; question:"));
    expect(text).toMatch(/So for card "send it again" follows\./);
    expect(text).toMatch(/So for luck "send it again" does not follow\./);
  });

  it("says what is done instead, where that was fixed, too", () => {
    const decision = { ...rule(effect(0.9)), otherwise: "stop" };
    const verdict = verdictOf({ title: "t", studies: [full], decision });
    expect(said(verdict)).toMatch(/for card "send it again" does not follow, but "stop"\./);
  });

  it("says whether the rule was fixed beforehand", () => {
    const by = (state: "as frozen" | "changed" | "not frozen") =>
      said(
        judge([effect(0)], [full], {
          plan: { hash: "a", frozenHash: null, state, deviations: [] },
        }),
      );
    expect(by("as frozen")).toMatch(/^By the rule that was fixed when the campaign opened, card/);
    expect(by("changed")).toMatch(/^By the rule of a PLAN THAT WAS CHANGED after the campaign op/);
    expect(by("not frozen")).toMatch(/^By the plan's rule, though no plan was frozen when/);
  });
});

describe("a rule is not applied", () => {
  const REFUSED =
    /"send it again" needs a lower bound of the effect on kept of at least 0\.00 points/;

  it("where a health check failed or no chance assigned the arms, and it is said why", () => {
    const broken = { ...full, severalArms: 3 };
    const verdict = judge([effect(0), HELD], [broken]);
    expect(verdict.decision).toMatchObject({ arms: [] });
    expect(said(verdict)).toMatch(REFUSED);
    expect(said(verdict)).toMatch(
      /and guardrails that hold: not applied, since the evidence is of grade B \(.*one arm .*\)\.$/,
    );
    const chosen = judge([effect(0)], [{ ...full, randomised: false }]);
    expect(said(chosen)).toMatch(/not applied, since the evidence is of grade F \(.*no chance/);
    expect(said(judge([effect(0)]))).not.toContain("not applied");
  });

  it("only where the failed study is one that it rests on", () => {
    const broken: Study = { ...full, severalArms: 3, estimand: "reach", title: "audience" };
    expect(follows(judge([effect(0)], [full, broken]))).toMatchObject({ card: true });
    const onReach = judge([effect(0, { question: "reach" })], [full, broken]);
    expect(onReach.decision!.notApplied).toContain("audience: randomised, but failed");
  });

  it("where nobody answers its question", () => {
    const { decision } = judge([effect(0, { question: "reach" })]);
    expect(decision!.notApplied).toBe('no held-out and treated users answer "reach"');
  });
});
