// Ours in the engine bench: claims through decide, apply, encode and the file journal with its
// sync. Runs in a process of its own (see ours-main.ts), so that memory is fresh in every run.
import { randomBytes } from "node:crypto";
import { HongbaoError } from "../../src/base/error.ts";
import { Engine } from "../../src/host/engine.ts";
import type { MoneyAnswers } from "../../src/host/money-job.ts";
import { openCampaign } from "../../src/host/open-campaign.ts";
import { MemorySecrets } from "../../src/host/secrets.ts";
import { openDirectoryJournal } from "../../src/journal/directory-journal.ts";
import { benchCampaign, CARD } from "../campaign.ts";
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
/** Claims before the clock starts: V8 compiles, the tables get their first shards. */
const WARM_BATCHES = 100;

/** Decides `claims` claims of workload `run` in a fresh journal below `folder`. */
export async function run(claims: number, run: number, folder: string): Promise<EngineFigures> {
  const journal = await openDirectoryJournal({ directory: folder });
  const secrets = new MemorySecrets(new Uint8Array(randomBytes(32)));
  const engine = await Engine.open({ journal, secrets });
  const campaign = benchCampaign(Date.now());
  await openCampaign(engine, campaign);
  const workload = new Workload("engine", run, CARD);
  const warm = Array.from({ length: WARM_BATCHES }, () => received(workload.take(BATCH)));
  await pump(engine, campaign.id, warm);
  const number = Math.ceil(claims / BATCH);
  const batches = Array.from({ length: number }, () => received(workload.take(BATCH)));
  global.gc?.();
  const startedAtMs = performance.now();
  const { latenciesMs, granted } = await pump(engine, campaign.id, batches);
  const tookMs = performance.now() - startedAtMs;
  await engine.close();
  const grantedShare = granted / (number * BATCH);
  // An engine that refused everything would be quick, too.
  if (grantedShare < 0.9) throw new Error(`only ${granted} of ${number * BATCH} were granted`);
  const { p50Ms, p99Ms } = latencyOf(latenciesMs);
  return { perSecond: (number * BATCH * 1000) / tookMs, p50Ms, p99Ms, grantedShare };
}

/** As they come from a socket: strings of their own, not views of the generator's. */
function received(claims: BenchClaim[]): BenchClaim[] {
  return JSON.parse(JSON.stringify(claims));
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
