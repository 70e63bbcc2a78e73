// The expiry of one grant, moved further away: by an operator, for a reason, and never back.

import type { Command } from "../command.ts";
import type { EventWriter } from "../event.ts";
import { about, refusalOfGrant } from "../grants/decide-grant.ts";
import type { Note } from "../note.ts";
import { type Outcome, outcome } from "../outcome.ts";
import type { CampaignState } from "../state.ts";
import { ID_USE } from "../state-words.ts";
import { PRINT_OF, sameUse } from "../tables/bound-id.ts";
import { boundBy, SUSPECT_PRINT, writeSuspect } from "./decide-suspicion.ts";

/**
 * Decides an extension to `untilMs` of the command: later than now and than the end in force, and
 * no later than the campaign's close. The clock of a held grant stands; what is extended is the end
 * that it has once it is released. What is over stays so.
 */
export function decideExtend(
  campaign: CampaignState,
  command: Command,
  note: Note,
  atMs: number,
  out: EventWriter,
): Outcome {
  const bound = boundBy(campaign, command, note, PRINT_OF.extend);
  const { grant, paidAtMs: untilMs } = command;
  if (bound >= 0) {
    if (!sameUse(campaign, bound, SUSPECT_PRINT, ID_USE.extended)) return outcome("id_conflict");
    const entry = campaign.idTarget.get(bound);
    const { extensions } = campaign;
    const answer = ended(campaign, "extended", grant, extensions.untilMs.get(entry));
    answer.beforeMs = extensions.beforeMs.get(entry);
    answer.replayed = true;
    return answer;
  }
  const refusal = refusalOfGrant(campaign, grant, atMs);
  if (refusal !== null && refusal.status !== "held") return refusal;
  const beforeMs = campaign.unheldExpiresAtMs(grant);
  const { closesAtMs } = campaign.definition;
  // Written so that NaN refuses.
  if (!(untilMs <= closesAtMs)) return ended(campaign, "after_close", grant, beforeMs);
  if (!(untilMs > Math.max(beforeMs, atMs))) return ended(campaign, "not_later", grant, beforeMs);
  writeSuspect(campaign, "extended", command, note, untilMs, beforeMs, atMs, out);
  const answer = ended(campaign, "extended", grant, untilMs);
  answer.beforeMs = beforeMs;
  return answer;
}

function ended(
  campaign: CampaignState,
  status: "extended" | "after_close" | "not_later",
  grant: number,
  expiresAtMs: number,
): Outcome {
  return { ...about(campaign, status, grant), expiresAtMs };
}
