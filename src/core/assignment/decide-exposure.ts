// Decides what a surface outside the engine reports: that a user saw what his arm could change,
// earlier than anything that is recorded of him. A later one is no first exposure.
import { type Command, USER_AT } from "../command.ts";
import { ASSIGNED, EVENT_KINDS, type EventWriter } from "../event.ts";
import { type Outcome, outcome } from "../outcome.ts";
import type { CampaignState } from "../state.ts";
import { EXPOSED } from "../state-words.ts";
import { EXPOSURE_IMPORTED } from "./exposure-event.ts";

/** @param surface its ordinal in the definition's surfaces */
export function decideExposure(
  campaign: CampaignState,
  command: Command,
  surface: number,
  seenAtMs: number,
  atMs: number,
  out: EventWriter,
): Outcome {
  const { definition, exposureTimes } = campaign;
  const user = campaign.users.find(command.keys, USER_AT);
  const arm = user < 0 ? -1 : campaign.userArm.get(user) - 1;
  if (arm < 0) return outcome("not_assigned");
  const fromMs = Math.max(definition.startsAtMs, exposureTimes.assignedAt.get(user));
  if (seenAtMs < fromMs) return outcome("seen_early");
  if (seenAtMs > atMs || seenAtMs >= definition.endsAtMs) return outcome("seen_late");
  const isExposed = (campaign.userFlags.get(user) & EXPOSED) !== 0;
  if (isExposed && exposureTimes.exposedAt.get(user) <= seenAtMs) return outcome("exposed_before");
  const { words } = EXPOSURE_IMPORTED;
  const at = out.begin(EVENT_KINDS.exposure_imported, campaign.ordinal, atMs, words);
  out.words[at + ASSIGNED.user] = user;
  out.key(at + ASSIGNED.userKey, command.keys, USER_AT);
  out.words[at + EXPOSURE_IMPORTED.what] = arm | (surface << 16);
  out.wide(at + EXPOSURE_IMPORTED.seenAt, seenAtMs);
  return outcome("exposed");
}
