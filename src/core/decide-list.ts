// A list of users put in force. The list itself is a file beside the journal; what decides is its
// hash, so that a ledger cannot be reopened with another one.

import { fromHex, toHex } from "../base/bytes.ts";
import { EVENT_KINDS, type EventWriter, LISTED } from "./event.ts";
import type { ImportedList } from "./imported-list.ts";
import { type Outcome, outcome } from "./outcome.ts";
import type { CampaignState } from "./state.ts";

/** Decides that a list holds from now on; the same list again changes nothing. */
export function decideListed(
  campaign: CampaignState,
  list: number,
  imported: ImportedList,
  atMs: number,
  out: EventWriter,
): Outcome {
  if (campaign.phase === "closed") return outcome("campaign_closed");
  if (campaign.lists[list]?.sha256 === imported.sha256) {
    return { ...outcome("listed"), replayed: true };
  }
  const at = out.begin(EVENT_KINDS.listed, campaign.ordinal, atMs, LISTED.words);
  out.words[at + LISTED.list] = list;
  out.words[at + LISTED.users] = imported.users;
  const words = out.words.subarray(at + LISTED.sha256, at + LISTED.words);
  new Uint8Array(words.buffer, words.byteOffset, 32).set(fromHex(imported.sha256)!);
  return outcome("listed");
}

/** Reads a listed event. */
export function listedOf(words: Uint32Array, at: number): ImportedList & { list: number } {
  const hash = words.slice(at + LISTED.sha256, at + LISTED.words);
  return {
    list: words[at + LISTED.list]!,
    users: words[at + LISTED.users]!,
    sha256: toHex(new Uint8Array(hash.buffer)),
  };
}
