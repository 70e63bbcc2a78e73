// A witness's own folder: its key, and the lock that keeps a second process from deciding about the
// same logs.
import path from "node:path";
import { fromHex, toHex } from "../base/bytes.ts";
import { HongbaoError } from "../base/error.ts";
import { readIfThere, writeWhole } from "../host/data-directory.ts";
import { type Lock, takeLock } from "../journal/files/lock.ts";
import { makeDirectory } from "../journal/files/make-directory.ts";
import { openNodeDisk } from "../journal/files/node-disk.ts";
import { nodeProcessTable } from "../journal/files/process-table.ts";
import { KEY_SEED_BYTES, makeKeySeed, NoteSigner } from "./note-signer.ts";

/** Name and private key in hex, one a line; readable by their owner only. */
const KEY_FILE = "witness.key";

/** The key in the folder, or null where there is none. */
export async function openWitnessKey(directory: string): Promise<NoteSigner | null> {
  const file = path.join(directory, KEY_FILE);
  const bytes = await readIfThere(file);
  if (bytes === null) return null;
  const [name, hex] = new TextDecoder().decode(bytes).split("\n");
  const seed = fromHex(hex ?? "");
  if (seed?.length === KEY_SEED_BYTES) return NoteSigner.ofWitness(name!, seed);
  const message = `${file}: expected a name and 64 hex digits, found other text`;
  throw new HongbaoError({ code: "wrong_key", message });
}

/** Makes the key of a new witness. */
export async function makeWitnessKey(directory: string, name: string): Promise<NoteSigner> {
  const seed = makeKeySeed();
  const signer = NoteSigner.ofWitness(name, seed);
  await makeDirectory(directory, 0o700);
  await writeWhole(path.join(directory, KEY_FILE), `${name}\n${toHex(seed)}\n`);
  return signer;
}

/** One process at a time decides: two would cosign two histories. */
export async function lockWitness(directory: string): Promise<Lock> {
  return await takeLock(await openNodeDisk({ directory }), nodeProcessTable, false);
}
