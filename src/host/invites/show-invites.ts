// `invite.show`: a user's codes, and how many users he brought.
import type { InvitesAnswer } from "../../contract/schema/invite.ts";
import { emptyCommand, USER_AT } from "../../core/command.ts";
import { answerBase } from "../answers.ts";
import type { Engine } from "../engine.ts";
import { inCampaign } from "../writer/in-campaign.ts";
import { LANE } from "../writer/job.ts";
import { earningViews, inviteViews } from "./invite-answers.ts";

const COMMAND = emptyCommand();

export function showInvites(
  engine: Engine,
  { params: { campaign, user } }: { params: { campaign: string; user: string } },
  timeoutMs?: number,
): Promise<InvitesAnswer> {
  return inCampaign(
    engine,
    LANE.read,
    ["invite.show", campaign, user],
    { invites: [] },
    (open, atMs) => {
      open.names.pseudonyms.setUser(COMMAND, user);
      const ordinal = open.state.users.find(COMMAND.keys, USER_AT);
      const invites = inviteViews(open, ordinal, atMs);
      return { ...answerBase("ok", atMs), invites, ...earningViews(open.state, ordinal, atMs) };
    },
    timeoutMs,
  );
}
