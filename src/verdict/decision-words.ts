// The decision in one sentence an arm: whose rule, what each condition came to, what follows.
import {
  formatLevel,
  formatNumber,
  formatPercent,
  formatPoints,
  formatSigned,
} from "../report/format.ts";
import type {
  ArmDecision,
  Condition,
  ConditionReading,
  DecisionReading,
} from "./decision-reading.ts";
import type { PlanReading } from "./frozen-plan.ts";
import type { Metric } from "./metric.ts";
import type { StudyReading, Verdict } from "./verdict.ts";

/** Empty where the plan holds no rule. */
export function decisionSentences(verdict: Verdict): string[] {
  const { decision, studies } = verdict;
  if (decision === null) return [];
  const lead = leadOf(verdict.plan);
  const { notApplied, action, arms } = decision;
  if (notApplied !== null) {
    const needs = decision.conditions.map((each) => needText(each, studies)).join(" and ");
    return [`${lead}, "${action}" needs ${needs}: not applied, since ${notApplied}.`];
  }
  const isOne = studies.every((study) => study.arms.length <= 2);
  return arms.map((each) => armSentence(lead, each, decision, studies, isOne));
}

/** A rule that could have been chosen by its result is never called fixed. */
function leadOf(plan: PlanReading | null): string {
  switch (plan?.state) {
    case "as frozen":
    case "plan as frozen":
      return "By the rule that was fixed when the campaign opened";
    case "changed":
      return "By the rule of a PLAN THAT WAS CHANGED after the campaign opened";
    case "not frozen":
      return "By the plan's rule, though no plan was frozen when the campaign opened";
    default:
      return "By the plan's rule (nothing shows that it was fixed beforehand)";
  }
}

function armSentence(
  lead: string,
  { arm, follows, conditions }: ArmDecision,
  { action, otherwise }: DecisionReading,
  studies: readonly StudyReading[],
  isOne: boolean,
): string {
  const said = conditions.map((each) => conditionText(each, studies)).join("; ");
  const instead = follows || otherwise === null ? "" : `, but "${otherwise}"`;
  const result = `"${action}" ${follows ? "follows" : "does not follow"}${instead}`;
  return `${lead}${isOne ? "" : `, ${arm}`}: ${said}. So ${isOne ? "" : `for ${arm} `}${result}.`;
}

function conditionText(reading: ConditionReading, studies: readonly StudyReading[]): string {
  const { condition, figure, note, notHeld } = reading;
  const several = studies.length > 1 ? ` (${reading.study})` : "";
  const study = studies.find(({ title }) => title === reading.study)!;
  const name = `${nameOf(condition, study.metrics)}${several}`;
  if (condition.kind === "guardrails") {
    const titles = notHeld.map((id) => titleOf(study.metrics, id)).join(", ");
    return `${name}: ${note ?? (reading.holds ? "all held" : `${titles} not held: does not hold`)}`;
  }
  const result = reading.holds ? "holds" : "does not hold";
  if (figure === null) return `${name}: not known (${note}): ${result}`;
  const [number, limit] = figureTexts(condition, figure, study.metrics);
  const shown = condition.kind === "payback" ? chanceText(number) : number;
  const bounded = reading.level === null ? "" : ` (${formatLevel(reading.level)})`;
  const beside = note === null ? "" : ` (${note})`;
  const side = condition.kind === "effect" && condition.side === "at most" ? "at most " : "";
  return `${name} ${shown}${bounded}${beside}, needed ${side}${limit}: ${result}`;
}

function nameOf(condition: Condition, metrics: readonly Metric[]): string {
  switch (condition.kind) {
    case "payback":
      return `chance of payback within ${monthsText(condition.withinMonths)}`;
    case "effect": {
      const bound = condition.side === "at least" ? "lower" : "upper";
      return `${bound} bound of the effect on ${titleOf(metrics, condition.metric)}`;
    }
    case "worth":
      return "lower bound of the net of a treated user";
    case "guardrails":
      return "guardrails";
  }
}

/** What the rule asks, where no figure may be held against it. */
function needText(condition: Condition, studies: readonly StudyReading[]): string {
  const metrics = studies.flatMap((study) => study.metrics);
  const name = nameOf(condition, metrics);
  if (condition.kind === "guardrails") return "guardrails that hold";
  const side = condition.kind === "effect" ? condition.side : "at least";
  const [, limit] = figureTexts(condition, null, metrics);
  return `a ${name} of ${side} ${limit}`;
}

/** Digits beyond which nobody reads. */
const MOST_DIGITS = 9;

/**
 * Figure and limit with so many digits that one which misses the other by little is not printed as
 * the same: "80 %, needed 80 %: does not hold" would be a riddle.
 */
function figureTexts(
  condition: Exclude<Condition, { kind: "guardrails" }>,
  figure: number | null,
  metrics: readonly Metric[],
): readonly [figure: string, limit: string] {
  const limit = condition.kind === "payback" ? condition.chance : condition.limit;
  const metric =
    condition.kind === "effect" ? metrics.find(({ id }) => id === condition.metric) : undefined;
  const { least, per, text } = scaleOf(condition, metric);
  const value = figure ?? limit;
  const textsAt = (digits: number) => [text(value, digits), text(limit, digits)] as const;
  for (let digits = least; digits < MOST_DIGITS; digits++) {
    const texts = textsAt(digits);
    // What somebody wrote down is printed as it was written.
    const isExact = Number(limit.toFixed(digits + per)) === limit;
    if (isExact && (value === limit || texts[0] !== texts[1])) return texts;
  }
  return textsAt(MOST_DIGITS);
}

/** How numbers of a condition are shown: fewest digits, and 2 more where that is per cent. */
interface Scale {
  readonly least: number;
  readonly per: 0 | 2;
  readonly text: (value: number, digits: number) => string;
}

function scaleOf(condition: Condition, metric: Metric | undefined): Scale {
  if (condition.kind === "payback") return { least: 0, per: 2, text: formatPercent };
  if (condition.kind === "effect" && condition.isRelative) {
    return { least: 1, per: 2, text: (value, digits) => `${formatSigned(100 * value, digits)} %` };
  }
  if (metric?.kind === "share") return { least: metric.digits, per: 2, text: formatPoints };
  const text = (value: number, digits: number): string =>
    `${formatSigned(value, digits)} ${metric?.unit ?? ""}`.trimEnd();
  return { least: metric?.digits ?? 2, per: 0, text };
}

/** Draws are never certain. */
function chanceText(text: string): string {
  if (text === "100 %") return "above 99 %";
  return text === "0 %" ? "below 1 %" : text;
}

function titleOf(metrics: readonly Metric[], id: string): string {
  return metrics.find((metric) => metric.id === id)?.title ?? id;
}

function monthsText(months: number): string {
  return `${formatNumber(months)} ${months === 1 ? "month" : "months"}`;
}
