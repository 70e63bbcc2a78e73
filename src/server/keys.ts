// API keys: `hb_<id>_<secret>`. Only a hash of the secret is kept. A secret has 160 random bits, so
// one SHA-256 is enough: slow password hashes protect what people can remember.
import { hash, randomBytes, timingSafeEqual } from "node:crypto";
import { toBase32 } from "../base/bytes.ts";
import { LIMITS } from "../base/limits.ts";
import { contractError, type KeyInput, type KeyView, type Scope } from "../contract/index.ts";

/** A key as it is kept. */
export interface StoredKey extends KeyView {
  /** SHA-256 of the secret in hex. */
  hash: string;
}

/** Where keys are kept. Writing is durable when it resolves. */
export interface KeyStore {
  read(): Promise<StoredKey[]>;
  write(keys: readonly StoredKey[]): Promise<void>;
  /** Runs a reading and the writing that follows from it while nobody else may do so. */
  exclusively<T>(change: () => Promise<T>): Promise<T>;
  /** Calls back when somebody else changed the keys; returns how to stop watching. */
  watch(changed: () => void): () => void;
}

/** Who is calling. */
export interface Caller {
  readonly key: string;
  readonly scope: Scope;
  /** The only merchant that it may name. */
  readonly merchant: string | null;
  /** The only campaign that it may name. */
  readonly campaign: string | null;
}

interface Entry {
  stored: StoredKey;
  hash: Buffer;
  caller: Caller;
}

const ID_DIGITS = 8;
const SECRET_DIGITS = 32;
const TOKEN = /^hb_(k-[0-9a-z]{1,32})_([0-9a-z]{16,64})$/;

/** For servers that keep no keys beyond their own life, such as in tests. */
export function memoryKeyStore(): KeyStore {
  let kept: readonly StoredKey[] = [];
  return {
    read: async () => [...kept],
    write: async (keys) => {
      kept = [...keys];
    },
    exclusively: (change) => change(),
    watch: () => () => {},
  };
}

export class Keys {
  private readonly store: KeyStore;
  private entries = new Map<string, Entry>();
  private unwatch: () => void = () => {};
  /** Changes happen one after the other, each on what is kept by then. */
  private turn: Promise<unknown> = Promise.resolve();

  private constructor(store: KeyStore) {
    this.store = store;
  }

  static async open(store: KeyStore): Promise<Keys> {
    const keys = new Keys(store);
    await keys.reload();
    keys.unwatch = store.watch(() => {
      keys.turn = keys.turn.then(() => keys.reload()).catch(ignoreUnreadable);
    });
    return keys;
  }

  close(): void {
    this.unwatch();
  }

  get isEmpty(): boolean {
    return this.entries.size === 0;
  }

  /** Revoked ones included. */
  get size(): number {
    return this.entries.size;
  }

  list(): KeyView[] {
    return [...this.entries.values()].map(({ stored }) => viewOf(stored));
  }

  /** Makes a key. The secret is shown this once. */
  add(input: KeyInput, atMs: number): Promise<{ key: KeyView; secret: string }> {
    return this.inTurn(async () => {
      if (this.entries.size >= LIMITS.keys) throw tooMany();
      const id = `k-${toBase32(randomBytes(5), ID_DIGITS)}`;
      const secret = toBase32(randomBytes(20), SECRET_DIGITS);
      const stored: StoredKey = {
        key: id,
        ...input,
        createdAtMs: atMs,
        hash: hash("sha256", secret, "hex"),
      };
      await this.save([...this.stored(), stored]);
      return { key: viewOf(stored), secret: `hb_${id}_${secret}` };
    });
  }

  /** Revokes a key at once; repeating it changes nothing. Throws `unknown_key`. */
  revoke(id: string, atMs: number): Promise<KeyView> {
    return this.inTurn(async () => {
      const entry = this.entries.get(id);
      if (entry === undefined) throw contractError("unknown_key", `no key has the id ${id}`);
      if (entry.stored.revokedAtMs !== undefined) return viewOf(entry.stored);
      const revoked = { ...entry.stored, revokedAtMs: atMs };
      await this.save(this.stored().map((one) => (one.key === id ? revoked : one)));
      return viewOf(revoked);
    });
  }

  /** Whose key it is, or null. */
  authenticate(token: string): Caller | null {
    const match = TOKEN.exec(token);
    const entry = match === null ? undefined : this.entries.get(match[1]!);
    if (match === null || entry === undefined) return null;
    const same = timingSafeEqual(hash("sha256", match[2]!, "buffer"), entry.hash);
    return same && entry.stored.revokedAtMs === undefined ? entry.caller : null;
  }

  /** Whether a caller that was authenticated before still is. */
  isCurrent(caller: Caller): boolean {
    const entry = this.entries.get(caller.key);
    return entry?.caller === caller && entry.stored.revokedAtMs === undefined;
  }

  /** Who calls with a key, by its public id; null where it is unknown or revoked. */
  callerOf(id: string): Caller | null {
    const entry = this.entries.get(id);
    return entry === undefined || entry.stored.revokedAtMs !== undefined ? null : entry.caller;
  }

  /** What is shown of a key. */
  view(id: string): KeyView | null {
    const entry = this.entries.get(id);
    return entry === undefined ? null : viewOf(entry.stored);
  }

  private stored(): StoredKey[] {
    return [...this.entries.values()].map(({ stored }) => stored);
  }

  private async save(keys: StoredKey[]): Promise<void> {
    await this.store.write(keys);
    this.take(keys);
  }

  private async reload(): Promise<void> {
    this.take(await this.store.read());
  }

  private take(keys: readonly StoredKey[]): void {
    this.entries = new Map(keys.map((stored) => [stored.key, entryOf(stored)]));
  }

  private inTurn<T>(change: () => Promise<T>): Promise<T> {
    const done = this.turn.then(() =>
      this.store.exclusively(async () => {
        await this.reload(); // the command line may have changed the same file
        return change();
      }),
    );
    this.turn = done.catch(() => {}); // whoever asked for the change gets its error
    return done;
  }
}

function entryOf(stored: StoredKey): Entry {
  const { key, scope, merchant = null, campaign = null } = stored;
  return {
    stored,
    hash: Buffer.from(stored.hash, "hex"),
    caller: { key, scope, merchant, campaign },
  };
}

function viewOf({ hash: _, ...view }: StoredKey): KeyView {
  return view;
}

function tooMany(): Error {
  const message = `there are ${LIMITS.keys} keys already, revoked ones included`;
  return contractError("invalid_request", message, { path: "$" });
}

/** Keys of before stay in force while the file cannot be read; writing it tells the reason. */
function ignoreUnreadable(): void {}
