// How the events of invites add to the state.

import { PER } from "../caps/windows.ts";
import { ACCEPTED, INVITED } from "../event.ts";
import { bindId, internAttributes } from "../grants/apply-grant.ts";
import type { CampaignState } from "../state.ts";
import { ID_USE, REACHED } from "../state-words.ts";

export function applyInvited(
  campaign: CampaignState,
  words: Uint32Array,
  at: number,
  atMs: number,
): void {
  const invites = campaign.invites!;
  const invite = words[at + INVITED.invite]!;
  const packed = words[at + INVITED.terms]!;
  const terms = packed & 0xffff;
  const user = words[at + INVITED.user]!;
  bindId(campaign, words, at + INVITED.id, ID_USE.invited, invite);
  campaign.users.intern(words, at + INVITED.userKey, user);
  const attributes = (packed >>> 16) & 0xff;
  internAttributes(campaign, invites.value, words, at + INVITED.rest, attributes, invite);
  invites.count = invite + 1;
  invites.user.set(invite, user);
  invites.terms.set(invite, terms);
  invites.at.set(invite, atMs - campaign.definition.startsAtMs);
  invites.of[terms]!.lastInvite.set(user, invite + 1);
}

/** The grants of an acceptance are events of their own, behind it. */
export function applyAccepted(
  campaign: CampaignState,
  words: Uint32Array,
  at: number,
  atMs: number,
): void {
  const invites = campaign.invites!;
  const invite = words[at + ACCEPTED.invite]!;
  const user = words[at + ACCEPTED.user]!;
  campaign.users.intern(words, at + ACCEPTED.userKey, user);
  if ((words[at]! & 0x100) !== 0) {
    bindId(campaign, words, at + ACCEPTED.id, ID_USE.acceptWithheld, invite);
    const flags = campaign.userFlags.get(user);
    invites.withheld += 1;
    if ((flags & REACHED) !== 0) return;
    invites.reached += 1;
    campaign.userFlags.set(user, flags | REACHED);
    return;
  }
  const acceptance = words[at + ACCEPTED.acceptance]!;
  bindId(campaign, words, at + ACCEPTED.id, ID_USE.accepted, acceptance);
  const inviter = invites.user.get(invite);
  const { invitedBy, brought } = invites.of[invites.terms.get(invite)]!;
  invites.acceptances = acceptance + 1;
  invites.acceptedInvite.set(acceptance, invite);
  invites.acceptedGrant.set(acceptance, campaign.grantCount);
  invites.used.set(invite, invites.used.get(invite) + 1);
  invitedBy.set(user, inviter + 1);
  brought.set(inviter, brought.get(inviter) + 1);
  if (invites.countsDays) invites.bringOn(campaign.calendar.windowAt(PER.day, atMs), inviter);
}
