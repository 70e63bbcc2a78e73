// Draws the campaigns of a plan, in worker threads where there is enough to do.
import { type DrawBlock, type DrawTask, drawCampaigns } from "../../plan/monte-carlo/block.ts";
import { CampaignSample, tasksOf } from "../../plan/monte-carlo/campaign-sample.ts";
import type { DrawSample } from "../../plan/study/plan-study.ts";
import { runBlocks } from "../../threads/block-pool.ts";

/** Fewer draws than this are done before a thread has started. */
const THREADED_MIN = 4_000;

export interface DrawPlanOptions {
  readonly workers?: number | undefined;
  /** Called with draws done, of all the jobs so far. */
  readonly onDrawn?: ((done: number) => void) | undefined;
}

export function planDrawer({ workers, onDrawn }: DrawPlanOptions = {}): DrawSample {
  let before = 0;
  return async (job, draws) => {
    const work = {
      // The compiled file, or the source where there is none.
      file: new URL(import.meta.url.endsWith(".js") ? BLOCK_JS : BLOCK_TS, import.meta.url).href,
      name: drawCampaigns.name,
      run: (task: DrawTask): DrawBlock => drawCampaigns(task),
      count: ({ count }: DrawTask) => count,
      isWorthThreads: draws >= THREADED_MIN,
    };
    const onProgress = (done: number): void => onDrawn?.(before + done);
    const blocks = await runBlocks(work, tasksOf(job, draws), { workers, onProgress });
    before += draws;
    return new CampaignSample(job, draws, blocks);
  };
}

const BLOCK_JS = "../../plan/monte-carlo/block.js";
const BLOCK_TS = "../../plan/monte-carlo/block.ts";
