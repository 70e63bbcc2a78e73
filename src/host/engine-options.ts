// What an engine is opened with.
import type { HongbaoError } from "../base/error.ts";
import type { Journal } from "../journal/port.ts";
import type { Clock } from "./clock.ts";
import type { ListStore } from "./lists/list-store.ts";
import type { Quarantine } from "./quarantine.ts";
import type { SecretStore } from "./secrets.ts";
import type { SnapshotStore } from "./writer/snapshot.ts";

export interface EngineOptions {
  journal: Journal;
  secrets: SecretStore;
  clock?: Clock;
  /** Unguessable bytes. */
  entropy?: (bytes: number) => Uint8Array;
  quarantine?: Quarantine;
  /** Imported lists of users; by default they live as long as the engine. */
  lists?: ListStore;
  /** Start although a list is missing; conditions that ask for it refuse then. */
  withoutLists?: boolean;
  snapshots?: SnapshotStore;
  /** Believe a clock that is far from the journal's last record. */
  trustClock?: boolean;
  /** Runs a function soon, after pending I/O; setImmediate by default. */
  soon?: (run: () => void) => void;
  /** Requests that may wait for the writer. */
  queueLines?: number;
  sliceMs?: number;
  /** Expiries and idle seals happen by themselves; simulations call `tick` instead. */
  ticking?: boolean;
  /** Bits of the hash tables' hashes, for tests. */
  hashBits?: number;
  /** Called with the last replayed sequence while the journal is read. */
  onProgress?: (sequence: number) => void;
  /** Called with what somebody should know and nobody has to act upon. */
  onNotice?: (text: string) => void;
  /** Called once when the writer stopped because of a failure. */
  onStop?: (error: HongbaoError) => void;
}
