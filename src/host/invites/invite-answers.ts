// Answers to those who invite and accept, and what a user sees of his invites.
import type { CampaignBooks } from "../../contract/schema/campaign.ts";
import type {
  AcceptAnswer,
  EarningView,
  InviteAnswer,
  InvitesAnswer,
  InviteView,
} from "../../contract/schema/invite.ts";
import { PER } from "../../core/caps/windows.ts";
import { endOfInvite, openInvite } from "../../core/invites/decide-invite.ts";
import { termsOf } from "../../core/invites/invites.ts";
import type { Outcome } from "../../core/outcome.ts";
import type { CampaignState } from "../../core/state.ts";
import { addRefusal, answerBase } from "../answers.ts";
import type { OpenCampaign } from "../open-campaigns.ts";
import type { CampaignNames } from "../writer/request.ts";

export function inviteAnswer(
  names: CampaignNames,
  invite: string,
  outcome: Outcome,
  atMs: number,
  reason: string | null,
): InviteAnswer {
  const { status, replayed } = outcome;
  const answer: InviteAnswer = { ...answerBase(status, atMs, replayed), invite };
  if (status === "held_out") answer.arm = names.armName(0);
  if (status === "not_eligible" && reason !== null) answer.reason = reason;
  addRefusal(names, answer, outcome);
  if (status !== "invited") return answer;
  const { expiresAtMs } = outcome;
  return { ...answer, ...names.inviteCodes.write(outcome.invite), expiresAtMs };
}

export function acceptAnswer(
  { state, names }: OpenCampaign,
  outcome: Outcome,
  atMs: number,
  reason: string | null,
): AcceptAnswer {
  const { status, replayed, invite, side } = outcome;
  const { definition } = names;
  const answer: AcceptAnswer = answerBase(status, atMs, replayed);
  if (invite >= 0) answer.invite = termsOf(definition, state.invites!.terms.get(invite)).id;
  if (status === "held_out") answer.arm = names.armName(0);
  if (side !== null) answer.side = side;
  if (status === "not_eligible" && reason !== null) answer.reason = reason;
  addRefusal(names, answer, outcome);
  if (status !== "accepted") return answer;
  answer.offer = definition.offers[outcome.offer]!.id;
  answer.grant = names.grantIds.encode(outcome.grant);
  answer.amountMinor = outcome.amountMinor;
  answer.currency = definition.currency;
  answer.expiresAtMs = outcome.expiresAtMs;
  if (definition.rehearsal === true) answer.rehearsal = true;
  if (!definition.assignment.masked) answer.arm = names.armName(outcome.arm);
  return answer;
}

/** @param user his ordinal, or -1 */
export function inviteViews(
  { state, names }: OpenCampaign,
  user: number,
  atMs: number,
): InviteView[] {
  return (state.definition.invites ?? []).map(({ id, uses }, terms): InviteView => {
    const invites = state.invites!;
    const brought = user < 0 ? 0 : invites.of[terms]!.brought.get(user);
    const view: InviteView = { invite: id, brought };
    const open = openInvite(state, user, terms, atMs);
    if (open < 0) return view;
    const used = invites.used.get(open);
    return {
      ...view,
      ...names.inviteCodes.write(open),
      ...{ used, uses, expiresAtMs: endOfInvite(state, open) },
    };
  });
}

/** @param user his ordinal, or -1 */
export function earningViews(
  { definition, calendar, lots, invites }: CampaignState,
  user: number,
  atMs: number,
): Pick<InvitesAnswer, "earning"> {
  const today = calendar.windowAt(PER.day, atMs);
  const earning = (definition.draws ?? []).flatMap(({ id: draw, earn }, i): EarningView[] => {
    if (earn === undefined) return [];
    const brought = user < 0 ? 0 : (invites?.broughtOn(today, user) ?? 0);
    const entries = user < 0 ? 0 : lots[i]!.userEntries.get(user);
    return [{ draw, brought, needed: earn.invites, entries }];
  });
  return earning.length === 0 ? {} : { earning };
}

/** What all invites of a campaign came to. */
export function inviteBooks({ invites, counts }: CampaignState): Pick<CampaignBooks, "invites"> {
  if (invites === null) return {};
  const { count: codes, acceptances, withheld, reached } = invites;
  const { heldOut } = counts;
  return { invites: { codes, acceptances, withheld, heldOut, heldOutReached: reached } };
}
