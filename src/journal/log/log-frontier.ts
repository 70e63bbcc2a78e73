// The log's root while records stream by, in memory that does not grow with them: only the roots of
// the largest complete subtrees are kept, one a bit of the size.
import { sha256 as portableSha256 } from "../../base/hash.ts";
import type { Sha256 } from "../codec.ts";
import { nodeHash } from "./log-tree.ts";

export class LogFrontier {
  size = 0;
  readonly #sha256: Sha256;
  /** Largest first. */
  readonly #peaks: Uint8Array[] = [];

  constructor(sha256: Sha256 = portableSha256) {
    this.#sha256 = sha256;
  }

  append(leaf: Uint8Array): void {
    let hash = leaf;
    for (let rest = this.size; rest % 2 === 1; rest = (rest - 1) / 2) {
      hash = nodeHash(this.#sha256, this.#peaks.pop()!, hash);
    }
    this.#peaks.push(hash);
    this.size += 1;
  }

  root(): Uint8Array {
    const last = this.#peaks.at(-1);
    if (last === undefined) return this.#sha256();
    let hash = last;
    for (let i = this.#peaks.length - 2; i >= 0; i--) {
      hash = nodeHash(this.#sha256, this.#peaks[i]!, hash);
    }
    return hash;
  }
}
