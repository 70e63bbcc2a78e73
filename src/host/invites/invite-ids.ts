// From an invite's ordinal to the 60 bits that its code and passphrase say, and back. A permutation
// of 60 bits under the campaign's key: neither can the next code be told from the last one, nor how
// many there are. The ordinal's 32 bits have 28 zeros behind them; what is made up decodes to other
// than zeros but once in 2^28 times (encode-then-encipher: Bellare and Rogaway, 2000).
import { KeyedHash } from "../../base/keyed-hash.ts";

const HALF_BITS = 30n;
const HALF_MASK = 0x3fffffff;
/** As many as NIST SP 800-38G has for its Feistel networks. */
const ROUNDS = 10;

export class InviteIds {
  private readonly hash: KeyedHash;
  private readonly input = new Uint32Array(2);
  private readonly output = new Uint32Array(4);

  /** @param key 16 bytes, one a campaign */
  constructor(key: Uint8Array) {
    this.hash = new KeyedHash(key);
  }

  /** The 60 bits of an invite. */
  encode(invite: number): bigint {
    let left = invite >>> 2;
    let right = (invite & 3) << 28;
    for (let round = 0; round < ROUNDS; round++) {
      [left, right] = [right, left ^ this.mix(round, right)];
    }
    return (BigInt(left) << HALF_BITS) | BigInt(right);
  }

  /** The ordinal, or -1 when the bits are none of this campaign's. */
  decode(bits: bigint): number {
    let left = Number(bits >> HALF_BITS);
    let right = Number(bits & BigInt(HALF_MASK));
    for (let round = ROUNDS - 1; round >= 0; round--) {
      [left, right] = [right ^ this.mix(round, left), left];
    }
    if ((right & 0x0fffffff) !== 0) return -1;
    return left * 4 + (right >>> 28);
  }

  private mix(round: number, half: number): number {
    this.input[0] = round;
    this.input[1] = half;
    this.hash.hashWords(this.input, 0, 2, this.output);
    return this.output[0]! & HALF_MASK;
  }
}
