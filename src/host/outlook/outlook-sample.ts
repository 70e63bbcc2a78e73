// The figures that an outlook learns from, taken out of the state without stalling the writer: the
// same number of grants and redemptions is looked at however many there are.
import { expiryAt } from "../../core/grants/expiry-queue.ts";
import { isSecured } from "../../core/money/exposure.ts";
import type { CampaignState } from "../../core/state.ts";
import { GRANT } from "../../core/state-words.ts";
import type { RedemptionCohort, RedemptionTable } from "../../stats/index.ts";
import type { OutlookTerms } from "./outlook-terms.ts";

/** Looked at of each, evenly over time. */
const SAMPLED = 4000;
const COHORTS = 24;
const CLASSES = 16;
/** Looked at in each step of the recent past, for the mean of its grants. */
const SAMPLED_A_STEP = 32;

interface Gathered {
  issued: number;
  redeemed: number[];
  seen: number;
  count: number;
  ages: number;
  lives: number;
  live: number;
  liveCount: number;
}

export interface OutlookSample {
  table: RedemptionTable;
  /** Live money that expires again, by cohort: when its last grant does. */
  liveUntilMs: readonly number[];
}

/** What is gathered under some terms: they tell how long a grant lives. */
interface Sampled {
  terms: OutlookTerms;
  cohorts: Gathered[];
  longest: number;
  ages: number[];
  /** How old grants get that are made now, by the offers of the last cohort. */
  freshCohort: Gathered | null;
  freshLives: number;
  freshCount: number;
}

/**
 * Grants in cohorts by time, with what each redeemed by age, once for each of the terms; null where
 * all were taken back, or there is none. Every row is read once: that is what takes the time.
 */
export function sampleRedemptions(
  campaign: CampaignState,
  terms: readonly OutlookTerms[],
  atMs: number,
): (OutlookSample | null)[] {
  const { grantCount } = campaign;
  if (grantCount === 0) return terms.map(() => null);
  const sampled = terms.map((one): Sampled => {
    const cohorts = Array.from({ length: Math.min(COHORTS, grantCount) }, empty);
    return {
      terms: one,
      cohorts,
      longest: 1,
      ages: [],
      freshCohort: null,
      freshLives: 0,
      freshCount: 0,
    };
  });
  sampleGrants(campaign, sampled, atMs);
  for (const one of sampled) {
    one.longest = Math.max(one.longest, one.freshLives / Math.max(1, one.freshCount));
    one.ages = Array.from({ length: CLASSES }, (_, k) => one.longest * ((k + 1) / CLASSES) ** 2);
  }
  sampleRedeemed(campaign, sampled);
  return sampled.map((one) => {
    const isEmpty = one.cohorts.every(({ count }) => count === 0);
    return isEmpty ? null : sampleOf(campaign, one, atMs);
  });
}

/** What was looked at stands for what the books say. */
function sampleOf(
  { books }: CampaignState,
  { cohorts, ages, freshLives, freshCount }: Sampled,
  atMs: number,
): OutlookSample {
  const live = cohorts.reduce((sum, cohort) => sum + cohort.live, 0);
  const spent = cohorts.reduce((sum, { redeemed }) => sum + redeemed.reduce((a, b) => a + b, 0), 0);
  const liveScale = live > 0 ? books.reservedMinor / live : 0;
  const spentScale = spent > 0 ? books.spentMinor / spent : 0;
  const table = {
    ages,
    freshLife: freshLives / Math.max(1, freshCount),
    cohorts: cohorts
      .filter(({ count }) => count > 0)
      .map((cohort): RedemptionCohort => {
        const { issued, redeemed, seen, count, liveCount } = cohort;
        return {
          ...{ issued, seen, liveCount, live: cohort.live * liveScale },
          redeemed: redeemed.map((minor) => minor * spentScale),
          ...{ age: cohort.ages / count, life: cohort.lives / count },
        };
      }),
  };
  const liveUntilMs = table.cohorts.map(({ age, life }) => atMs + Math.max(0, life - age));
  return { table, liveUntilMs };
}

function empty(): Gathered {
  const sums = { issued: 0, seen: 0, count: 0, ages: 0, lives: 0, live: 0, liveCount: 0 };
  return { ...sums, redeemed: new Array<number>(CLASSES).fill(0) };
}

function cohortAt({ cohorts }: Sampled, grant: number, grantCount: number): Gathered {
  return cohorts[Math.floor((grant * cohorts.length) / grantCount)]!;
}

function sampleGrants(campaign: CampaignState, sampled: readonly Sampled[], atMs: number): void {
  const { grantCount } = campaign;
  const looked = Math.min(SAMPLED, grantCount);
  const each = grantCount / looked;
  for (let i = 0; i < looked; i++) {
    const grant = Math.floor((i + 0.5) * each);
    const state = campaign.grantState.get(grant);
    if (state === GRANT.cancelled || state === GRANT.clawedBack) continue;
    const grantedAtMs = campaign.grantedAtMs(grant);
    const amount = campaign.grantAmount.get(grant);
    const reserved = campaign.reservedMinor(grant);
    for (const one of sampled) {
      const expiresAtMs = one.terms.expiresAtMs(grant);
      const cohort = cohortAt(one, grant, grantCount);
      cohort.issued += amount * each;
      cohort.count += 1;
      cohort.ages += atMs - grantedAtMs;
      cohort.lives += expiresAtMs - grantedAtMs;
      one.longest = Math.max(one.longest, expiresAtMs - grantedAtMs);
      if (cohort !== one.freshCohort) {
        Object.assign(one, { freshCohort: cohort, freshLives: 0, freshCount: 0 });
      }
      lookAhead(one, campaign.grantOffer(grant), atMs);
      const rest = atMs < expiresAtMs ? reserved : 0;
      cohort.live += rest * each;
      if (rest > 0) cohort.liveCount += each;
    }
  }
}

/** How long another grant of the same offer would live. */
function lookAhead(sampled: Sampled, offer: number, atMs: number): void {
  const { offers, closesAtMs } = sampled.terms.definition;
  const life = Math.max(0, expiryAt(offers[offer]!.expiry, atMs, closesAtMs) - atMs);
  sampled.freshLives += life;
  sampled.freshCount += 1;
}

function sampleRedeemed(campaign: CampaignState, sampled: readonly Sampled[]): void {
  const { redemptionCount, grantCount } = campaign;
  const looked = Math.min(SAMPLED, redemptionCount);
  const each = redemptionCount / Math.max(1, looked);
  const { startsAtMs } = campaign.definition;
  for (let i = 0; i < looked; i++) {
    const redemption = Math.floor((i + 0.5) * each);
    if (campaign.redemptionReversed.get(redemption) === 1) continue;
    const grant = campaign.redemptionGrant.get(redemption);
    const state = campaign.grantState.get(grant);
    if (state === GRANT.cancelled || state === GRANT.clawedBack) continue;
    const age = startsAtMs + campaign.redemptionAt.get(redemption) - campaign.grantedAtMs(grant);
    const amount = campaign.redemptionAmount.get(redemption) * each;
    for (const one of sampled) {
      const at = one.ages.findIndex((end) => age < end);
      const cohort = cohortAt(one, grant, grantCount);
      cohort.redeemed[at < 0 ? one.ages.length - 1 : at]! += amount;
      cohort.seen += 1;
    }
  }
}

/** What was granted in each of the last steps, without money that was set aside; oldest first. */
export function recentlyTaken(
  campaign: CampaignState,
  atMs: number,
  stepMs: number,
  steps: number,
): number[] {
  return Array.from({ length: steps }, (_, i) => {
    const from = firstGrantFrom(campaign, atMs - (steps - i) * stepMs);
    const to = firstGrantFrom(campaign, atMs - (steps - i - 1) * stepMs);
    const looked = Math.min(SAMPLED_A_STEP, to - from);
    let sum = 0;
    for (let j = 0; j < looked; j++) {
      const grant = from + Math.floor(((j + 0.5) * (to - from)) / looked);
      if (!isSecured(campaign, campaign.grantOffer(grant))) sum += campaign.grantAmount.get(grant);
    }
    return looked === 0 ? 0 : (sum * (to - from)) / looked;
  });
}

/** Grants are numbered in the order of time. */
function firstGrantFrom(campaign: CampaignState, atMs: number): number {
  let [low, high] = [0, campaign.grantCount];
  while (low < high) {
    const middle = Math.floor((low + high) / 2);
    if (campaign.grantedAtMs(middle) < atMs) low = middle + 1;
    else high = middle;
  }
  return low;
}
