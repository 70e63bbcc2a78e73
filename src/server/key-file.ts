// keys.json in the data directory. It is written whole or not at all, readable by its owner only,
// and looked at once a second, so that keys added or revoked by the command line count at once.
// Server and command line take turns to change it, by a lock that stands for that moment.
import { unwatchFile, watchFile } from "node:fs";
import path from "node:path";
import { z } from "zod";
import { HongbaoError } from "../base/error.ts";
import { foundIn, parse, SCOPES } from "../contract/index.ts";
import { readIfThere, writeWhole } from "../host/data-directory.ts";
import { exclusively } from "../host/exclusively.ts";
import type { KeyStore, StoredKey } from "./keys.ts";

const FORMAT = 1;
const LOOK_EVERY_MS = 1000;
const LOCK_NAME = "keys.lock";

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
    exclusively: (change) => exclusively(directory, LOCK_NAME, "the keys", change),
    watch: (changed) => {
      const looked = (): void => changed();
      watchFile(file, { interval: LOOK_EVERY_MS, persistent: false }, looked);
      return () => unwatchFile(file, looked);
    },
  };
}

function parseKeys(text: string, file: string): StoredKey[] {
  try {
    return parse(JSON.parse(text), fileSchema).keys;
  } catch (cause) {
    if (!(cause instanceof SyntaxError) && !(cause instanceof HongbaoError)) throw cause;
    const message = `${file}: expected the keys of this server, found ${foundIn(cause)}`;
    throw new HongbaoError({ code: "invalid_file", message, cause });
  }
}
