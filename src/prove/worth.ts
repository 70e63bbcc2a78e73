// What an effect is worth: margin for each unit more of the first outcome, less what each treated
// user cost. That something works and still loses money is a finding of its own.
import { studentQuantile, studentTwoSidedP, summarizeMoments } from "../stats/index.ts";
import {
  decisiveRows,
  type EffectInterval,
  type EffectRow,
  isClear,
} from "../verdict/effect-row.ts";
import type { StudyReading } from "../verdict/verdict.ts";
import type { WorthQuestion, WorthReading } from "../verdict/worth-reading.ts";
import { measuredNet } from "./measured-net.ts";
import type { MeasuredWorth } from "./study.ts";

/** The worth of each arm's effect on the first outcome; arms without an effect are left out. */
export function worthOf(study: StudyReading, question: WorthQuestion): WorthReading[] {
  const [first] = study.metrics;
  const rows = decisiveRows(study.effects, first?.id);
  const readings = rows.flatMap((row) => readingOf(row, question));
  return capped(study, readings);
}

/**
 * The same where cost was measured user by user: cost and effect then vary together. Net and
 * break-evens are of users as they are, not adjusted, so that they agree with each other.
 */
export function measuredWorthOf(study: StudyReading, measured: MeasuredWorth): WorthReading[] {
  const [control] = study.arms;
  const summaryOf = (of: MeasuredWorth["net"], arm: string) => summarizeMoments(of[arm]!);
  const metric = study.metrics[0]?.id;
  const readings = decisiveRows(study.effects, metric).flatMap((row): WorthReading[] => {
    const { arm } = row;
    const plain = study.effects.find(
      (each) => each.population === "assigned" && each.metric.id === metric && each.arm === arm,
    );
    const absolute = plain?.absolute ?? null;
    if (absolute === null || control === undefined) return [];
    const nets = [measured.net[control.id]!, measured.net[arm]!] as const;
    const treated = study.arms.find(({ id }) => id === arm)!;
    const shares = [
      { n: control.n, share: plain!.controlMean },
      { n: treated.n, share: plain!.treatmentMean },
    ] as const;
    const { marginPerUnit } = measured;
    const bounds = measuredNet(nets, plain!.metric, absolute, shares, marginPerUnit);
    const reference = { level: absolute.level, degreesOfFreedom: bounds.degreesOfFreedom };
    const net = { ...bounds, p: netP(bounds, reference) };
    const costPerTreated =
      summaryOf(measured.cost, arm).mean - summaryOf(measured.cost, control.id).mean;
    const question = { marginPerUnit, costPerTreated, isCostMeasured: true };
    return [worthReading(row, absolute, question, net)];
  });
  return capped(study, readings);
}

function readingOf(row: EffectRow, question: WorthQuestion): WorthReading[] {
  const { absolute } = row;
  if (absolute === null) return [];
  const { marginPerUnit, costPerTreated } = question;
  const of = (effect: number): number => marginPerUnit * effect - costPerTreated;
  const { estimate, lower, upper } = absolute;
  const bounds = { estimate: of(estimate), lower: of(lower), upper: of(upper) };
  const net = { ...bounds, p: netP(bounds, absolute) };
  const given = { marginPerUnit, costPerTreated, isCostMeasured: false };
  return [worthReading(row, absolute, given, net)];
}

interface NetInterval {
  readonly estimate: number;
  readonly lower: number;
  readonly upper: number;
  readonly p: number;
}

/**
 * Two-sided p of "the net is zero", from its interval: where that is longer on one side, by the
 * side that zero lies on, so that p and interval agree on it.
 */
function netP(
  { estimate, lower, upper }: Omit<NetInterval, "p">,
  { level, degreesOfFreedom }: Pick<EffectInterval, "level" | "degreesOfFreedom">,
): number {
  const side = estimate > 0 ? estimate - lower : upper - estimate;
  if (!(side > 0)) return estimate === 0 ? 1 : 0;
  const reference = degreesOfFreedom ?? Number.POSITIVE_INFINITY;
  const reach = studentQuantile((1 + level) / 2, reference);
  return studentTwoSidedP((estimate / side) * reach, reference);
}

/** @param row the one that decides; `effect` is what the net was computed from */
function worthReading(
  row: EffectRow,
  effect: NonNullable<EffectRow["absolute"]>,
  question: Pick<WorthReading, "marginPerUnit" | "costPerTreated" | "isCostMeasured">,
  { estimate: net, lower, upper, p }: NetInterval,
): WorthReading {
  const { arm, metric, holmP } = row;
  const { marginPerUnit, costPerTreated } = question;
  // Among several questions an effect that is not clear cannot be said to pay.
  const isOpen = holmP !== null && !isClear(row);
  return {
    ...{ ...question, arm, metric: metric.title },
    per: metric.kind === "share" ? "additional user" : `unit of ${metric.title}`,
    ...{
      net,
      lower,
      upper,
      level: effect.level,
      p,
      holmP: null,
      works: isClear(row) && effect.lower > 0,
    },
    finding: lower > 0 && !isOpen ? "pays" : upper < 0 ? "loses" : "unclear",
    breakEvenMargin: effect.estimate > 0 ? costPerTreated / effect.estimate : null,
    breakEvenCost: Math.max(0, marginPerUnit * effect.estimate),
  };
}

/** Without grade A nobody knows what was caused, let alone whether it paid. */
function capped({ grade }: StudyReading, readings: readonly WorthReading[]): WorthReading[] {
  if (grade === "A") return readings.slice();
  return readings.map((each) => ({ ...each, works: false, finding: "not_known" as const }));
}
