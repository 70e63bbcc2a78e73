// Rewards beyond a claimer's first. An accepted invite gives both sides one; most people get none,
// a few get many, and the cap of a user cuts them off. Of those who get any, the numbers are
// geometric.
import type { CampaignInputs } from "./inputs.ts";

export interface FurtherRewards {
  /** Of a claimer: mean and variance of what the cap lets through. */
  readonly mean: number;
  readonly variance: number;
  /** Mean of what is asked for beyond the cap. */
  readonly beyond: number;
  /** Share of the claimers who have all that a user may have. */
  readonly full: number;
}

const NONE: FurtherRewards = { mean: 0, variance: 0, beyond: 0, full: 0 };

/**
 * @param part of the invites that are rewarded
 * @param most rewards of a user, the first one included
 */
export function furtherRewards(
  draw: Pick<CampaignInputs, "invites" | "senders" | "collectors">,
  part: number,
  most: number,
): FurtherRewards {
  const wanted = 2 * draw.invites * part;
  const cap = most - 1;
  if (!(wanted > 0) || cap <= 0) return { ...NONE, beyond: wanted, full: cap <= 0 ? 1 : 0 };
  // Who gets one goes on with probability q; without `senders` nobody's first one is special.
  const senders = Math.min(draw.senders ?? wanted / (1 + wanted), wanted, 1);
  const q = 1 - senders / wanted;
  const cut = q ** cap;
  // The sum of (2 j - 1) q^(j - 1) to the cap is the mean square.
  const last = cut === 0 ? 0 : cap * cut;
  const steps = (1 - cut - last * (1 - q)) / (1 - q) ** 2;
  const square = senders * (2 * steps - (1 - cut) / (1 - q));
  // Without a cap there is no all that a user may have.
  const collected = Number.isFinite(cap) ? cap : 0;
  const mean = wanted * (1 - cut) + draw.collectors * collected;
  return {
    mean,
    variance: square + draw.collectors * collected ** 2 - mean ** 2,
    beyond: wanted * cut,
    full: collected === 0 ? 0 : senders * q ** (cap - 1) + draw.collectors,
  };
}

/**
 * Mean hours until a further reward comes where a user may have only `perDay` a day: who has more
 * on one day gets them on the next ones.
 * @param part of the invites that are rewarded
 * @param most rewards of a user, the first one included
 */
export function delayUnderDayCap(
  draw: Pick<CampaignInputs, "invites" | "senders" | "collectors" | "inviteDelay">,
  part: number,
  most: number,
  perDay: number,
): number {
  const wanted = 2 * draw.invites * part;
  const { inviteDelay: hours, collectors } = draw;
  if (!(wanted > 0) || !(most > perDay)) return hours;
  const senders = Math.min(draw.senders ?? wanted / (1 + wanted), wanted, 1);
  const q = 1 - senders / wanted;
  let [sum, weights] = [0, 0];
  for (let day = 0; day < DAYS_MOST; day++) {
    // The first reward of all is the claim's own.
    const from = Math.max(1, day * perDay);
    const to = Math.min(most - 1, day * perDay + perDay - 1);
    if (from > most - 1) break;
    const ofSenders = wanted * (q ** (from - 1) - q ** to);
    const weight =
      to < from ? 0 : ofSenders + (Number.isFinite(most) ? collectors : 0) * (to - from + 1);
    const waits = HOURS_OF_DAY * day;
    // Of an exponential delay, whatever is shorter than the wait becomes it.
    sum += weight * (waits + hours * Math.exp(-waits / hours));
    weights += weight;
    if (day > 0 && weight < FEW * weights) break;
  }
  return weights > 0 ? sum / weights : hours;
}

const HOURS_OF_DAY = 24;
const DAYS_MOST = 1000;
const FEW = 1e-9;
