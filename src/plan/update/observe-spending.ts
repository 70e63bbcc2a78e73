// What becomes of grants: how many are spent, after how long, and how much of their amount; and the
// busiest second. Grants that are still open count for the time that they have had.
import { formatNumber, formatPercent } from "../../report/format.ts";
import { logGamma } from "../../stats/customer-value/log-gamma.ts";
import { AgeCells } from "./age-cells.ts";
import { dataOf } from "./combine.ts";
import {
  type CalibrationContext,
  countOf,
  type Finding,
  MODEL_NOISE,
  UNSEEN_NOISE,
} from "./finding.ts";
import { fitCells } from "./fit-cells.ts";
import type { AgeCount, OfferReading, PeakReading } from "./journal-reading.ts";
import { type Belief, fromLink } from "./link.ts";
import { nothing } from "./observe-arrivals.ts";

const LEAST = 30;
const HALF = 0.5;

/**
 * The model spends at a constant rate; grants of people do not: the logarithm of a Weibull's shape,
 * mostly below 0, so that a long tail is never ruled out before it was seen.
 */
const SHAPE: Belief = { mean: Math.log(0.6), sd: 0.5 };

/** One in twenty delays that the counts allow is longer. */
const SLOW = 1.645;

export function spendingFindings(context: CalibrationContext): Finding[] {
  return context.plan.terms.offers.flatMap(({ id }, i) => {
    const reading = context.reading.offers.find((one) => one.id === id);
    // As it was opened: the last day may have been moved since it was planned.
    const expires = reading?.expires ?? context.terms.offers[i]!.expires;
    const spent = { ids: [`offers.${id}.redeemed`, `offers.${id}.delay`], of: "spent" } as const;
    const back = { ids: [`offers.${id}.cancelled`, `offers.${id}.cancelDelay`], of: "given back" };
    return [
      ...fateFindings(context, spent, reading?.redemptions ?? [], expires),
      ...fateFindings(context, back, reading?.cancellations ?? [], expires),
      ...usedFindings(context, id, reading),
    ];
  });
}

/** What becomes of some grants after a while: the share of them, and the hours that it takes. */
interface Fate {
  readonly ids: readonly string[];
  readonly of: string;
}

function fateFindings(
  context: CalibrationContext,
  { ids, of }: Fate,
  counts: readonly AgeCount[],
  expires: OfferReading["expires"],
): Finding[] {
  const beliefs = ids.map((id) => context.belief(id));
  if (beliefs.every((each) => each === null)) return [];
  const grants = countOf(counts);
  if (grants < LEAST) {
    return ids.filter((_, i) => beliefs[i] !== null).map((id) => nothing(id, "too few grants"));
  }
  const now = context.nowHour;
  const had = (hour: number): number =>
    expires.kind === "at"
      ? Math.min(now, expires.hours) - hour - HALF
      : Math.min(now - hour - HALF, expires.hours);
  const cells = new AgeCells(counts, had);
  const fixed = ids.map((id) => context.point(id) ?? 1);
  const [share, hours] = [beliefs[0], beliefs[1]];
  const priors: Belief[] = [...beliefs.filter((each) => each !== null), SHAPE];
  const shareOf = (point: readonly number[]): number =>
    share ? fromLink("logit", point[0]!) : fixed[0]!;
  const hoursOf = (point: readonly number[]): number =>
    hours ? Math.exp(point[share ? 1 : 0]!) : fixed[1]!;
  const by = (point: readonly number[]): ((age: number) => number) =>
    spentBy(hoursOf(point), Math.exp(Math.min(2, Math.max(-3, point.at(-1)!))));
  const fit = fitCells(priors, cells.observed, (point, into) => {
    const [all, spent] = [shareOf(point), by(point)];
    cells.expect((age) => all * spent(age), into);
  });
  if (fit === null) {
    return ids.filter((_, i) => beliefs[i]).map((id) => nothing(id, `none was ${of} yet`));
  }
  // What is to come is judged by the slowest delay that is still likely.
  const isDelay = (at: number): boolean => hours !== null && at === (share ? 1 : 0);
  const slow = fit.posterior.map(({ mean, sd }, at) => (isDelay(at) ? mean + SLOW * sd : mean));
  const unseen = 1 - cells.seen(by(slow));
  const noise = Math.hypot(MODEL_NOISE, UNSEEN_NOISE * unseen);
  const spent = countOf(counts.filter(({ age }) => age !== null));
  const open = formatPercent(unseen, 0);
  const part = `${formatNumber(spent)} of ${formatNumber(grants)} grants ${of}`;
  const says = `${part}; up to ${open} to come`;
  return ids.flatMap((id, i): Finding[] => {
    const belief = beliefs[i];
    if (!belief) return [];
    const found = fit.posterior[i === 0 || !share ? 0 : 1]!;
    const data = dataOf(belief, found);
    return [{ id, data: i === 0 ? data : notBelow(LEAST_DELAY, data), noise, says }];
  });
}

/** Ages are counted by the hour: shorter delays cannot be told from each other. */
const LEAST_DELAY: Belief = { mean: Math.log(0.5), sd: 0.5 };

function notBelow(least: Belief, found: Belief | null): Belief | null {
  return found !== null && found.mean < least.mean ? least : found;
}

/** Share that is spent by an age, of what ever will be, when it takes so many hours on average. */
function spentBy(meanHours: number, shape: number): (age: number) => number {
  const scale = meanHours / Math.exp(logGamma(1 + 1 / shape));
  return (age) => (age <= 0 ? 0 : 1 - Math.exp(-((age / scale) ** shape)));
}

function usedFindings(
  context: CalibrationContext,
  offer: string,
  reading: OfferReading | undefined,
): Finding[] {
  const id = `offers.${offer}.used`;
  if (context.belief(id) === null) return [];
  const { grants, sum, squares } = reading?.used ?? { grants: 0, sum: 0, squares: 0 };
  if (grants < LEAST) return [nothing(id, "too few grants were spent")];
  const mean = Math.min(1 - 0.5 / grants, Math.max(0.5 / grants, sum / grants));
  const variance = Math.max(0, squares / grants - (sum / grants) ** 2);
  const error = Math.sqrt(variance / grants) / (mean * (1 - mean));
  return [
    {
      id,
      data: { mean: Math.log(mean / (1 - mean)), sd: Math.max(error, 1 / Math.sqrt(grants)) },
      noise: MODEL_NOISE,
      says: `${formatPercent(mean)} of the amount of ${formatNumber(grants)} grants`,
    },
  ];
}

export function peakFindings(context: CalibrationContext): Finding[] {
  const { claimsPeak, ordersPeak } = context.reading;
  return [
    ...peakFinding(context, "reach.peak", claimsPeak),
    ...peakFinding(context, "orders.peak", ordersPeak),
  ];
}

/** Longer than a second hides what is shorter: the logarithm is so much less certain. */
const HIDDEN = 0.15;

function peakFinding(context: CalibrationContext, id: string, peak: PeakReading | null): Finding[] {
  if (context.belief(id) === null) return [];
  if (peak === null) return [nothing(id, "too few in the busiest hour")];
  const { ratio, seconds, events } = peak;
  const what = seconds === 1 ? "second" : `${seconds} seconds`;
  return [
    {
      id,
      data: { mean: Math.log(ratio), sd: 1 / Math.sqrt(events) },
      noise: Math.hypot(MODEL_NOISE, HIDDEN * Math.log(seconds)),
      says: `${formatNumber(events)} in the busiest ${what}`,
    },
  ];
}
