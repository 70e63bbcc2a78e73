// The one verdict object. Text, tables, charts and JSON are all derived from it, so that prose
// cannot contradict numbers; its grade says how far words may go.

import { type CannibalisedReading, cannibalisedOf } from "./cannibalised.ts";
import { requireComparable } from "./comparable.ts";
import type { ArmCost, CostReading } from "./cost.ts";
import { type DecisionReading, type DecisionRule, decisionOf } from "./decision.ts";
import { type EffectRow, effectsOf, withHolm } from "./effects.ts";
import type { PlanReading } from "./frozen-plan.ts";
import { type GuardrailReading, guardrailsOf } from "./guardrails.ts";
import { type HealthCheck, healthOf } from "./health.ts";
import { withNetFamilies } from "./net-family.ts";
import type { PaybackReading } from "./payback.ts";
import type { RetentionReading } from "./retention.ts";
import { type SegmentReading, withSegments } from "./segments.ts";
import type { Estimand, Metric, Study } from "./study.ts";
import { headline } from "./verdict-headline.ts";
import { measuredWorthOf, type WorthQuestion, type WorthReading, worthOf } from "./worth.ts";

/**
 * How strong the evidence is: A randomised and healthy, B randomised but a health check failed,
 * C randomised by the campaign itself, D staggered starts and regions, E a structural time series,
 * F before and after.
 */
export type Grade = "A" | "B" | "C" | "D" | "E" | "F";

/** A figure to hold ours against: printed elsewhere, or a simulation's known truth. */
export interface Expectation {
  readonly kind: "published" | "truth";
  readonly estimand: Estimand;
  readonly metric: string;
  readonly arm: string;
  /** In the metric's own units; a share's difference as a ratio. */
  readonly value: number;
  readonly lower?: number;
  readonly upper?: number;
  readonly source: string;
}

export interface Comparison extends Expectation {
  readonly ours: number | null;
  /** Published: equal when printed; truth: inside our interval. */
  readonly agrees: boolean;
}

export interface StudyReading {
  readonly title: string;
  readonly estimand: Estimand;
  readonly source: string;
  readonly grade: Grade;
  readonly gradeReason: string;
  readonly users: number;
  readonly arms: readonly { readonly id: string; readonly n: number }[];
  readonly metrics: readonly Metric[];
  readonly health: readonly HealthCheck[];
  readonly effects: readonly EffectRow[];
  /** By guardrail and arm; empty where none was declared. */
  readonly guardrails: readonly GuardrailReading[];
  /** For exploring; never part of the headline. */
  readonly segments: readonly SegmentReading[];
  /** What the effects on the first metric are worth; empty where nobody said. */
  readonly worth: readonly WorthReading[];
  /** Null where no periods were watched. */
  readonly retention: RetentionReading | null;
  /** Null where nobody said what an active user brings, or the arms do not compare. */
  readonly payback: PaybackReading | null;
  /** What the reward displaced, by arm; empty where nobody asked. */
  readonly cannibalised: readonly CannibalisedReading[];
}

/** A question that was to be answered and cannot be. */
export interface Unanswered {
  /** The assignment that was to answer it. */
  readonly title: string;
  readonly estimand: Estimand;
  readonly reason: string;
}

export interface Verdict {
  readonly title: string;
  /** The verdict in words: the first line of every report. */
  readonly headline: string;
  /** What nobody said and everything rests on, in sentences: below the first line. */
  readonly assumptions: readonly string[];
  /** Whether what is measured was fixed beforehand; null: there was no plan. */
  readonly plan: PlanReading | null;
  /** The weakest grade of the studies: it caps the words of the headline. */
  readonly grade: Grade;
  /** The plan's decision rule, held against the studies; null: the plan has none. */
  readonly decision: DecisionReading | null;
  readonly studies: readonly StudyReading[];
  /** Said in the headline, before what was answered. */
  readonly unanswered: readonly Unanswered[];
  readonly costs: readonly CostReading[];
  /** The journal's money by study and arm. */
  readonly money: readonly ArmCost[];
  readonly comparisons: readonly Comparison[];
  readonly notes: readonly string[];
}

export interface Evidence {
  readonly title: string;
  readonly plan?: PlanReading;
  readonly studies: readonly Study[];
  readonly unanswered?: readonly Unanswered[];
  readonly costs?: readonly CostReading[];
  readonly money?: readonly ArmCost[];
  readonly expectations?: readonly Expectation[];
  readonly assumptions?: readonly string[];
  readonly notes?: readonly string[];
  readonly worth?: WorthQuestion;
  readonly decision?: DecisionRule;
  /** A share must be off by more than this part of itself before the sample ratio fails. */
  readonly practicalDeviation?: number;
}

/** Judges the evidence. Throws `invalid_file` when there is nothing to compare. */
export function verdictOf(evidence: Evidence, level?: number): Verdict {
  for (const study of evidence.studies) requireComparable(study);
  const plain = withHolm(evidence.studies.map((study) => effectsOf(study, level)));
  const studies = withNetFamilies(
    evidence.studies.map((study, i) => readStudy(study, plain[i]!, evidence, level)),
  );
  const effects = studies.flatMap((study) => study.effects);
  const grades = studies.map((study) => study.grade);
  const grade = grades.sort().at(-1) ?? "F";
  const { unanswered = [] } = evidence;
  return {
    title: evidence.title,
    headline: headline({ studies, grade, unanswered }),
    assumptions: evidence.assumptions ?? [],
    plan: evidence.plan ?? null,
    grade,
    decision: evidence.decision === undefined ? null : decisionOf(evidence.decision, studies),
    ...{ studies, unanswered },
    costs: causalCosts(evidence, studies),
    money: evidence.money ?? [],
    comparisons: (evidence.expectations ?? []).map((each) => compare(each, effects)),
    notes: [...(evidence.notes ?? []), ...untoldCosts(evidence, studies)],
  };
}

/** Costs per kept user of studies whose arms compare: elsewhere nobody knows who was kept by it. */
function causalCosts({ costs = [] }: Evidence, studies: readonly StudyReading[]): CostReading[] {
  return costs.filter(({ estimand }) =>
    studies.some((study) => study.estimand === estimand && study.grade === "A"),
  );
}

function untoldCosts({ costs = [] }: Evidence, studies: readonly StudyReading[]): string[] {
  const untold = studies.filter(
    ({ estimand, grade }) => grade !== "A" && costs.some((cost) => cost.estimand === estimand),
  );
  return untold.map(({ title }) => `${title}: no cost a kept user, since its arms do not compare`);
}

function readStudy(
  study: Study,
  plain: readonly EffectRow[],
  evidence: Evidence,
  level: number | undefined,
): StudyReading {
  const { worth, practicalDeviation } = evidence;
  const health = healthOf(study, practicalDeviation);
  const arms = [study.control, ...study.treatments].map(({ id, n }) => ({ id, n }));
  const graded = gradeOf(study, health);
  const { effects, segments } = withSegments(study, plain, level);
  const reading: StudyReading = {
    title: study.title,
    estimand: study.estimand,
    source: study.source,
    ...graded,
    users: arms.reduce((sum, arm) => sum + arm.n, 0),
    arms,
    metrics: study.metrics,
    health,
    effects,
    guardrails: guardrailsOf(study, effects),
    segments,
    worth: [],
    retention: study.retention ?? null,
    payback: study.payback ?? null,
    cannibalised: [],
  };
  const displaced = study.cannibalised;
  const whole =
    displaced === undefined
      ? reading
      : { ...reading, cannibalised: cannibalisedOf(reading, displaced) };
  const capped = graded.grade === "A" ? whole : withoutFindings(reading);
  if (study.measuredWorth !== undefined) {
    return { ...capped, worth: measuredWorthOf(capped, study.measuredWorth) };
  }
  return worth === undefined ? capped : { ...capped, worth: worthOf(capped, worth) };
}

/** Without healthy chance in the assignment, figures stand but nobody knows what they show. */
function withoutFindings(reading: StudyReading): StudyReading {
  const finding = "not_known" as const;
  return {
    ...reading,
    payback: null,
    effects: reading.effects.map((row) =>
      row.equivalence === null ? row : { ...row, equivalence: { ...row.equivalence, finding } },
    ),
    guardrails: reading.guardrails.map((each) => ({ ...each, isBeyondMargin: false, finding })),
    segments: reading.segments.map(({ differences, ...rest }) => ({
      ...rest,
      differences: differences.map((each) => ({ ...each, finding })),
    })),
  };
}

function gradeOf(
  study: Study,
  health: readonly HealthCheck[],
): { grade: Grade; gradeReason: string } {
  if (!study.randomised) return { grade: "F", gradeReason: "no chance assigned the arms" };
  const failed = health.filter((check) => !check.passed).map((check) => check.name);
  const assigned = study.isChanceAssumed === true ? "taken for randomised" : "randomised";
  if (failed.length === 0) return { grade: "A", gradeReason: `${assigned}, health checks passed` };
  return { grade: "B", gradeReason: `${assigned}, but failed: ${failed.join(", ")}` };
}

function compare(expected: Expectation, effects: readonly EffectRow[]): Comparison {
  const row = effects.find(
    (each) =>
      each.population === "assigned" &&
      each.estimand === expected.estimand &&
      each.metric.id === expected.metric &&
      each.arm === expected.arm,
  );
  const ours = row?.absolute ?? null;
  if (row === undefined || ours === null) return { ...expected, ours: null, agrees: false };
  if (expected.kind === "truth") {
    const agrees = ours.lower <= expected.value && expected.value <= ours.upper;
    return { ...expected, ours: ours.estimate, agrees };
  }
  const pairs = [
    [expected.value, ours.estimate],
    [expected.lower, ours.lower],
    [expected.upper, ours.upper],
  ] as const;
  const agrees = pairs.every(
    ([theirs, mine]) =>
      theirs === undefined || printed(row.metric, theirs) === printed(row.metric, mine),
  );
  return { ...expected, ours: ours.estimate, agrees };
}

/** A difference as it is printed: percentage points for a share. */
function printed(metric: Metric, value: number): string {
  const shown = metric.kind === "share" ? 100 * value : value;
  const text = shown.toFixed(metric.digits);
  return /^-0(\.0*)?$/.test(text) ? text.slice(1) : text;
}
