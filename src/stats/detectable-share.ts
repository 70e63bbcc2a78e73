// The smallest rise of a share that a design sees, as the score test reads it: under "no effect"
// the share is that of both arms together, which with few held out is nearly the treated users'.
// Fleiss, Levin and Paik (2003), Statistical Methods for Rates and Proportions, 4.2.
import { requireDomain } from "./domain.ts";

export interface ShareDesign {
  /** The held-out users' share, in (0, 1). */
  readonly share: number;
  readonly heldOut: number;
  readonly treated: number;
  /** Standard errors beyond which an effect is clear: 1.96 for one look. */
  readonly critical: number;
  /** Standard errors of the chance to see it: .84 for 80 %. */
  readonly chance: number;
  /** Users with and without that the smaller arm must have, if nothing differed. */
  readonly cases: number;
}

/**
 * As a difference of shares; more than 1 - share where no rise is large enough.
 * @example share .235, 3e6 held out, 297e6 treated, 1.96 and .84: .00069
 */
export function minimumDetectableRise(design: ShareDesign): number {
  const { share, heldOut, treated, critical, chance, cases } = design;
  const valid = share > 0 && share < 1 && heldOut >= 1 && treated >= 1;
  requireDomain(valid, "detectable rise", `a share in (0, 1) and users in both arms, got ${share}`);
  const users = heldOut + treated;
  const together = (rise: number): number => share + (treated * Math.min(rise, 1 - share)) / users;
  const errorOf = (p: number, n: number): number => (p * (1 - p)) / n;
  let rise = 0;
  // Each round needs a little more than the one before, and less so each time.
  for (let round = 0; round < 200; round++) {
    const both = together(rise);
    const none = Math.sqrt(both * (1 - both) * (1 / heldOut + 1 / treated));
    const other = Math.min(1, share + rise);
    const own = Math.sqrt(errorOf(share, heldOut) + errorOf(other, treated));
    const next = critical * none + chance * own;
    const isThere = Math.abs(next - rise) <= 1e-12 * next;
    rise = next;
    if (isThere) break;
  }
  const needed = cases / Math.min(heldOut, treated);
  const most = 1 - share;
  if (1 - needed < needed) return Math.max(rise, 2 * most);
  // A rare share is read only once the treated show that it is not that rare.
  if (together(rise) < needed) rise = ((needed - share) * users) / treated;
  return together(rise) > 1 - needed ? Math.max(rise, most * (1 + needed)) : rise;
}

export interface RiseHoldout extends Omit<ShareDesign, "heldOut" | "treated"> {
  /** Users assigned in all, the held-out among them. */
  readonly users: number;
  /** Part of the treated who are in the arm that is compared: 1 where there is one arm only. */
  readonly armShare: number;
}

/** Beyond so many users nobody plans. */
const USERS_MOST = 1e12;

/**
 * The smallest part of the users who have to be held out for a rise to be seen, null where no part
 * of so few is enough; and the users, at the best part, below which it cannot be seen.
 * @example share .5, 10,000 users, rise .05, 1.96 and .84, one arm, 5 cases: .0857
 */
export function holdoutForRise(
  rise: number,
  design: RiseHoldout,
): { readonly share: number | null; readonly leastUsers: number } {
  const { users, armShare, ...rest } = design;
  requireDomain(rise > 0 && armShare > 0 && armShare <= 1, "holdout", "a rise above 0 and an arm");
  const best = Math.sqrt(armShare) / (1 + Math.sqrt(armShare));
  const isSeen = (part: number, of: number): boolean => {
    const [heldOut, treated] = [of * part, of * (1 - part) * armShare];
    if (heldOut < 1 || treated < 1) return false;
    return minimumDetectableRise({ ...rest, heldOut, treated }) <= rise;
  };
  const leastUsers = Math.ceil(halved((of) => isSeen(best, of), 2, USERS_MOST));
  if (!isSeen(best, users)) return { share: null, leastUsers };
  return { share: halved((part) => isSeen(part, users), 1 / users, best), leastUsers };
}

/** The smallest place for which it holds, on the logarithm; it holds at the end. */
function halved(holds: (at: number) => boolean, from: number, to: number): number {
  let [low, high] = [Math.log(from), Math.log(to)];
  for (let i = 0; i < 60; i++) {
    const middle = (low + high) / 2;
    if (holds(Math.exp(middle))) high = middle;
    else low = middle;
  }
  return Math.exp(high);
}
