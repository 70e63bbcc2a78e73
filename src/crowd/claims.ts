// Which claims the crowd intends: a first card or envelope a user, more cards for those who invite,
// an envelope in the second wave for who is still there, and bots with few devices and many names.
// A claim falls on a day on which its user is active whether rewarded or not, so that nothing here
// depends on what the server will answer.
import type { RandomStream } from "../base/keystream.ts";
import { randomStream } from "../base/keystream.ts";
import { isActive, pathAt } from "./activity.ts";
import { timeOfDay, timeOfWaveDay } from "./day-curve.ts";
import type { People } from "./population.ts";
import { type CrowdShape, dayMs } from "./shape.ts";

export const offerCard = 0;
export const offerEnvelope = 1;

export interface PlannedClaims {
  readonly count: number;
  /** Claims [0, humans) are people's, the rest are bots'. */
  readonly humans: number;
  /** A bot's user number is people.count + its ordinal. */
  readonly user: Uint32Array;
  readonly offer: Uint8Array;
  readonly day: Uint8Array;
  readonly atMs: Float64Array;
  /** When each person is first seen (contacted); NaN for who does not come. */
  readonly firstSeenAtMs: Float64Array;
}

export function planClaims(
  seed: string | number,
  shape: CrowdShape,
  people: People,
): PlannedClaims {
  const planner = new ClaimPlanner(seed, shape, people);
  for (let user = 0; user < people.count; user++) planner.planUser(user);
  const humans = planner.atMs.length;
  planner.planBots(Math.round((humans * shape.botShare) / (1 - shape.botShare)));
  return {
    count: planner.atMs.length,
    humans,
    user: Uint32Array.from(planner.user),
    offer: Uint8Array.from(planner.offer),
    day: Uint8Array.from(planner.day),
    atMs: Float64Array.from(planner.atMs),
    firstSeenAtMs: planner.firstSeenAtMs,
  };
}

class ClaimPlanner {
  readonly user: number[] = [];
  readonly offer: number[] = [];
  readonly day: number[] = [];
  readonly atMs: number[] = [];
  readonly firstSeenAtMs: Float64Array;
  private readonly shape: CrowdShape;
  private readonly people: People;
  private readonly stream: RandomStream;
  private readonly bots: RandomStream;

  constructor(seed: string | number, shape: CrowdShape, people: People) {
    this.shape = shape;
    this.people = people;
    this.stream = randomStream(seed, "crowd/claims");
    this.bots = randomStream(seed, "crowd/bots");
    this.firstSeenAtMs = new Float64Array(people.count).fill(Number.NaN);
  }

  planUser(user: number): void {
    const { people, shape, stream } = this;
    const arrival = people.arrivalDay[user]!;
    const claimDay = people.claimDay[user]!;
    if (arrival < 0) return;
    const seenMs = this.momentOn(arrival);
    this.firstSeenAtMs[user] = seenMs;
    const firstMs =
      claimDay === arrival
        ? this.within(arrival, seenMs + 2_000 + stream.nextInt(18_000))
        : this.momentOn(claimDay);
    if (claimDay >= shape.waveTwoDay) {
      this.add(user, offerEnvelope, claimDay, firstMs);
      return;
    }
    this.add(user, offerCard, claimDay, firstMs);
    this.planMoreCards(user, claimDay, firstMs);
    this.planEnvelope(user);
  }

  private planMoreCards(user: number, claimDay: number, firstMs: number): void {
    const { stream, shape } = this;
    const days = this.activeDaysBetween(user, claimDay, shape.waveTwoDay);
    for (let i = this.drawMoreCards(); i > 0; i--) {
      const day = days[stream.nextInt(days.length)]!;
      const atMs =
        day === claimDay
          ? this.within(day, firstMs + 60_000 + stream.nextInt(4 * 3_600_000))
          : this.momentOn(day);
      this.add(user, offerCard, day, atMs);
    }
  }

  /** Most get one card; a tenth invite for more; a few try for more than anybody may have. */
  private drawMoreCards(): number {
    const draw = this.stream.nextFloat();
    if (draw < 0.0005) return this.shape.cardsPerUserMax + this.stream.nextInt(3);
    if (draw >= 0.115) return 0;
    let more = 1;
    while (more < this.shape.cardsPerUserMax - 1 && this.stream.nextFloat() < 0.6) more += 1;
    return more;
  }

  private planEnvelope(user: number): void {
    const { shape } = this;
    const days = this.activeDaysBetween(user, shape.waveTwoDay, shape.campaignDays);
    const day = days[0];
    if (day === undefined || this.stream.nextFloat() >= 0.4) return;
    this.add(user, offerEnvelope, day, this.momentOn(day));
  }

  private activeDaysBetween(user: number, from: number, to: number): number[] {
    const at = pathAt(user, true, false);
    const days: number[] = [];
    for (let day = from; day < to; day++) {
      if (isActive(this.people.paths, at, day)) days.push(day);
    }
    return days;
  }

  /** Bots come in bursts, mostly in the first days, each with a name that is used once. */
  planBots(count: number): void {
    const { bots, people, shape } = this;
    const days = [0, 0, 0, 0, 1, 1, 2, 3, shape.waveTwoDay, shape.waveTwoDay];
    for (let i = 0; i < count; i++) {
      const day = days[bots.nextInt(days.length)]!;
      const openMs = this.openOn(day);
      const burstMs = openMs + bots.nextInt(600_000);
      const calmMs = openMs + bots.nextInt(dayMs - openMs);
      const ms = bots.nextFloat() < 0.4 ? Math.min(burstMs, dayMs - 1) : calmMs;
      const offer = day >= shape.waveTwoDay ? offerEnvelope : offerCard;
      this.add(people.count + i, offer, day, shape.dayZeroMs + day * dayMs + ms);
    }
  }

  private openOn(day: number): number {
    const { shape } = this;
    const midnightMs = shape.dayZeroMs + day * dayMs;
    if (day === 0) return shape.waveFromMs[0] - midnightMs;
    return day === shape.waveTwoDay ? shape.waveFromMs[1] - midnightMs : 0;
  }

  private momentOn(day: number): number {
    const { shape, stream } = this;
    const midnightMs = shape.dayZeroMs + day * dayMs;
    const opens = day === 0 || day === shape.waveTwoDay;
    const ms = opens
      ? timeOfWaveDay(stream, this.openOn(day), shape.burstShare)
      : timeOfDay(stream);
    return midnightMs + ms;
  }

  private within(day: number, atMs: number): number {
    return Math.min(atMs, this.shape.dayZeroMs + (day + 1) * dayMs - 1);
  }

  private add(user: number, offer: number, day: number, atMs: number): void {
    this.user.push(user);
    this.offer.push(offer);
    this.day.push(day);
    this.atMs.push(atMs);
  }
}
