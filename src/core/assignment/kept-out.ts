// What somebody hears who is not let in yet.
import { type Command, USER_AT } from "../command.ts";
import { type Outcome, outcome } from "../outcome.ts";
import type { CampaignState } from "../state.ts";

/** What a user hears who is not let in yet, or null. */
export function keptOut({ grey }: CampaignState, { keys }: Command, atMs: number): Outcome | null {
  if (grey === null || grey.letsIn(keys, USER_AT, atMs)) return null;
  const answer = outcome("not_yet");
  if (grey.untilMs < Number.POSITIVE_INFINITY) answer.retryAtMs = grey.untilMs;
  return answer;
}
