// Codes that sign a browser in once, for links that a program opens: the key itself would stay in
// the browser's history. They live in memory alone, and shortly.
import { hash, randomBytes } from "node:crypto";
import { toBase32 } from "../base/bytes.ts";
import { keepFair } from "./fair-bound.ts";

/** Whose key a code stands for. */
export interface CodeOwner {
  /** The public id of the key. */
  readonly key: string;
  /** The session that asked for the code, by its hash, and its end; null: the key itself asked. */
  readonly session: { readonly hash: string; readonly expiresAtMs: number } | null;
}

interface Given extends CodeOwner {
  readonly expiresAtMs: number;
}

export const CODE_MS: number = 15 * 60_000;
/** Of one key, and of all; beyond that the oldest end. */
const MOST = { each: 20, all: 1000 };
const DIGITS = 32;

export class SignInCodes {
  /** By the code's hash, oldest first. */
  private readonly given = new Map<string, Given>();
  private readonly now: () => number;

  constructor(now: () => number = Date.now) {
    this.now = now;
  }

  /** Lives no longer than the session that asks for it. */
  make({ key, session }: CodeOwner): { code: string; expiresAtMs: number } {
    const code = toBase32(randomBytes(20), DIGITS);
    const untilMs = session?.expiresAtMs ?? Number.POSITIVE_INFINITY;
    const expiresAtMs = Math.min(this.now() + CODE_MS, untilMs);
    this.given.set(hashOf(code), { key, session, expiresAtMs });
    keepFair(this.given, ({ key }) => key, MOST);
    return { code, expiresAtMs };
  }

  /** Whom the code stands for, once; null where it stands for nobody any more. */
  take(code: string): CodeOwner | null {
    const name = hashOf(code);
    const one = this.given.get(name);
    this.given.delete(name);
    return one === undefined || one.expiresAtMs <= this.now() ? null : one;
  }
}

function hashOf(code: string): string {
  return hash("sha256", code, "hex");
}
