// Who is signed in: a key that was given once, and the cookie that stands for it since. Only a hash
// of what is in the cookie is kept. Sessions are few (people, not programs) and outlive a restart.
import { hash, randomBytes } from "node:crypto";
import { toBase32 } from "../base/bytes.ts";
import type { Caller, Keys } from "./keys.ts";
import { SignInCodes } from "./sign-in-codes.ts";

export interface StoredSession {
  /** SHA-256 of the token in hex. */
  hash: string;
  /** The public id of the key. */
  key: string;
  expiresAtMs: number;
}

/** Where sessions are kept. Writing is durable when it resolves. */
export interface SessionStore {
  read(): Promise<StoredSession[]>;
  write(sessions: readonly StoredSession[]): Promise<void>;
}

export interface Session {
  readonly caller: Caller;
  readonly expiresAtMs: number;
}

export interface OpenedSession extends Session {
  /** What the cookie carries, told this once. */
  readonly token: string;
}

export const SESSION_MS: number = 12 * 3_600_000;
/** Beyond that the oldest end: whoever signs in again and again fills no disk. */
const MOST = 1000;
const TOKEN_DIGITS = 32;

/** For servers that keep nothing beyond their own life, such as in tests. */
export function memorySessionStore(): SessionStore {
  return { read: async () => [], write: async () => {} };
}

export class Sessions {
  private readonly store: SessionStore;
  private readonly keys: Keys;
  private readonly now: () => number;
  readonly codes: SignInCodes;
  /** By hash, oldest first. */
  private readonly kept: Map<string, StoredSession>;
  /** Writings happen one after the other. */
  private turn: Promise<void> = Promise.resolve();

  private constructor(
    store: SessionStore,
    keys: Keys,
    kept: readonly StoredSession[],
    now: () => number,
  ) {
    this.store = store;
    this.keys = keys;
    this.now = now;
    this.codes = new SignInCodes(now);
    this.kept = new Map(kept.map((one) => [one.hash, one]));
  }

  static async open(
    store: SessionStore,
    keys: Keys,
    now: () => number = Date.now,
  ): Promise<Sessions> {
    return new Sessions(store, keys, await store.read(), now);
  }

  /** Signs in with a key's secret; null where it is unknown or revoked. */
  async start(secret: string): Promise<OpenedSession | null> {
    const caller = this.keys.authenticate(secret);
    return caller === null ? null : await this.startAs(caller);
  }

  /** Signs in with a code; null where it was used, is too old or was never given. */
  async startByCode(code: string): Promise<OpenedSession | null> {
    const key = this.codes.take(code);
    const caller = key === null ? null : this.keys.callerOf(key);
    return caller === null ? null : await this.startAs(caller);
  }

  private async startAs(caller: Caller): Promise<OpenedSession> {
    const token = toBase32(randomBytes(20), TOKEN_DIGITS);
    const session = { hash: hashOf(token), key: caller.key, expiresAtMs: this.now() + SESSION_MS };
    this.kept.set(session.hash, session);
    await this.save();
    return { token, caller, expiresAtMs: session.expiresAtMs };
  }

  /** Whose session it is, or null. */
  find(token: string): Session | null {
    const session = this.kept.get(hashOf(token));
    if (session === undefined || session.expiresAtMs <= this.now()) return null;
    const caller = this.keys.callerOf(session.key);
    return caller === null ? null : { caller, expiresAtMs: session.expiresAtMs };
  }

  /** Signs out; repeating it changes nothing. */
  async end(token: string): Promise<void> {
    if (this.kept.delete(hashOf(token))) await this.save();
  }

  private save(): Promise<void> {
    const now = this.now();
    for (const [key, { expiresAtMs }] of this.kept) {
      if (expiresAtMs <= now || this.kept.size > MOST) this.kept.delete(key);
    }
    // What was signed in stands although it cannot be kept: a full disk needs somebody to look.
    const written = this.turn.then(() => this.store.write([...this.kept.values()]));
    this.turn = written.catch(() => {});
    return this.turn;
  }
}

function hashOf(token: string): string {
  return hash("sha256", token, "hex");
}
