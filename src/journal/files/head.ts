// The head file: the last sequence known durable and its chain, written each second. A journal that
// is shorter than it has lost its end. Two slots take turns, each in one sector: a crash while
// writing one leaves the other.
import { sameBytes, utf8 } from "../../base/bytes.ts";
import { crc32c } from "../../base/crc32c.ts";
import { BLOCK_BYTES, CHAIN_BYTES, FORMAT_VERSION } from "../format.ts";
import { readU64, writeU64 } from "../u64.ts";
import { type Disk, type DiskFile, readSmallFile, writeFully } from "./disk.ts";

export const HEAD_FILE = "head";
const HEAD_BYTES: number = 2 * BLOCK_BYTES;

const MAGIC = utf8("hbhead01");
const SLOT_BYTES = 72;
const AT = { magic: 0, formatVersion: 8, turn: 16, sequence: 24, chain: 32, crc: 64 } as const;
/** Last of a slot: a write cut short lacks it. */
const END = 0x0a646e65;

export interface Head {
  sequence: number;
  chain: Uint8Array;
}

export interface HeadContent {
  /** Null when no slot is whole. */
  head: Head | null;
  turn: number;
  damagedSlots: number;
}

/** What the head file says; a missing or never written one says nothing. */
export async function readHead(disk: Disk): Promise<HeadContent> {
  const bytes = await readSmallFile(disk, HEAD_FILE);
  const content: HeadContent = { head: null, turn: -1, damagedSlots: 0 };
  if (bytes === null) return content;
  for (let slot = 0; slot < 2; slot++) {
    const part = bytes.subarray(slot * BLOCK_BYTES, slot * BLOCK_BYTES + SLOT_BYTES);
    if (part.length < SLOT_BYTES || part.at(-1) === 0) continue; // never written, or cut short
    const decoded = decodeSlot(part);
    if (decoded === null) content.damagedSlots += 1;
    else if (decoded.turn > content.turn) {
      content.head = decoded;
      content.turn = decoded.turn;
    }
  }
  return content;
}

/** The head file open for writing. */
export class HeadFile {
  readonly #file: DiskFile;
  readonly #durable: boolean;
  #turn: number;

  constructor(file: DiskFile, durable: boolean, turn: number) {
    this.#file = file;
    this.#durable = durable;
    this.#turn = turn;
  }

  /** Writes over the older slot. One call at a time. */
  async write(head: Head): Promise<void> {
    this.#turn += 1;
    await writeFully(this.#file, encodeSlot(head, this.#turn), (this.#turn % 2) * BLOCK_BYTES);
    if (!this.#durable) await this.#file.sync();
  }

  close(): Promise<void> {
    return this.#file.close();
  }
}

/** A head file that says so, whole, as a copy of a journal needs it. */
export function headFile(head: Head): Uint8Array {
  const bytes = new Uint8Array(HEAD_BYTES);
  bytes.set(encodeSlot(head, 0));
  return bytes;
}

/** Opens the head file, or makes a new one that says `head`. */
export async function openHead(disk: Disk, content: HeadContent, head: Head): Promise<HeadFile> {
  if (content.turn >= 0) {
    const opened = new HeadFile(await disk.open(HEAD_FILE), disk.durable, content.turn);
    if (content.head === null || !sameHead(content.head, head)) await opened.write(head);
    return opened;
  }
  const file = await disk.create(HEAD_FILE);
  await file.allocate(HEAD_BYTES);
  const created = new HeadFile(file, disk.durable, -1);
  await created.write(head);
  await file.sync();
  await disk.syncDirectory();
  return created;
}

function sameHead(a: Head, b: Head): boolean {
  return a.sequence === b.sequence && sameBytes(a.chain, b.chain);
}

function encodeSlot(head: Head, turn: number): Uint8Array {
  const bytes = new Uint8Array(SLOT_BYTES);
  const view = new DataView(bytes.buffer);
  bytes.set(MAGIC, AT.magic);
  view.setUint16(AT.formatVersion, FORMAT_VERSION, true);
  writeU64(view, AT.turn, turn);
  writeU64(view, AT.sequence, head.sequence);
  bytes.set(head.chain, AT.chain);
  view.setUint32(AT.crc, crc32c(bytes, 0, AT.crc), true);
  view.setUint32(SLOT_BYTES - 4, END, true);
  return bytes;
}

function decodeSlot(bytes: Uint8Array): (Head & { turn: number }) | null {
  if (!MAGIC.every((byte, at) => bytes[at] === byte)) return null;
  const view = new DataView(bytes.buffer, bytes.byteOffset, SLOT_BYTES);
  if (view.getUint32(AT.crc, true) !== crc32c(bytes, 0, AT.crc)) return null;
  if (view.getUint32(SLOT_BYTES - 4, true) !== END) return null;
  return {
    turn: readU64(view, AT.turn),
    sequence: readU64(view, AT.sequence),
    chain: bytes.slice(AT.chain, AT.chain + CHAIN_BYTES),
  };
}
