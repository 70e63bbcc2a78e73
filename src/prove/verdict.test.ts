// The verdict as one object: it never speaks from what is not valid, says what is broken before
// anything else, holds nothing that JSON has not, and is what its schema says.
import { readFileSync } from "node:fs";
import { describe, expect, it } from "vitest";
import { z } from "zod";
import { HongbaoError } from "../base/error.ts";
import { renderHtmlPage } from "../report/html-page.ts";
import { momentsOf } from "../stats/index.ts";
import { headline } from "../verdict/headline.ts";
import type { Verdict } from "../verdict/verdict.ts";
import { verdictReport } from "../verdict/verdict-report.ts";
import { verdictSchema } from "../verdict/verdict-schema.ts";
import { verdictText } from "../verdict/verdict-text.ts";
import { paybackOf } from "./payback.ts";
import { drawRows, fullStudy } from "./study.fixture.ts";
import type { HeldOutReached, Reading, Study, StudyArm } from "./study.ts";
import { verdictOf } from "./verdict.ts";

const SCHEMA = new URL("../../schema/verdict.schema.json", import.meta.url);
const WORTH = { marginPerUnit: 90, costPerTreated: 3 };

function judge(study: Study, isWorth = true): Verdict {
  const evidence = { title: "t", studies: [study] };
  return verdictOf(isWorth ? { ...evidence, worth: WORTH } : evidence);
}

const full = fullStudy();
const verdict = judge(full);

/** Every number of an object, with its path. */
function* numbersIn(value: unknown, path = ""): Generator<[string, number]> {
  if (typeof value === "number") yield [path, value];
  if (typeof value !== "object" || value === null) return;
  for (const [key, each] of Object.entries(value)) yield* numbersIn(each, `${path}.${key}`);
}

describe("the object", () => {
  it("is the same for the same study", () => {
    expect(judge(fullStudy())).toEqual(verdict);
    expect(JSON.stringify(judge(fullStudy()))).toBe(JSON.stringify(verdict));
    const again = judge(fullStudy());
    expect(verdictText(again)).toBe(verdictText(verdict));
    expect(renderHtmlPage(verdictReport(again))).toBe(renderHtmlPage(verdictReport(verdict)));
  });

  it("holds nothing that JSON has not, whatever the data, and prints none of it", () => {
    let measured = 0;
    for (let i = 0; i < 40; i++) {
      const study = withoutWait(fullStudy(2 + 3 * i, `seed ${i}`));
      const read = judge(study);
      const infinite = [...numbersIn(read)].filter(([, value]) => !Number.isFinite(value));
      expect(infinite).toEqual([]);
      expect(JSON.parse(JSON.stringify(read))).toEqual(read);
      expect(verdictText(read)).not.toMatch(/NaN|Infinity|undefined|∞/);
      measured += read.studies[0]!.segments[0]!.rows.filter((row) => row.absolute !== null).length;
    }
    expect(measured).toBeGreaterThan(100);
  });

  it("is what its schema says: a new field belongs into verdict-schema.ts", () => {
    const shipped = z.fromJSONSchema(JSON.parse(readFileSync(SCHEMA, "utf8")));
    for (const each of [verdict, judge(broken()), judge({ ...full, randomised: false }, false)]) {
      // Unknown fields are left out by the parser, so equality means that it knows all of them.
      expect(verdictSchema.parse(each)).toEqual(each);
      expect(shipped.safeParse(JSON.parse(JSON.stringify(each))).error).toBeUndefined();
    }
    const wrong = { ...verdict, studies: [{ ...verdict.studies[0], grade: "G" }] };
    expect(shipped.safeParse(wrong).success).toBe(false);
  });
});

function withoutWait(study: Study): Study {
  return { ...study, metrics: study.metrics.filter(({ kind }) => kind !== "quantile") };
}

/** An arm lost a third of its users. */
function broken(): Study {
  const [card, luck] = full.treatments;
  return { ...full, treatments: [{ ...card!, n: 2700 }, luck!], segments: [], reading: LEAN };
}

const { stratifyBy: _, ...LEAN } = full.reading as Required<Reading>;

describe("the headline", () => {
  it("says of an arm that pays and breaks a guardrail both, at once", () => {
    const said = headline(verdict);
    expect(said).toMatch(/^Card pays but breaks a guardrail: \+\d\.\d a treated user \(95 %: /);
    expect(said).toMatch(
      /\)\. Card breaks the guardrail on refunds: .* beyond the \+1\.00 points allowed\. Luck/,
    );
  });

  it("puts a broken guardrail after the effect where nothing is known of its worth", () => {
    expect(headline(judge(full, false))).toMatch(
      /^Card caused \+5\.17 points .*?\)\. Card breaks the guardrail on refunds: .*? Luck: no/,
    );
  });

  it("is silent on segments, however clear", () => {
    expect(verdict.studies[0]!.segments[0]!.differences[0]!.finding).toBe("differs");
    expect(headline(verdict)).not.toMatch(/android|ios|platform/);
    const without = judge({ ...full, segments: [], reading: LEAN });
    expect(headline(without)).toBe(headline(verdict));
  });

  it("control: pays without a word of guardrails where they hold", () => {
    const { guardrails: __, ...rest } = full.reading as Required<Reading>;
    expect(headline(judge({ ...full, reading: rest }))).toMatch(/^Card pays: /);
  });
});

describe("one question, and the same among several", () => {
  /** Kept p = .049 of itself; the other metric has no effect at all. */
  const study = (metrics: number): Study => {
    const arm = (id: string, kept: number): StudyArm => {
      const share = (sum: number) => ({ n: 1000, sum, sumSquares: sum });
      const outcomes = { kept: share(kept), other: share(300) };
      return { id, n: 1000, weight: 1, outcomes, claims: null };
    };
    const share = { kind: "share", unit: "", digits: 2 } as const;
    const all = ["kept", "other"].map((id) => ({ ...share, id, title: id }));
    const [control, card] = [arm("none", 100), arm("card", 128)];
    const labels = { title: "s", estimand: "reach", randomised: true, source: "a test" } as const;
    const used = { metrics: all.slice(0, metrics), control, treatments: [card] };
    return { ...labels, ownAllocator: false, ...used };
  };
  const say = (metrics: number, costPerTreated: number): string => {
    const worth = { marginPerUnit: 90, costPerTreated };
    return headline(verdictOf({ title: "t", studies: [study(metrics)], worth }));
  };

  it("never pays with an effect that is not clear among them, and says why", () => {
    expect(say(1, 0)).toMatch(/^Card pays: .* Card caused \+2\.80 points/);
    expect(say(2, 0)).toMatch(
      /^Card: whether it pays is open: .*, clear if it were the only question, but not among/,
    );
    expect(say(2, 0)).toMatch(/Card: no clear effect on kept .* among several questions \(p by/);
    expect(say(2, 0)).not.toMatch(/pays:|caused/);
  });

  it("nor works with one", () => {
    expect(say(1, 10)).toMatch(/^Card works and still loses money: /);
    expect(say(2, 10)).toMatch(/^Card loses money: .* Card: no clear effect/);
  });

  it("nor works with one where it has not paid back", async () => {
    const alike = (id: string, cost: number) => ({
      ...{ id, users: 100 },
      rows: [{ mask: 1, users: 100, outlay: 100 * cost, outlaySquares: 100 * cost * cost }],
    });
    const watched = { control: alike("none", 0), treatments: [alike("card", 5)] };
    const payback = await paybackOf(
      { periodDays: 30, periods: 3, ...watched },
      {
        ...{ marginPerActivePeriod: 1, discountPerYear: 0, currency: "CNY" },
        ...{ horizonPeriods: 3, draws: 100, seed: 1 },
      },
    );
    const paid = (metrics: number) => headline(judge({ ...study(metrics), payback }, false));
    expect(paid(1)).toMatch(/^Card works and still loses money: /);
    expect(paid(2)).toMatch(/^Card loses money: .* Card: no clear effect/);
  });
});

describe("worth and cost that were measured", () => {
  const drawn = drawRows(4000);
  const measured = (marginPerUnit: number) => {
    const of = (value: (row: { kept: number; claimed: number }) => number) =>
      Object.fromEntries([...drawn].map(([arm, rows]) => [arm, momentsOf(rows.map(value))]));
    const cost = of(({ claimed }) => 1.7 * claimed);
    const net = of(({ kept, claimed }) => marginPerUnit * kept - 1.7 * claimed);
    return judge({ ...full, measuredWorth: { marginPerUnit, net, cost } }, false);
  };

  it("break even where the net is nothing, though the effect that decides is adjusted", () => {
    const [card] = measured(90).studies[0]!.worth;
    expect(card!.net).toBeGreaterThan(1);
    expect(measured(card!.breakEvenMargin!).studies[0]!.worth[0]!.net).toBeCloseTo(0, 10);
    expect(card!.breakEvenCost - card!.costPerTreated).toBeCloseTo(card!.net, 10);
  });

  it("are told as such, rounded, with each arm's cost", () => {
    const said = verdictText(measured(90));
    const inLine = (read: Verdict): string => verdictText(read).replace(/\s+/g, " ");
    expect(inLine(measured(90))).toMatch(/which is 90 per additional user as given; cost: /);
    expect(inLine(measured(90))).toContain("spent more on a treated user, as measured");
    expect(said).not.toMatch(/\d\.\d{7}/);
    for (const { arm, costPerTreated } of measured(90).studies[0]!.worth) {
      expect(said).toMatch(new RegExp(`^${arm} +${costPerTreated.toFixed(2)} `, "m"));
    }
    expect(inLine(verdict)).toContain("spent more on a treated user, as given");
  });
});

describe("the tables", () => {
  it("show treated means that agree with the effect, where it was made sharper", () => {
    const row = verdict.studies[0]!.effects.find(({ population }) => population === "adjusted")!;
    const treated = row.controlMean + row.absolute!.estimate;
    const shown = (mean: number): string => `${(100 * mean).toFixed(2)} %`;
    expect(shown(treated)).not.toBe(shown(row.treatmentMean));
    const table = verdictReport(verdict).sections[0]!.blocks.find(({ kind }) => kind === "table");
    const cells = table?.kind === "table" ? table.rows[0]! : [];
    expect(cells.slice(0, 4)).toEqual([
      ...["kept", "card, adjusted"],
      ...[shown(row.controlMean), shown(treated)],
    ]);
    expect(verdictText(verdict)).toContain("treated: held out plus effect, where");
  });

  it("have all digits of the money on a terminal", () => {
    const minor = { issuedMinor: 96_746_125_000, redeemedMinor: 96_746_124_900 };
    const other = { breakageMinor: 1_234_567_800, reversedMinor: 12_345_678_900 };
    const counts = { users: 12_345_678, rewarded: 9_876_543, grants: 9_999_999, askers: 7_654_321 };
    const labels = { study: "users who came to the campaign", arm: "card of the spring" };
    const currency = { currency: "CNY", decimals: 2 };
    const each = {
      ...labels,
      ...currency,
      ...counts,
      ...minor,
      ...other,
      forgoneMinor: 88_888_888_800,
    };
    const cost = {
      ...({
        estimand: "reward, given arrival",
        metric: "kept",
        arm: "card",
        currency: "CNY",
        decimals: 2,
      } as const),
      ...{ spentMinor: 84_400_446_000, keptUsers: 1000, naiveMinor: 500, incrementalKept: 10 },
      ...{ causalMinor: 900, causalInterval: { lower: 400, upper: null } },
    };
    const said = verdictText(
      verdictOf({ title: "t", studies: [full], costs: [cost], money: [each] }),
    );
    for (const figure of [
      ...["967,461,250.00", "967,461,249.00", "12,345,678.00", "123,456,789.00"],
      ...["888,888,888.00", "12,345,678", "9,876,543", "9,999,999", "7,654,321"],
      ...["844,004,460.00", "4.00 to no bound"],
    ]) {
      expect(said).toContain(figure);
    }
    expect(said).not.toContain("…");
    expect(said).toContain("may exceed issued, by what was reversed and then lapsed");
    expect(said).toContain("Margin that a reward displaced is not in it");
  });
});

describe("health", () => {
  it("says at once that the shares may be others, where equal ones were assumed", () => {
    const assumed =
      "; if they were not meant to be equal, the shares that were planned must be said";
    expect(headline(judge({ ...broken(), areWeightsAssumed: true }))).toContain(`${assumed}).`);
    expect(headline(judge(broken()))).not.toContain("--shares");
    expect(verdictText(judge({ ...full, areWeightsAssumed: true }))).not.toContain("--shares");
  });

  const reached = (more: Partial<HeldOutReached>): Study => ({
    ...full,
    heldOutReached: [{ name: "left alone", users: 41, of: 4000, what: "were invited", ...more }],
  });

  it("tells a holdout that was reached, beyond what is allowed", () => {
    const found = judge(reached({}));
    expect(found.grade).toBe("B");
    expect(headline(found)).toMatch(
      /^Holdout reached \(.*: 41 of 4,000 held-out users were invited: .*\)\. What follows is no/,
    );
    expect(judge(reached({ users: 40 })).grade).toBe("A");
    expect(judge(reached({ limit: 0.02 })).grade).toBe("A");
  });

  it("tells outcomes from before the assignment", () => {
    expect(judge({ ...full, beforeAssignment: 12 }).grade).toBe("A");
    expect(headline(judge({ ...full, beforeAssignment: 13 }))).toMatch(
      /^Outcomes precede assignment \(outcomes after assignment: 13 users .*0\.11 %, at most 0\.10/,
    );
  });

  it("that fails leaves no finding of guardrails, segments, worth and equivalence", () => {
    for (const study of [
      broken(),
      { ...full, beforeAssignment: 500 },
      { ...full, randomised: false },
    ]) {
      const read = judge(study);
      const [own] = read.studies;
      const findings = [
        ...own!.guardrails.map(({ finding }) => finding),
        ...own!.segments.flatMap(({ differences }) => differences.map(({ finding }) => finding)),
        ...own!.worth.map(({ finding }) => finding),
        ...own!.effects.flatMap(({ equivalence }) => equivalence?.finding ?? []),
      ];
      expect(new Set(findings)).toEqual(new Set(["not_known"]));
      const said = verdictText(read);
      expect(said).not.toMatch(/caused \+|BROKEN|pays|breaks the guardrail|held, if/);
      expect(said).toContain("Guardrails and segments are not judged");
    }
    expect(headline(judge(broken()))).toMatch(
      /^Randomisation broken \(sample ratio: none 4,000, card/,
    );
  });
});

describe("what is not valid", () => {
  const arm = (change: (control: StudyArm) => Partial<StudyArm>): Study => ({
    ...full,
    control: { ...full.control, ...change(full.control) },
  });
  const outcome = (metric: string, moments: object): Study =>
    arm(({ outcomes }) => ({
      outcomes: { ...outcomes, [metric]: { ...outcomes[metric]!, ...moments } },
    }));
  const reading = (more: Reading): Study => ({ ...full, reading: more });
  const guardrail = { metric: "refund", worse: "higher", margin: 0.01, isRelative: false } as const;

  const cases: [what: string, study: Study, message: RegExp][] = [
    ["no arm", { ...full, treatments: [] }, /one arm only/],
    ["an arm of one", arm(() => ({ n: 1 })), /arm "none" has one user: expected at least 2/],
    ["not a number", outcome("spend", { sum: Number.NaN }), /finite sum, found NaN/],
    ["infinite", outcome("spend", { sumSquares: 1 / 0 }), /finite sumSquares, found Infinity/],
    ["no share", outcome("kept", { sum: 4001 }), /metric "kept": 4001 of 4000 is no share/],
    ["squares of nothing", outcome("spend", { sumSquares: 1 }), /sumSquares >= sum\^2/],
    ["no figures", arm(() => ({ ratios: {} })), /has no figures of metric "basket"/],
    [
      "a quantile outside",
      arm(() => ({ quantiles: { wait: { n: 9, quantile: 5, lower: 6, upper: 7 } } })),
      /expected the quantile 5 between 6 and 7/,
    ],
    [
      "a guardrail of nothing",
      reading({ guardrails: [{ ...guardrail, metric: "speed" }] }),
      /a guardrail of "speed": expected one of the metrics "kept", "spend"/,
    ],
    [
      "a margin below zero",
      reading({ guardrails: [{ ...guardrail, margin: -0.01 }] }),
      /guardrail of "refund": expected a margin above 0, found -0.01/,
    ],
    ["a prior of nothing", reading({ priors: { x: "flat" } }), /a prior of "x": expected one of/],
    ["planned nobody", reading({ plannedUsers: 0 }), /expected planned users above 0, found 0/],
    ["strata of nothing", reading({ stratifyBy: "city" }), /found segments by platform/],
    [
      "a segment twice",
      { ...full, segments: [full.segments![0]!, full.segments![0]!] },
      /segment platform "android" is there twice/,
    ],
    [
      "segments of more than all",
      { ...full, segments: [...full.segments!, { ...full.segments![0]!, value: "again" }] },
      /segments by platform hold [\d,]+ users of arm "none", which has 4000/,
    ],
  ];

  it.each(cases)("is refused with its reason: %s", (_what, study, message) => {
    const attempt = (): Verdict => judge(study);
    expect(attempt).toThrow(HongbaoError);
    expect(attempt).toThrow(message);
  });
});

describe("names from files", () => {
  it("reach a terminal as text only", () => {
    const evil = "card\u001b[2J\u202e\nforged: card pays";
    const [card, luck] = full.treatments;
    const rename = (arm: StudyArm): StudyArm => (arm.id === "card" ? { ...arm, id: evil } : arm);
    const segments = full.segments!.map((each) => ({ ...each, arms: each.arms.map(rename) }));
    const metrics = full.metrics.map((each) => ({ ...each, title: `${each.title}\u0007\u009b` }));
    const study = { ...full, metrics, segments, treatments: [rename(card!), luck!] };
    const said = verdictText(judge(study));
    expect(said).not.toMatch(/[\u0000-\u0009\u000b-\u001f\u007f-\u009f\u202a-\u202e\u2028\u2029]/);
    expect(said).not.toMatch(/^forged/m);
    expect(said).toContain("card\\x1b[2J\\u202e\\x0aforged");
  });
});

describe("clamped numbers", () => {
  it("are told with what they took off", () => {
    expect(verdictText(verdict)).toContain(
      "Spend: 7 users above 60.00 were counted as 60.00; that took 412.50 yuan off the sum",
    );
  });
});
