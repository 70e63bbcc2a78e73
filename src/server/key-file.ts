// keys.json in the data directory. It is written whole or not at all, readable by its owner only,
// and looked at once a second, so that keys added or revoked by the command line count at once.
// Server and command line take turns to change it, by a lock that stands for that moment.
import { unwatchFile, watchFile } from "node:fs";
import path from "node:path";
import { setTimeout } from "node:timers/promises";
import { z } from "zod";
import { HongbaoError } from "../base/error.ts";
import { parse, SCOPES } from "../contract/index.ts";
import { readIfThere, writeWhole } from "../host/data-directory.ts";
import { type Lock, takeLock } from "../journal/lock.ts";
import { openNodeDisk } from "../journal/node-disk.ts";
import { nodeProcessTable } from "../journal/process-table.ts";
import type { KeyStore, StoredKey } from "./keys.ts";

const FORMAT = 1;
const LOOK_EVERY_MS = 1000;
const LOCK_NAME = "keys.lock";
const ASK_EVERY_MS = 10;
/** A change takes milliseconds: a lock of another boot that stands so long was left behind. */
const LEFT_BEHIND_MS = 2000;
const GIVE_UP_MS = 5000;

const fileSchema: z.ZodType<{ format: 1; keys: StoredKey[] }> = z.strictObject({
  format: z.literal(FORMAT),
  keys: z.array(
    z.strictObject({
      key: z.string().regex(/^k-[0-9a-z]{1,32}$/),
      name: z.string(),
      scope: z.enum(SCOPES),
      merchant: z.exactOptional(z.string()),
      campaign: z.exactOptional(z.string()),
      createdAtMs: z.int(),
      revokedAtMs: z.exactOptional(z.int()),
      hash: z.string().regex(/^[0-9a-f]{64}$/),
    }),
  ),
});

/** The keys of a data directory. Reading throws `invalid_file` when the file is not what it was. */
export function fileKeyStore(directory: string): KeyStore {
  const file = path.join(directory, "keys.json");
  return {
    read: async () => {
      const content = await readIfThere(file);
      return content === null ? [] : parseKeys(new TextDecoder().decode(content), file);
    },
    write: (keys) => writeWhole(file, `${JSON.stringify({ format: FORMAT, keys }, null, 2)}\n`),
    exclusively: async (change) => {
      const lock = await waitForLock(directory);
      try {
        return await change();
      } finally {
        await lock.release();
      }
    },
    watch: (changed) => {
      const looked = (): void => changed();
      watchFile(file, { interval: LOOK_EVERY_MS, persistent: false }, looked);
      return () => unwatchFile(file, looked);
    },
  };
}

async function waitForLock(directory: string): Promise<Lock> {
  const disk = await openNodeDisk({ directory });
  const askedAtMs = performance.now();
  for (;;) {
    const waitedMs = performance.now() - askedAtMs;
    try {
      return await takeLock(disk, nodeProcessTable, waitedMs > LEFT_BEHIND_MS, LOCK_NAME);
    } catch (cause) {
      if (!(cause instanceof HongbaoError) || cause.code !== "journal_locked") throw cause;
      if (waitedMs > GIVE_UP_MS) throw stillLocked(directory, cause);
    }
    await setTimeout(ASK_EVERY_MS);
  }
}

function stillLocked(directory: string, cause: HongbaoError): HongbaoError {
  const place = path.join(directory, LOCK_NAME);
  const message = `${place}: another process has been changing the keys for ${GIVE_UP_MS} ms`;
  return new HongbaoError({ code: "overloaded", message, retryable: true, cause });
}

function parseKeys(text: string, file: string): StoredKey[] {
  try {
    return parse(JSON.parse(text), fileSchema).keys;
  } catch (cause) {
    if (!(cause instanceof SyntaxError) && !(cause instanceof HongbaoError)) throw cause;
    const message = `${file}: expected the keys of this server, found ${cause.message}`;
    throw new HongbaoError({ code: "invalid_file", message, cause });
  }
}
