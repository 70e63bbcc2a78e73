// The log's own files beside the journal: tree, places and the head that says how far both reach.
// Losing them loses nothing: they are made again from the journal. What cannot be made again, the
// published checkpoints, is only ever appended to.
import {
  closeSync,
  existsSync,
  fstatSync,
  fsyncSync,
  ftruncateSync,
  openSync,
  readSync,
  writeSync,
} from "node:fs";
import path from "node:path";
import { sameBytes, utf8 } from "../base/bytes.ts";
import { readIfThere, writeWhole } from "../host/data-directory.ts";
import type { Disk } from "../journal/files/disk.ts";
import {
  formatLogHead,
  type JournalRecord,
  LOG_ANNOUNCEMENTS_FILE,
  LOG_CHECKPOINTS_FILE,
  LOG_HEAD_FILE,
  LogTree,
  NOTE_END,
  nodeSha256,
  parseLogHead,
  recordLeaf,
  splitNotes,
} from "../journal/index.ts";
import { PlacesFile } from "./places-file.ts";
import { readRecordAt } from "./read-record.ts";
import { TrailsFile } from "./trails-file.ts";
import { TreeFile } from "./tree-file.ts";

export interface LogFiles {
  tree: LogTree;
  hashes: TreeFile;
  places: PlacesFile;
  trails: TrailsFile;
  /** The last record whose leaf is in the tree. */
  last: JournalRecord | null;
  /** Why the files were made anew; null when they were not. */
  remade: string | null;
}

/** Opens the files as far as their head vouches for them, or begins them anew. */
export async function openLogFiles(
  folder: string,
  journal: Disk,
  ledgerId: string,
): Promise<LogFiles> {
  const opened = await openAsOfHead(folder, journal, ledgerId);
  if (typeof opened !== "string") return { ...opened, remade: null };
  const hashes = TreeFile.open(path.join(folder, "tree"), 0)!;
  const places = PlacesFile.open(path.join(folder, "places"), 0)!;
  const trails = TrailsFile.open(path.join(folder, "trails"), 0)!;
  const isNew = opened === NO_HEAD && !existsSync(path.join(folder, LOG_CHECKPOINTS_FILE));
  const tree = new LogTree(nodeSha256, hashes);
  return { tree, hashes, places, trails, last: null, remade: isNew ? null : opened };
}

const NO_HEAD = "the log's head file is missing";

async function openAsOfHead(
  folder: string,
  journal: Disk,
  ledgerId: string,
): Promise<Omit<LogFiles, "remade"> | string> {
  const bytes = await readIfThere(path.join(folder, LOG_HEAD_FILE));
  if (bytes === null) return NO_HEAD;
  const head = parseLogHead(bytes);
  if (head === null) return "the log's head file is damaged";
  if (head.ledgerId !== ledgerId) return `the log's files are of ledger ${head.ledgerId}`;
  if (head.trails === null) return "an older version kept no trails of grants";
  const files = ["tree", "places", "trails"].map((name) => path.join(folder, name));
  if (!files.every((file) => existsSync(file))) return "a file of the log is missing";
  const hashes = TreeFile.open(files[0]!, head.size);
  const places = PlacesFile.open(files[1]!, head.size);
  const trails = TrailsFile.open(files[2]!, head.trails);
  if (hashes === null || places === null || trails === null) {
    for (const file of [hashes, places, trails]) file?.close();
    return "a file of the log is shorter than its head says";
  }
  const tree = new LogTree(nodeSha256, hashes);
  const { size } = head;
  const last = size === 0 ? null : await readRecordAt(journal, places.at(size - 1), size);
  const fits =
    sameBytes(tree.root(), head.root) &&
    (size === 0 ||
      (last !== null &&
        sameBytes(last.chain, head.chain) &&
        sameBytes(recordLeaf(last, nodeSha256), tree.leaf(size - 1))));
  if (fits) return { tree, hashes, places, trails, last };
  for (const file of [hashes, places, trails]) file.close();
  return "the log's files do not fit their head or the journal";
}

/** Makes the files durable, and only then says so in the head. */
export async function keepLogFiles(
  folder: string,
  ledgerId: string,
  files: LogFiles,
): Promise<void> {
  files.hashes.sync();
  files.places.sync();
  files.trails.sync();
  const chain = files.last?.chain ?? new Uint8Array(0);
  const { tree, trails } = files;
  const head = { ledgerId, size: tree.size, chain, root: tree.root(), trails: trails.length };
  await writeWhole(path.join(folder, LOG_HEAD_FILE), formatLogHead(head));
}

export function closeLogFiles({ hashes, places, trails }: LogFiles): void {
  for (const file of [hashes, places, trails]) file.close();
}

const TAIL_BYTES = 65_536;

/** Cuts off what a crash left of a note that was never published. */
export function mendNotes(folder: string, file: string): void {
  const place = path.join(folder, file);
  if (!existsSync(place)) return;
  const fd = openSync(place, "r+");
  try {
    const { size } = fstatSync(fd);
    const from = Math.max(0, size - TAIL_BYTES);
    const tail = Buffer.alloc(size - from);
    readSync(fd, tail, 0, tail.length, from);
    const end = tail.lastIndexOf(NOTE_SEPARATOR);
    if (end < 0 && from > 0) return; // No note is as long: the file is somebody else's.
    const whole = end < 0 ? 0 : from + end + NOTE_SEPARATOR.length;
    if (whole < size) ftruncateSync(fd, whole);
  } finally {
    closeSync(fd);
  }
}

const NOTE_SEPARATOR = `\n${NOTE_END}`;

/** Appends a note; it is on the disk when this returns. */
export function appendNote(folder: string, file: string, note: string): void {
  const fd = openSync(path.join(folder, file), "a", 0o640);
  try {
    const bytes = utf8(note + NOTE_END);
    for (let done = 0; done < bytes.length; ) done += writeSync(fd, bytes, done);
    fsyncSync(fd);
  } finally {
    closeSync(fd);
  }
}

/** The notes of a file, oldest first; none where there is no file. */
async function readNotes(folder: string, file: string): Promise<string[]> {
  const bytes = await readIfThere(path.join(folder, file));
  return bytes === null ? [] : splitNotes(new TextDecoder().decode(bytes));
}

/** Announcements of next keys, oldest first. */
export function readAnnouncements(folder: string): Promise<string[]> {
  return readNotes(folder, LOG_ANNOUNCEMENTS_FILE);
}
