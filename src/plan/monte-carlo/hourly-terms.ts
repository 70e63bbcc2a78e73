// The terms of a plan's campaign as the model takes them: hour by hour from the start, in the
// campaign's own days.
import { assert } from "../../base/assert.ts";
import { shareAt } from "../../core/pacing/pace.ts";
import type { HourlyTerms } from "../model/terms.ts";
import { HOURS_MOST, hoursOfCampaign } from "../plan-file/campaign-hours.ts";
import type { CampaignTerms, PlanFile } from "../plan-file/plan.ts";
import { sharedCaps } from "./shared-cap-terms.ts";

const HOUR_MS = 3_600_000;

export function hourlyTerms(plan: Pick<PlanFile, "terms" | "dayCurve" | "months">): HourlyTerms {
  const { terms } = plan;
  const hours = hoursOfCampaign(terms);
  assert(hours > 0 && hours <= HOURS_MOST, `expected a campaign to ${HOURS_MOST} h, got ${hours}`);
  const days = daysOf(terms, hours);
  return {
    budget: terms.budget,
    settlingHours: terms.settlingLagMs / HOUR_MS,
    waves: terms.waves.map((wave) => ({
      id: wave.id,
      ...openHours(
        (wave.fromMs - terms.startsAtMs) / HOUR_MS,
        (wave.toMs - terms.startsAtMs) / HOUR_MS,
      ),
      budget: wave.budget ?? terms.budget,
      released: releasedByHour(wave, terms.startsAtMs),
    })),
    offers: terms.offers.map((offer) => ({
      id: offer.id,
      wave: offer.wave,
      reward: offer.meanReward,
      deviation: offer.rewardDeviation,
      skewness: offer.rewardSkewness,
      expires: {
        kind: offer.expires.kind,
        hours: (offer.expires.ms - (offer.expires.kind === "at" ? terms.startsAtMs : 0)) / HOUR_MS,
      },
    })),
    rewardsPerUser: terms.perUser.grants ?? Number.POSITIVE_INFINITY,
    ...(terms.perUser.grantsPerDay === null
      ? {}
      : { rewardsPerUserDay: terms.perUser.grantsPerDay }),
    ...(terms.perUser.money === null ? {} : { moneyPerUser: terms.perUser.money }),
    caps: sharedCaps(terms),
    holdout: terms.holdoutShare,
    hourWeights: Float64Array.from(days.hourOfDay, (hour) => plan.dayCurve[hour]!),
    dayOfHour: days.dayOfHour,
    months: plan.months,
    rewardRatio: 1,
    budgetRatio: 1,
  };
}

/** The share of a wave's budget that its curve has let out by the end of each of its hours. */
function releasedByHour(
  { curve, fromMs, toMs }: CampaignTerms["waves"][number],
  startsAtMs: number,
): Float64Array | null {
  if (curve === null) return null;
  const { fromHour, toHour } = openHours(
    (fromMs - startsAtMs) / HOUR_MS,
    (toMs - startsAtMs) / HOUR_MS,
  );
  return Float64Array.from({ length: toHour - fromHour }, (_, i) =>
    shareAt(curve, startsAtMs + (fromHour + i + 1) * HOUR_MS),
  );
}

/** The hours that a wave touches, and how much of the first and the last of them it leaves out. */
function openHours(from: number, to: number) {
  const [fromHour, toHour] = [Math.floor(from), Math.ceil(to)];
  return { fromHour, toHour, lateBy: from - fromHour, earlyBy: toHour - to };
}

/** The local day and hour of each hour; a day of 23 or 25 hours is one. */
function daysOf(
  terms: CampaignTerms,
  hours: number,
): { readonly dayOfHour: Uint16Array; readonly hourOfDay: Uint8Array } {
  const dayOfHour = new Uint16Array(hours);
  const hourOfDay = new Uint8Array(hours);
  const { dayStartsMs } = terms;
  let day = 0;
  for (let hour = 0; hour < hours; hour++) {
    const atMs = terms.startsAtMs + hour * HOUR_MS;
    while (day + 1 < dayStartsMs.length && dayStartsMs[day + 1]! <= atMs) day += 1;
    // Beyond the last day that is known, days have 24 hours.
    const since = Math.floor((atMs - dayStartsMs[day]!) / HOUR_MS);
    const isLast = day + 1 === dayStartsMs.length;
    dayOfHour[hour] = day + (isLast ? Math.floor(since / 24) : 0);
    hourOfDay[hour] = isLast ? since % 24 : Math.min(23, since);
  }
  return { dayOfHour, hourOfDay };
}
