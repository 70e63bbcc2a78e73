// Ours in the bench `plan`: what `hongbao plan` does between its files and its numbers. Each
// question runs in a process of its own (see ours-main.ts).
import { planDrawer } from "../../src/cli/plan/draw-plan.ts";
import { median } from "../quantile.ts";
import { answersOf, hashOf } from "./answers.ts";
import { openYear } from "./year.ts";

export interface DrawnFigures {
  /** From the start of the threads to the last number. */
  readonly seconds: number;
  /** The same from the start of the process: its modules and the plan's files too. */
  readonly processSeconds: number;
  /** Of the whole process, threads included. */
  readonly peakMiB: number;
  readonly hash: string;
  readonly means: Readonly<Record<string, number>>;
}

export async function drawYear(draws: number, workers: number): Promise<DrawnFigures> {
  const job = await openYear();
  const startedMs = performance.now();
  const sample = await planDrawer({ workers })(job, draws);
  const answers = answersOf(sample);
  const endedMs = performance.now();
  return {
    seconds: (endedMs - startedMs) / 1000,
    processSeconds: endedMs / 1000,
    peakMiB: process.resourceUsage().maxRSS / 1024,
    hash: hashOf(sample, answers),
    means: answers.means,
  };
}

export interface LiveFigures {
  /** The first call of a process that has just read the plan, and one of the calls after it. */
  readonly coldMs: number;
  readonly warmMs: number;
}

const WARM_CALLS = 9;

/** As a page asks: a thousand campaigns and all their numbers, again and again, in one thread. */
export async function drawLive(draws: number): Promise<LiveFigures> {
  const job = await openYear();
  const draw = planDrawer({ workers: 1 });
  const call = async (): Promise<number> => {
    const startedMs = performance.now();
    answersOf(await draw(job, draws));
    return performance.now() - startedMs;
  };
  const coldMs = await call();
  const taken: number[] = [];
  for (let i = 0; i < WARM_CALLS; i++) taken.push(await call());
  return { coldMs, warmMs: median(taken.slice(1)) };
}
