// The people: who they are, when they come, and on which days they would be active under each
// combination of (contacted, rewarded). Arrivals are placed day by day so that the daily users of
// the first two days and the number who tried it are the published ones.
import { assert } from "../base/assert.ts";
import type { RandomStream } from "../base/keystream.ts";
import { randomStream } from "../base/keystream.ts";
import {
  copyPath,
  dayCount,
  firstActiveDay,
  isActive,
  markDay,
  pathAt,
  wordsPerUser,
} from "./activity.ts";
import { habitShare, survivalCurve } from "./retention.ts";
import type { CrowdShape } from "./shape.ts";

export type Segment = "existing" | "lapsed" | "newcomer" | "bot";

export interface People {
  /** Existing users first, then lapsed ones (together the known audience), then newcomers. */
  readonly count: number;
  readonly existing: number;
  readonly audience: number;
  /** First day seen when contacted, or -1: does not come. */
  readonly arrivalDay: Int8Array;
  /** Day of the first claim when contacted, or -1. */
  readonly claimDay: Int8Array;
  readonly paths: Uint32Array;
  /** Orders paid from the own pocket in 30 days, unrewarded and rewarded. */
  readonly ownOrders: Uint8Array;
  readonly ownOrdersRewarded: Uint8Array;
}

export function segmentOf(people: People, user: number): Segment {
  if (user < people.existing) return "existing";
  if (user < people.audience) return "lapsed";
  return user < people.count ? "newcomer" : "bot";
}

// Invented: how long existing users live (mean days) and how often they come, unrewarded and
// rewarded; own orders in 30 days, the share of them that a card replaces, and who orders once more
// from habit.
const lifeDays = 150;
const lifeDaysRewarded = 260;
const habitFactorRewarded = 1.1;
const ownOrdersExisting = 0.8;
const ownOrdersComer = 0.35;
const cannibalisedShare = 0.4;
const habitOrderShare = 0.08;

/**
 * How arrivals after day 1 fall off, with the second wave's bump. Invented; any positive weights.
 */
function laterArrivalWeights(shape: CrowdShape): number[] {
  const weights: number[] = [];
  for (let day = 2; day < shape.campaignDays; day++) {
    const wave = day < shape.waveTwoDay ? 1 : 0.9;
    const age = day < shape.waveTwoDay ? day - 2 : day - shape.waveTwoDay;
    weights.push(wave * 0.78 ** age);
  }
  return weights;
}

export function createPeople(seed: string | number, shape: CrowdShape): People {
  const builder = new PeopleBuilder(seed, shape);
  builder.drawExisting();
  builder.placeComers();
  builder.drawOwnOrders();
  return builder.finish();
}

class PeopleBuilder {
  private readonly shape: CrowdShape;
  private readonly days: RandomStream;
  private readonly who: RandomStream;
  private readonly wallets: RandomStream;
  private readonly aliveRewarded: Float64Array;
  private readonly aliveUnrewarded: Float64Array;
  private readonly capacity: number;
  private readonly paths: Uint32Array;
  private readonly arrivalDay: Int8Array;
  private readonly claimDay: Int8Array;
  private readonly ownOrders: Uint8Array;
  private readonly ownOrdersRewarded: Uint8Array;
  private count: number;

  constructor(seed: string | number, shape: CrowdShape) {
    this.shape = shape;
    this.days = randomStream(seed, "crowd/days");
    this.who = randomStream(seed, "crowd/who");
    this.wallets = randomStream(seed, "crowd/wallets");
    this.aliveRewarded = survivalCurve(shape.retentionRewarded, dayCount);
    this.aliveUnrewarded = survivalCurve(shape.retentionUnrewarded, dayCount);
    for (let day = 0; day < dayCount; day++) {
      const worse = this.aliveUnrewarded[day]! <= this.aliveRewarded[day]!;
      assert(worse, `unrewarded retention of day ${day} is above the rewarded one`);
    }
    this.count = shape.audienceExisting + shape.audienceLapsed;
    this.capacity = this.count + shape.usersTried;
    this.paths = new Uint32Array(this.capacity * wordsPerUser);
    this.arrivalDay = new Int8Array(this.capacity).fill(-1);
    this.claimDay = new Int8Array(this.capacity).fill(-1);
    this.ownOrders = new Uint8Array(this.capacity);
    this.ownOrdersRewarded = new Uint8Array(this.capacity);
  }

  /** Existing users keep their habit; contact adds one visit on purpose, a reward lengthens it. */
  drawExisting(): void {
    const { shape, paths } = this;
    const visitWeights = [0.45, 0.25, 0.12, 0.08, 0.05, 0.03, 0.02];
    // A habit of low + span * u^2 has the mean low + span / 3.
    const mean = shape.dailyUsersBefore / shape.audienceExisting;
    const low = 0.05;
    const span = Math.min(0.95 - low, 3 * (mean - low));
    for (let user = 0; user < shape.audienceExisting; user++) {
      const habit = low + span * this.who.nextFloat() ** 2;
      const purpose = this.who.nextFloat();
      const visitDay = pickWeighted(visitWeights, this.who.nextFloat());
      const alone = pathAt(user, false, false);
      const contacted = pathAt(user, true, false);
      const rewarded = pathAt(user, true, true);
      const life = this.days.nextFloat();
      for (let day = -1; day < dayCount; day++) {
        const draw = this.days.nextFloat();
        if (life < Math.exp(-Math.max(0, day) / lifeDays) && draw < habit)
          markDay(paths, alone, day);
        const longer = life < Math.exp(-Math.max(0, day) / lifeDaysRewarded);
        if (longer && draw < Math.min(1, habit * habitFactorRewarded))
          markDay(paths, rewarded, day);
      }
      copyPath(paths, alone, contacted);
      if (purpose < shape.existingComeContacted) markDay(paths, contacted, visitDay);
      const first = firstActiveDay(paths, contacted, 0, shape.campaignDays);
      this.arrivalDay[user] = first;
      this.claimDay[user] = first;
      copyPath(paths, rewarded, pathAt(user, false, true));
      this.joinAt(rewarded, contacted, first);
      const aloneFirst = firstActiveDay(paths, alone, 0, shape.campaignDays);
      this.joinAt(pathAt(user, false, true), alone, aloneFirst);
    }
  }

  /** Nothing can change before the reward: up to its day the rewarded path is the other one. */
  private joinAt(rewarded: number, unrewarded: number, rewardDay: number): void {
    const { paths } = this;
    const after: number[] = [];
    for (let day = rewardDay + 1; rewardDay >= 0 && day < dayCount; day++) {
      if (isActive(paths, rewarded, day)) after.push(day);
    }
    copyPath(paths, unrewarded, rewarded);
    for (const day of after) markDay(paths, rewarded, day);
  }

  /** Lapsed and new users, in one shuffled queue, onto days until the published counts are met. */
  placeComers(): void {
    const { shape } = this;
    const tried = this.countExisting((user) => this.arrivalDay[user]! >= 0);
    const queue = this.shuffledComers(shape.usersTried - tried);
    let next = 0;
    const place = (day: number, wanted: number): void => {
      const end = Math.min(queue.length, next + Math.max(0, wanted));
      for (; next < end; next++) this.drawComer(queue[next]!, day);
    };
    place(0, shape.dailyUsersDay0 - this.activeOn(0));
    place(1, shape.dailyUsersDay1 - this.activeOn(1));
    const rest = queue.length - next;
    const weights = laterArrivalWeights(shape);
    const sum = weights.reduce((total, weight) => total + weight, 0);
    let share = 0;
    const start = next;
    weights.forEach((weight, i) => {
      share += weight;
      place(i + 2, start + Math.round((rest * share) / sum) - next);
    });
    assert(next === queue.length, `placed ${next} of ${queue.length} who come`);
  }

  private shuffledComers(wanted: number): number[] {
    const { shape } = this;
    const queue: number[] = [];
    for (let i = 0; i < shape.audienceLapsed; i++) {
      if (this.who.nextFloat() < shape.lapsedComeContacted) queue.push(shape.audienceExisting + i);
    }
    assert(queue.length <= wanted, `more lapsed users come (${queue.length}) than tried it`);
    while (queue.length < wanted) queue.push(this.count++);
    for (let i = queue.length - 1; i > 0; i--) {
      const j = this.who.nextInt(i + 1);
      const swap = queue[i]!;
      queue[i] = queue[j]!;
      queue[j] = swap;
    }
    return queue;
  }

  private drawComer(user: number, arrival: number): void {
    const { paths, shape } = this;
    const untreated = pathAt(user, true, false);
    const treated = pathAt(user, true, true);
    const life = this.days.nextFloat();
    markDay(paths, untreated, arrival);
    for (let age = 1; arrival + age < dayCount; age++) {
      if (life >= this.aliveRewarded[age]!) break;
      if (this.days.nextFloat() >= habitShare) continue;
      markDay(paths, treated, arrival + age);
      if (life < this.aliveUnrewarded[age]!) markDay(paths, untreated, arrival + age);
    }
    // Many looked first and claimed on a later visit; who never came back claimed at once.
    let claim = arrival;
    if (this.who.nextFloat() < shape.lookFirstShare) {
      const back = firstActiveDay(paths, untreated, arrival + 1, arrival + 6);
      if (back >= 0 && back < shape.campaignDays) claim = back;
    }
    this.arrivalDay[user] = arrival;
    this.claimDay[user] = claim;
    this.joinAt(treated, untreated, claim);
    const isLapsed = user < shape.audienceExisting + shape.audienceLapsed;
    const anyway = isLapsed
      ? shape.lapsedComeUncontacted / shape.lapsedComeContacted
      : shape.newcomersOrganic;
    if (this.who.nextFloat() < anyway) {
      copyPath(paths, untreated, pathAt(user, false, false));
      copyPath(paths, treated, pathAt(user, false, true));
    }
  }

  /** Own orders: a card replaces two in five of them, and habit adds a few. */
  drawOwnOrders(): void {
    for (let user = 0; user < this.count; user++) {
      const existing = user < this.shape.audienceExisting;
      if (!existing && this.arrivalDay[user] === -1) continue;
      const own = drawPoisson(
        existing ? ownOrdersExisting : ownOrdersComer,
        this.wallets.nextFloat(),
      );
      let kept = 0;
      for (let i = 0; i < own; i++) if (this.wallets.nextFloat() >= cannibalisedShare) kept += 1;
      this.ownOrders[user] = own;
      this.ownOrdersRewarded[user] = kept + (this.wallets.nextFloat() < habitOrderShare ? 1 : 0);
    }
  }

  private activeOn(day: number): number {
    let active = 0;
    for (let user = 0; user < this.count; user++) {
      if (isActive(this.paths, pathAt(user, true, true), day)) active += 1;
    }
    return active;
  }

  private countExisting(test: (user: number) => boolean): number {
    let count = 0;
    for (let user = 0; user < this.shape.audienceExisting; user++) if (test(user)) count += 1;
    return count;
  }

  finish(): People {
    return {
      count: this.count,
      existing: this.shape.audienceExisting,
      audience: this.shape.audienceExisting + this.shape.audienceLapsed,
      arrivalDay: this.arrivalDay,
      claimDay: this.claimDay,
      paths: this.paths,
      ownOrders: this.ownOrders,
      ownOrdersRewarded: this.ownOrdersRewarded,
    };
  }
}

function pickWeighted(weights: readonly number[], draw: number): number {
  const sum = weights.reduce((total, weight) => total + weight, 0);
  let rest = draw * sum;
  for (let i = 0; i < weights.length - 1; i++) {
    if (rest < weights[i]!) return i;
    rest -= weights[i]!;
  }
  return weights.length - 1;
}

/** Poisson by inversion of one uniform number; for small means. */
function drawPoisson(mean: number, draw: number): number {
  let count = 0;
  let term = Math.exp(-mean);
  let cumulated = term;
  while (draw >= cumulated && count < 50) {
    count += 1;
    term *= mean / count;
    cumulated += term;
  }
  return count;
}
