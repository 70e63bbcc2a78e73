// Draws the campaigns of a plan, in worker threads where there is enough to do.
import { type DrawBlock, type DrawTask, drawCampaigns } from "../../plan/monte-carlo/block.ts";
import { CampaignSample, tasksOf } from "../../plan/monte-carlo/campaign-sample.ts";
import type { DrawSample, DrawSamples } from "../../plan/study/plan-study.ts";
import { runBlocks } from "../../threads/block-pool.ts";

/** Fewer draws than this are done before a thread has started. */
const THREADED_MIN = 4_000;

export interface DrawPlanOptions {
  readonly workers?: number | undefined;
  /** Called with campaigns drawn, of this job. */
  readonly onDrawn?: ((done: number, total: number) => void) | undefined;
}

export function planDrawer(options: DrawPlanOptions = {}): DrawSample {
  const drawAll = planDrawerOfMany(options);
  return async (job, draws) => (await drawAll([job], draws))[0]!;
}

/** All jobs through the same threads. */
export function planDrawerOfMany({ workers, onDrawn }: DrawPlanOptions = {}): DrawSamples {
  return async (jobs, draws) => {
    const work = {
      // The compiled file, or the source where there is none.
      file: new URL(import.meta.url.endsWith(".js") ? BLOCK_JS : BLOCK_TS, import.meta.url).href,
      name: drawCampaigns.name,
      run: (task: DrawTask): DrawBlock => drawCampaigns(task),
      count: ({ count }: DrawTask) => count,
      isWorthThreads: jobs.length * draws >= THREADED_MIN,
    };
    const tasks = jobs.map((job) => tasksOf(job, draws));
    const blocks = await runBlocks(work, tasks.flat(), { workers, onProgress: onDrawn });
    let from = 0;
    return jobs.map((job, i) => {
      const own = blocks.slice(from, from + tasks[i]!.length);
      from += own.length;
      return new CampaignSample(job, draws, own);
    });
  };
}

const BLOCK_JS = "../../plan/monte-carlo/block.js";
const BLOCK_TS = "../../plan/monte-carlo/block.ts";
