// plan.decision as it was written becomes a rule; what the plan does not measure cannot decide.
import { readShare } from "../../contract/index.ts";
import type { YamlSource } from "../../contract/yaml-source.ts";
import type { Condition, DecisionRule } from "../../verdict/decision-reading.ts";
import { fileProblem } from "../source-file.ts";
import type { MeasurementPlan, PlanMetric } from "./measurement-plan.ts";
import type { RawCondition, RawProject } from "./project-shape.ts";
import { requireMetric } from "./require-metric.ts";

const KINDS = ["payback", "worth", "effect", "guardrails"] as const;

/** Throws `invalid_file` naming the key of what the plan does not have. */
export function decisionRuleOf(
  yaml: YamlSource<RawProject>,
  metrics: readonly PlanMetric[],
): DecisionRule | undefined {
  const { decision } = yaml.value.plan;
  if (decision === undefined) return undefined;
  return {
    ...{ action: decision.action, otherwise: decision.otherwise ?? null },
    conditions: decision.when.map((_, i) => conditionOf(yaml, metrics, i)),
  };
}

/** Refuses a condition on an arm that nobody treated. @param arms the treated ones */
export function requireDecidedArms(
  { path, plan }: { readonly path: string; readonly plan: MeasurementPlan },
  arms: readonly string[],
): void {
  plan.decision?.conditions.forEach(({ arm }, i) => {
    if (arm === null || arms.includes(arm)) return;
    const known = [...new Set(arms)].join(", ");
    const message = `expected one of the treated arms (${known}), found "${arm}"`;
    throw fileProblem(path, `${placeOf(i).join(".")}.arm`, message);
  });
}

function placeOf(index: number): PropertyKey[] {
  return ["plan", "decision", "when", index];
}

function conditionOf(
  yaml: YamlSource<RawProject>,
  metrics: readonly PlanMetric[],
  index: number,
): Condition {
  const raw = yaml.value.plan.decision!.when[index]!;
  const place = placeOf(index);
  const named = KINDS.filter((kind) => raw[kind] !== undefined);
  if (named.length !== 1) {
    const found = named.length === 0 ? "none" : named.join(" and ");
    throw yaml.problem(place, `expected one of ${KINDS.join(", ")}, found ${found}`);
  }
  // Where the plan asks no question by name: the first that the assignment answers.
  const question = raw.question ?? yaml.value.plan.questions?.[0] ?? null;
  const whose = { question, arm: raw.arm ?? null };
  for (const side of ["atLeast", "atMost"] as const) {
    if (raw[side] === undefined || raw.effect !== undefined) continue;
    throw yaml.problem([...place, side], `${side} needs an effect: the metric that it is of`);
  }
  const lacks = (key: "payback" | "worth" | "guardrails", what: string) =>
    yaml.problem([...place, key], `expected plan.${key}, ${what}, found none`);
  const { payback, worth, guardrails } = yaml.value.plan;
  if (raw.payback !== undefined) {
    if (payback === undefined) throw lacks("payback", "of which this is a chance");
    const chance = readShare(raw.payback)!;
    return { kind: "payback", chance, withinMonths: payback.within, ...whose };
  }
  if (raw.worth !== undefined) {
    if (worth === undefined) throw lacks("worth", "of which this is the least");
    return { kind: "worth", limit: raw.worth, ...whose };
  }
  if (raw.effect !== undefined) return { ...effectOf(yaml, metrics, raw, place), ...whose };
  if (guardrails.length === 0) throw lacks("guardrails", "of which each is to hold");
  return { kind: "guardrails", ...whose };
}

function effectOf(
  yaml: YamlSource<RawProject>,
  metrics: readonly PlanMetric[],
  { effect, atLeast, atMost }: RawCondition,
  place: readonly PropertyKey[],
) {
  const metric = requireMetric(yaml, [...place, "effect"], metrics, effect!);
  const given = atLeast ?? atMost;
  if (given === undefined || (atLeast !== undefined && atMost !== undefined)) {
    throw yaml.problem(place, "an effect needs either atLeast or atMost");
  }
  const isRelative = typeof given === "string";
  const limit = isRelative ? readShare(given)! : given;
  const key = atLeast === undefined ? "atMost" : "atLeast";
  if (metric.kind === "share" && !isRelative && Math.abs(limit) > 1) {
    const message = `an effect on a share is from -1 to 1 (0.005 is half a point), found ${limit}`;
    throw yaml.problem([...place, key], message);
  }
  const side = key === "atLeast" ? ("at least" as const) : ("at most" as const);
  return { kind: "effect" as const, metric: metric.id, side, limit, isRelative };
}
