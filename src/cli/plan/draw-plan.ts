// Draws the campaigns of a plan, in worker threads where there is enough to do.
import { type DrawBlock, type DrawTask, drawCampaigns } from "../../plan/monte-carlo/block.ts";
import { CampaignSample, tasksOf } from "../../plan/monte-carlo/campaign-sample.ts";
import type { DrawSample } from "../../plan/study/plan-study.ts";
import { runBlocks } from "../../threads/block-pool.ts";

/** Fewer draws than this are done before a thread has started. */
const THREADED_MIN = 4_000;

export interface DrawPlanOptions {
  readonly workers?: number | undefined;
  /** Called with campaigns drawn, of this job. */
  readonly onDrawn?: ((done: number, total: number) => void) | undefined;
}

export function planDrawer({ workers, onDrawn }: DrawPlanOptions = {}): DrawSample {
  return async (job, draws) => {
    const work = {
      // The compiled file, or the source where there is none.
      file: new URL(import.meta.url.endsWith(".js") ? BLOCK_JS : BLOCK_TS, import.meta.url).href,
      name: drawCampaigns.name,
      run: (task: DrawTask): DrawBlock => drawCampaigns(task),
      count: ({ count }: DrawTask) => count,
      isWorthThreads: draws >= THREADED_MIN,
    };
    const options = { workers, onProgress: onDrawn };
    const blocks = await runBlocks(work, tasksOf(job, draws), options);
    return new CampaignSample(job, draws, blocks);
  };
}

const BLOCK_JS = "../../plan/monte-carlo/block.js";
const BLOCK_TS = "../../plan/monte-carlo/block.ts";
