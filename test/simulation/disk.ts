// A seeded disk in memory that fails as real ones do. Until synced, a written sector may or may not
// survive a crash, each by itself; a failed sync marks sectors clean that never reached the
// platter; writes come out short, fail, or meet a full disk; bits flip. Directory changes survive
// in order.
import type { Disk, DiskFile } from "../../src/journal/files/disk.ts";

const SECTOR = 512;

export interface DiskFaults {
  /** Chance that a write fails after writing any part of it. */
  writeFails?: number;
  /** Chance that a sync fails and the page cache forgets which sectors were dirty. */
  syncFails?: number;
  /** Chance that a write writes less than it was given. */
  writesShort?: number;
}

export interface SimulatedDiskOptions {
  seed: number;
  durable?: boolean;
  /** Room for the files' sizes together; allocating beyond it fails with ENOSPC. */
  capacityBytes?: number;
  faults?: DiskFaults;
}

/** Content as the page cache shows it, and as the platter holds it; sectors that differ and how. */
interface Inode {
  cache: Uint8Array;
  platter: Uint8Array;
  /** Written and not synced: a crash keeps any subset. Pairs of first sector and end sector. */
  dirty: number[];
}

type DirectoryChange = { name: string; inode: Inode | null };

/** Thrown by every call once the simulated machine has lost power. */
export class PowerLoss extends Error {
  override name = "PowerLoss";
}

export class SimulatedDisk implements Disk {
  readonly place = "simulated";
  readonly durable: boolean;
  capacityBytes: number;
  faults: DiskFaults;
  /** Changes so far; with `crashAtChange` every point of a scenario can be tried in turn. */
  changes = 0;
  crashAtChange: number = Number.POSITIVE_INFINITY;
  /** The change that fails (write, sync, rename …); the next ones work again. */
  failAtChange: number = Number.POSITIVE_INFINITY;
  #random: () => number;
  #names: Map<string, Inode> = new Map();
  #durableNames: Map<string, Inode> = new Map();
  #pendingNames: DirectoryChange[][] = [];
  #halted = false;

  constructor(options: SimulatedDiskOptions) {
    this.durable = options.durable ?? true;
    this.capacityBytes = options.capacityBytes ?? Number.POSITIVE_INFINITY;
    this.faults = options.faults ?? {};
    this.#random = randomFloats(options.seed);
  }

  get halted(): boolean {
    return this.#halted;
  }

  /** The machine loses power; the same disk is then as it comes up again. */
  crash(): void {
    const survivingChanges = Math.floor(this.#random() * (this.#pendingNames.length + 1));
    for (const changes of this.#pendingNames.slice(0, survivingChanges)) {
      for (const change of changes) apply(this.#durableNames, change);
    }
    this.#pendingNames = [];
    this.#names = new Map(this.#durableNames);
    for (const inode of this.#names.values()) this.#settle(inode);
    this.#revive();
  }

  /** The process dies and the machine stays: the page cache is as it was. */
  kill(): void {
    this.#revive();
  }

  /** Flips one bit on the platter and in the cache. */
  flipBit(name: string, offset: number, bit: number): void {
    const inode = this.#inode(name);
    inode.cache[offset]! ^= 1 << bit;
    inode.platter[offset]! ^= 1 << bit;
  }

  /** The content that a reader sees; a view for tests to look at and to damage. */
  content(name: string): Uint8Array {
    return this.#inode(name).cache;
  }

  removeSilently(name: string): void {
    this.#names.delete(name);
    this.#durableNames.delete(name);
  }

  usedBytes(): number {
    let sum = 0;
    for (const inode of this.#names.values()) sum += inode.cache.length;
    return sum;
  }

  mustHaveRoom(bytes: number): void {
    const room = this.capacityBytes - this.usedBytes();
    if (bytes > room) throw failure("ENOSPC", "no space left on device");
  }

  chance(): number {
    return this.#random();
  }

  async list(): Promise<string[]> {
    this.#alive();
    return [...this.#names.keys()].sort();
  }

  async open(name: string): Promise<DiskFile> {
    this.#alive();
    return new SimulatedFile(this, name, this.#inode(name));
  }

  openForReading(name: string): Promise<DiskFile> {
    return this.open(name);
  }

  async create(name: string): Promise<DiskFile> {
    await this.change(() => 0);
    const inode = newInode();
    this.#rename([{ name, inode }]);
    return new SimulatedFile(this, name, inode);
  }

  /** Whole or not at all for other processes; after a crash its unsynced content may be gone. */
  async createExclusive(name: string, content: Uint8Array): Promise<boolean> {
    await this.change(() => 0);
    this.mustHaveRoom(content.length); // for the draft, before its name is tried
    if (this.#names.has(name)) return false;
    const inode = newInode();
    inode.cache = content.slice();
    inode.platter = new Uint8Array(content.length);
    inode.dirty.push(0, Math.ceil(content.length / SECTOR));
    this.#rename([{ name, inode }]);
    return true;
  }

  async rename(from: string, to: string): Promise<void> {
    await this.change(() => 0);
    const inode = this.#inode(from);
    this.#rename([
      { name: from, inode: null },
      { name: to, inode },
    ]);
  }

  async remove(name: string): Promise<void> {
    await this.change(() => 0);
    this.#inode(name);
    this.#rename([{ name, inode: null }]);
  }

  async syncDirectory(): Promise<void> {
    await this.change(() => this.faults.syncFails ?? 0);
    for (const changes of this.#pendingNames) {
      for (const change of changes) apply(this.#durableNames, change);
    }
    this.#pendingNames = [];
  }

  /** Counts a change; crashes or fails at it. `partly` leaves behind what such a change leaves. */
  async change(chance: () => number, partly: () => void = () => {}): Promise<void> {
    this.#alive();
    const number = this.changes++;
    if (number >= this.crashAtChange) {
      partly();
      this.#halted = true;
      throw new PowerLoss("power lost");
    }
    const odds = chance();
    if (number === this.failAtChange || (odds > 0 && this.#random() < odds)) {
      partly();
      throw failure("EIO", "input/output error");
    }
  }

  /** Sectors marked dirty reach the platter. */
  flush(inode: Inode): void {
    for (let i = 0; i < inode.dirty.length; i += 2) {
      const start = inode.dirty[i]! * SECTOR;
      const end = Math.min(inode.dirty[i + 1]! * SECTOR, inode.cache.length);
      inode.platter.set(inode.cache.subarray(start, end), start);
    }
    inode.dirty.length = 0;
  }

  /** A sync failed: some dirty sectors reached the platter, and none counts as dirty any more. */
  forget(inode: Inode): void {
    this.#keepSome(inode);
    inode.dirty.length = 0;
  }

  #keepSome(inode: Inode): void {
    const style = this.#random(); // none and all are likely in life, any subset is possible
    for (let i = 0; i < inode.dirty.length; i += 2) {
      for (let sector = inode.dirty[i]!; sector < inode.dirty[i + 1]!; sector++) {
        if (style < 0.1 || (style < 0.9 && this.#random() < 0.5)) continue;
        const start = sector * SECTOR;
        const end = Math.min(start + SECTOR, inode.cache.length);
        inode.platter.set(inode.cache.subarray(start, end), start);
      }
    }
  }

  #settle(inode: Inode): void {
    this.#keepSome(inode);
    inode.dirty.length = 0;
    inode.cache = inode.platter.slice();
  }

  #revive(): void {
    this.#halted = false;
    this.crashAtChange = Number.POSITIVE_INFINITY;
    this.failAtChange = Number.POSITIVE_INFINITY;
  }

  #rename(changes: DirectoryChange[]): void {
    this.#pendingNames.push(changes);
    for (const change of changes) apply(this.#names, change);
  }

  #inode(name: string): Inode {
    const inode = this.#names.get(name);
    if (inode === undefined) throw failure("ENOENT", `no such file: ${name}`);
    return inode;
  }

  #alive(): void {
    if (this.#halted) throw new PowerLoss("power lost");
  }
}

class SimulatedFile implements DiskFile {
  readonly name: string;
  readonly #disk: SimulatedDisk;
  readonly #inode: Inode;

  constructor(disk: SimulatedDisk, name: string, inode: Inode) {
    this.#disk = disk;
    this.name = name;
    this.#inode = inode;
  }

  async size(): Promise<number> {
    return this.#inode.cache.length;
  }

  async read(into: Uint8Array, offset: number): Promise<number> {
    if (this.#disk.halted) throw new PowerLoss("power lost");
    const part = this.#inode.cache.subarray(offset, offset + into.length);
    into.set(part);
    return part.length;
  }

  async write(bytes: Uint8Array, offset: number): Promise<number> {
    const { faults } = this.#disk;
    const inode = this.#inode;
    await this.#disk.change(
      () => faults.writeFails ?? 0,
      () => {
        // Part of it was handed over, or all of it, of which any sectors may arrive.
        const share = Math.min(1, 2 * this.#disk.chance());
        this.#store(bytes.subarray(0, Math.ceil(share * bytes.length)), offset);
        if (this.#disk.durable && !this.#disk.halted && this.#disk.chance() < 0.5) {
          this.#disk.forget(inode);
        }
      },
    );
    const short = bytes.length > 1 && this.#disk.chance() < (faults.writesShort ?? 0);
    const count = short ? 1 + Math.floor(this.#disk.chance() * (bytes.length - 1)) : bytes.length;
    this.#store(bytes.subarray(0, count), offset);
    if (this.#disk.durable) this.#disk.flush(inode);
    return count;
  }

  async allocate(bytes: number): Promise<void> {
    this.#disk.mustHaveRoom(bytes);
    await this.#disk.change(() => this.#disk.faults.writeFails ?? 0);
    this.#inode.cache = new Uint8Array(bytes);
    this.#inode.platter = new Uint8Array(bytes);
  }

  async sync(): Promise<void> {
    await this.#disk.change(
      () => this.#disk.faults.syncFails ?? 0,
      () => this.#disk.forget(this.#inode),
    );
    this.#disk.flush(this.#inode);
  }

  async close(): Promise<void> {}

  #store(bytes: Uint8Array, offset: number): void {
    const inode = this.#inode;
    const end = offset + bytes.length;
    if (end > inode.cache.length) {
      inode.cache = grown(inode.cache, end);
      inode.platter = grown(inode.platter, end);
    }
    inode.cache.set(bytes, offset);
    inode.dirty.push(Math.floor(offset / SECTOR), Math.ceil(end / SECTOR));
  }
}

function newInode(): Inode {
  return { cache: new Uint8Array(0), platter: new Uint8Array(0), dirty: [] };
}

function grown(bytes: Uint8Array, length: number): Uint8Array {
  const larger = new Uint8Array(length);
  larger.set(bytes);
  return larger;
}

function apply(names: Map<string, Inode>, change: DirectoryChange): void {
  if (change.inode === null) names.delete(change.name);
  else names.set(change.name, change.inode);
}

function failure(code: string, message: string): Error {
  return Object.assign(new Error(message), { code });
}

/** Small fast counter generator (sfc32): the simulation shares no code with what it judges. */
export function randomFloats(seed: number): () => number {
  let a = seed | 0;
  let b = Math.imul(seed, 0x9e3779b1) | 0;
  let c = 0x2545f491;
  let counter = 1;
  const next = (): number => {
    const sum = (((a + b) | 0) + counter) | 0;
    counter = (counter + 1) | 0;
    a = b ^ (b >>> 9);
    b = (c + (c << 3)) | 0;
    c = (c << 21) | (c >>> 11);
    c = (c + sum) | 0;
    return (sum >>> 0) / 4294967296;
  };
  for (let i = 0; i < 12; i++) next();
  return next;
}
