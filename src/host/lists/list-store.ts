// Imported lists as files, under the name of their hash: a file is whole, or it is not there. A
// list is written before the journal says that it holds, so that the journal never names one that
// is nowhere.
import { createHash } from "node:crypto";
import { sameBytes, toHex, utf8 } from "../../base/bytes.ts";
import { HongbaoError } from "../../base/error.ts";
import { diskFull } from "../../journal/files/damage.ts";
import { type Disk, isDiskFull, readSmallFile, writeFully } from "../../journal/files/disk.ts";
import { UserList } from "./user-list.ts";

/** Where lists are kept. Writing is durable when it resolves. */
export interface ListStore {
  /** Where that is, for messages. */
  readonly place: string;
  /** Keeps the entries, ascending; returns the hash of their file, in hex. */
  write(entries: BigUint64Array): Promise<string>;
  /** Null when it is missing or not what its hash says. */
  read(sha256: string): Promise<UserList | null>;
  /** Forgets every list but these. */
  keepOnly(hashes: ReadonlySet<string>): Promise<void>;
}

const MAGIC = utf8("hblist01");
const PIECE_BYTES = 1_048_576;
const ENDING = ".list";

/** Lists that live as long as the object, for tests and embedded trials. */
export class MemoryLists implements ListStore {
  readonly place = "memory";
  private readonly kept = new Map<string, BigUint64Array>();

  async write(entries: BigUint64Array): Promise<string> {
    const sha256 = await hashOf(entries);
    this.kept.set(sha256, entries.slice());
    return sha256;
  }

  async read(sha256: string): Promise<UserList | null> {
    const entries = this.kept.get(sha256);
    return entries === undefined ? null : new UserList(entries.slice());
  }

  async keepOnly(hashes: ReadonlySet<string>): Promise<void> {
    for (const sha256 of this.kept.keys()) if (!hashes.has(sha256)) this.kept.delete(sha256);
  }
}

/** Lists as files of one directory. */
export class FileLists implements ListStore {
  private readonly disk: Disk;

  constructor(disk: Disk) {
    this.disk = disk;
  }

  get place(): string {
    return this.disk.place;
  }

  async write(entries: BigUint64Array): Promise<string> {
    const sha256 = await hashOf(entries);
    const name = sha256 + ENDING;
    const temporary = `${name}.new`;
    try {
      const file = await this.disk.create(temporary);
      try {
        await writeFully(file, MAGIC, 0);
        for (const [piece, at] of piecesOf(entries)) {
          await writeFully(file, piece, MAGIC.length + at);
        }
        await file.sync();
      } finally {
        await file.close();
      }
      await this.disk.rename(temporary, name);
    } catch (cause) {
      await this.disk.remove(temporary).catch(() => {}); // it may not even have been made
      throw isDiskFull(cause) ? diskFull(this.place, entries.byteLength, cause) : cause;
    }
    await this.disk.syncDirectory();
    return sha256;
  }

  async read(sha256: string): Promise<UserList | null> {
    const bytes = await readSmallFile(this.disk, sha256 + ENDING);
    if (bytes === null || !sameBytes(bytes.subarray(0, MAGIC.length), MAGIC)) return null;
    const body = bytes.subarray(MAGIC.length);
    if (body.length % 8 !== 0) return null;
    const entries = new BigUint64Array(body.buffer, body.byteOffset, body.length / 8);
    return (await hashOf(entries)) === sha256 ? new UserList(entries) : null;
  }

  async keepOnly(hashes: ReadonlySet<string>): Promise<void> {
    for (const name of await this.disk.list()) {
      const sha256 = name.split(".", 1)[0]!;
      if (!name.includes(ENDING) || (name.endsWith(ENDING) && hashes.has(sha256))) continue;
      await this.disk.remove(name);
    }
  }
}

/** As `sha256sum` of the file says. */
async function hashOf(entries: BigUint64Array): Promise<string> {
  const hash = createHash("sha256").update(MAGIC);
  for (const [piece] of piecesOf(entries)) {
    hash.update(piece);
    // Of ten million users it would hold the writer up for a quarter of a second.
    await new Promise((resolve) => setImmediate(resolve));
  }
  return toHex(new Uint8Array(hash.digest()));
}

function* piecesOf(entries: BigUint64Array): Generator<[piece: Uint8Array, at: number]> {
  const bytes = new Uint8Array(entries.buffer, entries.byteOffset, entries.byteLength);
  for (let at = 0; at < bytes.length; at += PIECE_BYTES) {
    yield [bytes.subarray(at, at + PIECE_BYTES), at];
  }
}

/** The list that the journal names is not there: with another, other users would be let in. */
export function listMissing(
  store: ListStore,
  campaign: string,
  list: string,
  sha256: string,
): HongbaoError {
  const file = `${sha256}${ENDING}`;
  return new HongbaoError({
    code: "list_missing",
    message:
      `list ${list} of campaign ${campaign}: expected ${file} in ${store.place}, found none that ` +
      "has this hash; restore it from a copy, or start with --without-lists and import it again",
    details: { campaign, list, file },
  });
}
