// Assignment of an audience before contact.
import type { AnswerOf } from "../../contract/index.ts";
import { emptyCommand } from "../../core/command.ts";
import { decideAssign } from "../../core/decide-campaign.ts";
import type { EventWriter } from "../../core/event.ts";
import { answerBase } from "../answers.ts";
import type { Engine } from "../engine.ts";
import type { OpenCampaign } from "../open-campaigns.ts";
import type { Call } from "../writer/call.ts";
import { inCampaign } from "../writer/in-campaign.ts";
import { LANE } from "../writer/job.ts";

const COMMAND = emptyCommand();

/** Members are assigned one a line, so that a record never overflows; all in the caller's order. */
export async function assignAudience(
  engine: Engine,
  { params, body }: Call<"audience.assign">,
  timeoutMs: number | undefined,
): Promise<AnswerOf<"audience.assign">> {
  const members: { user: string; arm: string }[] = [];
  let answer = answerBase("assigned", 0);
  for (let from = 0; from < body.users.length; from += ASSIGNED_AT_ONCE) {
    const users = body.users.slice(from, from + ASSIGNED_AT_ONCE);
    answer = await inCampaign(
      engine,
      LANE.claim,
      ["audience.assign", params.campaign, users],
      {},
      (open, atMs, out) =>
        assignSome(engine, open, params.audience, users, body.variant, atMs, out, members),
      timeoutMs,
    );
    if (answer.status !== "assigned") return answer;
  }
  const arms = new Map<string, number>();
  for (const { arm } of members) arms.set(arm, (arms.get(arm) ?? 0) + 1);
  return { ...answer, arms: [...arms].map(([arm, users]) => ({ arm, users })), members };
}

const ASSIGNED_AT_ONCE = 500;

function assignSome(
  engine: Engine,
  { state, names }: OpenCampaign,
  audience: string,
  users: readonly string[],
  variant: string | undefined,
  atMs: number,
  out: EventWriter,
  members: { user: string; arm: string }[],
): ReturnType<typeof answerBase> {
  const ordinal = names.audienceOrdinal(audience);
  if (ordinal < 0) return answerBase("unknown_audience", atMs);
  for (const user of users) {
    names.fillUser(COMMAND, user, variant);
    const decided = decideAssign(state, COMMAND, ordinal, atMs, out);
    if (decided.status !== "assigned") return answerBase(decided.status, atMs);
    // Applied here, since the next user of the same call may be the same.
    engine.apply(out);
    members.push({ user, arm: names.armName(decided.arm) });
  }
  return answerBase("assigned", atMs);
}
