// Opening an engine over a data directory: what servers, the command line and embedding callers do.
import { HongbaoError } from "../base/error.ts";
import { openDirectoryJournal } from "../journal/files/directory-journal.ts";
import type { FileJournal } from "../journal/files/file-journal.ts";
import { makeDirectory } from "../journal/files/make-directory.ts";
import { nodeDiskForReading, openNodeDisk } from "../journal/files/node-disk.ts";
import { knownOfLog } from "../journal/log/log-head.ts";
import type { Clock } from "./clock.ts";
import { dataPaths, FileQuarantine, FileSecrets } from "./data-directory.ts";
import { Engine } from "./engine.ts";
import { FileLists } from "./lists/list-store.ts";
import { FileSnapshots } from "./writer/file-snapshots.ts";

export interface OpenOptions {
  /** The data directory; it is made when missing. One process at a time. */
  directory: string;
  /** 32 bytes; without it the directory keeps a key of its own in secrets/master.key. */
  masterKey?: Uint8Array;
  /** False leaves records to the page cache; every answer then says `durable: false`. */
  durable?: boolean;
  clock?: Clock;
  /** Believe a clock that is far from the journal's last record. */
  trustClock?: boolean;
  /** Take the lock from a writer that cannot be proved dead. */
  takeOver?: boolean;
  /** Give up a last record that is complete but has a flipped bit. */
  acceptBitFlip?: boolean;
  /** Start although an imported list is missing; conditions that ask for it refuse then. */
  withoutLists?: boolean;
  queueLines?: number;
  segmentBytes?: number;
  /** Called with the last replayed sequence while the journal is read. */
  onProgress?: (sequence: number, last: number) => void;
  /** Called with what somebody should know and nobody has to act upon. */
  onNotice?: (text: string) => void;
  /** Called once when a failure stopped the engine. */
  onStop?: (error: HongbaoError) => void;
}

/** Opens or creates a data directory and reads its journal. */
export async function open(options: OpenOptions): Promise<Engine> {
  const { directory, masterKey, durable, clock, trustClock, onProgress } = options;
  const paths = dataPaths(directory);
  await makeDirectory(directory);
  const snapshots = new FileSnapshots(await openNodeDisk({ directory }));
  const snapshot = await snapshots.known();
  const known = await knownOfLog(nodeDiskForReading(paths.log));
  if (snapshot !== null) known.push({ ...snapshot, source: "snapshot" });
  let engine: Engine | null = null;
  const journal = await openDirectoryJournal({
    directory: paths.journal,
    known,
    ...defined({
      durable,
      takeOver: options.takeOver,
      acceptBitFlip: options.acceptBitFlip,
      segmentBytes: options.segmentBytes,
    }),
    onFailure: (error) => engine?.fail(error),
  });
  try {
    engine = await Engine.open({
      journal,
      secrets: new FileSecrets(paths.secrets, masterKey ?? null),
      quarantine: await FileQuarantine.open(paths.quarantine),
      lists: await openLists(paths.lists),
      snapshots,
      ...defined({ clock, trustClock, queueLines: options.queueLines }),
      ...defined({ withoutLists: options.withoutLists }),
      ...defined({ onStop: options.onStop, onNotice: options.onNotice }),
      onProgress: (sequence) => onProgress?.(sequence, journal.lastSequence),
    });
    return engine;
  } catch (error) {
    await closeQuietly(journal);
    throw error;
  }
}

async function openLists(directory: string): Promise<FileLists> {
  await makeDirectory(directory, 0o700);
  return new FileLists(await openNodeDisk({ directory }));
}

/** Without the entries that are undefined. */
function defined<T extends object>(entries: T): { [K in keyof T]?: Exclude<T[K], undefined> } {
  const kept = Object.entries(entries).filter(([, value]) => value !== undefined);
  return Object.fromEntries(kept) as { [K in keyof T]?: Exclude<T[K], undefined> };
}

async function closeQuietly(journal: FileJournal): Promise<void> {
  await journal.close().catch((error: unknown) => {
    // The first failure is the one to tell.
    if (!(error instanceof HongbaoError)) throw error;
  });
}
