// Who is let in first: a hash of (salt, pseudonym) against a share, so that a larger share keeps
// everybody who was in. The salt is one of its own. With the holdout's, whoever is let in first
// would be who is held out first; with that of an experiment's arms, one arm would come alone.
import { assert } from "../../base/assert.ts";
import { fromHex } from "../../base/bytes.ts";
import { KeyedHash } from "../../base/keyed-hash.ts";
import type { GreyDefinition } from "../definition.ts";

const HASH = new Uint32Array(4);
const TWO_32 = 2 ** 32;

export class GreyRule {
  /** From then on everybody is let in; infinity: never by time. */
  readonly untilMs: number;
  private readonly hash: KeyedHash;
  private readonly below: number;

  constructor({ share, salt, untilMs }: GreyDefinition) {
    const key = fromHex(salt);
    assert(key !== null && key.length === 16, "expected a salt of 16 bytes in hex");
    this.below = share * TWO_32;
    this.hash = new KeyedHash(key);
    this.untilMs = untilMs ?? Number.POSITIVE_INFINITY;
  }

  /** Whether the user whose pseudonym is userKey[at .. at + 3] is in now. */
  letsIn(userKey: Uint32Array, at: number, atMs: number): boolean {
    if (atMs >= this.untilMs) return true;
    this.hash.hashWords(userKey, at, 4, HASH);
    return HASH[0]! < this.below;
  }
}
