// Snapshots as one file beside the journal, written at a clean stop. Each part is stamped with the
// record that it is as of, so that snapshots taken under load can have parts of different age; this
// version writes all of one age. A snapshot that does not fit the journal, or is damaged, is
// ignored: the journal alone is the truth.
import { createHash } from "node:crypto";
import { fromHex, sameBytes, toHex, utf8 } from "../../base/bytes.ts";
import { APPLY_VERSION } from "../../core/apply.ts";
import type { CampaignKeys } from "../../core/campaign-keys.ts";
import type { LedgerState } from "../../core/ledger-state.ts";
import type { Opening } from "../../core/opening.ts";
import { CampaignState } from "../../core/state.ts";
import {
  type CampaignScalars,
  columnsOf,
  restoreScalars,
  scalarsOf,
} from "../../core/state-parts.ts";
import type { Disk, DiskFile } from "../../journal/files/disk.ts";
import { readFully, writeFully } from "../../journal/files/disk.ts";
import type { Journal } from "../../journal/port.ts";
import type { LoadedSnapshot, SnapshotStore } from "./snapshot.ts";

const FILE = "snapshot";
const TEMPORARY = "snapshot.new";
const MAGIC = utf8("hbsnap01");
const DIGEST_BYTES = 32;

interface Part {
  campaign: number;
  column: string;
  chunk: number;
  bytes: number;
  /** The record that the part is as of. */
  asOf: number;
}

interface Header {
  ledgerId: string;
  sequence: number;
  chain: string;
  applyVersion: number;
  hashBits: number;
  campaigns: { opening: Opening; scalars: CampaignScalars }[];
  parts: Part[];
}

const NOTHING: LoadedSnapshot = { sequence: 0, openings: [] };

export class FileSnapshots implements SnapshotStore {
  private readonly disk: Disk;
  /** Openings as the journal has them, needed to write a snapshot. */
  private readonly openings: Opening[] = [];

  constructor(disk: Disk) {
    this.disk = disk;
  }

  /** The record that the snapshot is as of, so that a journal shorter than it is refused. */
  async known(): Promise<{ sequence: number; chain: Uint8Array } | null> {
    const found = await this.read(async (_, header) => header);
    if (found === null) return null;
    return { sequence: found.sequence, chain: fromHex(found.chain)! };
  }

  noteOpening(ordinal: number, opening: Opening): void {
    this.openings[ordinal] = opening;
  }

  async load(state: LedgerState, journal: Journal): Promise<LoadedSnapshot> {
    const loaded = await this.read(async (file, header, bodyAt) => {
      if (!fits(header, state, journal)) return NOTHING;
      if (!(await digestIsRight(file))) return NOTHING;
      return await restore(file, header, bodyAt, state);
    });
    return loaded ?? NOTHING;
  }

  async save(state: LedgerState, journal: Journal): Promise<void> {
    try {
      await this.write(state, journal);
    } catch (error) {
      await this.disk.remove(TEMPORARY).catch(() => {}); // it may not even have been made
      throw error;
    }
    await this.disk.rename(TEMPORARY, FILE);
    await this.disk.syncDirectory();
  }

  private async write(state: LedgerState, journal: Journal): Promise<void> {
    const header = headerOf(state, journal, this.openings);
    const text = utf8(JSON.stringify(header));
    const file = await this.disk.create(TEMPORARY);
    const hash = createHash("sha256");
    let at = 0;
    const put = async (bytes: Uint8Array): Promise<void> => {
      hash.update(bytes);
      await writeFully(file, bytes, at);
      at += bytes.length;
    };
    try {
      const length = new Uint8Array(8);
      new DataView(length.buffer).setBigUint64(0, BigInt(text.length), true);
      await put(MAGIC);
      await put(length);
      await put(text);
      await put(digestOf(text));
      for (const campaign of state.campaigns) {
        for (const [, column] of columnsOf(campaign)) {
          for (const chunk of column.chunks) if (chunk !== undefined) await put(bytesOf(chunk));
        }
      }
      await writeFully(file, new Uint8Array(hash.digest()), at);
      await file.sync();
    } finally {
      await file.close();
    }
  }

  private async read<T>(
    use: (file: DiskFile, header: Header, bodyAt: number) => Promise<T>,
  ): Promise<T | null> {
    if (!(await this.disk.list()).includes(FILE)) return null;
    const file = await this.disk.openForReading(FILE);
    try {
      const start = new Uint8Array(16);
      if ((await readFully(file, start, 0)) < 16) return null;
      if (!sameBytes(start.subarray(0, 8), MAGIC)) return null;
      const length = Number(new DataView(start.buffer).getBigUint64(8, true));
      if (length > (await file.size())) return null;
      const text = new Uint8Array(length);
      if ((await readFully(file, text, 16)) < length) return null;
      // Of its own, since the header alone can make an opening refuse the journal.
      const digest = new Uint8Array(DIGEST_BYTES);
      await readFully(file, digest, 16 + length);
      if (!sameBytes(digest, digestOf(text))) return null;
      const header = parseHeader(text);
      return header === null ? null : await use(file, header, 16 + length + DIGEST_BYTES);
    } finally {
      await file.close();
    }
  }
}

function digestOf(bytes: Uint8Array): Uint8Array {
  return new Uint8Array(createHash("sha256").update(bytes).digest());
}

function parseHeader(text: Uint8Array): Header | null {
  try {
    return JSON.parse(new TextDecoder("utf-8", { fatal: true }).decode(text)) as Header;
  } catch {
    return null; // A damaged snapshot is no snapshot.
  }
}

function fits(header: Header, state: LedgerState, journal: Journal): boolean {
  return (
    header.ledgerId === journal.ledgerId &&
    header.applyVersion === APPLY_VERSION &&
    header.hashBits === state.hashBits &&
    header.sequence <= journal.lastSequence
  );
}

function headerOf(state: LedgerState, journal: Journal, openings: Opening[]): Header {
  const sequence = journal.lastSequence;
  const parts: Part[] = [];
  for (const campaign of state.campaigns) {
    for (const [column, { chunks }] of columnsOf(campaign)) {
      chunks.forEach((chunk, index) => {
        if (chunk === undefined) return;
        const bytes = chunk.byteLength;
        parts.push({ campaign: campaign.ordinal, column, chunk: index, bytes, asOf: sequence });
      });
    }
  }
  const campaigns = state.campaigns.map((campaign, i) => ({
    opening: openings[i]!,
    scalars: scalarsOf(campaign),
  }));
  return {
    ledgerId: journal.ledgerId,
    sequence,
    chain: toHex(journal.lastChain),
    applyVersion: APPLY_VERSION,
    hashBits: state.hashBits,
    campaigns,
    parts,
  };
}

async function restore(
  file: DiskFile,
  header: Header,
  bodyAt: number,
  state: LedgerState,
): Promise<LoadedSnapshot> {
  const openings: { opening: Opening; keys: CampaignKeys }[] = [];
  header.campaigns.forEach(({ opening, scalars }, ordinal) => {
    const keys: CampaignKeys = { luck: null, seed: null };
    openings.push({ opening, keys });
    const { definition } = scalars;
    const campaign = new CampaignState(ordinal, definition, keys, state.hashBits);
    state.campaigns.push(campaign);
    state.byId.set(definition.id, campaign);
  });
  const columns = state.campaigns.map((campaign) => new Map(columnsOf(campaign)));
  let at = bodyAt;
  for (const part of header.parts) {
    const bytes = new Uint8Array(part.bytes);
    await readFully(file, bytes, at);
    at += part.bytes;
    columns[part.campaign]!.get(part.column)!.restore(part.chunk, bytes);
  }
  header.campaigns.forEach(({ scalars }, ordinal) => {
    restoreScalars(state.campaigns[ordinal]!, scalars);
  });
  return { sequence: header.sequence, openings };
}

const READ_BYTES = 4 * 1024 * 1024;

async function digestIsRight(file: DiskFile): Promise<boolean> {
  const end = (await file.size()) - DIGEST_BYTES;
  const hash = createHash("sha256");
  const buffer = new Uint8Array(Math.min(READ_BYTES, Math.max(end, 1)));
  let at = 0;
  while (at < end) {
    const want = buffer.subarray(0, Math.min(buffer.length, end - at));
    const got = await readFully(file, want, at);
    if (got === 0) return false;
    hash.update(want.subarray(0, got));
    at += got;
  }
  const digest = new Uint8Array(DIGEST_BYTES);
  await readFully(file, digest, end);
  return sameBytes(new Uint8Array(hash.digest()), digest);
}

function bytesOf(chunk: ArrayBufferView): Uint8Array {
  return new Uint8Array(chunk.buffer, chunk.byteOffset, chunk.byteLength);
}
