// The truth that estimates are held against: since every user's potential outcomes are drawn, an
// effect is a mean difference over the population and has no error.
import { type Circumstances, type Metric, metricOf, metrics, type Outcomes } from "./outcome.ts";

export interface TrueEffect {
  /** Mean with, mean without, and their difference. */
  readonly with: number;
  readonly without: number;
  readonly effect: number;
}

export interface EstimandTruth {
  readonly estimand: "reward, given arrival" | "reach";
  /** Users over whom the means run. */
  readonly users: number;
  readonly metrics: Readonly<Record<Metric, TrueEffect>>;
}

export interface Truth {
  /** What a reward does to people who came and were assigned at the claim (not the audience). */
  readonly reward: EstimandTruth;
  /** What contact, with the rewards that follow, does to the audience assigned before it. */
  readonly reach: EstimandTruth;
  /** Everybody: users kept to D30 with the campaign and in a world without it. */
  readonly campaign: {
    readonly keptWith: number;
    readonly keptWithout: number;
    readonly keptIncremental: number;
    /** Of those, newcomers: no holdout can measure their reach. */
    readonly keptIncrementalNewcomers: number;
  };
}

export interface TruthOptions {
  /** Users who count for "reward"; default: every newcomer. Bots count only if named here. */
  readonly rewardUser?: (user: number) => boolean;
  /** Users who count for "reach"; default: the whole audience. */
  readonly reachUser?: (user: number) => boolean;
  /** Whether the budget and caps had a reward for this user; default: always. */
  readonly rewardAvailable?: (user: number) => boolean;
}

export function truthOf(from: Outcomes, size: number, options: TruthOptions): Truth {
  const { people } = from;
  const available = options.rewardAvailable ?? (() => true);
  const isPerson = (user: number): boolean => user < people.count;
  const rewardUser = options.rewardUser ?? isPerson;
  const reachUser = options.reachUser ?? (() => true);
  const rewardUsers = collect(people.audience, size, rewardUser);
  const reachUsers = collect(0, people.audience, reachUser);
  const given = (contacted: boolean, treated: boolean) => (user: number) => ({
    contacted,
    treated: treated && available(user),
  });
  const kept = (from1: number, to: number, how: (user: number) => Circumstances): number => {
    let sum = 0;
    for (let user = from1; user < to; user++) sum += metricOf(from, user, how(user), "d30");
    return sum;
  };
  const all = given(true, true);
  const none = given(false, false);
  const keptWith = kept(0, people.count, all);
  const keptWithout = kept(0, people.count, none);
  const newcomers =
    kept(people.audience, people.count, all) - kept(people.audience, people.count, none);
  return {
    reward: {
      estimand: "reward, given arrival",
      users: rewardUsers.length,
      metrics: effects(from, rewardUsers, all, given(true, false)),
    },
    reach: {
      estimand: "reach",
      users: reachUsers.length,
      metrics: effects(from, reachUsers, all, none),
    },
    campaign: {
      keptWith,
      keptWithout,
      keptIncremental: keptWith - keptWithout,
      keptIncrementalNewcomers: newcomers,
    },
  };
}

function collect(from: number, to: number, test: (user: number) => boolean): number[] {
  const users: number[] = [];
  for (let user = from; user < to; user++) if (test(user)) users.push(user);
  return users;
}

function effects(
  from: Outcomes,
  users: readonly number[],
  withIt: (user: number) => Circumstances,
  withoutIt: (user: number) => Circumstances,
): Record<Metric, TrueEffect> {
  const meanOf = (metric: Metric, how: (user: number) => Circumstances): number => {
    let sum = 0;
    for (const user of users) sum += metricOf(from, user, how(user), metric);
    return users.length === 0 ? 0 : sum / users.length;
  };
  const entries = metrics.map((metric): [Metric, TrueEffect] => {
    const a = meanOf(metric, withIt);
    const b = meanOf(metric, withoutIt);
    return [metric, { with: a, without: b, effect: a - b }];
  });
  return Object.fromEntries(entries) as Record<Metric, TrueEffect>;
}
