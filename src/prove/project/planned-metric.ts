// One metric of a plan, in one arm or several of a size: the smallest effects that are seen, the
// holdout that a wanted effect needs, and whether a guardrail on it can be held.
import {
  holdoutForRise,
  holdoutShare,
  minimumDetectableDifference,
  minimumDetectableRise,
  normalQuantile,
  powerOfZ,
  sequenceWidth,
} from "../../stats/index.ts";
import type { Guardrail } from "../../verdict/metric.ts";
import { ENOUGH_CASES } from "../enough.ts";
import type {
  ByReading,
  MetricBasis,
  PlanDesign,
  PlannedGuardrail,
  PlannedHoldout,
  PlannedMetric,
  PlannedWeek,
  WantedEffect,
} from "../planned.ts";
import type { MeasurementPlan, PlanMetric } from "./measurement-plan.ts";

export interface Asked {
  readonly plan: MeasurementPlan;
  readonly weeks: number;
  readonly wanted: ReadonlyMap<string, WantedEffect>;
  readonly alpha: number;
  readonly power: number;
  /** Called with what is not known, and the flag that gives it. */
  readonly onMissing: (what: string) => void;
}

/** Treated arms of one size, which see the same. */
export interface ArmGroup {
  /** Of all users, each of the arms. */
  readonly share: number;
  readonly arms: readonly string[];
}

/** A design, and how many questions the whole plan asks. */
export interface SizedDesign extends PlanDesign {
  readonly questions: number;
}

const HOLDOUTS = [0.001, 0.005, 0.01, 0.02, 0.05, 0.1, 0.2, 0.5];

/** @param basis what is known of the metric */
export function plannedMetric(
  asked: Asked,
  design: SizedDesign,
  { share, arms }: ArmGroup,
  metric: PlanMetric,
  basis: MetricBasis,
): PlannedMetric {
  const { plan, weeks } = asked;
  const { users, holdout } = design;
  const part = share / (1 - holdout);
  const isShare = metric.kind === "share" && basis.level !== null;
  const base = isShare && basis.level! > 0 && basis.level! < 1 ? basis.level : null;
  const at = (now: number, held: number) =>
    smallestOf(asked, design, { deviation: basis.deviation, base }, now, held, part);
  const weekly = Array.from({ length: weeks }, (_, i): PlannedWeek => {
    const now = Math.round((users * (i + 1)) / weeks);
    return { week: i + 1, users: now, ...at(now, holdout) };
  });
  const byHoldout = [...new Set([...HOLDOUTS, holdout])]
    .sort((a, b) => a - b)
    .filter((held) => Math.round(users * held) >= 2)
    .map((held) => ({ holdout: held, smallest: at(users, held).smallest }));
  const { worth, metrics } = plan;
  const pays = metrics[0] === metric && worth !== null && worth.cost !== null && worth.margin > 0;
  const payingEffect = pays ? worth.cost! / worth.margin : null;
  const { id, title, kind, unit } = metric;
  const wanted = wantedOf(asked, design, metric, { ...basis, base }, part);
  return { ...{ id, title, kind, unit, arms, basis, weekly, byHoldout, wanted, payingEffect } };
}

/** Null where the margin is relative and nobody knows of what. */
export function plannedGuardrail(
  { plan, alpha, power, onMissing }: Asked,
  { users, holdout }: PlanDesign,
  { share, arms }: ArmGroup,
  guardrail: Guardrail,
  { level, deviation }: MetricBasis,
): PlannedGuardrail | null {
  const { metric: id, margin, isRelative } = guardrail;
  if (isRelative && (level === null || level === 0)) {
    onMissing(`${id}: --mean ${id}=0.8 (the held-out users' mean), for its guardrail in per cent`);
    return null;
  }
  const { title, kind } = plan.metrics.find((metric) => metric.id === id)!;
  const [heldOut, treated] = [sizeOf(users, holdout), sizeOf(users, share)];
  const scale = isRelative ? Math.abs(level!) : 1;
  const error = (deviation * Math.sqrt(1 / heldOut + 1 / treated)) / scale;
  return {
    ...{ ...guardrail, title, kind, arms },
    power: powerOfZ(margin / error, { alpha, alternative: "greater" }),
    resolvable: (normalQuantile(1 - alpha) + normalQuantile(power)) * error,
  };
}

function sizeOf(users: number, share: number): number {
  return Math.max(2, Math.round(users * share));
}

/**
 * @param base of a share: the held-out users'
 * @param held part of the users
 * @param part of the treated who are in the arm
 */
function smallestOf(
  { alpha, power }: Asked,
  { users, questions }: SizedDesign,
  { deviation, base }: { readonly deviation: number; readonly base: number | null },
  now: number,
  held: number,
  part: number,
): Pick<PlannedWeek, "heldOut" | "treated" | "smallest"> {
  const arm = (1 - held) * part;
  const [heldOut, treated] = [sizeOf(now, held), sizeOf(now, arm)];
  // As the report tunes it: to the users of this comparison at the end.
  const width = sequenceWidth(heldOut + treated, alpha, Math.round(users * (held + arm)));
  const chance = normalQuantile(power);
  if (base !== null) {
    const rise = (critical: number): number =>
      minimumDetectableRise({
        ...{ share: base, heldOut, treated, critical, chance, cases: ENOUGH_CASES },
      });
    const [once, amongAll] = [alpha, alpha / questions].map((each) =>
      rise(normalQuantile(1 - each / 2)),
    );
    return {
      heldOut,
      treated,
      smallest: { once: once!, amongAll: amongAll!, anyLook: rise(width) },
    };
  }
  const variance = deviation ** 2;
  const size = (level: number): number =>
    minimumDetectableDifference(variance, heldOut, variance, treated, { alpha: level, power });
  const error = deviation * Math.sqrt(1 / heldOut + 1 / treated);
  const anyLook = (width + chance) * error;
  return {
    ...{ heldOut, treated },
    smallest: { once: size(alpha), amongAll: size(alpha / questions), anyLook },
  };
}

/** Null where nobody asked, or where the effect is relative and nobody knows to what. */
function wantedOf(
  { wanted: all, alpha, power, onMissing }: Asked,
  { users, questions }: SizedDesign,
  { id }: PlanMetric,
  { level, deviation, base }: MetricBasis & { readonly base: number | null },
  armShare: number,
): PlannedHoldout | null {
  const wanted = all.get(id);
  if (wanted === undefined) return null;
  if (wanted.isRelative && (level === null || level === 0)) {
    onMissing(`${id}: --mean ${id}=0.8 (the held-out users' mean), for --detect in per cent`);
    return null;
  }
  const effect = wanted.isRelative ? wanted.size * Math.abs(level!) : wanted.size;
  const chance = normalQuantile(power);
  const of = (critical: number) => {
    const rise = { share: base!, critical, chance, cases: ENOUGH_CASES, users, armShare };
    if (base !== null) return holdoutForRise(effect, rise);
    const neededZ = critical + chance;
    return holdoutShare(effect, { variance: deviation ** 2, users, armShare, neededZ });
  };
  // Where it is tightest, the sequence is as wide whatever the number of users.
  const anyLook = of(sequenceWidth(users, alpha, users));
  const once = of(normalQuantile(1 - alpha / 2));
  const found = { once, amongAll: of(normalQuantile(1 - alpha / questions / 2)), anyLook };
  return {
    effect,
    holdout: mapReadings(found, ({ share }) => share),
    leastUsers: mapReadings(found, ({ leastUsers }) => leastUsers),
  };
}

function mapReadings<A, B>(of: ByReading<A>, map: (each: A) => B): ByReading<B> {
  return { once: map(of.once), amongAll: map(of.amongAll), anyLook: map(of.anyLook) };
}
