// What will still be spent of money that is out: learned from how earlier cohorts of the same
// campaign redeemed by age, with what was expected beforehand while there is little to learn from.
import type { RandomStream } from "../base/keystream.ts";

/** Grants that were made at about the same time. Money in any unit. */
export interface RedemptionCohort {
  /** Given out, without what was cancelled. */
  readonly issued: number;
  /** By class of age: redeemed at that age. */
  readonly redeemed: readonly number[];
  /** How many redemptions that was learned from. */
  readonly seen: number;
  /** How old its grants are now, and how old they get before they expire. */
  readonly age: number;
  readonly life: number;
  /** Still out, in so many grants. */
  readonly live: number;
  readonly liveCount: number;
}

export interface RedemptionTable {
  /** Ends of the classes of age, ascending; the last is the longest life. */
  readonly ages: readonly number[];
  readonly cohorts: readonly RedemptionCohort[];
  /** How old a grant gets that is made now. */
  readonly freshLife: number;
}

/** What was expected before anything was seen: a share that is redeemed, and its deviation. */
export interface SharePrior {
  readonly mean: number;
  readonly deviation: number;
}

export interface SpendOutlook {
  /** Draws of what is still redeemed of all that is out. */
  readonly draws: Float64Array;
  /** The same, if nobody redeems at ages that no grant has reached yet; and if everybody does. */
  readonly least: Float64Array;
  readonly most: Float64Array;
  /** The age that grants have reached; beyond it only what was expected beforehand counts. */
  readonly seenTo: number;
  /** By cohort: draws of what expires in the end. */
  readonly lapsing: readonly Float64Array[];
  /** Draws of the share that expires of a grant made now. */
  readonly lapseShare: Float64Array;
  /** By class of age: the share redeemed by its end, of grants that live so long. */
  readonly redeemedBy: readonly number[];
}

/** Cohorts differ by so much for certain, as a deviation of the logarithm; and so sure is that. */
const SPREAD = 0.15;
const SPREAD_WEIGHT = 3;
/** A prior of this deviation weighs as much as one cohort. */
const ONE_COHORT = 0.1;
const ROUNDING = 1e-9;

/**
 * Hazards by class of age over cohorts that are old enough for it, weighed anew in each draw
 * (Rubin's Bayesian bootstrap, so that cohorts which differ widen the interval), a level of its own
 * for each cohort still out, and the dice of single grants.
 */
export function spendOutlook(
  table: RedemptionTable,
  prior: SharePrior,
  count: number,
  stream: RandomStream,
): SpendOutlook {
  const hazards = new Hazards(table, prior);
  const spread = hazards.spread();
  const { seenTo } = hazards;
  const [draws, least, most] = [drawsOf(count), drawsOf(count), drawsOf(count)];
  const lapsing = table.cohorts.map(() => drawsOf(count));
  const lapseShare = drawsOf(count);
  const weights = new Float64Array(table.cohorts.length);
  const [born, fresh] = [hazards.placeOf(0), hazards.placeOf(table.freshLife)];
  const out = table.cohorts.flatMap(({ age, life, live, liveCount }, c) => {
    if (!(live > 0)) return [];
    const [from, to] = [hazards.placeOf(age), hazards.placeOf(life)];
    const isSeen = life <= seenTo * (1 + ROUNDING);
    return [{ c, live, liveCount, from, to, seen: isSeen ? to : hazards.placeOf(seenTo) }];
  });
  for (let draw = 0; draw < count; draw++) {
    for (let c = 0; c < weights.length; c++) weights[c] = -Math.log1p(-stream.nextFloat());
    const mean = prior.mean + prior.deviation * stream.nextNormal();
    hazards.weigh(weights, Math.min(0.99, Math.max(0.01, mean)));
    lapseShare[draw] = 1 - hazards.shareFrom(born, fresh, 1);
    for (const { c, live, liveCount, from, to, seen } of out) {
      const level = Math.exp(spread * stream.nextNormal() - (spread * spread) / 2);
      const luck = stream.nextNormal() / Math.sqrt(Math.max(1, liveCount));
      const expected = live * withDice(hazards.shareFrom(from, to, level), luck);
      draws[draw]! += expected;
      lapsing[c]![draw] = live - expected;
      if (seen === to) {
        least[draw]! += expected;
        most[draw]! += expected;
      } else {
        least[draw]! += live * withDice(hazards.shareFrom(from, seen, level), luck);
        most[draw]! += live;
      }
    }
  }
  hazards.weigh(weights.fill(1), prior.mean);
  const redeemedBy = hazards.redeemedBy();
  return { draws, least, most, seenTo, lapsing, lapseShare, redeemedBy };
}

/** The luck of single grants, as a deviation. */
function withDice(share: number, luck: number): number {
  return Math.min(1, Math.max(0, share + Math.sqrt(share * (1 - share)) * luck));
}

/** An age as a class and how far in it. */
interface AgePlace {
  readonly at: number;
  readonly part: number;
}

const drawsOf = (count: number): Float64Array => new Float64Array(count);

class Hazards {
  /** The end of the last class of age that is over for some cohort. */
  readonly seenTo: number;
  private readonly table: RedemptionTable;
  private readonly risk: readonly number[][];
  private readonly priorMoney: number;
  /** Cumulative hazard within each class, and up to each. */
  private readonly rate: Float64Array;
  private readonly before: Float64Array;

  constructor(table: RedemptionTable, prior: SharePrior) {
    this.table = table;
    this.rate = new Float64Array(table.ages.length);
    this.before = new Float64Array(table.ages.length + 1);
    this.risk = table.cohorts.map((cohort) => riskOf(cohort, table.ages));
    const seen = table.cohorts.map(({ life }, c) => {
      return Math.min(life, table.ages[this.risk[c]!.findLastIndex((at) => at > 0)] ?? 0);
    });
    this.seenTo = Math.max(0, ...seen);
    const issued = table.cohorts.reduce((sum, cohort) => sum + cohort.issued, 0);
    const cohorts = (ONE_COHORT / Math.max(prior.deviation, 0.005)) ** 2;
    this.priorMoney = (cohorts * Math.max(issued, 1)) / Math.max(1, table.cohorts.length);
  }

  weigh(weights: Float64Array, mean: number): void {
    const { cohorts, ages } = this.table;
    const total = -Math.log1p(-mean);
    const life = ages.at(-1) ?? 1;
    for (let k = 0; k < ages.length; k++) {
      // Beforehand half of the hazard is expected in the first quarter of a grant's life.
      const expected = total * (Math.sqrt(ages[k]! / life) - Math.sqrt((ages[k - 1] ?? 0) / life));
      let events = this.priorMoney * -Math.expm1(-expected);
      let risk = this.priorMoney;
      for (let c = 0; c < cohorts.length; c++) {
        const at = this.risk[c]![k]!;
        if (at === 0) continue;
        risk += weights[c]! * at;
        events += weights[c]! * Math.min(at, cohorts[c]!.redeemed[k]!);
      }
      this.rate[k] = -Math.log(Math.max(1e-9, 1 - Math.min(1, events / risk)));
      this.before[k + 1] = this.before[k]! + this.rate[k]!;
    }
  }

  placeOf(age: number): AgePlace {
    const { ages } = this.table;
    const at = ages.findIndex((end) => age < end);
    if (at < 0) return { at: ages.length, part: 0 };
    const from = ages[at - 1] ?? 0;
    return { at, part: Math.max(0, age - from) / (ages[at]! - from) };
  }

  /** Redeemed from one age to another, of what is not redeemed before. */
  shareFrom(from: AgePlace, to: AgePlace, level: number): number {
    return -Math.expm1(-Math.max(0, this.hazardTo(to) - this.hazardTo(from)) * level);
  }

  private hazardTo({ at, part }: AgePlace): number {
    return this.before[at]! + (part > 0 ? this.rate[at]! * part : 0);
  }

  redeemedBy(): number[] {
    return Array.from(this.before.subarray(1), (hazard) => -Math.expm1(-hazard));
  }

  /** How much cohorts differ from each other beyond what few redemptions explain. */
  spread(): number {
    const { cohorts, ages } = this.table;
    this.weigh(new Float64Array(cohorts.length).fill(1), 0.5);
    let sum = SPREAD_WEIGHT * SPREAD ** 2;
    let weight = SPREAD_WEIGHT;
    cohorts.forEach((cohort, c) => {
      let [seen, expected] = [0, 0];
      for (let k = 0; k < ages.length; k++) {
        const at = this.risk[c]![k]!;
        if (at === 0) continue;
        seen += cohort.redeemed[k]!;
        expected += at * -Math.expm1(-this.rate[k]!);
      }
      if (cohort.seen < 10 || !(expected > 0)) return;
      sum += Math.min(1, (seen / expected - 1) ** 2) - 1 / cohort.seen;
      weight += 1;
    });
    return Math.sqrt(Math.max(0, sum / weight));
  }
}

/**
 * By class: the money that could be redeemed in it, where it is over for the whole cohort; only a
 * part of it where grants lived through a part of the class.
 */
function riskOf(
  { issued, redeemed, age, life }: RedemptionCohort,
  ages: readonly number[],
): number[] {
  let left = issued;
  return ages.map((to, k) => {
    const from = ages[k - 1] ?? 0;
    const until = Math.min(to, life);
    const isSeen = life > from && age >= until;
    const at = isSeen ? (Math.max(0, left) * (until - from)) / (to - from) : 0;
    left -= redeemed[k]!;
    return at;
  });
}
