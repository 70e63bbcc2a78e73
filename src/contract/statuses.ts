// The one table of what a decided request can answer: each status of core/outcome.ts, in its order,
// with its meaning, its retry rule and its HTTP number. A status is an answer, never an exception:
// an error (errors.ts) says that nothing was decided.
import { STATUSES as STATUS_NAMES, type Status } from "../core/outcome.ts";

export { STATUSES as STATUS_NAMES, type Status } from "../core/outcome.ts";

/**
 * What a caller should do with the same request after this answer.
 * - `never`: it is settled; asking again changes nothing.
 * - `later`: the same id may succeed later, see `retryAtMs` where it is given.
 * - `new_id`: the id is used up or too old; mint a new one if the wish still stands.
 * - `after_fix`: change the request first.
 */
export type RetryRule = "never" | "later" | "new_id" | "after_fix";

export interface StatusEntry {
  readonly status: Status;
  readonly kind: "success" | "refusal";
  readonly retry: RetryRule;
  readonly http: 200 | 404 | 409;
  readonly meaning: string;
}

type Row = readonly [StatusEntry["kind"], RetryRule, StatusEntry["http"], string];

const TABLE: Readonly<Record<Status, Row>> = {
  granted: ["success", "never", 200, "The reward is reserved for the user."],
  redeemed: ["success", "never", 200, "The amount is spent."],
  cancelled: ["success", "never", 200, "The grant is over; its unspent rest went back."],
  reversed: ["success", "never", 200, "The payment is undone; its money went back."],
  hold_placed: ["success", "never", 200, "The grant is held: it cannot be redeemed for now."],
  released: ["success", "never", 200, "The hold is over; the grant can be redeemed again."],
  extended: ["success", "never", 200, "The grant expires later: at `expiresAtMs`."],
  clawed_back: [
    "success",
    "never",
    200,
    "The grant is taken back; its rest returned, what was spent is owing.",
  ],
  covered: ["success", "never", 200, "The contingency line bears the payment."],
  lost: [
    "success",
    "never",
    200,
    "The payment is booked; what the contingency line does not bear is a loss.",
  ],
  received: ["success", "never", 200, "The money that came in is booked."],
  block_placed: ["success", "never", 200, "Those named get nothing more, while the block lasts."],
  unblocked: ["success", "never", 200, "Nobody of those named is blocked any more."],
  entered: ["success", "never", 200, "The user has an entry in the draw."],
  assigned: ["success", "never", 200, "The users have their arm, held out or treated."],
  exposed: ["success", "never", 200, "The user's first exposure is recorded as of then."],
  exposed_before: ["success", "never", 200, "An exposure as early or earlier is recorded already."],
  opened: ["success", "never", 200, "The campaign is in the journal and takes claims in its time."],
  revised: ["success", "never", 200, "The campaign's rules are these from now on."],
  listed: ["success", "never", 200, "The list holds from now on."],
  proposed: ["success", "never", 200, "It waits for the consent of somebody else."],
  rejected: ["success", "never", 200, "The proposal is taken back; nothing was changed."],
  invited: ["success", "never", 200, "The user has a code that others can accept."],
  accepted: ["success", "never", 200, "Both sides of the invite have their reward."],
  ok: ["success", "never", 200, "Done, or the question is answered."],
  id_conflict: ["refusal", "new_id", 409, "This id was used before with other content."],
  stale: ["refusal", "new_id", 200, "The request arrived after its own notAfterMs."],
  unknown_campaign: ["refusal", "after_fix", 404, "No campaign has this id."],
  unknown_offer: ["refusal", "after_fix", 404, "The campaign has no such offer."],
  unknown_draw: ["refusal", "after_fix", 404, "The campaign has no such draw."],
  unknown_audience: ["refusal", "after_fix", 404, "The campaign has no such audience."],
  unknown_list: ["refusal", "after_fix", 404, "The campaign has no such list."],
  unknown_surface: ["refusal", "after_fix", 404, "The campaign has no such surface."],
  unknown_invite: ["refusal", "after_fix", 404, "The campaign has no such invite."],
  code_mistyped: ["refusal", "after_fix", 200, "This is no code and no passphrase: a slip."],
  unknown_code: ["refusal", "after_fix", 404, "No invite of this campaign has this code."],
  unknown_grant: ["refusal", "after_fix", 404, "No grant of this campaign has this id."],
  unknown_redemption: [
    "refusal",
    "after_fix",
    404,
    "No such payment of this campaign has this id.",
  ],
  unknown_preview: [
    "refusal",
    "after_fix",
    404,
    "The server has no such preview of this campaign (any more): find the grants again.",
  ],
  no_compensation: [
    "refusal",
    "after_fix",
    200,
    "The campaign has no compensation line; revise it, with `compensation` in its file.",
  ],
  not_open: ["refusal", "later", 200, "The campaign or the offer's wave is not open now."],
  paused: ["refusal", "later", 200, "The campaign is paused."],
  ended: ["refusal", "never", 200, "The campaign takes no more claims."],
  draw_closed: ["refusal", "never", 200, "The draw takes no more entries."],
  campaign_closed: ["refusal", "never", 200, "The campaign is closed."],
  not_yet: ["refusal", "later", 200, "Not all users are let in yet, and this one is not."],
  invite_expired: ["refusal", "never", 200, "The code is accepted no more: its time is over."],
  invite_used_up: ["refusal", "never", 200, "The code was accepted as often as it can be."],
  own_invite: ["refusal", "never", 200, "The user's own invite."],
  already_accepted: ["refusal", "never", 200, "The user has accepted such an invite before."],
  invite_circle: ["refusal", "never", 200, "The user himself brought whoever invites him."],
  blocked: [
    "refusal",
    "later",
    200,
    "The user, or what came with the request, is blocked from this campaign.",
  ],
  invite_void: ["refusal", "never", 200, "Whoever invited is blocked from this campaign."],
  not_new: ["refusal", "never", 200, "The invite is for users who have no reward yet."],
  not_eligible: [
    "refusal",
    "after_fix",
    200,
    "The offer is not for this user: `reason` says which condition does not hold.",
  ],
  assignment_missing: [
    "refusal",
    "after_fix",
    200,
    "Assignment is given by the caller, and none came.",
  ],
  not_assigned: ["refusal", "never", 200, "The user has no arm that he could be exposed to."],
  seen_early: [
    "refusal",
    "after_fix",
    200,
    "Seen before the campaign began or the user had an arm.",
  ],
  seen_late: ["refusal", "after_fix", 200, "Seen after the campaign's end, or in the future."],
  held_out: ["refusal", "never", 200, "The user is in the holdout: no reward, by design."],
  no_offer: ["refusal", "never", 200, "There is nothing for this user."],
  entries_used: ["refusal", "never", 200, "The user has as many entries as the draw allows."],
  missing_attribute: [
    "refusal",
    "after_fix",
    200,
    "A cap counts by an attribute that is absent; `cap` and `missing` name them.",
  ],
  cap_reached: ["refusal", "later", 200, "A limit is reached; `cap` names it."],
  paced: ["refusal", "later", 200, "The budget is being let out more slowly than asked for."],
  budget_exhausted: ["refusal", "later", 200, "No free money is left; expiries may free some."],
  expired: ["refusal", "never", 200, "The grant has expired."],
  already_redeemed: ["refusal", "never", 200, "The grant is wholly spent."],
  already_cancelled: ["refusal", "never", 200, "The grant was cancelled before."],
  already_reversed: ["refusal", "never", 200, "The payment was reversed before."],
  already_clawed_back: ["refusal", "never", 200, "The grant was clawed back before."],
  already_recorded: [
    "refusal",
    "after_fix",
    200,
    "A redemption of this grant is recorded at that instant: the same payment, or say `separate`.",
  ],
  not_held: ["refusal", "never", 200, "The grant is not held, so there is nothing to release."],
  after_close: [
    "refusal",
    "never",
    200,
    "No grant outlives its campaign: `latestMs` is the latest expiry that it can get.",
  ],
  not_later: [
    "refusal",
    "never",
    200,
    "The new expiry is later neither than now nor than `expiresAtMs`, which holds already.",
  ],
  nothing_owed: ["refusal", "never", 200, "Nothing is owing of this grant."],
  more_than_owed: [
    "refusal",
    "after_fix",
    200,
    "More came in than is owing of this grant; `owedMinor` says how much is.",
  ],
  already_compensated: [
    "refusal",
    "never",
    200,
    "What was lost has been made good before, in another batch or by another amount.",
  ],
  held: ["refusal", "later", 200, "The grant is held under suspicion."],
  still_redeemable: [
    "refusal",
    "after_fix",
    200,
    "The grant itself can still pay: redeem it, with `paidAtMs`.",
  ],
  immature: ["refusal", "later", 200, "The grant cannot be redeemed yet; `retryAtMs` says when."],
  amount_too_large: [
    "refusal",
    "after_fix",
    200,
    "More was asked for than is left, or than may be asked for.",
  ],
  budget_spent: [
    "refusal",
    "later",
    200,
    "More was given out than the budget holds; `leftMinor` of it is left to redeem.",
  ],
  rehearsal: ["refusal", "never", 200, "It would be redeemed, but the campaign is a rehearsal."],
  campaign_exists: ["refusal", "new_id", 409, "A campaign with this id is already in the ledger."],
  revision_conflict: [
    "refusal",
    "after_fix",
    409,
    "Another revision came first (`lastRevision`): take its changes over, and preview again.",
  ],
  unknown_proposal: [
    "refusal",
    "after_fix",
    404,
    "No such revision waits for consent (any more): another may have taken its place. Look again.",
  ],
  own_proposal: [
    "refusal",
    "after_fix",
    200,
    "Who proposes a revision cannot consent to it; use another person's key.",
  ],
  revision_too_large: [
    "refusal",
    "after_fix",
    200,
    "A campaign has at most 255 revisions, each of at most 256 KiB.",
  ],
  beacon_unexpected: [
    "refusal",
    "after_fix",
    200,
    "The campaign waits for no such round; `awaited` names those that it waits for.",
  ],
  beacon_invalid: [
    "refusal",
    "after_fix",
    200,
    "This is not what the promised chain published for the round.",
  ],
  beacon_early: [
    "refusal",
    "later",
    200,
    "By this server's clock the round is not due yet; `retryAtMs` says when it is.",
  ],
  settling_unfinished: [
    "refusal",
    "later",
    200,
    "Grants still live or money still settles; `retryAtMs` says when.",
  ],
  checkpoint_pending: [
    "refusal",
    "later",
    200,
    "It stands in the journal; no checkpoint covers it yet, `retryAtMs` says when one may.",
  ],
  draw_open: [
    "refusal",
    "later",
    200,
    "The draw still takes entries; `retryAtMs` says until when.",
  ],
};

/** All statuses, in the order in which a decision tests them. */
export const STATUSES: readonly StatusEntry[] = STATUS_NAMES.map(statusEntry);

export function isStatus(text: string): text is Status {
  return Object.hasOwn(TABLE, text);
}

export function statusEntry(status: Status): StatusEntry {
  const [kind, retry, http, meaning] = TABLE[status];
  return { status, kind, retry, http, meaning };
}

/** The HTTP number of a decided answer. */
export function statusHttp(status: Status): number {
  return TABLE[status][2];
}
