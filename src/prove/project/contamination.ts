// In which ways the campaign reached users whom it held out, as far as its journal knows. Whatever
// else comes to be known of that (which devices and addresses held-out and treated users share) is
// a further entry of this list.
import type { Estimand } from "../../verdict/metric.ts";
import type { HeldOutReached } from "../study.ts";

/** Counts of a study's held-out users. */
export interface HeldOutUsers {
  readonly users: number;
  /** Who was granted something, or has any event of a grant. */
  readonly given: number;
  /** Who asked for offers or claimed. */
  readonly came: number;
  /** Who followed a treated user's invite. */
  readonly reached: number;
}

export function contaminationOf(
  estimand: Estimand,
  { users, given, came, reached }: HeldOutUsers,
  hasInvites: boolean,
): HeldOutReached[] {
  const left = {
    ...{ name: "holdout left alone", users: given, of: users },
    what: "were granted or paid a reward all the same",
  };
  const byInvites = {
    ...{ name: "holdout not reached by invites", users: reached, of: users },
    what: "followed an invite of a treated user, and got nothing",
  };
  const known = hasInvites ? [left, byInvites] : [left];
  // Drawn at the claim, all of them have come: that is what they were drawn from.
  if (estimand !== "reach") return known;
  const what = "asked for offers or claimed, without having been contacted, and got nothing";
  return [...known, { name: "holdout not called", users: came, of: users, what, limit: null }];
}
