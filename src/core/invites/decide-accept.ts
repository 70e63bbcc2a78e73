// Decides the acceptance of an invite: whoever accepts and whoever invited him get a reward each,
// or neither does. What both are charged to is added up and checked before anything is written.

import { assert } from "../../base/assert.ts";
import { keptOut } from "../assignment/kept-out.ts";
import { chargesOf } from "../caps/charge.ts";
import { ATTRIBUTES_AT, type Command, fingerprint, ID_AT, USER_AT } from "../command.ts";
import { earnEntries } from "../draws/decide-entry.ts";
import { ACCEPTED, ASSIGNED_BY, EVENT_KINDS, type EventWriter, PART } from "../event.ts";
import { assign, heldOut } from "../grants/decide-claim.ts";
import { GrantSide } from "../grants/grant-side.ts";
import { writeGranted, writeWithheld } from "../grants/write-grant.ts";
import { drawAmount } from "../luck/luck.ts";
import { type Outcome, outcome } from "../outcome.ts";
import type { CampaignState } from "../state.ts";
import { ID_USE } from "../state-words.ts";
import { isBlocked } from "../suspicion/blocked.ts";
import { blockBeyond } from "../suspicion/decide-block.ts";
import { PRINT_OF, sameContent } from "../tables/bound-id.ts";
import { endOfInvite, isMember, refusalOfInviteTime } from "./decide-invite.ts";
import { termsOf } from "./invites.ts";

/** Whoever is invited by somebody who was invited by somebody …: so far a circle is looked for. */
const CIRCLE_STEPS = 64;

/** What `command.grant` has instead of an invite. */
export const NO_INVITE = -1;
export const MISTYPED = -2;

const WITHHELD = 0xffffffff;

const INVITER = new GrantSide();
const INVITED = new GrantSide();
INVITER.flags = PART;
INVITED.flags = PART;
const PRINT = INVITED.print;

/** Decides an acceptance. `command.grant` has the ordinal of the invite that the code is of. */
export function decideAccept(
  campaign: CampaignState,
  command: Command,
  atMs: number,
  out: EventWriter,
): Outcome {
  fingerprint(PRINT_OF.accept, command, PRINT);
  const bound = campaign.ids.find(command.keys, ID_AT);
  if (bound >= 0) return replayOfAcceptance(campaign, bound);
  if (command.notAfterMs > 0 && atMs > command.notAfterMs) return outcome("stale");
  const { invites } = campaign;
  const invite = command.grant;
  if (invite === MISTYPED) return outcome("code_mistyped");
  if (invites === null || invite < 0 || invite >= invites.count) return outcome("unknown_code");
  const terms = invites.terms.get(invite);
  const closed = refusalOfInviteTime(campaign, terms, atMs);
  if (closed !== null) return closed;
  const early = keptOut(campaign, command, atMs);
  if (early !== null) return early;
  const user = campaign.users.find(command.keys, USER_AT);
  const refused = refusalOfInvite(campaign, command, invite, user, atMs);
  if (refused !== null) return outcome(refused);
  if (!command.eligible) return outcome("not_eligible");
  const arm = assign(campaign, command, user, atMs, ASSIGNED_BY.claim, out);
  if (arm < 0) return outcome("assignment_missing");
  const ordinal = user >= 0 ? user : campaign.users.count;
  return rewardBoth(campaign, command, invite, ordinal, arm, atMs, out);
}

/** Himself, or one of the values that came with his code and that a cap counts by. */
function isInviterBlocked(
  campaign: CampaignState,
  command: Command,
  invite: number,
  atMs: number,
): boolean {
  if (campaign.blocks.isEmpty) return false;
  takeInviter(campaign, command, invite);
  return isBlocked(campaign, INVITER.command, atMs);
}

/** Why nobody, or not this user, can accept the invite. */
function refusalOfInvite(
  campaign: CampaignState,
  command: Command,
  invite: number,
  user: number,
  atMs: number,
): Outcome["status"] | null {
  const invites = campaign.invites!;
  const ordinal = invites.terms.get(invite);
  const { uses, accepts, invitedOffer } = termsOf(campaign.definition, ordinal);
  const inviter = invites.user.get(invite);
  if (atMs >= endOfInvite(campaign, invite)) return "invite_expired";
  if (invites.used.get(invite) >= uses) return "invite_used_up";
  if (user === inviter) return "own_invite";
  const { invitedBy } = invites.of[ordinal]!;
  if (user >= 0 && invitedBy.get(user) > 0) return "already_accepted";
  let ancestor = inviter;
  for (let step = 0; step < CIRCLE_STEPS && ancestor >= 0; step++) {
    ancestor = invitedBy.get(ancestor) - 1;
    if (user >= 0 && ancestor === user) return "invite_circle";
  }
  if (isBlocked(campaign, command, atMs)) return "blocked";
  if (isInviterBlocked(campaign, command, invite, atMs)) return "invite_void";
  const hasGrants = user >= 0 && campaign.userLastGrant.get(user) > 0;
  if (accepts === "new" && hasGrants) return "not_new";
  return isMember(campaign, invitedOffer, user) ? null : "not_eligible";
}

function rewardBoth(
  campaign: CampaignState,
  command: Command,
  invite: number,
  user: number,
  arm: number,
  atMs: number,
  out: EventWriter,
): Outcome {
  const invites = campaign.invites!;
  const terms = invites.terms.get(invite);
  const { inviterOffer, invitedOffer } = termsOf(campaign.definition, terms);
  if (campaign.keys.luck === null && isLucky(campaign, inviterOffer, invitedOffer)) {
    return outcome("not_open");
  }
  takeInviter(campaign, command, invite);
  INVITER.set = invites.inviterCaps[terms]!;
  command.offer = invitedOffer;
  INVITED.command = command;
  INVITED.set = campaign.claimCaps[invitedOffer]!;
  INVITED.user = user;
  INVITED.arm = arm;
  setAmount(campaign, INVITER);
  setAmount(campaign, INVITED);
  const answer = checkBoth(campaign, atMs);
  answer.offer = invitedOffer;
  answer.invite = invite;
  answer.arm = arm;
  if (arm === 0) {
    writeAccepted(campaign, invite, true, atMs, out);
    writeWithheld(campaign, INVITED, answer, atMs, out);
  }
  // Whoever invited did not ask now: his friends could get him blocked.
  const isBeyond = answer.status === "cap_reached" && answer.side === "invited";
  if (isBeyond) blockBeyond(campaign, INVITED, atMs, out);
  if (arm === 0) return { ...heldOut(campaign, invitedOffer), invite };
  if (answer.status !== "granted") return answer;
  INVITER.grant = campaign.grantCount;
  INVITED.grant = campaign.grantCount + 1;
  writeAccepted(campaign, invite, false, atMs, out);
  writeGranted(campaign, INVITER, atMs, out);
  writeGranted(campaign, INVITED, atMs, out);
  earnEntries(campaign, INVITER.user, INVITER.command.keys, USER_AT, atMs, out);
  answer.status = "accepted";
  answer.grant = INVITED.grant;
  answer.amountMinor = INVITED.amountMinor;
  answer.expiresAtMs = campaign.expiryOf(invitedOffer, atMs);
  return answer;
}

/** What both are charged to; `granted` when there is room for both. */
function checkBoth(campaign: CampaignState, atMs: number): Outcome {
  for (const side of [INVITER, INVITED]) {
    const { set, command, user, amountMinor, cells } = side;
    const earlier = side === INVITED ? INVITER : null;
    const refused = chargesOf(campaign, set, command, user, amountMinor, atMs, cells, earlier);
    if (refused === null) continue;
    refused.side = earlier === null ? "inviter" : "invited";
    return refused;
  }
  const bothMinor = INVITER.amountMinor + INVITED.amountMinor;
  // Written so that NaN refuses.
  return outcome(!(bothMinor <= campaign.grantableMinor) ? "budget_exhausted" : "granted");
}

/** The inviter as his code knows him: his attributes are those that came with it. */
function takeInviter(campaign: CampaignState, { keys }: Command, invite: number): void {
  const { command, print } = INVITER;
  const { user, terms, value } = campaign.invites!;
  const inviter = user.get(invite);
  command.keys.fill(0);
  for (let i = 0; i < 4; i++) command.keys[ID_AT + i] = keys[ID_AT + i]!;
  campaign.users.keys.read(inviter, command.keys, USER_AT);
  command.attributes = 0;
  value.forEach((column, attribute) => {
    const row = (column?.get(invite) ?? 0) - 1;
    if (row < 0) return;
    const at = ATTRIBUTES_AT + 4 * attribute;
    campaign.attributes[attribute]!.keys.read(row, command.keys, at);
    command.attributes |= 1 << attribute;
  });
  command.offer = termsOf(campaign.definition, terms.get(invite)).inviterOffer;
  print.set(PRINT);
  INVITER.user = inviter;
  INVITER.arm = campaign.userArm.get(inviter) - 1;
}

function setAmount(campaign: CampaignState, side: GrantSide): void {
  const { command, user } = side;
  const { reward } = campaign.definition.offers[command.offer]!;
  if (reward.kind === "fixed") {
    side.amountMinor = reward.amountMinor;
    side.draw = 0;
    return;
  }
  assert(reward.kind === "table", "expected a fixed or a table reward, as invites have");
  const draws = campaign.draws[command.offer]!.get(user);
  const { luck } = campaign.keys;
  const { keys, offer } = command;
  side.amountMinor = drawAmount(luck!, offer, keys, USER_AT, draws, reward.entries);
  side.draw = draws + 1;
}

function isLucky({ definition }: CampaignState, ...offers: number[]): boolean {
  return offers.some((offer) => definition.offers[offer]!.reward.kind !== "fixed");
}

function writeAccepted(
  campaign: CampaignState,
  invite: number,
  withheld: boolean,
  atMs: number,
  out: EventWriter,
): void {
  const { command, user } = INVITED;
  const { accepted } = EVENT_KINDS;
  const at = out.begin(accepted, campaign.ordinal, atMs, ACCEPTED.words, withheld ? 1 : 0);
  const { words } = out;
  words[at + ACCEPTED.acceptance] = withheld ? WITHHELD : campaign.invites!.acceptances;
  words[at + ACCEPTED.invite] = invite;
  out.key(at + ACCEPTED.id, command.keys, ID_AT);
  words[at + ACCEPTED.fingerprint] = PRINT[0]!;
  words[at + ACCEPTED.fingerprint + 1] = PRINT[1]!;
  words[at + ACCEPTED.user] = user;
  out.key(at + ACCEPTED.userKey, command.keys, USER_AT);
  out.wide(at + ACCEPTED.inviterAmount, INVITER.amountMinor);
}

function replayOfAcceptance(campaign: CampaignState, bound: number): Outcome {
  const use = campaign.idUse.get(bound);
  const target = campaign.idTarget.get(bound);
  const same = sameContent(campaign, bound, PRINT);
  if (!same || (use !== ID_USE.accepted && use !== ID_USE.acceptWithheld)) {
    return outcome("id_conflict");
  }
  const invites = campaign.invites!;
  const invite = use === ID_USE.accepted ? invites.acceptedInvite.get(target) : target;
  const offer = termsOf(campaign.definition, invites.terms.get(invite)).invitedOffer;
  if (use === ID_USE.acceptWithheld) {
    return { ...heldOut(campaign, offer), invite, replayed: true };
  }
  const answer = outcome("accepted");
  answer.replayed = true;
  answer.invite = invite;
  answer.grant = invites.acceptedGrant.get(target) + 1;
  answer.offer = offer;
  answer.amountMinor = campaign.grantAmount.get(answer.grant);
  answer.expiresAtMs = campaign.expiresAtMs(answer.grant);
  answer.arm = campaign.userArm.get(campaign.grantUser.get(answer.grant)) - 1;
  return answer;
}
