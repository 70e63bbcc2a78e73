// What the core answers: a closed, ordered list of statuses. Refusals come in the order in which a
// decision checks for them; contract/statuses.ts gives each its meaning and its retry rule.

/** Successes first, then refusals in the order of the decision (docs/ARCHITECTURE.md). */
export const STATUSES = [
  "granted",
  "redeemed",
  "cancelled",
  "reversed",
  "hold_placed",
  "released",
  "extended",
  "clawed_back",
  "received",
  "block_placed",
  "unblocked",
  "covered",
  "lost",
  "entered",
  "assigned",
  "exposed",
  "exposed_before",
  "opened",
  "listed",
  "revised",
  "proposed",
  "rejected",
  "invited",
  "accepted",
  "ok",
  "id_conflict",
  "stale",
  "unknown_campaign",
  "unknown_offer",
  "unknown_draw",
  "unknown_audience",
  "unknown_list",
  "unknown_surface",
  "unknown_invite",
  "code_mistyped",
  "unknown_code",
  "unknown_grant",
  "unknown_redemption",
  "unknown_preview",
  "no_compensation",
  "not_open",
  "paused",
  "ended",
  "draw_closed",
  "campaign_closed",
  "not_yet",
  "invite_expired",
  "invite_used_up",
  "own_invite",
  "already_accepted",
  "invite_circle",
  "blocked",
  "invite_void",
  "not_new",
  "not_eligible",
  "assignment_missing",
  "not_assigned",
  "seen_early",
  "seen_late",
  "held_out",
  "no_offer",
  "entries_used",
  "missing_attribute",
  "cap_reached",
  "paced",
  "budget_exhausted",
  "expired",
  "already_redeemed",
  "already_cancelled",
  "already_reversed",
  "already_clawed_back",
  "already_recorded",
  "not_held",
  "after_close",
  "not_later",
  "nothing_owed",
  "more_than_owed",
  "already_compensated",
  "held",
  "still_redeemable",
  "immature",
  "amount_too_large",
  "budget_spent",
  "rehearsal",
  "campaign_exists",
  "revision_conflict",
  "unknown_proposal",
  "own_proposal",
  "revision_too_large",
  "beacon_unexpected",
  "beacon_invalid",
  "beacon_early",
  "settling_unfinished",
  "checkpoint_pending",
  "draw_open",
] as const;

export type Status = (typeof STATUSES)[number];

/** An answer to one command. Which fields are there depends on the status. */
export interface Outcome {
  status: Status;
  /** The same id was answered before, and this is that answer. */
  replayed: boolean;
  /** Ordinal of the grant concerned, or -1. */
  grant: number;
  /** Ordinal of the offer concerned, or -1. */
  offer: number;
  /** Granted, redeemed, returned or reversed, by status. */
  amountMinor: number;
  /** What is left of the grant to redeem. */
  restMinor: number;
  /** What is owing of a grant that was clawed back. */
  owedMinor: number;
  /** What of a payment neither its reward nor the contingency line bears. */
  lostMinor: number;
  /** When the grant expires, or 0. */
  expiresAtMs: number;
  /** When it expired before it was extended, or 0. */
  beforeMs: number;
  /** Ordinal of the cap that refused, or -1. */
  cap: number;
  /** Ordinal of the missing attribute, or -1. */
  attribute: number;
  /** The first instant at which the same request may fare better, or 0. */
  retryAtMs: number;
  /** A reversal made the grant redeemable again. */
  redeemableAgain: boolean;
  /** Ordinal of the redemption that is in the way, or -1. */
  redemption: number;
  /** Ordinal of an entry of a draw, or -1. */
  entry: number;
  /** 0 holdout, 1 and more the variants, -1 not assigned. */
  arm: number;
  /** Ordinal of the invite concerned, or -1. */
  invite: number;
  /** Whose side of an acceptance a cap or a missing attribute refused. */
  side: "inviter" | "invited" | null;
}

/** An outcome without particulars; callers fill in what applies. */
export function outcome(status: Status): Outcome {
  return {
    status,
    replayed: false,
    grant: -1,
    offer: -1,
    amountMinor: 0,
    restMinor: 0,
    owedMinor: 0,
    lostMinor: 0,
    expiresAtMs: 0,
    beforeMs: 0,
    cap: -1,
    attribute: -1,
    retryAtMs: 0,
    redeemableAgain: false,
    redemption: -1,
    entry: -1,
    arm: -1,
    invite: -1,
    side: null,
  };
}
