// The auditor's own way from names to pseudonyms, arms and lucky amounts, written from
// docs/reference/journal.md on Node's primitives. Only Chaskey itself is shared with what it
// judges.
import { createCipheriv, createHash, hkdfSync } from "node:crypto";
import { KeyedHash } from "../../src/base/keyed-hash.ts";
import type { TableEntry } from "../../src/core/definition.ts";

/** The key of an attribute that is missing and shares one cell. */
export const NO_KEY: string = "0".repeat(32);

export function derive(
  secret: Uint8Array,
  purpose: string,
  bytes: number,
  salt: Uint8Array = new Uint8Array(0),
): Uint8Array {
  return new Uint8Array(hkdfSync("sha256", secret, salt, purpose, bytes));
}

/** Secrets of one campaign as the auditor knows them. */
export class AuditorNames {
  private readonly key: Uint8Array;
  private readonly secret: Uint8Array;
  private readonly luckKeys = new Map<string, Uint8Array>();
  private readonly hashes = new Map<string, KeyedHash>();
  private readonly known = new Map<string, string>();

  /** The committed seed in hex, as the close reveals it. */
  readonly seed: string;

  constructor(seed: Uint8Array, pseudonymKey: Uint8Array) {
    this.seed = Buffer.from(seed).toString("hex");
    this.key = pseudonymKey;
    this.secret = seed;
  }

  user(name: string): string {
    return this.pseudonym("hongbao/user/1", name);
  }

  id(name: string): string {
    return this.pseudonym("hongbao/id/1", name);
  }

  value(attribute: string, value: string): string {
    return this.pseudonym(`hongbao/attribute/1/${attribute}`, value);
  }

  private pseudonym(purpose: string, text: string): string {
    const name = `${purpose}\n${text}`;
    let found = this.known.get(name);
    if (found !== undefined) return found;
    let hash = this.hashes.get(purpose);
    if (hash === undefined) {
      hash = new KeyedHash(derive(this.key, purpose, 16));
      this.hashes.set(purpose, hash);
    }
    const words = new Uint32Array(4);
    hash.hashText(text, words);
    found = Buffer.from(words.buffer).toString("hex");
    this.known.set(name, found);
    return found;
  }

  /** 0 held out, 1 and more the variants. */
  arm(salt: string, holdoutShare: number, shares: readonly number[], user: string): number {
    const name = `arm ${salt} ${user}`;
    let words = this.known.get(name);
    if (words === undefined) {
      const out = new Uint32Array(4);
      const hash = new KeyedHash(new Uint8Array(Buffer.from(salt, "hex")));
      hash.hashBytes(new Uint8Array(Buffer.from(this.user(user), "hex")), out);
      words = `${out[0]} ${out[1]}`;
      this.known.set(name, words);
    }
    const [first, second] = words.split(" ").map(Number) as [number, number];
    if (first / 2 ** 32 < holdoutShare) return 0;
    let below = 0;
    for (const [variant, share] of shares.entries()) {
      below += share;
      if (second / 2 ** 32 < below) return variant + 1;
    }
    return Math.max(1, shares.length);
  }

  /** The key of everything lucky. @param randomness of the promised round, where there is one */
  luckKey(randomness: string | null): Uint8Array {
    const known = this.luckKeys.get(randomness ?? "");
    if (known !== undefined) return known;
    const salt = Uint8Array.from(Buffer.from(randomness ?? "", "hex"));
    const key = derive(this.secret, "hongbao/luck/1", 32, salt);
    this.luckKeys.set(randomness ?? "", key);
    return key;
  }

  /**
   * The amount that the committed seed holds for this user's next draw of an offer.
   * @param randomness the value of the promised round, where there is one
   */
  amount(
    offer: number,
    user: string,
    draws: number,
    entries: readonly TableEntry[],
    randomness: string | null,
  ): number {
    const key = this.luckKey(randomness);
    const sum = entries.reduce((total, entry) => total + entry.odds, 0);
    const most = 2 ** 32 - (2 ** 32 % sum);
    const ordinal = Buffer.alloc(4);
    ordinal.writeUInt32LE(offer);
    const pseudonym = Buffer.from(this.user(user), "hex");
    const nonce = createHash("sha256").update(ordinal).update(pseudonym).digest().subarray(0, 12);
    for (;;) {
      const iv = Buffer.alloc(16);
      iv.writeUInt32LE(draws);
      nonce.copy(iv, 4);
      const block = createCipheriv("chacha20", key, iv).update(Buffer.alloc(64));
      for (let at = 0; at < 64; at += 4) {
        const word = block.readUInt32LE(at);
        if (word < most) return entryAt(entries, word % sum);
      }
      nonce.writeUInt32LE((nonce.readUInt32LE(8) + 1) >>> 0, 8);
    }
  }
}

function entryAt(entries: readonly TableEntry[], point: number): number {
  let below = 0;
  for (const entry of entries) {
    below += entry.odds;
    if (point < below) return entry.amountMinor;
  }
  throw new RangeError(`point ${point} is beyond the odds`);
}
