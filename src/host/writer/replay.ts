// From a journal to the state that its events add up to, on opening.
import { applyEvents } from "../../core/apply.ts";
import type { CampaignKeys } from "../../core/campaign-keys.ts";
import { HEAD } from "../../core/event.ts";
import { payloadWords } from "../../core/event-view.ts";
import type { LedgerState } from "../../core/ledger-state.ts";
import type { Opening } from "../../core/opening.ts";
import type { Journal } from "../../journal/port.ts";

export interface Replayed {
  /** Openings by campaign ordinal, with the keys object that the state holds. */
  openings: { opening: Opening; keys: CampaignKeys }[];
  events: number;
  /** The instant of the last event: up to a minute after its record's, and time goes on from it. */
  lastAtMs: number;
}

/** Applies every record after `afterSequence`. Keys of campaigns are left null, to be filled. */
export async function replay(
  journal: Journal,
  state: LedgerState,
  afterSequence: number,
  onProgress?: (sequence: number) => void,
): Promise<Replayed> {
  const replayed: Replayed = { openings: [], events: 0, lastAtMs: 0 };
  const keysOf = (_: number, opening: Opening): CampaignKeys => {
    const keys: CampaignKeys = { luck: null, seed: null };
    replayed.openings.push({ opening, keys });
    return keys;
  };
  // Of the last two records one has events; they are read even where a snapshot holds them.
  const lastTwo = Math.max(1, journal.lastSequence - 1);
  for await (const record of journal.read(Math.min(afterSequence + 1, lastTwo))) {
    const words = payloadWords(record.payload);
    if (record.sequence >= lastTwo) {
      replayed.lastAtMs = Math.max(replayed.lastAtMs, lastEventAtMs(words, record.atMs));
    }
    if (record.sequence <= afterSequence) continue;
    applyEvents(state, words, 0, words.length, record.atMs, keysOf);
    replayed.events += record.eventCount;
    if (onProgress !== undefined && record.sequence % 256 === 0) onProgress(record.sequence);
  }
  return replayed;
}

function lastEventAtMs(words: Uint32Array, recordAtMs: number): number {
  let sinceMs = 0;
  for (let at = 0; at < words.length; at += words[at]! >>> 16) {
    sinceMs = words[at + HEAD.time]! & 0xffff;
  }
  return recordAtMs + sinceMs;
}
