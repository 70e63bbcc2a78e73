// The terms of a plan's campaign as the model takes them: hour by hour from the start, in the
// campaign's own days.
import { assert } from "../../base/assert.ts";
import type { HourlyTerms } from "../model/terms.ts";
import type { CampaignTerms, PlanFile } from "../plan-file/plan.ts";

const HOUR_MS = 3_600_000;

/** A campaign of more hours than this is not one. */
const HOURS_MOST = 2 * 366 * 24;

export function hourlyTerms(plan: Pick<PlanFile, "terms" | "dayCurve" | "months">): HourlyTerms {
  const { terms } = plan;
  const hours = hoursOf(terms);
  const days = daysOf(terms, hours);
  return {
    budget: terms.budget,
    settlingHours: terms.settlingLagMs / HOUR_MS,
    waves: terms.waves.map((wave) => ({
      id: wave.id,
      fromHour: Math.round((wave.fromMs - terms.startsAtMs) / HOUR_MS),
      toHour: Math.round((wave.toMs - terms.startsAtMs) / HOUR_MS),
      budget: wave.budget ?? terms.budget,
      released: null,
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
    holdout: terms.holdoutShare,
    hourWeights: Float64Array.from(days.hourOfDay, (hour) => plan.dayCurve[hour]!),
    dayOfHour: days.dayOfHour,
    months: plan.months,
    rewardRatio: 1,
    budgetRatio: 1,
  };
}

/** To the last expiry or the close, whichever is later. */
function hoursOf(terms: CampaignTerms): number {
  const ends = terms.offers.map(({ expires }) =>
    expires.kind === "at" ? expires.ms : terms.endsAtMs + expires.ms,
  );
  const lastMs = Math.max(terms.endsAtMs, ...ends);
  const hours = Math.ceil((lastMs - terms.startsAtMs) / HOUR_MS);
  assert(hours > 0 && hours <= HOURS_MOST, `expected a campaign to ${HOURS_MOST} h, got ${hours}`);
  return hours;
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
