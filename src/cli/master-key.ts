// The master key where somebody gives it: as a variable, or in a file of its own.
import { contractError } from "../contract/errors.ts";
import { parseMasterKey } from "../host/data-directory.ts";
import { readText } from "./read-text.ts";
import type { Settings } from "./settings.ts";

/** Null when nobody gives one: the data directory then has its own. */
export async function givenMasterKey({
  masterKey,
  masterKeyFile,
}: Pick<Settings, "masterKey" | "masterKeyFile">): Promise<Uint8Array | null> {
  if (masterKey !== null && masterKeyFile !== null) {
    const message = "master key: expected a key or a file with it, found both";
    throw contractError("invalid_config", message);
  }
  if (masterKey !== null) return parseMasterKey(masterKey, "HONGBAO_MASTER_KEY");
  if (masterKeyFile === null) return null;
  return parseMasterKey((await readText(masterKeyFile)).trim(), masterKeyFile);
}
