// A year of rewards, drawn ten thousand times: how long until every number of the plan is there.
import { runScript, temporaryFolder } from "../children.ts";
import type { Bench, Contender, Figures } from "../contender.ts";
import type { DrawnFigures, LiveFigures } from "./ours.ts";
import { meansDiffer, NumpyPeer } from "./peer.ts";
import { writePeerData } from "./peer-data.ts";
import { openYear } from "./year.ts";

const DRAWS = 10_000;
const LIVE = 1_000;
const MANY = 100_000;
const MILLION = 1_000_000;
/**
 * Largest difference between ours and the peer's mean of a number, as a part of it: in some draw
 * of ten thousand rounding decides whether a wave's last yuan is gone an hour earlier.
 */
const TOLERANCE = 1e-6;

export function bench(): Bench {
  const ours = new PlanContender();
  const peer = new NumpyPeer({
    prepare: async () => {
      const folder = temporaryFolder("plan");
      writePeerData(folder, await openYear(), DRAWS);
      return folder;
    },
    check: (means) => {
      const problem = meansDiffer(ours.means, means, TOLERANCE);
      if (problem !== null) throw new Error(`the answers differ: ${problem}`);
    },
  });
  return { name: "plan", unit: "s", method: METHOD, ours, peers: [peer] };
}

const METHOD =
  `Seconds for ${DRAWS.toLocaleString("en")} campaigns of a year (bench/plan/plan.yaml: four ` +
  "waves, five offers, paced, invites, money of 24 months) in two threads: from the start of " +
  "the threads to the last number (point, median and interval of every output, rows of the " +
  "first 4,096, hours of the first 512, fans), the draws included; a fresh process each. " +
  "`1 thread`: the same without threads; both must give the same bits. `process`: from its " +
  `start, modules and files included. \`live\`: ${LIVE.toLocaleString("en")} campaigns with all ` +
  "their numbers in one thread, the first call of a process that has read the plan, and later " +
  "ones. The million, and the peak resident memory of the process with it and with a tenth of " +
  "it, are measured in the first run only. The peer does the core of it in NumPy, all draws at " +
  "once, step by step, in one thread (who comes and stays away, claims, budgets, pacing, " +
  "retries, redemption, returns, retention, months, three quantiles of each number), started " +
  "and warmed up; it is given the draws, and leaves out requests, peaks, shops and couriers, " +
  "cohorts by origin, hours and rows. The means of its numbers agree with ours to " +
  `${TOLERANCE} of them in every run, or the bench ends. Less is better.`;

class PlanContender implements Contender {
  readonly name = "hongbao";
  /** Of the last run. */
  means: Readonly<Record<string, number>> = {};
  private large: Record<string, number> | null = null;

  async start(): Promise<null> {
    return null;
  }

  async run(): Promise<Figures> {
    const threaded = await drawn(DRAWS, 2);
    const single = await drawn(DRAWS, 1);
    requireSame(threaded, single);
    this.means = threaded.means;
    const input = { draws: LIVE, workers: 0 };
    const live = await runScript<LiveFigures>("./plan/ours-main.ts", input);
    this.large ??= await largeFigures();
    const more = {
      "µs a campaign": (threaded.seconds / DRAWS) * 1e6,
      "1 thread s": single.seconds,
      "process s": threaded.processSeconds,
      "live cold ms": live.coldMs,
      "live warm ms": live.warmMs,
      ...this.large,
    };
    return { value: threaded.seconds, more };
  }

  async stop(): Promise<void> {}
}

function drawn(draws: number, workers: number): Promise<DrawnFigures> {
  return runScript<DrawnFigures>("./plan/ours-main.ts", { draws, workers });
}

function requireSame(threaded: DrawnFigures, single: DrawnFigures): void {
  console.error(`  2 threads ${threaded.hash}, 1 thread ${single.hash}`);
  if (threaded.hash === single.hash) return;
  throw new Error("two threads and one gave different numbers for the same seed");
}

async function largeFigures(): Promise<Record<string, number>> {
  const many = await drawn(MANY, 2);
  const million = await drawn(MILLION, 2);
  return {
    "million s": million.seconds,
    "million MiB": million.peakMiB,
    "100,000 MiB": many.peakMiB,
  };
}
