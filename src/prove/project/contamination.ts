// In which ways the campaign reached users whom it held out, as far as its journal knows. Whatever
// else comes to be known of that (who was invited by whom, which devices and addresses held-out and
// treated users share) is a further entry of this list.
import type { Estimand, HeldOutReached } from "../study.ts";

/** Counts of a study's held-out users. */
export interface HeldOutUsers {
  readonly users: number;
  /** Who was granted something, or has any event of a grant. */
  readonly given: number;
  /** Who asked for offers or claimed. */
  readonly came: number;
}

export function contaminationOf(
  estimand: Estimand,
  { users, given, came }: HeldOutUsers,
): HeldOutReached[] {
  const left = {
    ...{ name: "holdout left alone", users: given, of: users },
    what: "were granted or paid a reward all the same",
  };
  // Drawn at the claim, all of them have come: that is what they were drawn from.
  if (estimand !== "reach") return [left];
  const what = "asked for offers or claimed, without having been contacted, and got nothing";
  return [left, { name: "holdout not called", users: came, of: users, what, limit: null }];
}
