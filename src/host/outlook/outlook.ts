// Where a campaign's money stands and goes: what is out, what of it will be spent, and when nothing
// is left to give. Drawn with fixed seeds, so that the same state gives the same answer.
import { randomStream } from "../../base/keystream.ts";
import type { OutlookAnswer, RunOut, SpendForecast } from "../../contract/schema/outlook.ts";
import { boundMinor } from "../../core/money/exposure.ts";
import type { CampaignState } from "../../core/state.ts";
import {
  runOutDraws,
  type SharePrior,
  type SpendOutlook,
  spendOutlook,
} from "../../stats/index.ts";
import { type OutlookSample, recentlyTaken, sampleRedemptions } from "./outlook-sample.ts";
import { type OutlookTerms, termsInForce } from "./outlook-terms.ts";

const DRAWS = 200;
const SEED = 1;
const HOUR_MS = 3_600_000;
/** The recent past: up to three days in steps of an hour, or all there is in shorter ones. */
const MOST_STEPS = 72;
const LEAST_STEPS = 24;
/** Less is no past to learn a pace from. */
const LEAST_MS = 300_000;
const LEAST_GRANTS = 20;

/** Without a word of the campaign file about it, any share is as likely. */
const ANY_SHARE: SharePrior = { mean: 0.5, deviation: 0.29 };

/** All that an outlook is drawn from, taken out of the state, which may go on meanwhile. */
export interface OutlookReading {
  readonly atMs: number;
  readonly budgetMinor: number;
  readonly spentMinor: number;
  readonly prior: SharePrior;
  readonly sample: OutlookSample | null;
  /** Null: no claims are taken, or there is too little to learn a pace from. */
  readonly pace: PaceReading | null;
}

interface PaceReading {
  readonly stepMs: number;
  readonly taken: readonly number[];
  readonly endsAtMs: number;
  readonly leftMinor: number;
  readonly beyondMinor: number;
  readonly settlingLagMs: number;
  /** When expired money is free, and how much. */
  readonly settling: readonly (readonly [freeAtMs: number, amountMinor: number])[];
  readonly released: ((byMs: number) => number) | null;
}

/** What an outlook says of money to come. */
export type Foreseen = Pick<Required<OutlookAnswer>, "expected" | "redeemedBy" | "runOut">;

export function outlookOf(
  campaign: CampaignState,
  atMs: number,
): Omit<OutlookAnswer, "status" | "replayed" | "atMs" | "sequence" | "durable"> {
  const { books, definition, suspicion } = campaign;
  const { budgetMinor, spentMinor, reservedMinor, settlingMinor, returnedMinor } = books;
  const [reading] = readOutlook(campaign, [termsInForce(campaign)], atMs);
  return {
    campaign: definition.id,
    currency: definition.currency,
    decimals: definition.decimals,
    budgetMinor,
    spentMinor,
    reservedMinor,
    settlingMinor,
    returnedMinor,
    setAsideMinor: campaign.setAsideMinor,
    receivableMinor: suspicion.books.receivableMinor,
    freeMinor: Math.max(0, budgetMinor - spentMinor - reservedMinor - settlingMinor),
    grantableMinor: Math.max(0, campaign.grantableMinor),
    beyondMinor: Math.max(0, boundMinor(campaign) - budgetMinor),
    worstMinor: Math.min(budgetMinor, spentMinor + reservedMinor + settlingMinor),
    ...drawOutlook(reading!),
  };
}

/** When nothing is left to give; null: no claims now, or too little to tell by. */
export function runOutAt(campaign: CampaignState, atMs: number): RunOut | null {
  const [reading] = readOutlook(campaign, [termsInForce(campaign)], atMs);
  return drawOutlook(reading!).runOut;
}

/** Reads the state once, for an outlook under each of the terms. */
export function readOutlook(
  campaign: CampaignState,
  terms: readonly OutlookTerms[],
  atMs: number,
): OutlookReading[] {
  const samples = sampleRedemptions(campaign, terms, atMs);
  const recent = recentPace(campaign, atMs);
  return terms.map((one, i) => {
    const { budgetMinor, overissue } = one.definition;
    const prior =
      overissue === undefined
        ? ANY_SHARE
        : { mean: overissue.redeemedShare, deviation: overissue.deviation };
    return {
      ...{ atMs, budgetMinor, spentMinor: campaign.books.spentMinor, prior },
      ...{ sample: samples[i]!, pace: paceOf(campaign, one, recent, atMs) },
    };
  });
}

/** What was taken lately, in steps; null while there is too little of it. */
function recentPace(
  campaign: CampaignState,
  atMs: number,
): Pick<PaceReading, "stepMs" | "taken"> | null {
  const { definition, phase, grantCount } = campaign;
  const isOpen = phase === "open" && atMs >= definition.startsAtMs;
  if (!isOpen || grantCount < LEAST_GRANTS) return null;
  const sinceMs = atMs - Math.max(definition.startsAtMs, campaign.grantedAtMs(0));
  if (sinceMs < LEAST_MS) return null;
  const steps = Math.min(MOST_STEPS, Math.max(LEAST_STEPS, Math.floor(sinceMs / HOUR_MS)));
  const stepMs = Math.min(HOUR_MS, sinceMs / steps);
  return { stepMs, taken: recentlyTaken(campaign, atMs, stepMs, steps) };
}

function paceOf(
  { settling }: CampaignState,
  terms: OutlookTerms,
  recent: ReturnType<typeof recentPace>,
  atMs: number,
): PaceReading | null {
  const { endsAtMs, settlingLagMs } = terms.definition;
  if (recent === null || atMs >= endsAtMs) return null;
  const { freeAtMs, amountMinor, head } = settling;
  return {
    ...recent,
    ...{ endsAtMs, settlingLagMs, leftMinor: terms.grantableMinor, beyondMinor: terms.beyondMinor },
    settling: freeAtMs.slice(head).map((free, i) => [free, amountMinor[head + i]!] as const),
    released: terms.released(atMs),
  };
}

/** Draws from what was read, without the state: some milliseconds. */
export function drawOutlook(reading: OutlookReading): Foreseen {
  const { sample, prior } = reading;
  const stream = randomStream(SEED, "outlook spend");
  const spend = sample === null ? null : spendOutlook(sample.table, prior, DRAWS, stream);
  return {
    expected: forecastOf(reading, spend),
    redeemedBy: redeemedBy(sample, spend),
    runOut: runOutOf(reading, spend),
  };
}

/** What will have been spent of all that is out now, when all of it is over. */
function forecastOf(
  { budgetMinor, spentMinor }: OutlookReading,
  spend: SpendOutlook | null,
): SpendForecast {
  const endsOf = (draws: Float64Array | undefined): Float64Array => {
    return Float64Array.from(draws ?? [0], (more) => spentMinor + more).sort();
  };
  const ends = endsOf(spend?.draws);
  const at = (share: number, of = ends): number => {
    return Math.round(Math.min(budgetMinor, quantile(of, share)));
  };
  const refused = ends.filter((end) => end > budgetMinor).length / ends.length;
  return {
    spendMinor: at(0.5),
    likely: { fromMinor: at(0.1), toMinor: at(0.9) },
    almostSure: { fromMinor: at(0.025), toMinor: at(0.975) },
    seenToAgeMs: Math.round(spend?.seenTo ?? 0),
    bounds: { fromMinor: at(0.025, endsOf(spend?.least)), toMinor: at(0.975, endsOf(spend?.most)) },
    refusalChance: refused,
  };
}

function redeemedBy(
  sample: OutlookSample | null,
  spend: SpendOutlook | null,
): { ageMs: number; share: number }[] {
  if (sample === null || spend === null) return [];
  return sample.table.ages.map((ageMs, k) => ({
    ageMs: Math.round(ageMs),
    share: spend.redeemedBy[k]!,
  }));
}

function runOutOf(
  { sample, pace, atMs }: OutlookReading,
  spend: SpendOutlook | null,
): RunOut | null {
  if (pace === null || sample === null || spend === null) return null;
  const { stepMs, taken, endsAtMs, released } = pace;
  const life = sample.table.freshLife + pace.settlingLagMs;
  const question = {
    left: pace.leftMinor,
    ...{ taken, horizon: (endsAtMs - atMs) / stepMs },
    returns: returnsOf(pace, sample, spend, atMs),
    ...{ life: life / stepMs, lapseShare: spend.lapseShare },
    ...(released === null ? {} : { released: (step: number) => released(atMs + step * stepMs) }),
  };
  const draws = runOutDraws(question, DRAWS, randomStream(SEED, "outlook run-out")).sort();
  const instant = (share: number): number | null => {
    const step = draws[Math.min(DRAWS - 1, Math.floor(share * DRAWS))]!;
    return Number.isFinite(step) ? Math.round(atMs + step * stepMs) : null;
  };
  const perStep = taken.reduce((a, b) => a + b, 0) / taken.length;
  return {
    chance: draws.filter(Number.isFinite).length / DRAWS,
    ...{ atMs: instant(0.5), fromMs: instant(0.05), toMs: instant(0.95) },
    hourlyMinor: Math.round((perStep * HOUR_MS) / stepMs),
    learnedFromMs: Math.round(taken.length * stepMs),
    isPaced: released !== null,
  };
}

/** In a draw: what settles, and what expires of live money, at the step in which it is free. */
function returnsOf(
  { settling, settlingLagMs, stepMs, beyondMinor }: PaceReading,
  { liveUntilMs }: OutlookSample,
  { lapsing }: SpendOutlook,
  atMs: number,
): (draw: number) => Map<number, number> {
  const stepOf = (freeAtMs: number): number => Math.max(0, Math.ceil((freeAtMs - atMs) / stepMs));
  const add = (back: Map<number, number>, step: number, minor: number): void => {
    back.set(step, (back.get(step) ?? 0) + minor);
  };
  const settled = new Map<number, number>();
  for (const [freeAtMs, amountMinor] of settling) add(settled, stepOf(freeAtMs), amountMinor);
  const steps = liveUntilMs.map((untilMs) => stepOf(untilMs + settlingLagMs));
  return (draw) => {
    const back = new Map(settled);
    lapsing.forEach((minor, c) => {
      add(back, steps[c]!, minor[draw]!);
    });
    if (beyondMinor > 0) takeFirst(back, beyondMinor);
    return back;
  };
}

/** What comes back first does not come back: over-issue counted on it already. */
function takeFirst(back: Map<number, number>, minor: number): void {
  let counted = minor;
  for (const [step, amount] of [...back].sort(([one], [other]) => one - other)) {
    const used = Math.min(counted, amount);
    counted -= used;
    back.set(step, amount - used);
  }
}

function quantile(sorted: Float64Array, share: number): number {
  return sorted[Math.min(sorted.length - 1, Math.floor(share * sorted.length))]!;
}
