// What one user may have, as a number of rewards of an offer.
import type { HourlyTerms } from "./terms.ts";

const HOURS_OF_DAY = 24;

/** By caps on a user's rewards and money, over the whole campaign. */
function mostRewards(terms: HourlyTerms, offer: number): number {
  const { rewardsPerUser, moneyPerUser = Number.POSITIVE_INFINITY } = terms;
  const { reward } = terms.offers[offer]!;
  // Rounding may leave a whole number a hair short.
  const byMoney = reward > 0 ? Math.floor(moneyPerUser / reward + 1e-9) : rewardsPerUser;
  return Math.min(rewardsPerUser, byMoney);
}

/** The same while its wave is open, each day with a cap of its own. */
export function mostRewardsOfWave(terms: HourlyTerms, offer: number): number {
  const { rewardsPerUserDay: perDay, waves, offers } = terms;
  const most = mostRewards(terms, offer);
  if (perDay === undefined) return most;
  const { fromHour, toHour } = waves[offers[offer]!.wave]!;
  return Math.min(most, perDay * Math.ceil((toHour - fromHour) / HOURS_OF_DAY));
}
