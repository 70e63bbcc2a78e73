// The hashes of the log's tree in a file that only grows, so that neither memory nor a restart
// costs what the journal is long. Each hash stands where it was complete: a leaf, then every
// subtree that it completes, lower ones first (as in golang.org/x/mod/sumdb/tlog).
import { assert } from "../base/assert.ts";
import { CHAIN_BYTES } from "../journal/format.ts";
import type { TreeHashes } from "../journal/index.ts";
import { AppendFile } from "./append-file.ts";

export class TreeFile implements TreeHashes {
  size: number;
  private readonly file: AppendFile;

  private constructor(file: AppendFile, size: number) {
    this.file = file;
    this.size = size;
  }

  /** The tree of the first `size` leaves; null when the file holds fewer. */
  static open(path: string, size: number): TreeFile | null {
    const file = AppendFile.open(path, CHAIN_BYTES, placeOf(0, size));
    return file === null ? null : new TreeFile(file, size);
  }

  push(level: number, hash: Uint8Array): void {
    if (level === 0) this.size += 1;
    const index = Math.floor((this.size - 1) / 2 ** level);
    assert(placeOf(level, index) === this.file.length, `hash ${index} of level ${level} is early`);
    this.file.push(hash);
  }

  at(level: number, index: number): Uint8Array {
    return this.file.at(placeOf(level, index));
  }

  sync(): void {
    this.file.sync();
  }

  close(): void {
    this.file.close();
  }
}

/** Hashes that stand before number `index` of a level. */
function placeOf(level: number, index: number): number {
  // It stands `level` places behind the last leaf under it.
  let before = 0;
  for (let rest = (index + 1) * 2 ** level - 1; rest > 0; rest = Math.floor(rest / 2)) {
    before += rest;
  }
  return before + level;
}
