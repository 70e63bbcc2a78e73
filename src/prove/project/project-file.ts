// Reads prove.yaml: its shape by the schema, then what only the whole can tell, each problem named
// by its line.
import { existsSync } from "node:fs";
import { dirname, isAbsolute, join } from "node:path";
import { isTimeZone } from "../../base/time.ts";
import { readDuration, readShare } from "../../contract/index.ts";
import type { YamlSource } from "../../contract/yaml-source.ts";
import type { Estimand, Guardrail } from "../../verdict/metric.ts";
import type { Expectation } from "../../verdict/verdict.ts";
import { readYamlSource } from "../yaml-file.ts";
import { decisionRuleOf } from "./decision-rule.ts";
import { horizonProblem } from "./horizon.ts";
import type { MeasurementPlan, MetricSource, PlanMetric, Sources } from "./measurement-plan.ts";
import { requireNamedQuestions } from "./named-questions.ts";
import { planOnlyHash, projectHash } from "./plan-hash.ts";
import { projectSchema } from "./project-schema.ts";
import type { RawMetric, RawProject } from "./project-shape.ts";
import { givenSources, type SourceOverrides } from "./project-sources.ts";
import { requireMetric } from "./require-metric.ts";

export interface ProveProject {
  readonly path: string;
  readonly title: string;
  /** The campaign file that prove.yaml names, or null. */
  readonly campaignPath: string | null;
  readonly plan: MeasurementPlan;
  /** What a campaign's opening event freezes: see `projectHash`. */
  readonly planHash: string;
  /** Of `plan` alone: what an older rule froze, and what draws are seeded with. */
  readonly planOnlyHash: string;
  readonly sources: Sources;
  readonly published: readonly Expectation[];
}

const DAY_MS = 86_400_000;

/** Reads and checks a project. Throws `invalid_file` naming line and column. */
export async function readProject(
  path: string,
  overrides: SourceOverrides = {},
): Promise<ProveProject> {
  const yaml = await readYamlSource(path, projectSchema);
  const { value } = yaml;
  const plan = planOf(yaml);
  const near = (name: string): string => (isAbsolute(name) ? name : join(dirname(path), name));
  const sources = givenSources(yaml, plan, near, overrides);
  requireCampaignFile(yaml, near);
  requireNamedQuestions(yaml, sources);
  requireExposures(yaml, sources);
  return {
    ...{ path, title: value.title, plan, sources },
    campaignPath: value.campaign === undefined ? null : near(value.campaign),
    planHash: projectHash(yaml.raw),
    planOnlyHash: planOnlyHash(yaml.raw),
    published: publishedOf(yaml, plan, sources),
  };
}

/** Only a journal knows who was exposed, and only those who came are exposed alike in all arms. */
function requireExposures({ value, problem }: YamlSource<RawProject>, sources: Sources): void {
  const { population, questions = ["reward, given arrival"] } = value.plan;
  if (population !== "exposed") return;
  if (sources.kind !== "campaign") {
    const message = "who was exposed is known of a campaign's journal, and not of a table";
    throw problem(["plan", "population"], message);
  }
  if (questions.includes("reward, given arrival")) return;
  const message = 'the exposed are a population of "reward, given arrival", which is not asked';
  throw problem(["plan", "population"], message);
}

/** A table needs no campaign; one that is named has to be there all the same. */
function requireCampaignFile(
  { value, problem }: YamlSource<RawProject>,
  near: (name: string) => string,
): void {
  const { campaign } = value;
  if (campaign === undefined || existsSync(near(campaign))) return;
  throw problem(["campaign"], `expected a campaign file, found no ${near(campaign)}`);
}

/** Only what the opening event freezes of a project: for who opens the campaign. */
export async function readPlanHash(path: string): Promise<string> {
  const yaml = await readYamlSource(path, projectSchema);
  planOf(yaml);
  return projectHash(yaml.raw);
}

function planOf(yaml: YamlSource<RawProject>): MeasurementPlan {
  const { plan } = yaml.value;
  const metrics = metricsOf(yaml);
  const { retention, payback, stratify, users, level, deviation } = plan;
  if (plan.timeZone !== undefined && !isTimeZone(plan.timeZone)) {
    throw yaml.problem(["plan", "timeZone"], `no time zone "${plan.timeZone}"`);
  }
  if (stratify !== undefined && !plan.segments.includes(stratify)) {
    throw yaml.problem(["plan", "stratify"], `expected one of the segments, found "${stratify}"`);
  }
  requireKnownBefore(yaml);
  requireHorizon(yaml);
  const [first] = metrics;
  if (plan.worth !== undefined && first!.kind !== "share" && first!.kind !== "mean") {
    const message = `a worth is of one unit of the first metric; a ${first!.kind} has none a user`;
    throw yaml.problem(["plan", "worth"], message);
  }
  const { cannibalised } = payback ?? {};
  if (cannibalised !== undefined) {
    const place = ["plan", "payback", "cannibalised", "metric"];
    requireMetric(yaml, place, metrics, cannibalised.metric, ["mean"]);
  }
  for (const id of Object.keys(plan.negligible)) {
    requireMetric(yaml, ["plan", "negligible", id], metrics, id);
  }
  const decision = decisionRuleOf(yaml, metrics);
  return {
    questions: plan.questions ?? null,
    population: plan.population ?? "assigned",
    isRandomised: plan.randomised ?? true,
    ...(plan.randomised === undefined ? { isChanceAssumed: true } : {}),
    ...(level === undefined ? {} : { level: levelOf(yaml, level) }),
    ...(users === undefined ? {} : { plannedUsers: users }),
    timeZone: plan.timeZone ?? null,
    ...{ metrics, segments: plan.segments, stratifyBy: stratify ?? null },
    guardrails: plan.guardrails.map((each, i) => guardrailOf(yaml, metrics, each, i)),
    negligible: plan.negligible,
    retention:
      retention === undefined
        ? null
        : {
            log: retention.log,
            periodDays: readDuration(retention.period)! / DAY_MS,
            periods: retention.periods,
          },
    worth: plan.worth === undefined ? null : { ...plan.worth, cost: plan.worth.cost ?? null },
    payback:
      payback === undefined
        ? null
        : {
            margin: payback.margin,
            withinMonths: payback.within,
            discount: readShare(payback.discount)!,
            cannibalised: cannibalised ?? null,
          },
    fees: plan.fees ?? { grant: 0, redemption: 0 },
    ...(deviation === undefined ? {} : { practicalDeviation: readShare(deviation)! }),
    ...(decision === undefined ? {} : { decision }),
  };
}

/** A payback is of periods that users are watched for, as many as draws can be carried on for. */
function requireHorizon({ value, problem }: YamlSource<RawProject>): void {
  const { payback, retention } = value.plan;
  if (payback === undefined) return;
  if (retention === undefined) {
    throw problem(["plan", "payback"], "a payback needs plan.retention: who stays how long");
  }
  const wrong = horizonProblem(payback.within, readDuration(retention.period)! / DAY_MS);
  if (wrong !== null) throw problem(["plan", "payback", "within"], wrong);
}

/** A segment is of something known before assignment: not the arm, and not who the user is. */
function requireKnownBefore({ value, problem }: YamlSource<RawProject>): void {
  const { table, outcomes } = value.sources;
  value.plan.segments.forEach((segment, i) => {
    const place = ["plan", "segments", i];
    if (segment === table?.arm) {
      const message = `"${segment}" is the column of the arms: segments part users within an arm`;
      throw problem(place, `${message}; name a column that was known before they were assigned`);
    }
    if (segment !== table?.user && segment !== outcomes?.user) return;
    const message = `"${segment}" is the column of the users' ids: expected one of few values`;
    throw problem(place, `${message}, such as a platform`);
  });
}

function levelOf(yaml: YamlSource<RawProject>, given: string | number): number {
  const level = readShare(given)!;
  // Closer to 1 would be shown as 100 %, which no interval is of.
  if (level >= 0.5 && level <= 0.9999) return level;
  throw yaml.problem(["plan", "level"], `expected a level from 50 % to 99.99 %, found ${given}`);
}

function metricsOf(yaml: YamlSource<RawProject>): PlanMetric[] {
  const { metrics } = yaml.value.plan;
  return metrics.map((metric, i) => {
    const place = ["plan", "metrics", i];
    if (metrics.findIndex(({ id }) => id === metric.id) !== i) {
      throw yaml.problem([...place, "id"], `the metric "${metric.id}" is there twice`);
    }
    const source = metricSourceOf(yaml, metric, place);
    return {
      ...{ id: metric.id, title: metric.title ?? metric.id, kind: metric.kind, source },
      unit: "unit" in metric ? metric.unit : "",
      digits: metric.digits ?? (metric.kind === "share" ? 2 : null),
      before: beforeOf(yaml, metric, place, source),
      clamp: metric.kind === "mean" ? (metric.clamp ?? null) : null,
    };
  });
}

function metricSourceOf(
  yaml: YamlSource<RawProject>,
  metric: RawMetric,
  place: readonly PropertyKey[],
): MetricSource {
  if (metric.kind === "ratio") return { from: "ratio", above: metric.above, below: metric.below };
  if (metric.kind === "quantile") {
    return { from: "quantile", column: metric.column, at: metric.at };
  }
  const { column, log, days } = metric;
  if ((column === undefined) === (log === undefined)) {
    throw yaml.problem(place, "expected either a column of the outcomes or a log");
  }
  if (column !== undefined) {
    if (days !== undefined) throw yaml.problem([...place, "days"], "days need a log");
    return { from: "column", column };
  }
  if (days === undefined) throw yaml.problem(place, "a log needs days, such as days: [0, 29]");
  const value = metric.kind === "mean" ? (metric.value ?? null) : null;
  return { from: "log", log: log!, value, days };
}

function beforeOf(
  yaml: YamlSource<RawProject>,
  metric: RawMetric,
  place: readonly PropertyKey[],
  source: MetricSource,
): PlanMetric["before"] {
  if (metric.kind !== "mean" || metric.before === undefined) return null;
  const { before } = metric;
  if (typeof before === "string") return { column: before };
  if (source.from === "log") return before;
  throw yaml.problem([...place, "before"], "days before need a log; expected a column");
}

function guardrailOf(
  yaml: YamlSource<RawProject>,
  metrics: readonly PlanMetric[],
  raw: RawProject["plan"]["guardrails"][number],
  index: number,
): Guardrail {
  const { metric, worse, margin } = raw;
  requireMetric(yaml, ["plan", "guardrails", index, "metric"], metrics, metric);
  if (typeof margin === "number") return { metric, worse, margin, isRelative: false };
  const part = readShare(margin)!;
  if (part > 0) return { metric, worse, margin: part, isRelative: true };
  throw yaml.problem(["plan", "guardrails", index, "margin"], "expected a margin above 0");
}

function publishedOf(
  yaml: YamlSource<RawProject>,
  plan: MeasurementPlan,
  sources: Sources,
): Expectation[] {
  const { published } = yaml.value;
  if (published === undefined) return [];
  const estimand: Estimand =
    sources.kind === "campaign" ? (plan.questions?.[0] ?? "reach") : sources.estimand;
  return published.effects.map((each, i) => {
    const metric = plan.metrics.find(({ id }) => id === each.metric);
    if (metric === undefined) {
      throw yaml.problem(["published", "effects", i], `no metric "${each.metric}"`);
    }
    // A share's effect is printed in percentage points.
    const unit = metric.kind === "share" ? 100 : 1;
    const base = {
      kind: "published" as const,
      ...{ estimand, metric: each.metric, arm: each.arm, source: published.source },
      value: Number(each.effect) / unit,
    };
    if (each.interval === undefined) return base;
    const [lower, upper] = each.interval;
    return { ...base, lower: Number(lower) / unit, upper: Number(upper) / unit };
  });
}
