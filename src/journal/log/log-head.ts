// What the log's files say of the journal: how far the tree reaches, and how far checkpoints were
// published. A journal that is shorter has lost records that somebody may hold receipts of.
import { fromHex, toHex, utf8 } from "../../base/bytes.ts";
import { type Disk, errorCode, readFully, readSmallFile } from "../files/disk.ts";
import type { KnownRecord } from "../files/recovery-input.ts";
import { CHAIN_BYTES } from "../format.ts";
import { parseCheckpoint } from "./checkpoint.ts";
import { splitNotes } from "./key-chain.ts";

/** How far the tree file reaches. */
export const LOG_HEAD_FILE = "head";
/** Every checkpoint that was published, oldest first. */
export const LOG_CHECKPOINTS_FILE = "checkpoints";
/** Those that announced a next key. */
export const LOG_ANNOUNCEMENTS_FILE = "announcements";
/** The log's public keys, one a line, oldest first. */
export const LOG_KEYS_FILE = "keys";

const FORMAT = "hongbao/log/1";
const TAIL_BYTES = 65_536;

export interface LogHead {
  ledgerId: string;
  /** Records whose leaves are in the tree file. */
  size: number;
  /** Chain value of the last of them; empty for none. */
  chain: Uint8Array;
  root: Uint8Array;
  /** Entries of the file of trails; null where an older version wrote the head. */
  trails: number | null;
}

export function formatLogHead({ ledgerId, size, chain, root, trails }: LogHead): Uint8Array {
  const head = { format: FORMAT, ledgerId, size, chain: toHex(chain), root: toHex(root), trails };
  return utf8(`${JSON.stringify(head)}\n`);
}

/** Null for what is none: the tree is then made again from the journal. */
export function parseLogHead(bytes: Uint8Array): LogHead | null {
  let value: Partial<Record<string, unknown>>;
  try {
    value = JSON.parse(new TextDecoder().decode(bytes)) as typeof value;
  } catch {
    return null; // Not JSON: no head.
  }
  const { format, ledgerId, size } = value ?? {};
  const chain = typeof value?.chain === "string" ? fromHex(value.chain) : null;
  const root = typeof value?.root === "string" ? fromHex(value.root) : null;
  if (format !== FORMAT || typeof ledgerId !== "string" || !Number.isSafeInteger(size)) return null;
  if (root?.length !== CHAIN_BYTES || chain === null || (size as number) < 0) return null;
  if (chain.length !== ((size as number) > 0 ? CHAIN_BYTES : 0)) return null;
  const trails = Number.isSafeInteger(value.trails) ? (value.trails as number) : null;
  return { ledgerId, size: size as number, chain, root, trails };
}

/** The last whole checkpoint of the file that keeps them, or null. */
export async function lastCheckpoint(disk: Disk): Promise<string | null> {
  // The tail may begin inside a note, whose rest then is none.
  const notes = splitNotes(await readTail(disk, LOG_CHECKPOINTS_FILE));
  return notes.reverse().find((note) => parseCheckpoint(note) !== null) ?? null;
}

/** What a journal must reach: asked when a data directory is opened. */
export async function knownOfLog(disk: Disk): Promise<KnownRecord[]> {
  const known: KnownRecord[] = [];
  const bytes = await readSmallFile(disk, LOG_HEAD_FILE).catch(nothing);
  const head = bytes === null ? null : parseLogHead(bytes);
  if (head !== null && head.size > 0) {
    known.push({ source: "the log's head file", sequence: head.size, chain: head.chain });
  }
  const note = await lastCheckpoint(disk).catch(nothing);
  const size = note === null ? 0 : parseCheckpoint(note)!.checkpoint.size;
  if (size > 0) known.push({ source: "a published checkpoint", sequence: size, chain: null });
  return known;
}

function nothing(error: unknown): null {
  if (errorCode(error) === "ENOENT") return null;
  throw error;
}

async function readTail(disk: Disk, name: string): Promise<string> {
  const file = await disk.openForReading(name);
  try {
    const size = await file.size();
    const from = Math.max(0, size - TAIL_BYTES);
    const bytes = new Uint8Array(size - from);
    const got = await readFully(file, bytes, from);
    return new TextDecoder().decode(bytes.subarray(0, got));
  } finally {
    await file.close();
  }
}
