// One request for a code, and one acceptance: filled in, decided, answered.
import type {
  AcceptAnswer,
  AcceptInput,
  InviteAnswer,
  InviteInput,
} from "../../contract/schema/invite.ts";
import { type Command, emptyCommand } from "../../core/command.ts";
import type { EventWriter } from "../../core/event.ts";
import { decideAccept } from "../../core/invites/decide-accept.ts";
import { decideInvite } from "../../core/invites/decide-invite.ts";
import { termsOf } from "../../core/invites/invites.ts";
import { answerBase } from "../answers.ts";
import type { OpenCampaign } from "../open-campaigns.ts";
import { acceptAnswer, inviteAnswer } from "./invite-answers.ts";

const COMMAND: Command = emptyCommand();

export function createInvite(
  campaign: OpenCampaign | undefined,
  input: InviteInput,
  atMs: number,
  out: EventWriter,
): InviteAnswer {
  const { invite } = input;
  if (campaign === undefined) return { ...answerBase("unknown_campaign", atMs), invite };
  const { names, state } = campaign;
  names.fillInvite(COMMAND, input);
  const terms = COMMAND.offer;
  // The condition is the one of the offer that the inviter will get.
  if (terms >= 0) COMMAND.offer = termsOf(state.definition, terms).inviterOffer;
  const reason = names.eligibility.failure(state, COMMAND, input.facts, atMs);
  COMMAND.offer = terms;
  COMMAND.eligible = reason === null;
  const decided = decideInvite(state, COMMAND, atMs, out);
  return inviteAnswer(names, invite, decided, atMs, reason);
}

export function acceptInvite(
  campaign: OpenCampaign | undefined,
  input: AcceptInput,
  atMs: number,
  out: EventWriter,
): AcceptAnswer {
  if (campaign === undefined) return answerBase("unknown_campaign", atMs);
  const { names, state } = campaign;
  const { invites } = state;
  names.fillAccept(COMMAND, input, invites?.count ?? 0);
  const invite = COMMAND.grant;
  if (invites !== null && invite >= 0) {
    COMMAND.offer = termsOf(state.definition, invites.terms.get(invite)).invitedOffer;
  }
  const reason = names.eligibility.failure(state, COMMAND, input.facts, atMs);
  COMMAND.offer = -1;
  COMMAND.eligible = reason === null;
  return acceptAnswer(campaign, decideAccept(state, COMMAND, atMs, out), atMs, reason);
}
