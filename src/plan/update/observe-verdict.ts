// What a verdict of `prove` says of a plan's assumptions: how many rewarded users are there after a
// day and a month, what the reward adds, and how many own orders it replaces.
import { formatNumber, formatPercent, formatPoints } from "../../report/format.ts";
import { normalQuantile } from "../../stats/normal.ts";
import type { CalibrationContext, Finding } from "./finding.ts";
import { nothing } from "./observe-arrivals.ts";
import type { VerdictEffect, VerdictReading, VerdictStudy } from "./verdict-reading.ts";

/** A verdict's noise is in its errors already. */
const NOISE = 0;

export function verdictFindings(context: CalibrationContext, verdict: VerdictReading): Finding[] {
  const given = studyOf(verdict, "reward, given arrival") ?? studyOf(verdict, "being assigned");
  const reach = studyOf(verdict, "reach");
  return [
    retained(context, "retention.d1", given, "d1"),
    retained(context, "retention.d30", given, "d30"),
    lift(context, given),
    existingLift(context, verdict, reach),
    cannibalised(context, verdict, given),
  ].filter((each) => each !== null);
}

function studyOf({ studies }: VerdictReading, estimand: string): VerdictStudy | null {
  return studies.find((one) => one.estimand === estimand) ?? null;
}

/** The effect on everybody assigned; null with the reason where the verdict has none to read. */
function effectOf(
  study: VerdictStudy | null,
  metric: string,
): { readonly row: VerdictEffect | null; readonly why: string } {
  if (study === null) return { row: null, why: "the verdict has no study of what the reward does" };
  if (study.grade !== "A") {
    return { row: null, why: `evidence of grade ${study.grade}: what was caused is not known` };
  }
  const row = study.effects.find(
    (one) => one.metric.id === metric && one.population === "assigned" && one.absolute !== null,
  );
  return row === undefined
    ? { row: null, why: `no effect on ${metric} was measured` }
    : { row, why: "" };
}

function retained(
  context: CalibrationContext,
  id: string,
  study: VerdictStudy | null,
  metric: string,
): Finding | null {
  if (context.belief(id) === null) return null;
  const { row, why } = effectOf(study, metric);
  if (row === null) return nothing(id, why);
  const users = study!.arms.find((arm) => arm.id === row.arm)?.n ?? 0;
  const share = row.treatmentMean;
  if (users < 2 || !(share > 0 && share < 1)) return nothing(id, "no share that could be read");
  return {
    id,
    data: { mean: Math.log(share / (1 - share)), sd: 1 / Math.sqrt(users * share * (1 - share)) },
    noise: NOISE,
    says: `${formatPercent(share)} of ${formatNumber(users)} rewarded users`,
  };
}

function lift(context: CalibrationContext, study: VerdictStudy | null): Finding | null {
  const id = "retention.lift";
  if (context.belief(id) === null) return null;
  const { row, why } = effectOf(study, "d30");
  if (row === null) return nothing(id, why);
  const { estimate, standardError } = row.absolute!;
  return {
    id,
    data: { mean: estimate, sd: standardError },
    noise: NOISE,
    says: `an effect of ${formatPoints(estimate)} on d30`,
  };
}

/** Of an audience everybody is counted, come or not: per rewarded user it is so much more. */
function existingLift(
  context: CalibrationContext,
  { money }: VerdictReading,
  study: VerdictStudy | null,
): Finding | null {
  const id = "existingLift";
  if (context.belief(id) === null) return null;
  const { row, why } = effectOf(study, "d30");
  if (row === null) return nothing(id, study === null ? "the verdict has no study of reach" : why);
  const part = rewardedPart(money, study!.title, row.arm);
  if (!(part > 0)) return nothing(id, "nobody of the audience was rewarded");
  const { estimate, standardError } = row.absolute!;
  return {
    id,
    data: { mean: estimate / part, sd: standardError / part },
    noise: NOISE,
    says: `an effect of ${formatPoints(estimate)} of reach, ${formatPercent(part, 0)} rewarded`,
  };
}

/** Of an arm's users; all of them where the verdict does not say. */
function rewardedPart(money: VerdictReading["money"], study: string, arm: string): number {
  const paid = money.find((one) => one.study === study && one.arm === arm);
  if (paid === undefined || paid.rewarded === null || paid.users === 0) return 1;
  return paid.rewarded / paid.users;
}

/** Own orders displaced, by orders with a reward. */
function cannibalised(
  context: CalibrationContext,
  { money }: VerdictReading,
  study: VerdictStudy | null,
): Finding | null {
  const id = "cannibalised";
  if (context.belief(id) === null) return null;
  const row = study?.cannibalised[0];
  if (study === null || row === undefined || study.grade !== "A" || !(row.margin > 0)) {
    return nothing(id, "the verdict does not measure displaced orders");
  }
  const part = rewardedPart(money, study.title, row.arm);
  const orders = context.reading.ordersPerRewarded * part;
  if (!(orders > 0)) return nothing(id, "no reward was spent yet");
  const displaced = row.lost / row.margin;
  const share = Math.min(0.999, Math.max(0.001, displaced / orders));
  const z = normalQuantile((1 + row.level) / 2);
  const error = (row.upper - row.lower) / (2 * z) / row.margin / orders;
  return {
    id,
    data: { mean: Math.log(share / (1 - share)), sd: error / (share * (1 - share)) },
    noise: NOISE,
    says: `${formatNumber(displaced, 2)} own orders less a user, ${formatNumber(orders, 2)} paid`,
  };
}
