// Who is signed in: a key that was given once, and the cookie that stands for it since. Only a hash
// of what is in the cookie is kept. Sessions are few (people, not programs) and outlive a restart.
import { hash, randomBytes } from "node:crypto";
import { toBase32 } from "../base/bytes.ts";
import { keepFair } from "./fair-bound.ts";
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
  readonly lastsMs: number;
}

export const SESSION_MS: number = 12 * 3_600_000;
/** Of one key, and of all; beyond that the oldest end: whoever signs in for ever fills no disk. */
const MOST = { each: 100, all: 1000 };
const TOKEN_DIGITS = 32;

/** For servers that keep nothing beyond their own life, such as in tests. */
export function memorySessionStore(): SessionStore {
  return { read: async () => [], write: async () => {} };
}

export class Sessions {
  private readonly store: SessionStore;
  private readonly keys: Keys;
  private readonly now: () => number;
  private readonly codes: SignInCodes;
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
    const owner = this.codes.take(code);
    // Whoever signed out, or was signed out, left no way back in behind.
    if (owner === null || (owner.session !== null && !this.kept.has(owner.session.hash))) {
      return null;
    }
    const caller = this.keys.callerOf(owner.key);
    return caller === null ? null : await this.startAs(caller, owner.session?.expiresAtMs);
  }

  /**
   * A code that signs in once. One that a session asks for ends with it, and signs in for no longer
   * than that session may last: else it could go on for ever without its key.
   * @param token what the cookie of the asking session carries; null: the key itself asks
   */
  makeCode(key: string, token: string | null): { code: string; expiresAtMs: number } {
    if (token === null) return this.codes.make({ key, session: null });
    const hash = hashOf(token);
    return this.codes.make({ key, session: this.kept.get(hash) ?? { hash, expiresAtMs: 0 } });
  }

  private async startAs(
    caller: Caller,
    untilMs = Number.POSITIVE_INFINITY,
  ): Promise<OpenedSession> {
    const token = toBase32(randomBytes(20), TOKEN_DIGITS);
    const lastsMs = Math.min(SESSION_MS, untilMs - this.now());
    const expiresAtMs = this.now() + lastsMs;
    const session = { hash: hashOf(token), key: caller.key, expiresAtMs };
    this.kept.set(session.hash, session);
    await this.save();
    return { token, caller, expiresAtMs, lastsMs };
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
    for (const [name, { expiresAtMs }] of this.kept) {
      if (expiresAtMs <= now) this.kept.delete(name);
    }
    keepFair(this.kept, ({ key }) => key, MOST);
    // What was signed in stands although it cannot be kept: a full disk needs somebody to look.
    const written = this.turn.then(() => this.store.write([...this.kept.values()]));
    this.turn = written.catch(() => {});
    return this.turn;
  }
}

function hashOf(token: string): string {
  return hash("sha256", token, "hex");
}
