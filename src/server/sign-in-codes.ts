// Codes that sign a browser in once, for links that a program opens: the key itself would stay in
// the browser's history. They live in memory alone, and shortly.
import { hash, randomBytes } from "node:crypto";
import { toBase32 } from "../base/bytes.ts";

interface Given {
  /** The public id of the key. */
  readonly key: string;
  readonly expiresAtMs: number;
}

export const CODE_MS: number = 15 * 60_000;
/** Beyond that the oldest end. */
const MOST = 100;
const DIGITS = 32;

export class SignInCodes {
  /** By the code's hash, oldest first. */
  private readonly given = new Map<string, Given>();
  private readonly now: () => number;

  constructor(now: () => number = Date.now) {
    this.now = now;
  }

  /** @param key the public id of whose key the code stands for */
  make(key: string): { code: string; expiresAtMs: number } {
    const code = toBase32(randomBytes(20), DIGITS);
    const expiresAtMs = this.now() + CODE_MS;
    this.given.set(hashOf(code), { key, expiresAtMs });
    const [oldest] = this.given.keys();
    if (this.given.size > MOST) this.given.delete(oldest!);
    return { code, expiresAtMs };
  }

  /** The key that the code stands for, once; null where it stands for none any more. */
  take(code: string): string | null {
    const name = hashOf(code);
    const one = this.given.get(name);
    this.given.delete(name);
    return one === undefined || one.expiresAtMs <= this.now() ? null : one.key;
  }
}

function hashOf(code: string): string {
  return hash("sha256", code, "hex");
}
