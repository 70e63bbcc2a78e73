// Brings what the next decisions will look up into the processor's caches. Each look-up in a large
// table waits for memory; a plain loop of reads lets the processor wait for several at once, which
// decisions, one after the other, do not.
import { ATTRIBUTES_AT, type Command, ID_AT, USER_AT } from "../command.ts";
import type { CampaignState } from "../state.ts";
import type { KeyTable } from "./key-table.ts";

/** Touches where ids, users and attributes of the first `count` commands are. */
export function prefetchClaims(
  campaign: CampaignState,
  commands: readonly Command[],
  count: number,
): void {
  let read = touchAll(campaign.ids, commands, count, ID_AT);
  read ^= touchAll(campaign.users, commands, count, USER_AT);
  for (let attribute = 0; attribute < campaign.attributes.length; attribute++) {
    const values = campaign.attributes[attribute]!;
    if (values.count === 0) continue;
    read ^= touchAll(values, commands, count, ATTRIBUTES_AT + 4 * attribute);
  }
  sink[0] = read;
}

/** Takes what was read, so that the reads are not optimised away. */
const sink = new Int32Array(1);

function touchAll(
  table: KeyTable,
  commands: readonly Command[],
  count: number,
  at: number,
): number {
  let read = 0;
  for (let i = 0; i < count; i++) read ^= table.touch(commands[i]!.keys, at);
  return read;
}
