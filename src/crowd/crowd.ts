// A seeded population with a known truth: what it intends to do in the campaign, what becomes of
// each user under any circumstances, and what the campaign therefore really causes. Feeds the demo,
// drills and tests; knows nothing of servers.
import { assert } from "../base/assert.ts";
import { randomStream } from "../base/keystream.ts";
import type { Action, ClaimAction, OrderAction, VisitAction } from "./actions.ts";
import { activeDays, isActive, pathAt } from "./activity.ts";
import { planClaims } from "./claims.ts";
import { momentAtWeight } from "./day-curve.ts";
import { planRedemptions } from "./orders.ts";
import {
  anchorDayOf,
  type Circumstances,
  metricOf,
  type Outcomes,
  outcomeOf,
  type UserOutcome,
} from "./outcome.ts";
import { createPeople, type Segment, segmentOf } from "./population.ts";
import {
  actionOf,
  dayOfMoment,
  deviceOf,
  ipOf,
  type Plan,
  planSchedule,
  userIdOf,
  userOfMoment,
} from "./schedule.ts";
import { type CrowdShape, dayMs, qwenShape } from "./shape.ts";
import { type Truth, type TruthOptions, truthOf } from "./truth.ts";

export interface CrowdUser {
  readonly user: number;
  readonly id: string;
  readonly segment: Segment;
  /** Member of the audience that is assigned before contact. */
  readonly audience: boolean;
  readonly device: string;
  readonly ip: string;
  /** First day seen if contacted; -1: does not come. */
  readonly arrivalDay: number;
}

/** What the campaign has decided so far; asked as late as possible while the schedule is told. */
export interface Decided {
  /** False for audience members in the holdout; asked for the audience only. */
  readonly contacted?: (user: number) => boolean;
  /** True once the user holds a reward; asked at the start of each later day. */
  readonly treated?: (user: number) => boolean;
  /** Tell daily visits and own orders as well, to day 47; default false. */
  readonly visits?: boolean;
}

export interface CrowdOptions {
  readonly seed: string | number;
  readonly shape?: Partial<CrowdShape>;
}

export function createCrowd(options: CrowdOptions): Crowd {
  return new Crowd(options.seed, { ...qwenShape, ...options.shape });
}

export class Crowd {
  readonly seed: string | number;
  readonly shape: CrowdShape;
  /** Users, bots included: numbers 0 .. size - 1. */
  readonly size: number;
  /** Users who are people: 0 .. people - 1; bots follow. */
  readonly people: number;
  /** Members of the known audience: 0 .. audience - 1. */
  readonly audience: number;
  private readonly plan: Plan;
  private readonly outcomes: Outcomes;

  constructor(seed: string | number, shape: CrowdShape) {
    this.seed = seed;
    this.shape = shape;
    const people = createPeople(seed, shape);
    const claims = planClaims(seed, shape, people);
    const redeemAtMs = planRedemptions(seed, shape, people, claims);
    this.plan = planSchedule(seed, shape, people, claims, redeemAtMs);
    this.people = people.count;
    this.audience = people.audience;
    this.size = people.count + claims.count - claims.humans;
    const cardsSpent = new Uint8Array(people.count);
    for (let claim = 0; claim < claims.humans; claim++) {
      const user = claims.user[claim]!;
      if (!Number.isNaN(redeemAtMs[claim]!)) cardsSpent[user] = cardsSpent[user]! + 1;
    }
    const botDay = claims.day.slice(claims.humans);
    this.outcomes = { people, cardsSpent, botDay, campaignDays: shape.campaignDays };
  }

  user(user: number): CrowdUser {
    assert(user >= 0 && user < this.size, `expected a user below ${this.size}, got ${user}`);
    const { people } = this.outcomes;
    const bot = user >= people.count;
    return {
      user,
      id: userIdOf(user),
      segment: segmentOf(people, user),
      audience: user < people.audience,
      device: deviceOf(people, user),
      ip: ipOf(people, user),
      arrivalDay: bot ? this.outcomes.botDay[user - people.count]! : people.arrivalDay[user]!,
    };
  }

  /** The user's number, from its id; -1 if this is no id of this crowd. */
  userOf(id: string): number {
    const user = /^u\d{6,}$/.test(id) ? Number(id.slice(1)) : -1;
    return user < this.size ? user : -1;
  }

  /** All intended actions in time order. */
  *schedule(decided: Decided = {}): Generator<Action, void, undefined> {
    const { timeline } = this.plan;
    const contacted = decided.contacted ?? (() => true);
    if (decided.visits !== true) {
      for (let i = 0; i < timeline.count; i++) {
        if (this.takesPlace(i, contacted)) yield actionOf(this.plan, i);
      }
      return;
    }
    let next = 0;
    for (let day = 0; day <= lastVisitDay; day++) {
      const endMs = this.shape.dayZeroMs + (day + 1) * dayMs;
      const visits = this.visitsOn(day, decided);
      let visit = 0;
      for (; next < timeline.count && timeline.atMs[next]! < endMs; next++) {
        while (visit < visits.length && visits[visit]!.atMs <= timeline.atMs[next]!) {
          yield visits[visit++]!;
        }
        if (this.takesPlace(next, contacted)) yield actionOf(this.plan, next);
      }
      while (visit < visits.length) yield visits[visit++]!;
    }
  }

  /** Moments in the whole schedule, the ones of uncontacted users included. */
  get moments(): number {
    return this.plan.timeline.count;
  }

  /** What an impatient user does after a refusal: the same claim again, three times by default. */
  retries(claim: ClaimAction): ClaimAction[] {
    const spread = (claim.user * 2_654_435_761) % 1_000;
    return Array.from({ length: this.shape.retriesPerRefusal }, (_, i) => ({
      ...claim,
      atMs: claim.atMs + 2_000 * 3 ** i + spread,
      cause: "retry" as const,
    }));
  }

  realise(user: number, given: Circumstances): UserOutcome {
    assert(user >= 0 && user < this.size, `expected a user below ${this.size}, got ${user}`);
    return outcomeOf(this.outcomes, user, given);
  }

  truth(options: TruthOptions = {}): Truth {
    return truthOf(this.outcomes, this.size, options);
  }

  /** Daily users (people, not bots) of days -1 .. lastDay; index 0 is the day before. */
  dailyUsers(lastDay: number, decided: Decided = {}): number[] {
    return Array.from({ length: lastDay + 2 }, (_, i) => this.usersOn(i - 1, decided).length);
  }

  /** Share of those who came for the campaign who are active exactly `age` days after arrival. */
  retention(age: number, users?: (user: number) => boolean, decided: Decided = {}): number {
    const { people } = this.outcomes;
    let first = 0;
    let back = 0;
    for (let user = people.existing; user < people.count; user++) {
      if (people.arrivalDay[user]! < 0 || (users && !users(user))) continue;
      first += 1;
      const at = this.pathOf(user, decided);
      if (isActive(people.paths, at, people.arrivalDay[user]! + age)) back += 1;
    }
    return first === 0 ? 0 : back / first;
  }

  /** One metric of one user as a number; cheaper than `realise` in sums over everybody. */
  metric(user: number, given: Circumstances, metric: keyof Truth["reward"]["metrics"]): number {
    return metricOf(this.outcomes, user, given, metric);
  }

  private takesPlace(moment: number, contacted: (user: number) => boolean): boolean {
    const user = userOfMoment(this.plan, moment);
    const { people } = this.outcomes;
    if (user >= people.audience || contacted(user)) return true;
    const at = pathAt(user, false, false);
    return isActive(people.paths, at, dayOfMoment(this.plan, moment));
  }

  private pathOf(user: number, decided: Decided): number {
    const contacted = user >= this.audience || (decided.contacted?.(user) ?? true);
    return pathAt(user, contacted, decided.treated?.(user) ?? true);
  }

  private usersOn(day: number, decided: Decided): number[] {
    const { people } = this.outcomes;
    const users: number[] = [];
    for (let user = 0; user < people.count; user++) {
      if (isActive(people.paths, this.pathOf(user, decided), day)) users.push(user);
    }
    return users;
  }

  private visitsOn(day: number, decided: Decided): (VisitAction | OrderAction)[] {
    const stream = randomStream(this.seed, `crowd/visits/${day}`);
    const midnightMs = this.shape.dayZeroMs + day * dayMs;
    const { people } = this.outcomes;
    const told: (VisitAction | OrderAction)[] = [];
    for (const user of this.usersOn(day, decided)) {
      const atMs = midnightMs + momentAtWeight(stream.nextFloat() * 100);
      const userId = userIdOf(user);
      told.push({ kind: "visit", atMs, day, user, userId });
      const at = this.pathOf(user, decided);
      const treated = decided.treated?.(user) ?? true;
      const given = { contacted: at === pathAt(user, true, treated), treated };
      const paid = metricOf(this.outcomes, user, given, "ordersPaid");
      if (paid === 0) continue;
      const anchor = anchorDayOf(people, user);
      const days = activeDays(people.paths, at).filter((d) => d >= anchor && d <= anchor + 30);
      for (let i = 0; i < paid; i++) {
        if (days[(i * 7 + user) % days.length] !== day) continue;
        told.push({
          kind: "order",
          atMs: Math.min(atMs + 60_000, midnightMs + dayMs - 1),
          day,
          user,
          userId,
        });
      }
    }
    return told.sort((a, b) => a.atMs - b.atMs || a.user - b.user);
  }
}

/** 30 days after the last day on which people first come. */
const lastVisitDay = 47;
