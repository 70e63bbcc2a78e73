// Ours in the memory bench: an engine on a file journal that grants and grants. Runs in a process
// of its own (see ours-main.ts). Nothing is synced: what is asked here is memory, not speed.
import { randomBytes } from "node:crypto";
import { HongbaoError } from "../../src/base/error.ts";
import { Engine } from "../../src/host/engine.ts";
import { openCampaign } from "../../src/host/open-campaign.ts";
import { MemorySecrets } from "../../src/host/secrets.ts";
import { openDirectoryJournal } from "../../src/journal/files/directory-journal.ts";
import { benchCampaign, CARD } from "../campaign.ts";
import { watchPauses } from "../pauses.ts";
import type { BenchClaim } from "../workload.ts";

export interface MemoryFigures {
  /** Growth of the resident memory, after a collection, by grant issued. */
  bytesPerGrant: number;
  /** The longest time between two turns of the event loop, the making of claims left out. */
  longestPauseMs: number;
}

const BATCH = 1000;

/** Issues about `grants` grants, `perUser` to each user, each user with a device of his own. */
export async function run(
  grants: number,
  perUser: number,
  directory: string,
): Promise<MemoryFigures> {
  const journal = await openDirectoryJournal({ directory, durable: false });
  const secrets = new MemorySecrets(new Uint8Array(randomBytes(32)));
  const engine = await Engine.open({ journal, secrets });
  const campaign = { ...benchCampaign(Date.now()) };
  // All are treated, so that every claim is a grant; addresses are not what is measured.
  campaign.assignment = { ...campaign.assignment, holdoutShare: 0 };
  campaign.caps = campaign.caps.filter((cap) => cap.dimension !== "ip");
  await openCampaign(engine, campaign);
  let made = 0;
  const users = grants / perUser;
  const next = (): BenchClaim => {
    const user = made % users; // A user's grants lie far apart, as in life.
    const claim = claimOf(made, user);
    made += 1;
    return claim;
  };
  await issue(engine, campaign.id, Array.from({ length: BATCH }, next));
  const before = residentBytes();
  let longestPauseMs = 0;
  while (made < grants) {
    const batch = Array.from({ length: BATCH }, next);
    const pauseMs = await issue(engine, campaign.id, batch);
    longestPauseMs = Math.max(longestPauseMs, pauseMs);
  }
  const bytesPerGrant = (residentBytes() - before) / (grants - BATCH);
  await engine.close();
  return { bytesPerGrant, longestPauseMs };
}

function claimOf(number: number, user: number): BenchClaim {
  const attributes = { device: `device-${user}`, ip: "10.0.0.1" };
  return { id: `claim-${number}`, user: `user-${user}`, offer: CARD, attributes };
}

/** Resolves when all are granted, with the longest time between two turns meanwhile. */
async function issue(engine: Engine, campaign: string, claims: BenchClaim[]): Promise<number> {
  const pauses = watchPauses();
  const answers = await engine.batch("claim", campaign, claims);
  const longestMs = pauses();
  for (const answer of answers) {
    if (answer instanceof HongbaoError) throw answer;
    if (answer.status !== "granted") throw new Error(`expected a grant, got ${answer.status}`);
  }
  return longestMs;
}

function residentBytes(): number {
  global.gc?.();
  global.gc?.();
  return process.memoryUsage().rss;
}
