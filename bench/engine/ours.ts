// Ours in the engine bench: claims through decide, apply, encode and the file journal with its
// sync. Runs in a process of its own (see ours-main.ts), so that memory is fresh in every run.
import { randomBytes } from "node:crypto";
import { join } from "node:path";
import { HongbaoError } from "../../src/base/error.ts";
import { Engine } from "../../src/host/engine.ts";
import { openCampaign } from "../../src/host/open-campaign.ts";
import { MemorySecrets } from "../../src/host/secrets.ts";
import type { MoneyAnswers } from "../../src/host/writer/money-job.ts";
import { openDirectoryJournal } from "../../src/journal/files/directory-journal.ts";
import { LogFollower } from "../../src/transparency/log-follower.ts";
import { CARD, wholeCampaign } from "../campaign.ts";
import { latencyOf } from "../quantile.ts";
import { type BenchClaim, Workload } from "../workload.ts";

export interface EngineFigures {
  perSecond: number;
  /** Latency of a batch, from its submission to durable. */
  p50Ms: number;
  p99Ms: number;
  grantedShare: number;
}

const BATCH = 1000;
/** While one record of at most 4,000 commands is synced, the next one fills. */
const BATCHES_UNDER_WAY = 8;
/**
 * Claims are made in pieces, with the clock stopped: a million of them at once in V8's heap would
 * be old objects that the collector visits, while a server's are young. Redis reads its commands
 * from one buffer.
 */
const PIECE_BATCHES = 100;

/**
 * Decides `claims` claims of workload `run` in a fresh journal below `folder`; with `receipts` a
 * thread makes the log of it meanwhile.
 */
export async function run(
  claims: number,
  run: number,
  folder: string,
  receipts = false,
): Promise<EngineFigures> {
  const journal = await openDirectoryJournal({ directory: folder });
  const secrets = new MemorySecrets(new Uint8Array(randomBytes(32)));
  const engine = await Engine.open({ journal, secrets });
  const campaign = wholeCampaign(Date.now());
  await openCampaign(engine, campaign);
  const follower = receipts ? await followLog(engine, folder) : null;
  const workload = new Workload("engine", run, CARD);
  // The first piece is not counted: V8 compiles, the tables get their first shards.
  await pump(engine, campaign.id, piece(workload));
  const pieces = Math.ceil(claims / (PIECE_BATCHES * BATCH));
  const latenciesMs: number[] = [];
  let granted = 0;
  let tookMs = 0;
  for (let i = 0; i < pieces; i++) {
    const batches = piece(workload);
    global.gc?.();
    const startedAtMs = performance.now();
    const pumped = await pump(engine, campaign.id, batches);
    tookMs += performance.now() - startedAtMs;
    latenciesMs.push(...pumped.latenciesMs);
    granted += pumped.granted;
  }
  await engine.close();
  await follower?.close();
  const decided = pieces * PIECE_BATCHES * BATCH;
  const grantedShare = granted / decided;
  // An engine that refused everything would be quick, too.
  if (grantedShare < 0.9) throw new Error(`only ${granted} of ${decided} were granted`);
  const { p50Ms, p99Ms } = latencyOf(Float64Array.from(latenciesMs));
  return { perSecond: (decided * 1000) / tookMs, p50Ms, p99Ms, grantedShare };
}

async function followLog(engine: Engine, folder: string): Promise<LogFollower> {
  const follower = await LogFollower.start(engine, {
    place: { journal: folder, log: join(folder, "log"), secrets: join(folder, "secrets") },
    intervalMs: 1000,
    witnesses: [],
    onNotice: (text) => console.error(text),
  });
  // It must be at work when the clock starts.
  for (let tries = 0; tries < 500; tries++) {
    const isThere = await follower.ask("checkpoint", null).then(
      () => true,
      () => false,
    );
    if (isThere) return follower;
    await new Promise((resolve) => setTimeout(resolve, 20));
  }
  throw new Error("the log's thread signed no checkpoint");
}

/** As they come from a socket: strings of their own, not views of the generator's. */
function piece(workload: Workload): BenchClaim[][] {
  return Array.from({ length: PIECE_BATCHES }, () =>
    JSON.parse(JSON.stringify(workload.take(BATCH))),
  );
}

interface Pumped {
  latenciesMs: Float64Array;
  granted: number;
}

/** Keeps some batches under way until all have been answered, durable. */
function pump(engine: Engine, campaign: string, batches: BenchClaim[][]): Promise<Pumped> {
  const latenciesMs = new Float64Array(batches.length);
  let granted = 0;
  let sent = 0;
  let answered = 0;
  return new Promise((resolve, reject) => {
    const send = (): void => {
      const number = sent;
      const batch = batches[number];
      if (batch === undefined) return;
      sent += 1;
      const sentAtMs = performance.now();
      engine.submit("claim", campaign, batch, (answers) => {
        latenciesMs[number] = performance.now() - sentAtMs;
        granted += grantedOf(answers, reject);
        answered += 1;
        if (answered === batches.length) resolve({ latenciesMs, granted });
        else send();
      });
    };
    for (let i = 0; i < BATCHES_UNDER_WAY; i++) send();
  });
}

function grantedOf(
  answers: (MoneyAnswers["claim"] | HongbaoError)[],
  failed: (error: HongbaoError) => void,
): number {
  let granted = 0;
  for (const answer of answers) {
    if (answer instanceof HongbaoError) failed(answer);
    else if (answer.status === "granted") granted += 1;
  }
  return granted;
}
