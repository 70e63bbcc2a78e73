// How many users must be held out for an effect to be seen: the other way round of the smallest
// effect that a holdout sees. The smallest such part, since whoever is held out forgoes the offer.
import { requireDomain } from "./domain.ts";

export interface HoldoutDesign {
  /** Of one user's number. */
  readonly variance: number;
  /** Users assigned in all, the held-out among them. */
  readonly users: number;
  /** Part of the treated who are in the arm that is compared: 1 where there is one arm only. */
  readonly armShare: number;
  /** Standard errors between zero and an effect that is seen: 2.8 for 80 % at 5 % two-sided. */
  readonly neededZ: number;
}

export interface HoldoutShare {
  /** Null where no holdout of so few users is enough. */
  readonly share: number | null;
  /** Users in all, at the best of all shares, below which the effect cannot be seen. */
  readonly leastUsers: number;
}

/**
 * The smallest part of the users who have to be held out for an absolute effect to be seen: the
 * smaller root of variance / (users h) + variance / (users (1 - h) armShare) = (effect / z)^2.
 * @example variance .25, 10,000 users, effect .05, z 2.8016, one arm: .0859
 */
export function holdoutShare(effect: number, design: HoldoutDesign): HoldoutShare {
  const { variance, users, armShare, neededZ } = design;
  const arm = armShare > 0 && armShare <= 1;
  requireDomain(effect > 0 && variance > 0, "holdout share", "a positive effect and variance");
  requireDomain(users > 0 && arm && neededZ > 0, "holdout share", "users, an arm and a level");
  const [held, treated] = [variance, variance / armShare];
  const least = (Math.sqrt(held) + Math.sqrt(treated)) ** 2 * (neededZ / effect) ** 2;
  const leastUsers = Math.ceil(least);
  if (users < least) return { share: null, leastUsers };
  const precision = users * (effect / neededZ) ** 2;
  const middle = precision + held - treated;
  const root = Math.sqrt(Math.max(0, middle ** 2 - 4 * precision * held));
  // Of the two forms of the smaller root the one without cancellation.
  return { share: (2 * held) / (middle + root), leastUsers };
}
