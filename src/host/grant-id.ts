// Grant ids: the grant's ordinal and a keyed hash of it, in base32. They cannot be guessed, and a
// mistyped one is noticed.
import { fromBase32 } from "../base/bytes.ts";
import { KeyedHash } from "../base/keyed-hash.ts";
import { REHEARSAL_MARK } from "../core/definition.ts";

const ORDINAL_DIGITS = 8; // 40 bits
const MAC_DIGITS = 12; // 60 bits
const GRANT_ID_DIGITS: number = ORDINAL_DIGITS + MAC_DIGITS;

const LETTERS = "0123456789abcdefghjkmnpqrstvwxyz";
const CODES = Uint8Array.from(LETTERS, (letter) => letter.charCodeAt(0));

export class GrantIds {
  private readonly hash: KeyedHash;
  private readonly input = new Uint32Array(1);
  private readonly mac = new Uint32Array(4);
  /** Before every id. */
  private readonly mark: string;

  /** @param key 16 bytes, one a campaign */
  constructor(key: Uint8Array, isRehearsal: boolean) {
    this.hash = new KeyedHash(key);
    this.mark = isRehearsal ? REHEARSAL_MARK : "";
  }

  /** The id of a grant. */
  encode(grant: number): string {
    const id = this.unmarked(grant);
    return this.mark === "" ? id : this.mark + id;
  }

  private unmarked(grant: number): string {
    this.input[0] = bigEndian(grant);
    this.hash.hashWords(this.input, 0, 1, this.mac);
    const a = this.mac[0]!;
    const b = this.mac[1]!;
    // 40 bits of ordinal, its 32 bits behind 8 zero bits, then 30 bits of each of two hash words.
    return String.fromCharCode(
      48,
      CODES[grant >>> 30]!,
      CODES[(grant >>> 25) & 31]!,
      CODES[(grant >>> 20) & 31]!,
      CODES[(grant >>> 15) & 31]!,
      CODES[(grant >>> 10) & 31]!,
      CODES[(grant >>> 5) & 31]!,
      CODES[grant & 31]!,
      CODES[(a >>> 25) & 31]!,
      CODES[(a >>> 20) & 31]!,
      CODES[(a >>> 15) & 31]!,
      CODES[(a >>> 10) & 31]!,
      CODES[(a >>> 5) & 31]!,
      CODES[a & 31]!,
      CODES[(b >>> 25) & 31]!,
      CODES[(b >>> 20) & 31]!,
      CODES[(b >>> 15) & 31]!,
      CODES[(b >>> 10) & 31]!,
      CODES[(b >>> 5) & 31]!,
      CODES[b & 31]!,
    );
  }

  /** The ordinal of an id, or -1 when it is not one of this campaign's. */
  decode(id: string): number {
    const { length } = this.mark;
    if (id.length !== length + GRANT_ID_DIGITS) return -1;
    const bytes = fromBase32(id.slice(length, length + ORDINAL_DIGITS));
    if (bytes === null || bytes[0] !== 0) return -1;
    const grant = new DataView(bytes.buffer, bytes.byteOffset).getUint32(1);
    return this.encode(grant) === id ? grant : -1;
  }
}

/** The word whose little-endian bytes are the big-endian bytes of `word`. */
function bigEndian(word: number): number {
  return (word << 24) | ((word & 0xff00) << 8) | ((word >>> 8) & 0xff00) | (word >>> 24);
}
