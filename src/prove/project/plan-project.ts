// Before a campaign: what a project's plan will be able to see. Users come from the plan, their
// parts from the campaign file or the table's shares, what they do from flags or from a history.
import { HongbaoError } from "../../base/error.ts";
import type { CampaignDefinition } from "../../core/definition.ts";
import { DEFAULT_LEVEL, DEFAULT_POWER } from "../../stats/index.ts";
import { DEVIATIONS, isDeviation } from "../detectable.ts";
import type {
  MetricBasis,
  PlanDesign,
  PlannedStudy,
  PlanReport,
  WantedEffect,
} from "../planned.ts";
import { type WarehouseOptions, withWarehouse } from "../warehouse.ts";
import type { MeasurementPlan } from "./measurement-plan.ts";
import { type DesignOverrides, planDesigns } from "./plan-designs.ts";
import { readHistory } from "./plan-history.ts";
import { type Asked, plannedGuardrail, plannedMetric, type SizedDesign } from "./planned-metric.ts";
import type { ProveProject } from "./project-file.ts";

export interface PlanQuestion extends DesignOverrides {
  readonly weeks: number;
  readonly power?: number;
  /** By metric id, as somebody says them; they stand for those of the history. */
  readonly shares: ReadonlyMap<string, number>;
  readonly deviations: ReadonlyMap<string, number>;
  readonly means: ReadonlyMap<string, number>;
  /** Effects by metric id for which the holdout has to be large enough. */
  readonly wanted: ReadonlyMap<string, WantedEffect>;
  readonly history: string | null;
  readonly warehouse?: WarehouseOptions;
}

/**
 * What the plan can see. Throws `invalid_usage` naming flags where nothing can be said.
 * @param definition of the campaign, where the sources are one's
 */
export async function planProject(
  project: ProveProject,
  definition: CampaignDefinition | null,
  question: PlanQuestion,
): Promise<PlanReport> {
  const { plan, title } = project;
  const { level = DEFAULT_LEVEL } = plan;
  const { power = DEFAULT_POWER, weeks, wanted } = question;
  requireWeeks(weeks);
  requireMetrics(plan, question);
  const designs = planDesigns(project, definition, question);
  for (const design of designs) requireDesign(design);
  const { bases, missing } = await basesOf(plan, question);
  const onMissing = (what: string): void => void missing.add(what);
  const asked = { plan, weeks, wanted, alpha: 1 - level, power, onMissing };
  // Holm will be over the whole verdict: metrics times treated arms, of all studies.
  const questions = designs
    .filter(({ holdout }) => holdout > 0)
    .reduce((sum, { arms }) => sum + plan.metrics.length * arms.length, 0);
  const studies = designs.map((design) => studyOf(asked, bases, { ...design, questions }));
  return { ...{ title, level, power, weeks, studies }, missing: [...missing] };
}

async function basesOf(
  plan: MeasurementPlan,
  { shares, deviations, means, history, warehouse = {} }: PlanQuestion,
): Promise<{ bases: Map<string, MetricBasis>; missing: Set<string> }> {
  const bases =
    history === null
      ? new Map<string, MetricBasis>()
      : await withWarehouse(warehouse, (open) => readHistory(open, plan, history));
  const missing = new Set<string>();
  for (const { id, kind, source } of plan.metrics) {
    const [share, deviation, mean] = [shares.get(id), deviations.get(id), means.get(id)];
    const from = "flags" as const;
    if (share !== undefined && !(share > 0 && share < 1)) {
      throw usage(`--base ${id}: expected a share between 0 and 1, found ${share}`);
    }
    if (deviation !== undefined && !isDeviation(deviation)) {
      const expected = `a standard deviation ${DEVIATIONS}`;
      throw usage(`--sd ${id}: expected ${expected}, found ${deviation}`);
    }
    if (kind === "share" && share !== undefined) {
      const spread = Math.sqrt(share * (1 - share));
      bases.set(id, { level: share, deviation: spread, from, explained: null });
    } else if (deviation !== undefined) {
      const level = mean ?? bases.get(id)?.level ?? null;
      bases.set(id, { level, deviation, from, explained: null });
    } else if (mean !== undefined && bases.has(id)) {
      bases.set(id, { ...bases.get(id)!, level: mean });
    }
    const found = bases.get(id);
    if (found !== undefined && found.deviation > 0) continue;
    bases.delete(id);
    const flag = kind === "share" ? `--base ${id}=23.5%` : `--sd ${id}=1.4`;
    const what = kind === "share" ? "the held-out users' share" : "one user's standard deviation";
    const column = source.from === "ratio" ? `${source.above} and ${source.below}` : id;
    missing.add(`${id}: ${flag} (${what}), or --history FILE with ${column}`);
  }
  if (bases.size > 0) return { bases, missing };
  throw usage(`expected what users do without the campaign: ${[...missing].join("; ")}`);
}

function studyOf(
  asked: Asked,
  bases: ReadonlyMap<string, MetricBasis>,
  sized: SizedDesign,
): PlannedStudy {
  const { metrics, guardrails } = asked.plan;
  if (sized.holdout === 0) return { ...sized, metrics: [], guardrails: [] };
  const groups = [...new Set(sized.arms.map(({ share }) => share))].map((share) => ({
    share,
    arms: sized.arms.filter((arm) => arm.share === share).map(({ id }) => id),
  }));
  return {
    ...sized,
    metrics: metrics.flatMap((metric) => {
      const basis = bases.get(metric.id);
      if (basis === undefined) return [];
      return groups.map((group) => plannedMetric(asked, sized, group, metric, basis));
    }),
    guardrails: guardrails.flatMap((guardrail) => {
      const basis = bases.get(guardrail.metric);
      if (basis === undefined) return [];
      return groups
        .map((group) => plannedGuardrail(asked, sized, group, guardrail, basis))
        .filter((found) => found !== null);
    }),
  };
}

function requireWeeks(weeks: number): void {
  if (Number.isSafeInteger(weeks) && weeks >= 1 && weeks <= 520) return;
  throw usage(`--weeks: expected 1 to 520 weeks, found ${weeks}`);
}

/** Flags name metrics of the plan, and each the kind that it is for. */
function requireMetrics(
  { metrics }: MeasurementPlan,
  { shares, deviations, means, wanted }: PlanQuestion,
): void {
  const given = [
    ["--base", shares],
    ["--sd", deviations],
    ["--mean", means],
    ["--detect", wanted],
  ] as const;
  for (const [flag, values] of given) {
    for (const id of values.keys()) {
      const metric = metrics.find((each) => each.id === id);
      if (metric === undefined) {
        const have = metrics.map((each) => each.id).join(", ");
        throw usage(`${flag}: expected one of the plan's metrics (${have}), found "${id}"`);
      }
      const isShare = metric.kind === "share";
      if (flag === "--detect" || isShare === (flag === "--base")) continue;
      const right = isShare ? `--base ${id}=23.5%` : `--sd ${id}=1.4, and --mean where asked`;
      throw usage(`${flag} ${id}: it is a ${metric.kind}; expected ${right}`);
    }
  }
}

function requireDesign({ users, holdout, arms, title }: PlanDesign): void {
  if (!(Number.isSafeInteger(users) && users >= 4)) {
    throw usage(`--users: expected at least 4 users, found ${users}`);
  }
  if (holdout === 0) return;
  if (!(holdout > 0 && holdout < 1)) {
    throw usage(`--holdout: expected a part between 0 and 1, found ${holdout}`);
  }
  const smallest = Math.min(holdout, ...arms.map(({ share }) => share));
  if (Math.round(users * smallest) >= 2) return;
  const message = `expected at least 2 users in each arm of ${title}, found ${users} in all`;
  throw usage(`--users: ${message}`);
}

function usage(message: string): HongbaoError {
  return new HongbaoError({ code: "invalid_usage", message });
}
