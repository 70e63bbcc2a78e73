// Decides who gets a code. A user has one open code at a time; the held-out get none.

import { EXPOSED_BY } from "../assignment/exposure-event.ts";
import { keptOut } from "../assignment/kept-out.ts";
import type { Cap } from "../caps/caps.ts";
import { countBits, findRows, missingAttribute, writeAttributes } from "../caps/charge.ts";
import { type Command, fingerprint, ID_AT, USER_AT } from "../command.ts";
import { ASSIGNED_BY, EVENT_KINDS, type EventWriter, INVITED } from "../event.ts";
import { assign, expose, heldOut, refusalOfTime } from "../grants/decide-claim.ts";
import { type Outcome, outcome } from "../outcome.ts";
import type { CampaignState } from "../state.ts";
import { ID_USE } from "../state-words.ts";
import { isBlocked } from "../suspicion/blocked.ts";
import { PRINT_OF, sameContent } from "../tables/bound-id.ts";
import { CellList } from "../tables/cells.ts";
import { termsOf } from "./invites.ts";

const PRINT = new Uint32Array(2);
const CELLS = new CellList();

/** Decides a request for a code. `command.offer` has the ordinal of the invite's terms. */
export function decideInvite(
  campaign: CampaignState,
  command: Command,
  atMs: number,
  out: EventWriter,
): Outcome {
  fingerprint(PRINT_OF.invite, command, PRINT);
  const bound = campaign.ids.find(command.keys, ID_AT);
  if (bound >= 0) return replayOfInvite(campaign, bound);
  if (command.notAfterMs > 0 && atMs > command.notAfterMs) return outcome("stale");
  const terms = command.offer;
  if (terms < 0) return outcome("unknown_invite");
  const closed = refusalOfInviteTime(campaign, terms, atMs);
  if (closed !== null) return closed;
  const early = keptOut(campaign, command, atMs);
  if (early !== null) return early;
  const { inviterOffer } = termsOf(campaign.definition, terms);
  const user = campaign.users.find(command.keys, USER_AT);
  if (isBlocked(campaign, command, atMs)) return outcome("blocked");
  if (!isMember(campaign, inviterOffer, user)) return outcome("not_eligible");
  if (!command.eligible) return outcome("not_eligible");
  const arm = assign(campaign, command, user, atMs, ASSIGNED_BY.claim, out);
  if (arm < 0) return outcome("assignment_missing");
  const open = openInvite(campaign, user, terms, atMs);
  if (open >= 0) return answerOf(campaign, open);
  const { attributes } = command;
  const lacking = lackedBy(campaign, terms, (one) => ((attributes >>> one) & 1) !== 0);
  // A refusal that is the same in both arms exposes nobody.
  if (lacking === null) expose(campaign, command, user, arm, EXPOSED_BY.invite, terms, atMs, out);
  if (arm === 0) return heldOut(campaign, inviterOffer);
  if (lacking !== null) return missingAttribute(lacking);
  writeInvited(campaign, command, user >= 0 ? user : campaign.users.count, atMs, out);
  const answer = outcome("invited");
  answer.invite = campaign.invites!.count;
  answer.expiresAtMs = inviteEndsAtMs(campaign, terms, atMs);
  return answer;
}

function writeInvited(
  campaign: CampaignState,
  command: Command,
  user: number,
  atMs: number,
  out: EventWriter,
): void {
  const { attributes: bits, offer: terms } = command;
  const { count, inviterCaps } = campaign.invites!;
  const set = inviterCaps[terms]!;
  findRows(campaign, set, command, CELLS.rows);
  const attributes = countBits(bits);
  const size = INVITED.rest + 6 * attributes;
  const at = out.begin(EVENT_KINDS.invited, campaign.ordinal, atMs, size);
  const { words } = out;
  words[at + INVITED.invite] = count;
  words[at + INVITED.terms] = terms | (attributes << 16) | (campaign.version << 24);
  out.key(at + INVITED.id, command.keys, ID_AT);
  words[at + INVITED.fingerprint] = PRINT[0]!;
  words[at + INVITED.fingerprint + 1] = PRINT[1]!;
  words[at + INVITED.user] = user;
  out.key(at + INVITED.userKey, command.keys, USER_AT);
  writeAttributes(campaign, command, bits, set.counted, CELLS.rows, out, at + INVITED.rest);
}

function replayOfInvite(campaign: CampaignState, bound: number): Outcome {
  const same = sameContent(campaign, bound, PRINT);
  if (!same || campaign.idUse.get(bound) !== ID_USE.invited) return outcome("id_conflict");
  return { ...answerOf(campaign, campaign.idTarget.get(bound)), replayed: true };
}

function answerOf(campaign: CampaignState, invite: number): Outcome {
  const answer = outcome("invited");
  answer.invite = invite;
  answer.expiresAtMs = endOfInvite(campaign, invite);
  return answer;
}

/** The first cap of the inviter's reward that counts by what did not come with a code, or null. */
function lackedBy(
  campaign: CampaignState,
  terms: number,
  has: (attribute: number) => boolean,
): Cap | null {
  const { caps } = campaign.invites!.inviterCaps[terms]!;
  return caps.find((cap) => cap.refusesMissing && !has(cap.attribute)) ?? null;
}

/** The user's code that others can accept now, or -1: what it lacks nobody can add. */
export function openInvite(
  campaign: CampaignState,
  user: number,
  terms: number,
  atMs: number,
): number {
  const invites = campaign.invites!;
  const last = user < 0 ? -1 : invites.of[terms]!.lastInvite.get(user) - 1;
  if (last < 0 || atMs >= endOfInvite(campaign, last)) return -1;
  const lacking = lackedBy(campaign, terms, (one) => (invites.value[one]?.get(last) ?? 0) > 0);
  if (lacking !== null) return -1;
  return invites.used.get(last) < termsOf(campaign.definition, terms).uses ? last : -1;
}

/** From this instant a code is accepted no more, by the terms now in force. */
export function endOfInvite(campaign: CampaignState, invite: number): number {
  const { terms, at } = campaign.invites!;
  const madeAtMs = campaign.definition.startsAtMs + at.get(invite);
  return inviteEndsAtMs(campaign, terms.get(invite), madeAtMs);
}

function inviteEndsAtMs(campaign: CampaignState, terms: number, madeAtMs: number): number {
  const { openMs, toMs } = termsOf(campaign.definition, terms);
  return openMs === null ? toMs : Math.min(madeAtMs + openMs, toMs);
}

/** Whether invites, and the offers of both sides, are open. */
export function refusalOfInviteTime(
  campaign: CampaignState,
  terms: number,
  atMs: number,
): Outcome | null {
  const { definition, phase } = campaign;
  const { fromMs, toMs, inviterOffer, invitedOffer } = termsOf(definition, terms);
  const over = atMs >= definition.endsAtMs || phase === "ended" || phase === "closed";
  if (!over && (atMs < fromMs || atMs >= toMs)) {
    const answer = outcome("not_open");
    if (atMs < fromMs) answer.retryAtMs = fromMs;
    return answer;
  }
  return refusalOfTime(campaign, inviterOffer, atMs) ?? refusalOfTime(campaign, invitedOffer, atMs);
}

/** Whether an offer is for the user, as far as audiences go. */
export function isMember(campaign: CampaignState, offer: number, user: number): boolean {
  const { audience } = campaign.definition.offers[offer]!;
  return audience === null || (user >= 0 && campaign.userAudience.get(user) === audience + 1);
}
