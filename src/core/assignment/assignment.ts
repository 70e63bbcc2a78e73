// Who is held out: a hash of (salt, pseudonym) against nested thresholds, so that a larger share
// moves nobody back into treatment. Anyone who has the journal can recompute every arm.

import { assert } from "../../base/assert.ts";
import { fromHex } from "../../base/bytes.ts";
import { KeyedHash } from "../../base/keyed-hash.ts";
import { wordsOfDouble } from "./exposure-event.ts";

const HASH = new Uint32Array(4);
const TWO_32 = 2 ** 32;

/** The rule by which one salt gives every user an arm. */
export class ArmRule {
  private readonly hash: KeyedHash;
  private readonly holdoutBelow: number;
  private readonly shares: readonly number[];
  /** By arm, two words each: the probability of a user's being in it, by the published shares. */
  readonly probabilities: Uint32Array;

  /**
   * @param salt 16 bytes in hex
   * @param shares of the variants among the treated, adding up to 1
   */
  constructor(salt: string, holdoutShare: number, shares: readonly number[]) {
    const key = fromHex(salt);
    assert(key !== null && key.length === 16, "expected a salt of 16 bytes in hex");
    this.hash = new KeyedHash(key);
    this.holdoutBelow = holdoutShare * TWO_32;
    this.shares = shares;
    const treated = shares.length === 0 ? [1] : shares;
    const all = [holdoutShare, ...treated.map((share) => (1 - holdoutShare) * share)];
    this.probabilities = Uint32Array.from(all.flatMap(wordsOfDouble));
  }

  /** The arm of the user whose pseudonym is userKey[at .. at + 3]: 0 = holdout, 1 … = variants. */
  armOf(userKey: Uint32Array, at: number): number {
    const { shares, holdoutBelow } = this;
    if (holdoutBelow === 0 && shares.length <= 1) return 1;
    this.hash.hashWords(userKey, at, 4, HASH);
    if (HASH[0]! < holdoutBelow) return 0;
    const point = HASH[1]! / TWO_32;
    let below = 0;
    for (let variant = 0; variant < shares.length - 1; variant++) {
      below += shares[variant]!;
      if (point < below) return variant + 1;
    }
    return Math.max(1, shares.length);
  }
}
