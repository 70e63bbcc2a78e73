// The measurement plan beside a campaign file: its hash goes into the opening event, so that what
// is measured is fixed before anybody has got anything.
import { existsSync } from "node:fs";
import { dirname, join } from "node:path";
import { readPlanHash } from "../prove/index.ts";
import { withDemandFiles } from "./demand-files.ts";
import { readText } from "./read-text.ts";

export const PROVE_FILE = "prove.yaml";

/** The text of a campaign file with its demand files, and the hash of prove.yaml's plan, if any. */
export async function readCampaignText(file: string): Promise<string> {
  const yaml = await withDemandFiles(await readText(file), file);
  const beside = join(dirname(file), PROVE_FILE);
  // What the file itself says about measuring stands.
  if (/^measure:/m.test(yaml) || !existsSync(beside)) return yaml;
  const hash = await readPlanHash(beside);
  const gap = yaml.endsWith("\n") ? "" : "\n";
  return `${yaml}${gap}measure: { sha256: ${hash} } # of ${PROVE_FILE}\n`;
}
