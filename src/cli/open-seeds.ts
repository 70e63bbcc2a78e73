// The seeds of campaigns that still run, opened with the operator's secrets while a journal is
// verified: each is known just before the events that it explains are judged.
import { existsSync } from "node:fs";
import { join } from "node:path";
import { contractError } from "../contract/errors.ts";
import { EVENT_KINDS, HEAD } from "../core/event.ts";
import { payloadWords } from "../core/event-view.ts";
import { openingOf } from "../core/opening.ts";
import { dataPaths, FileSecrets } from "../host/data-directory.ts";
import { openSecrets } from "../host/secrets.ts";
import type { JournalRecord } from "../journal/index.ts";

export interface SecretsOptions {
  /** The data directory. */
  directory: string;
  masterKey: Uint8Array | null;
  ledgerId: string;
}

/** Passes records on; puts the seed of each campaign that they open into `seeds`. */
export async function* openSeeds(
  records: AsyncIterable<JournalRecord>,
  seeds: Record<string, Uint8Array>,
  options: SecretsOptions,
): AsyncGenerator<JournalRecord> {
  const { directory, masterKey, ledgerId } = options;
  const folder = dataPaths(directory).secrets;
  const keyFile = join(folder, "master.key");
  if (masterKey === null && !existsSync(keyFile)) {
    throw contractError("file_not_found", `${keyFile}: expected the master key, found nothing`);
  }
  const store = new FileSecrets(folder, masterKey);
  for await (const record of records) {
    const words = payloadWords(record.payload);
    for (let at = 0; at < words.length; at += Math.max(1, words[at]! >>> 16)) {
      if ((words[at]! & 0xff) !== EVENT_KINDS.opened) continue;
      const opening = openingOf(words, at);
      const ordinal = words[at + HEAD.time]! >>> 16;
      const { seed } = await openSecrets(store, ledgerId, ordinal, opening);
      seeds[opening.definition.id] = seed;
    }
    yield record;
  }
}
