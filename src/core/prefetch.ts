// Brings what the next decisions will look up into the processor's caches. Each look-up in a large
// table waits for memory; a plain loop of look-ups lets the processor wait for several at once,
// which decisions, one after the other, do not.
import { ATTRIBUTES_AT, type Command, ID_AT, USER_AT } from "./command.ts";
import type { CampaignState } from "./state.ts";

/** Keeps the look-ups from being optimised away. */
export let prefetchSink = 0;

/** Looks up ids, users and attributes of the first `count` commands. Changes nothing. */
export function prefetchClaims(
  campaign: CampaignState,
  commands: readonly Command[],
  count: number,
): void {
  for (let i = 0; i < count; i++) prefetchSink ^= campaign.ids.find(commands[i]!.keys, ID_AT);
  for (let i = 0; i < count; i++) prefetchSink ^= campaign.users.find(commands[i]!.keys, USER_AT);
  for (let attribute = 0; attribute < campaign.attributes.length; attribute++) {
    const values = campaign.attributes[attribute]!;
    if (values.count === 0) continue;
    const at = ATTRIBUTES_AT + 4 * attribute;
    for (let i = 0; i < count; i++) prefetchSink ^= values.find(commands[i]!.keys, at);
  }
}
