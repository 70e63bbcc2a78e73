// The log beside a server: its thread, and the witnesses that it asks.
import { contractError } from "../contract/errors.ts";
import { dataPaths } from "../host/data-directory.ts";
import type { Engine } from "../host/index.ts";
import { LogFollower } from "../transparency/log-follower.ts";
import { parseWitnessList, type WitnessAddress } from "../transparency/witness-list.ts";
import { readText } from "./read-text.ts";
import type { Settings } from "./settings.ts";

export async function readWitnesses(file: string | null): Promise<WitnessAddress[]> {
  if (file === null) return [];
  const witnesses = parseWitnessList(await readText(file));
  if (typeof witnesses !== "string") return witnesses;
  throw contractError("invalid_config", `${file}: ${witnesses}`);
}

/** Null where answers are not durable: a checkpoint of what a crash forgets could not be kept. */
export async function startFollower(
  engine: Engine,
  settings: Pick<Settings, "data" | "checkpointSeconds">,
  given: { witnesses: readonly WitnessAddress[]; onNotice: (text: string) => void },
): Promise<LogFollower | null> {
  if (!engine.journal.durable) {
    given.onNotice("receipts: none without durability; a checkpoint cannot be taken back");
    return null;
  }
  const { journal, log, secrets } = dataPaths(settings.data);
  const intervalMs = settings.checkpointSeconds * 1000;
  return await LogFollower.start(engine, {
    place: { journal, log, secrets },
    intervalMs,
    ...given,
  });
}
