// A list put in force in one step: the parts that it comes in, and the pauses between, are tested
// elsewhere; here it meets everything else that goes on.
import { createHash } from "node:crypto";
import { emptyCommand, USER_AT } from "../../src/core/command.ts";
import type { Engine } from "../../src/host/engine.ts";
import { putInForce } from "../../src/host/lists/list-import.ts";
import type { ListStore } from "../../src/host/lists/list-store.ts";
import { UserList } from "../../src/host/lists/user-list.ts";
import type { Ask } from "./asks.ts";

const COMMAND = emptyCommand();

/** Lists on a disk that loses nothing: a file is durable before the journal names it. */
export class DrillLists implements ListStore {
  readonly place = "the drill";
  private readonly kept = new Map<string, BigUint64Array>();

  keep(entries: BigUint64Array): string {
    const sha256 = createHash("sha256").update("hblist01").update(entries).digest("hex");
    this.kept.set(sha256, entries);
    return sha256;
  }

  async write(entries: BigUint64Array): Promise<string> {
    return this.keep(entries);
  }

  async read(sha256: string): Promise<UserList | null> {
    const entries = this.kept.get(sha256);
    return entries === undefined ? null : new UserList(entries);
  }

  async keepOnly(hashes: ReadonlySet<string>): Promise<void> {
    for (const sha256 of this.kept.keys()) if (!hashes.has(sha256)) this.kept.delete(sha256);
  }
}

export function putList(
  engine: Engine,
  { campaign, list, users }: Extract<Ask, { op: "list" }>,
  timeoutMs: number | undefined,
): Promise<unknown> {
  const pseudonyms = engine.find(campaign)?.names.pseudonyms;
  const prefixes = (pseudonyms === undefined ? [] : users).map((user) => {
    pseudonyms!.setUser(COMMAND, user);
    return BigInt(COMMAND.keys[USER_AT]!) + (BigInt(COMMAND.keys[USER_AT + 1]!) << 32n);
  });
  const entries = BigUint64Array.from(new Set(prefixes)).sort();
  const sha256 = (engine.lists as DrillLists).keep(entries);
  return putInForce(engine, campaign, list, { entries, sha256 }, timeoutMs);
}
