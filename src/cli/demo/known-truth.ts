// What the crowd would have done otherwise is known here, so that estimates can be held against it:
// mean differences over the very users who were treated.
import type { Crowd } from "../../crowd/crowd.ts";
import type { Estimand, Expectation } from "../../prove/index.ts";

/** The outcomes that the app reports of a user, as columns of its file. */
export const OUTCOMES = ["d7", "d30", "orders", "paid"] as const;
export type OutcomeName = (typeof OUTCOMES)[number];

/** What became of the crowd: user numbers to facts. */
export interface Fate {
  readonly crowd: Crowd;
  readonly contacted: (user: number) => boolean;
  readonly rewarded: (user: number) => boolean;
  /** Orders paid with a card that were not reversed. */
  readonly cardOrders: (user: number) => number;
  /** The user's arm as the journal has it; null when no arm was ever drawn. */
  readonly arm: (user: number) => number | null;
}

/** One user's outcomes as they came to be, or as they would have been. */
export function outcomesOf(
  fate: Fate,
  user: number,
  given: { contacted: boolean; rewarded: boolean },
): Record<OutcomeName, number> {
  const { crowd } = fate;
  const how = { contacted: given.contacted, treated: given.rewarded };
  const paid = crowd.metric(user, how, "ordersPaid");
  return {
    d7: crowd.metric(user, how, "d7"),
    d30: crowd.metric(user, how, "d30"),
    orders: paid + (given.rewarded ? fate.cardOrders(user) : 0),
    paid,
  };
}

export interface KnownTruth {
  readonly expectations: readonly Expectation[];
  /** Everybody, with the campaign as it ran and in a world without it. */
  readonly keptWith: number;
  readonly keptWithout: number;
  /** People who came and had not used the app before. */
  readonly came: number;
}

export function knownTruth(fate: Fate): KnownTruth {
  const { crowd } = fate;
  const members = new MeanEffects("reach");
  const comers = new MeanEffects("reward, given arrival");
  let [keptWith, keptWithout, came] = [0, 0, 0];
  for (let user = 0; user < crowd.size; user++) {
    const member = user < crowd.audience;
    const contacted = fate.contacted(user);
    const rewarded = fate.rewarded(user);
    const did = outcomesOf(fate, user, { contacted, rewarded });
    // Newcomers are brought by the campaign; what it did to them is its reach as well.
    const without = outcomesOf(fate, user, { contacted: false, rewarded: false });
    keptWith += did.d30;
    keptWithout += without.d30;
    const isNew = user >= crowd.shape.audienceExisting && user < crowd.people;
    if (isNew) came += crowd.metric(user, { contacted, treated: rewarded }, "came");
    if (fate.arm(user) !== 1) continue;
    if (member) members.add(did, without);
    else comers.add(did, outcomesOf(fate, user, { contacted, rewarded: false }));
  }
  return {
    expectations: [...members.expectations(), ...comers.expectations()],
    keptWith,
    keptWithout,
    came,
  };
}

class MeanEffects {
  private readonly estimand: Estimand;
  private readonly sums = new Map<OutcomeName, number>(OUTCOMES.map((name) => [name, 0]));
  private users = 0;

  constructor(estimand: Estimand) {
    this.estimand = estimand;
  }

  add(did: Record<OutcomeName, number>, otherwise: Record<OutcomeName, number>): void {
    this.users += 1;
    for (const name of OUTCOMES) {
      this.sums.set(name, this.sums.get(name)! + did[name] - otherwise[name]);
    }
  }

  expectations(): Expectation[] {
    if (this.users === 0) return [];
    return OUTCOMES.map((metric) => ({
      kind: "truth",
      estimand: this.estimand,
      metric,
      arm: "treated",
      value: this.sums.get(metric)! / this.users,
      source: "the crowd, whose every user is known under both arms",
    }));
  }
}
