// From evidence to the verdict object: health first, then effects and all that is read from them.
import type { ArmCost, CostReading } from "../verdict/cost-reading.ts";
import type { DecisionRule } from "../verdict/decision-reading.ts";
import type { EffectRow } from "../verdict/effect-row.ts";
import type { PlanReading } from "../verdict/frozen-plan.ts";
import { headline } from "../verdict/headline.ts";
import type { HealthCheck } from "../verdict/health-check.ts";
import type { Metric } from "../verdict/metric.ts";
import type {
  Comparison,
  Expectation,
  Grade,
  StudyReading,
  Unanswered,
  Verdict,
} from "../verdict/verdict.ts";
import type { WorthQuestion } from "../verdict/worth-reading.ts";
import { cannibalisedOf } from "./cannibalised.ts";
import { requireComparable } from "./comparable.ts";
import { decisionOf } from "./decision.ts";
import { effectsOf, withHolm } from "./effects.ts";
import { guardrailsOf } from "./guardrails.ts";
import { healthOf } from "./health.ts";
import { withNetFamilies } from "./net-family.ts";
import { withSegments } from "./segments.ts";
import type { Study } from "./study.ts";
import { measuredWorthOf, worthOf } from "./worth.ts";

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
