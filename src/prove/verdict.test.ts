// The verdict as one object: it never speaks from what is not valid, says what is broken before
// anything else, holds nothing that JSON has not, and is what its schema says.
import { readFileSync } from "node:fs";
import { describe, expect, it } from "vitest";
import { z } from "zod";
import { HongbaoError } from "../base/error.ts";
import { fullStudy } from "./study.fixture.ts";
import type { HeldOutReached, Reading, Study, StudyArm } from "./study.ts";
import { type Verdict, verdictOf } from "./verdict.ts";
import { verdictReport, verdictText } from "./verdict-report.ts";
import { verdictSchema } from "./verdict-schema.ts";
import { headline } from "./verdict-words.ts";

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
    expect(verdictReport(judge(fullStudy()))).toEqual(verdictReport(verdict));
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
    expect(said).toMatch(/^card pays but breaks a guardrail: \+\d\.\d a treated user \(95 %: /);
    expect(said).toMatch(
      /\)\. card breaks the guardrail on refunds: .* beyond the \+1\.00 points allowed\. luck/,
    );
  });

  it("puts a broken guardrail after the effect where nothing is known of its worth", () => {
    expect(headline(judge(full, false))).toMatch(
      /^card caused \+5\.17 points .*?\)\. card breaks the guardrail on refunds: .*? luck: no/,
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
    expect(headline(judge({ ...full, reading: rest }))).toMatch(/^card pays: /);
  });
});

describe("health", () => {
  const reached = (more: Partial<HeldOutReached>): Study => ({
    ...full,
    heldOutReached: { users: 41, of: 4000, what: "were invited", ...more },
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
    ["an arm of one", arm(() => ({ n: 1 })), /arm "none" has 1 users: expected at least 2/],
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
      "spend: 7 users above 60.00 were counted as 60.00; that took 412.50 yuan off the sum",
    );
  });
});
