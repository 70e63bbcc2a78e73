// Snapshots as a port: they shorten restarts and are never the truth; deleting all loses nothing.

import type { CampaignKeys } from "../../core/campaign-keys.ts";
import type { LedgerState } from "../../core/ledger-state.ts";
import type { Opening } from "../../core/opening.ts";
import type { Journal } from "../../journal/port.ts";

export interface LoadedSnapshot {
  /** Replay goes on after this record; 0 when there was no usable snapshot. */
  sequence: number;
  openings: { opening: Opening; keys: CampaignKeys }[];
}

export interface SnapshotStore {
  /** Fills an empty state from the newest snapshot that fits the journal. */
  load(state: LedgerState, journal: Journal): Promise<LoadedSnapshot>;
  /**
   * Told of every opening, loaded or new: a snapshot holds them, since the journal's may be old.
   */
  noteOpening(ordinal: number, opening: Opening): void;
  /** Keeps the state as of the journal's last record. */
  save(state: LedgerState, journal: Journal): Promise<void>;
}

/** For engines that always replay. */
export const NO_SNAPSHOTS: SnapshotStore = {
  load: async () => ({ sequence: 0, openings: [] }),
  noteOpening: () => {},
  save: async () => {},
};
