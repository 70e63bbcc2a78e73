// From a journal to the state that its events add up to, on opening.
import { applyEvents } from "../core/apply.ts";
import { payloadWords } from "../core/event-view.ts";
import type { Opening } from "../core/opening.ts";
import type { CampaignKeys, LedgerState } from "../core/state.ts";
import type { Journal } from "../journal/port.ts";

export interface Replayed {
  /** Openings by campaign ordinal, with the keys object that the state holds. */
  openings: { opening: Opening; keys: CampaignKeys }[];
  events: number;
}

/** Applies every record after `afterSequence`. The keys of campaigns are left null, to be filled. */
export async function replay(
  journal: Journal,
  state: LedgerState,
  afterSequence: number,
  onProgress?: (sequence: number) => void,
): Promise<Replayed> {
  const replayed: Replayed = { openings: [], events: 0 };
  const keysOf = (_: number, opening: Opening): CampaignKeys => {
    const keys: CampaignKeys = { luck: null, seed: null };
    replayed.openings.push({ opening, keys });
    return keys;
  };
  for await (const record of journal.read(afterSequence + 1)) {
    const words = payloadWords(record.payload);
    applyEvents(state, words, 0, words.length, record.atMs, keysOf);
    replayed.events += record.eventCount;
    if (onProgress !== undefined && record.sequence % 256 === 0) onProgress(record.sequence);
  }
  return replayed;
}
