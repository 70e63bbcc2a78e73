// One seeded life of a journal on the simulated disk: it appends, rotates, seals, is killed, loses
// power, meets failing writes and full disks, and is opened again. Judged by a list of its own:
// what was acknowledged is there, what is there was appended, and nothing else happens.
import { AssertionFailure } from "../../src/base/assert.ts";
import { HongbaoError } from "../../src/base/error.ts";
import type { FileJournal } from "../../src/journal/files/file-journal.ts";
import { PowerLoss, randomFloats, SimulatedDisk } from "./disk.ts";
import { openSimulated, readAll, somePayload } from "./journal-life.ts";

export interface ScheduleResult {
  acknowledged: number;
  lives: number;
  crashes: number;
  cuts: number;
  refusals: string[];
  /** Why an append or an opening failed, by code. */
  failures: string[];
}

export interface ScheduleOptions {
  /** A disk whose lies the schedule must discover; the honest one without. */
  disk?: (seed: number) => SimulatedDisk;
  /** Whether one bit is flipped after the last life. */
  flipBit?: boolean;
}

/** What a failed schedule throws: the promise that was broken. */
export class BrokenPromise extends Error {
  override name = "BrokenPromise";
}

interface Books {
  /** Payloads in order of sequence; what was acknowledged, then at most one that was not. */
  payloads: Uint8Array[];
  acknowledged: number;
  random: () => number;
  atMs: number;
}

/** Runs one schedule; throws BrokenPromise with the seed when the journal broke its word. */
export async function runJournalSchedule(
  seed: number,
  options: ScheduleOptions = {},
): Promise<ScheduleResult> {
  const random = randomFloats(seed ^ 0x5bd1e995);
  const disk = options.disk?.(seed) ?? new SimulatedDisk({ seed });
  const books: Books = { payloads: [], acknowledged: 0, random, atMs: 1000 };
  const result: ScheduleResult = {
    acknowledged: 0,
    lives: 1 + Math.floor(random() * 4),
    crashes: 0,
    cuts: 0,
    refusals: [],
    failures: [],
  };
  try {
    for (let life = 0; life < result.lives; life++) await liveOnce(disk, books, result);
    disk.faults = {};
    disk.capacityBytes = Number.POSITIVE_INFINITY;
    if (options.flipBit === true) await flipAndOpen(disk, books, result);
    else await openAndCompare(disk, books, result).then((journal) => journal.close());
  } catch (error) {
    const broken = error instanceof BrokenPromise || error instanceof HongbaoError;
    if (!broken) throw error;
    throw new BrokenPromise(`seed ${seed}: ${error.message}`, { cause: error });
  }
  result.acknowledged = books.acknowledged;
  return result;
}

async function liveOnce(disk: SimulatedDisk, books: Books, result: ScheduleResult): Promise<void> {
  const { random } = books;
  const style = random();
  disk.faults =
    style < 0.3
      ? { writesShort: 0.3 }
      : style < 0.6
        ? { writeFails: 0.02, syncFails: 0.05, writesShort: 0.1 }
        : {};
  const full = random() < 0.15;
  disk.capacityBytes = full ? disk.usedBytes() + random() * 200_000 : Number.POSITIVE_INFINITY;
  if (random() < 0.7) disk.crashAtChange = disk.changes + Math.floor(random() * 60);
  else if (random() < 0.3) disk.failAtChange = disk.changes + Math.floor(random() * 60);
  try {
    const journal = await openAndCompare(disk, books, result);
    await work(journal, disk, books, result);
    if (random() < 0.5) await journal.close();
  } catch (error) {
    note(error, result);
  }
  if (random() < 0.8) {
    disk.crash();
    result.crashes += 1;
  } else disk.kill();
}

/** Opens, compares with the books; what was read counts as acknowledged from now on. */
async function openAndCompare(
  disk: SimulatedDisk,
  books: Books,
  result: ScheduleResult,
): Promise<FileJournal> {
  const journal = await openSimulated(disk);
  if (journal.recovery.cut !== null) result.cuts += 1;
  const records = await readAll(journal);
  compare(
    records.map(({ payload }) => payload),
    books,
  );
  books.payloads.length = records.length;
  books.acknowledged = records.length;
  return journal;
}

function compare(found: Uint8Array[], books: Books): void {
  const { payloads, acknowledged } = books;
  if (found.length < acknowledged) {
    throw new BrokenPromise(`${acknowledged} records acknowledged, ${found.length} found`);
  }
  if (found.length > payloads.length + 1) {
    throw new BrokenPromise(`${payloads.length} records appended, ${found.length} found`);
  }
  for (const [index, payload] of found.entries()) {
    const expected = payloads[index] ?? new Uint8Array(0); // a seal on the way when power went
    if (Buffer.compare(payload, expected) !== 0) {
      throw new BrokenPromise(`record ${index + 1} is not the one that was appended`);
    }
  }
}

async function work(
  journal: FileJournal,
  disk: SimulatedDisk,
  books: Books,
  result: ScheduleResult,
): Promise<void> {
  const { random } = books;
  const steps = Math.floor(random() * 30);
  for (let step = 0; step < steps; step++) {
    const kind = random();
    if (kind < 0.75) await appendOne(journal, disk, books, result);
    else if (kind < 0.9) await journal.writeHead();
    else {
      await journal.seal();
      while (books.payloads.length < journal.lastSequence) {
        books.payloads.push(new Uint8Array(0));
      }
      books.acknowledged = journal.lastSequence;
    }
  }
}

async function appendOne(
  journal: FileJournal,
  disk: SimulatedDisk,
  books: Books,
  result: ScheduleResult,
): Promise<void> {
  const { random } = books;
  const sequence = journal.lastSequence + 1;
  const bytes = random() < 0.1 ? 20_000 : 4 + Math.floor(random() * (random() < 0.5 ? 600 : 6000));
  const payload = somePayload(Math.floor(random() * 1e6), bytes, random() < 0.2);
  try {
    await journal.prepare(payload.length);
  } catch (error) {
    if (!(error instanceof HongbaoError) || error.code !== "disk_full") throw error;
    result.failures.push(error.code);
    if ((await readAll(journal)).length !== journal.lastSequence) {
      throw new BrokenPromise("a full disk stopped reading");
    }
    if (random() < 0.5) disk.capacityBytes = Number.POSITIVE_INFINITY;
    return;
  }
  books.payloads[sequence - 1] = payload;
  books.atMs += Math.floor(random() * 3);
  const blindingSeed = new Uint8Array(16).fill(sequence);
  try {
    await journal.append({ atMs: books.atMs, eventCount: 1, payload, blindingSeed });
  } catch (error) {
    await mustStayDead(journal, books.atMs);
    throw error;
  }
  books.acknowledged = sequence;
}

async function mustStayDead(journal: FileJournal, atMs: number): Promise<void> {
  const draft = {
    atMs,
    eventCount: 1,
    payload: new Uint8Array(4),
    blindingSeed: new Uint8Array(16),
  };
  try {
    await journal.append(draft);
  } catch (error) {
    if (error instanceof HongbaoError && error.code === "journal_failed") return;
    throw error;
  }
  throw new BrokenPromise("an append succeeded after one had failed");
}

/** Only a stopped disk or a full one may fail a call: no honest crash makes opening refuse. */
function note(error: unknown, result: ScheduleResult): void {
  if (error instanceof HongbaoError) {
    if (error.code === "journal_failed" || error.code === "disk_full") {
      result.failures.push(error.code);
      return;
    }
    throw new BrokenPromise(`a crash alone led to ${error.code}: ${error.message}`);
  }
  if (error instanceof PowerLoss) return; // while reading
  if (error instanceof AssertionFailure) throw new BrokenPromise(`assertion: ${error.message}`);
  throw error;
}

/** After a flipped bit opening and reading refuse, or everything is there. */
async function flipAndOpen(
  disk: SimulatedDisk,
  books: Books,
  result: ScheduleResult,
): Promise<void> {
  const { random } = books;
  const names = (await disk.list()).filter((name) => /\.journal$|^head$/.test(name));
  const name = random() < 0.6 ? names.at(-1) : names[Math.floor(random() * names.length)];
  const offset = name === undefined ? undefined : someOffset(disk.content(name), random);
  if (name === undefined || offset === undefined) return;
  disk.flipBit(name, offset, Math.floor(random() * 8));
  try {
    const journal = await openAndCompare(disk, books, result);
    await journal.close();
  } catch (error) {
    if (!(error instanceof HongbaoError) || !error.code.startsWith("journal_")) throw error;
    result.refusals.push(error.code);
  }
}

/** Mostly a byte of a record, and often of the last one. */
function someOffset(content: Uint8Array, random: () => number): number | undefined {
  const written: number[] = [];
  for (let offset = 0; offset < content.length; offset += 1 + (offset % 13)) {
    if (content[offset] !== 0) written.push(offset);
  }
  if (random() < 0.1) return Math.floor(random() * content.length);
  const from = random() < 0.6 ? Math.max(0, written.length - 200) : 0;
  return written[from + Math.floor(random() * (written.length - from))];
}
