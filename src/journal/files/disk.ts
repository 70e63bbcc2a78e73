// The slice of a disk that the file journal uses: one directory and its files. A port, because only
// a simulated disk that loses unsynced sectors can prove durability (a killed process keeps its
// page cache).
import { SECTOR_BYTES } from "../format.ts";

export interface DiskFile {
  readonly name: string;
  size(): Promise<number>;
  /** Reads what is there, up to `into.length` bytes, and says how many. */
  read(into: Uint8Array, offset: number): Promise<number>;
  /** Writes all or a part and says how many bytes. Durable when resolved, if the disk is. */
  write(bytes: Uint8Array, offset: number): Promise<number>;
  /**
   * Makes a new file so many zero bytes long, with its room reserved. A disk that does it piece by
   * piece waits for `rest` after each, which hears how long the piece took.
   */
  allocate(bytes: number, rest?: (tookMs: number) => Promise<void>): Promise<void>;
  /** Makes content and size durable, whether or not the disk writes durably. */
  sync(): Promise<void>;
  close(): Promise<void>;
}

export interface Disk {
  /** Where the directory is, for messages. */
  readonly place: string;
  /** Whether writes are durable when they resolve. */
  readonly durable: boolean;
  list(): Promise<string[]>;
  open(name: string): Promise<DiskFile>;
  openForReading(name: string): Promise<DiskFile>;
  /** A new, empty file, in place of any that has the name. */
  create(name: string): Promise<DiskFile>;
  /** Creates a small file whole, or says false when the name is taken. */
  createExclusive(name: string, content: Uint8Array): Promise<boolean>;
  rename(from: string, to: string): Promise<void>;
  remove(name: string): Promise<void>;
  /** Makes creations, renames and removals durable. */
  syncDirectory(): Promise<void>;
}

/**
 * Writes all of `bytes`, going on after short writes. One that ended inside a sector is first gone
 * on with to that sector's end: no later sector may be on the disk while this one is half written,
 * because opening takes a record whose sectors are all there for complete.
 */
export async function writeFully(file: DiskFile, bytes: Uint8Array, offset: number): Promise<void> {
  let done = 0;
  while (done < bytes.length) {
    const inSector = done === 0 ? 0 : (offset + done) % SECTOR_BYTES;
    const end = inSector === 0 ? bytes.length : done + SECTOR_BYTES - inSector;
    const rest = done === 0 ? bytes : bytes.subarray(done, end);
    const written = await file.write(rest, offset + done);
    if (written <= 0) throw new Error(`${file.name}: nothing written at offset ${offset + done}`);
    done += written;
  }
}

/** Fills `into` from `offset` as far as the file reaches and says how many bytes. */
export async function readFully(file: DiskFile, into: Uint8Array, offset: number): Promise<number> {
  let done = 0;
  while (done < into.length) {
    const got = await file.read(done === 0 ? into : into.subarray(done), offset + done);
    if (got === 0) break;
    done += got;
  }
  return done;
}

/** The whole of a small file, or null when there is none. */
export async function readSmallFile(disk: Disk, name: string): Promise<Uint8Array | null> {
  let file: DiskFile;
  try {
    file = await disk.openForReading(name);
  } catch (error) {
    if (errorCode(error) === "ENOENT") return null;
    throw error;
  }
  try {
    const bytes = new Uint8Array(await file.size());
    return bytes.subarray(0, await readFully(file, bytes, 0));
  } finally {
    await file.close();
  }
}

/** Whether the disk has no room; everything else that fails is a fault. */
export function isDiskFull(error: unknown): boolean {
  const code = errorCode(error);
  return code === "ENOSPC" || code === "EDQUOT";
}

/** Whether the file system lets nobody, or not this user, do that. */
export function isForbidden(error: unknown): boolean {
  const code = errorCode(error);
  return code === "EROFS" || code === "EACCES" || code === "EPERM";
}

/** The system's name of an error, such as ENOENT. */
export function errorCode(error: unknown): string | undefined {
  return (error as { code?: string } | null)?.code;
}
