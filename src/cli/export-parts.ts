// `hongbao export DIR --parts`: what came since the last time, as one more file in the folder, each
// event in exactly one of them. A part is written and synced under a name that no reader takes,
// then the manifest names it, then it gets its own; an end at any step is mended at the next run.
import { open, readdir, rename, rm } from "node:fs/promises";
import { join } from "node:path";
import { setTimeout } from "node:timers/promises";
import { z } from "zod";
import { toHex } from "../base/bytes.ts";
import { HongbaoError } from "../base/error.ts";
import { contractError } from "../contract/errors.ts";
import { parse } from "../contract/index.ts";
import { readIfThere, writeWhole } from "../host/data-directory.ts";
import { type Lock, takeLock } from "../journal/files/lock.ts";
import { openNodeDisk } from "../journal/files/node-disk.ts";
import { isGone, nodeProcessTable } from "../journal/files/process-table.ts";
import { JournalFollower, type JournalRecord } from "../journal/index.ts";
import { EVENT_COLUMNS, type EventRow } from "../prove/event-columns.ts";
import { type ExportFormat, writeObjects } from "../prove/export-rows.ts";
import { EventRows } from "./event-rows.ts";

/** One file: all events of the records from one to another. */
export interface Part {
  file: string;
  fromSequence: number;
  toSequence: number;
  rows: number;
  /** Of its last record, in hex: the next run checks that it reads the same journal. */
  chain: string;
}

interface Manifest {
  format: 1;
  ledger: string;
  fileFormat: ExportFormat;
  parts: Part[];
}

export interface PartsOptions {
  /** The journal's folder. */
  journal: string;
  /** Where the parts go. */
  dir: string;
  format: ExportFormat;
  /** Rows after which a part ends, at the end of a record. */
  partRows?: number;
}

export const MANIFEST_FILE = "manifest.json";
const UNFINISHED_FILE = "next.part";
/** Behind the name of a part that is whole, until the manifest names it. */
const READY = ".ready";
/** What a run that was killed left of a file that it was writing under the folder's lock. */
const HALF_WRITTEN = /^(?:README\.md|manifest\.json)\.\d+\.new$/;
/** A lock in the making, named for its process, which need not have the folder's lock. */
const LOCK_DRAFT = /^lock\.(\d+)-\d+\.tmp$/;
/** Of some 30 bytes each: a file that warehouses like. */
const PART_ROWS = 1_000_000;
const WAIT_MS = 50;

const manifestSchema: z.ZodType<Manifest> = z.strictObject({
  format: z.literal(1),
  ledger: z.string(),
  fileFormat: z.enum(["parquet", "csv"]),
  parts: z.array(
    z.strictObject({
      file: z.string().regex(/^events-\d{12}-\d{12}\.(parquet|csv)$/),
      fromSequence: z.int().min(1),
      toSequence: z.int().min(1),
      rows: z.int().min(1),
      chain: z.string().regex(/^[0-9a-f]{64}$/),
    }),
  ),
});

export class PartsExport {
  private readonly options: PartsOptions;
  private readonly lock: Lock;
  private readonly manifest: Manifest;
  private readonly follower: JournalFollower;
  private readonly rows = new EventRows();
  /** Read, and to be the first of the next part. */
  private held: JournalRecord | null = null;
  private read = 0;

  private constructor(
    options: PartsOptions,
    lock: Lock,
    manifest: Manifest,
    follower: JournalFollower,
  ) {
    this.options = options;
    this.lock = lock;
    this.manifest = manifest;
    this.follower = follower;
  }

  /**
   * Mends what an earlier run left, and reads the journal up to where that came. Throws
   * `wrong_ledger` where the folder holds another journal's events.
   */
  static async open(options: PartsOptions): Promise<PartsExport> {
    const lock = await lockFolder(options.dir);
    let follower: JournalFollower | null = null;
    try {
      follower = await JournalFollower.open(options.journal);
      const { ledgerId } = follower;
      const manifest = await readManifest(options, ledgerId);
      await mend(options.dir, manifest);
      const parts = new PartsExport(options, lock, manifest, follower);
      await parts.learn();
      return parts;
    } catch (error) {
      await follower?.close();
      await lock.release();
      throw error;
    }
  }

  get ledgerId(): string {
    return this.manifest.ledger;
  }

  /** The last record whose events stand in a part. */
  get sequence(): number {
    return this.manifest.parts.at(-1)?.toSequence ?? 0;
  }

  async close(): Promise<void> {
    await this.follower.close();
    await this.lock.release();
  }

  /** Writes what is durable now, up to a record; returns the new parts. */
  async write(upTo: number): Promise<Part[]> {
    const made: Part[] = [];
    for (;;) {
      const part = await this.writePart(upTo);
      if (part === null) return made;
      made.push(part);
    }
  }

  private async writePart(upTo: number): Promise<Part | null> {
    const { dir, format } = this.options;
    this.held ??= await this.nextWithEvents(upTo);
    if (this.held === null) return null;
    const fromSequence = this.sequence + 1;
    let last = this.held;
    const records = this.recordsOfPart(upTo, (record) => {
      last = record;
    });
    const unfinished = join(dir, UNFINISHED_FILE);
    await rm(unfinished, { force: true });
    const rows = await writeObjects(records, EVENT_COLUMNS, unfinished, format);
    const toSequence = last.sequence;
    const name = [fromSequence, toSequence].map((n) => String(n).padStart(12, "0")).join("-");
    const file = `events-${name}.${format}`;
    const part = { file, fromSequence, toSequence, rows, chain: toHex(last.chain) };
    await syncFile(unfinished);
    await rename(unfinished, join(dir, file + READY));
    this.manifest.parts.push(part);
    await writeManifest(dir, this.manifest); // syncs the folder, the name before included
    await rename(join(dir, file + READY), join(dir, file));
    await syncFile(dir);
    return part;
  }

  private async *recordsOfPart(
    upTo: number,
    onRecord: (record: JournalRecord) => void,
  ): AsyncGenerator<EventRow> {
    const { partRows = PART_ROWS } = this.options;
    let rows = 0;
    for (let record = this.held; record !== null && rows < partRows; ) {
      this.held = null;
      onRecord(record);
      for (const row of this.rows.of(record)) {
        rows += 1;
        yield row;
      }
      record = await this.nextWithEvents(upTo);
      this.held = record;
    }
  }

  private async nextWithEvents(upTo: number): Promise<JournalRecord | null> {
    while (this.read < upTo) {
      const record = await this.follower.next();
      if (record === null) return null;
      this.read = record.sequence;
      if (record.eventCount > 0) return record;
    }
    return null;
  }

  /** Whose each grant is, from the records that earlier runs wrote. */
  private async learn(): Promise<void> {
    const last = this.manifest.parts.at(-1);
    while (last !== undefined && this.read < last.toSequence) {
      const record = await this.follower.next();
      if (record === null) throw this.otherJournal(`ends at record ${this.read}`);
      this.rows.learn(record);
      this.read = record.sequence;
      if (record.sequence === last.toSequence && toHex(record.chain) !== last.chain) {
        throw this.otherJournal(`has another record ${record.sequence}`);
      }
    }
  }

  private otherJournal(found: string): HongbaoError {
    const { dir, journal } = this.options;
    const message = `${journal}: expected the journal that filled ${dir}; this one ${found}`;
    return contractError("wrong_ledger", message);
  }
}

/** Waits for more, but not beyond the signal. */
export async function pause(ms: number, signal: AbortSignal): Promise<void> {
  await setTimeout(Math.max(WAIT_MS, ms), null, { signal }).catch(() => {}); // the signal ends it
}

async function readManifest({ dir, format }: PartsOptions, ledger: string): Promise<Manifest> {
  const file = join(dir, MANIFEST_FILE);
  const content = await readIfThere(file);
  if (content === null) return { format: 1, ledger, fileFormat: format, parts: [] };
  const manifest = parseManifest(new TextDecoder().decode(content), file);
  if (manifest.ledger !== ledger) {
    const message = `${dir}: expected ledger ${ledger}, found ${manifest.ledger}`;
    throw contractError("wrong_ledger", message);
  }
  if (manifest.fileFormat !== format) {
    const message = `--to: expected ${manifest.fileFormat}, as in ${dir}, found ${format}`;
    throw contractError("invalid_usage", message);
  }
  return manifest;
}

function parseManifest(text: string, file: string): Manifest {
  try {
    return parse(JSON.parse(text), manifestSchema);
  } catch (cause) {
    if (!(cause instanceof SyntaxError) && !(cause instanceof HongbaoError)) throw cause;
    const message = `${file}: expected the parts of an export, found ${cause.message}`;
    throw new HongbaoError({ code: "invalid_file", message, cause });
  }
}

function writeManifest(dir: string, manifest: Manifest): Promise<void> {
  return writeWhole(join(dir, MANIFEST_FILE), `${JSON.stringify(manifest, null, 2)}\n`);
}

/** Finishes the part that the manifest names, and takes away what it does not name. */
async function mend(dir: string, { parts }: Manifest): Promise<void> {
  const known = new Set(parts.map(({ file }) => file));
  for (const name of await readdir(dir)) {
    const part = name.endsWith(READY) ? name.slice(0, -READY.length) : null;
    if (part !== null && known.has(part)) await rename(join(dir, name), join(dir, part));
    else if (part !== null || name === UNFINISHED_FILE || isLeft(name)) await rm(join(dir, name));
    else if (/\.(parquet|csv)$/.test(name) && !known.has(name)) throw foreignFile(dir, name);
  }
  await syncFile(dir);
}

function isLeft(name: string): boolean {
  const draft = LOCK_DRAFT.exec(name);
  return draft === null ? HALF_WRITTEN.test(name) : isGone(Number(draft[1]));
}

/** Whoever reads all files of the folder would take it for a part. */
function foreignFile(dir: string, name: string): HongbaoError {
  const message = `--out: expected a folder of parts only, found ${join(dir, name)}`;
  return contractError("invalid_usage", message, { next: "Name another folder with --out." });
}

async function syncFile(path: string): Promise<void> {
  const handle = await open(path, "r");
  try {
    await handle.sync();
  } finally {
    await handle.close();
  }
}

async function lockFolder(dir: string): Promise<Lock> {
  try {
    return await takeLock(await openNodeDisk({ directory: dir }), nodeProcessTable, false, "lock");
  } catch (error) {
    if (!(error instanceof HongbaoError) || error.code !== "journal_locked") throw error;
    const message = `${dir}: another export writes here, or one that ended on another machine did`;
    const next = `Let it finish; if none runs, remove ${join(dir, "lock")}.`;
    throw contractError("journal_locked", message, { next });
  }
}
