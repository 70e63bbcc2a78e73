// The transparency log over records: a Merkle tree as in RFC 6962, section 2.1, with proofs that a
// record is in it and that a longer log extends a shorter one. Portable: a browser can check them.
import { assert } from "../../base/assert.ts";
import { sameBytes } from "../../base/bytes.ts";
import { sha256 as portableSha256 } from "../../base/hash.ts";
import type { Sha256 } from "../codec.ts";
import { CHAIN_BYTES } from "../format.ts";

const LEAF = Uint8Array.of(0);
const NODE = Uint8Array.of(1);

/** SHA-256 (0x00 ‖ content), the content in parts. */
export function leafHash(sha256: Sha256, ...content: Uint8Array[]): Uint8Array {
  return sha256(LEAF, ...content);
}

/** SHA-256 (0x01 ‖ left ‖ right). */
export function nodeHash(sha256: Sha256, left: Uint8Array, right: Uint8Array): Uint8Array {
  return sha256(NODE, left, right);
}

/** Where a tree keeps the hash of every complete subtree, 64 bytes a leaf in all. */
export interface TreeHashes {
  /** Leaves whose hashes are there. */
  readonly size: number;
  /**
   * Takes the next hash: that of a leaf (level 0), or of the subtree of 2^level leaves that it
   * completes, lower levels first.
   */
  push(level: number, hash: Uint8Array): void;
  /** The hash of the subtree number `index` among those of its level. */
  at(level: number, index: number): Uint8Array;
}

/** A log that grows. */
export class LogTree {
  readonly #sha256: Sha256;
  readonly #hashes: TreeHashes;

  constructor(sha256: Sha256 = portableSha256, hashes: TreeHashes = new MemoryHashes()) {
    this.#sha256 = sha256;
    this.#hashes = hashes;
  }

  get size(): number {
    return this.#hashes.size;
  }

  append(leaf: Uint8Array): void {
    let index = this.size;
    let hash = leaf;
    this.#hashes.push(0, hash);
    for (let level = 0; index % 2 === 1; level++) {
      hash = nodeHash(this.#sha256, this.#hashes.at(level, index - 1), hash);
      index = (index - 1) / 2;
      this.#hashes.push(level + 1, hash);
    }
  }

  /** The hash of one leaf. */
  leaf(index: number): Uint8Array {
    return this.#hashes.at(0, index);
  }

  /** Of the first `size` leaves; of none it is the hash of nothing. */
  root(size: number = this.size): Uint8Array {
    assert(size <= this.size, `a log of ${this.size} leaves has no root at ${size}`);
    return size === 0 ? this.#sha256() : this.#subtree(0, size);
  }

  /** Siblings from the leaf up to the root of the first `size` leaves. */
  inclusionProof(index: number, size: number = this.size): Uint8Array[] {
    assert(index < size && size <= this.size, `no leaf ${index} in a log of ${size}`);
    return this.#path(index, 0, size);
  }

  /** That the first `size` leaves begin with the first `oldSize`. */
  consistencyProof(oldSize: number, size: number = this.size): Uint8Array[] {
    assert(oldSize <= size && size <= this.size, `no log of ${oldSize} before one of ${size}`);
    if (oldSize === 0 || oldSize === size) return [];
    return this.#subproof(oldSize, 0, size, true);
  }

  #path(index: number, start: number, end: number): Uint8Array[] {
    if (end - start === 1) return [];
    const middle = start + largestPowerBelow(end - start);
    return index < middle
      ? [...this.#path(index, start, middle), this.#subtree(middle, end)]
      : [...this.#path(index, middle, end), this.#subtree(start, middle)];
  }

  #subproof(oldEnd: number, start: number, end: number, whole: boolean): Uint8Array[] {
    if (oldEnd === end) return whole ? [] : [this.#subtree(start, end)];
    const middle = start + largestPowerBelow(end - start);
    return oldEnd <= middle
      ? [...this.#subproof(oldEnd, start, middle, whole), this.#subtree(middle, end)]
      : [...this.#subproof(oldEnd, middle, end, false), this.#subtree(start, middle)];
  }

  #subtree(start: number, end: number): Uint8Array {
    const leaves = end - start;
    const level = Math.log2(leaves);
    if (Number.isInteger(level)) return this.#hashes.at(level, start / leaves);
    const middle = start + largestPowerBelow(leaves);
    return nodeHash(this.#sha256, this.#subtree(start, middle), this.#subtree(middle, end));
  }
}

/** The root over a few leaf hashes, such as those of one record's events. */
export function treeRoot(leaves: readonly Uint8Array[], sha256: Sha256): Uint8Array {
  const tree = new LogTree(sha256);
  for (const leaf of leaves) tree.append(leaf);
  return tree.root();
}

/**
 * The root of a log of `size` in which the leaf stands at `index`, or null when the proof is of
 * another shape (RFC 9162, 2.1.3.2).
 */
export function inclusionRoot(
  claim: { leaf: Uint8Array; index: number; size: number },
  proof: readonly Uint8Array[],
  sha256: Sha256 = portableSha256,
): Uint8Array | null {
  const { leaf, index, size } = claim;
  if (!areCounts(index, size) || index >= size) return null;
  let node = index;
  let last = size - 1;
  let hash = leaf;
  for (const sibling of proof) {
    if (last === 0) return null;
    if (node % 2 === 1 || node === last) {
      hash = sha256(NODE, sibling, hash);
      while (node % 2 === 0 && node !== 0) {
        node = Math.floor(node / 2);
        last = Math.floor(last / 2);
      }
    } else {
      hash = sha256(NODE, hash, sibling);
    }
    node = Math.floor(node / 2);
    last = Math.floor(last / 2);
  }
  return last === 0 ? hash : null;
}

/** Whether the leaf stands at `index` under `root` in a log of `size`. */
export function verifyInclusion(
  claim: { leaf: Uint8Array; index: number; size: number; root: Uint8Array },
  proof: readonly Uint8Array[],
  sha256: Sha256 = portableSha256,
): boolean {
  const root = inclusionRoot(claim, proof, sha256);
  return root !== null && sameBytes(root, claim.root);
}

/** Whether the log with the new root extends the one with the old root (RFC 9162, 2.1.4.2). */
export function verifyConsistency(
  claim: { oldSize: number; oldRoot: Uint8Array; size: number; root: Uint8Array },
  proof: readonly Uint8Array[],
  sha256: Sha256 = portableSha256,
): boolean {
  const { oldSize, oldRoot, size, root } = claim;
  if (!areCounts(oldSize, size) || oldSize > size) return false;
  if (oldSize === size) return proof.length === 0 && sameBytes(oldRoot, root);
  if (oldSize === 0) return proof.length === 0 && sameBytes(oldRoot, sha256());
  const path = Number.isInteger(Math.log2(oldSize)) ? [oldRoot, ...proof] : [...proof];
  let node = oldSize - 1;
  let last = size - 1;
  while (node % 2 === 1) {
    node = Math.floor(node / 2);
    last = Math.floor(last / 2);
  }
  const first = path.shift();
  if (first === undefined) return false;
  let oldHash = first;
  let newHash = first;
  for (const sibling of path) {
    if (last === 0) return false;
    if (node % 2 === 1 || node === last) {
      oldHash = sha256(NODE, sibling, oldHash);
      newHash = sha256(NODE, sibling, newHash);
      while (node % 2 === 0 && node !== 0) {
        node = Math.floor(node / 2);
        last = Math.floor(last / 2);
      }
    } else {
      newHash = sha256(NODE, newHash, sibling);
    }
    node = Math.floor(node / 2);
    last = Math.floor(last / 2);
  }
  return last === 0 && sameBytes(oldHash, oldRoot) && sameBytes(newHash, root);
}

function areCounts(...numbers: number[]): boolean {
  return numbers.every((number) => Number.isSafeInteger(number) && number >= 0);
}

/** The largest power of two below `count`, where the left subtree ends. */
function largestPowerBelow(count: number): number {
  let power = 1;
  while (power * 2 < count) power *= 2;
  return power;
}

/** Hashes in memory, a list for each level. */
class MemoryHashes implements TreeHashes {
  readonly #levels: HashList[] = [];

  get size(): number {
    return this.#levels[0]?.length ?? 0;
  }

  push(level: number, hash: Uint8Array): void {
    this.#levels[level] ??= new HashList();
    this.#levels[level].push(hash);
  }

  at(level: number, index: number): Uint8Array {
    const list = this.#levels[level];
    assert(list !== undefined, `no subtree of 2^${level} leaves`);
    return list.at(index);
  }
}

/** Hashes one after the other in one growing array. */
class HashList {
  length = 0;
  #bytes: Uint8Array = new Uint8Array(4 * CHAIN_BYTES);

  push(hash: Uint8Array): void {
    if ((this.length + 1) * CHAIN_BYTES > this.#bytes.length) {
      const larger = new Uint8Array(2 * this.#bytes.length);
      larger.set(this.#bytes);
      this.#bytes = larger;
    }
    this.#bytes.set(hash, this.length * CHAIN_BYTES);
    this.length += 1;
  }

  at(index: number): Uint8Array {
    assert(index < this.length, `no hash ${index} among ${this.length}`);
    return this.#bytes.slice(index * CHAIN_BYTES, (index + 1) * CHAIN_BYTES);
  }
}
