// Draws the campaigns of a plan, in worker threads where there is enough to do.
import { type DrawBlock, type DrawTask, drawCampaigns } from "../../plan/monte-carlo/block.ts";
import { CampaignSample, tasksOf } from "../../plan/monte-carlo/campaign-sample.ts";
import type { DrawSample, DrawSamples } from "../../plan/study/draw-samples.ts";
import { type BlockPool, withBlockPool } from "../../threads/block-pool.ts";

/** Fewer draws than this are done before a thread has started. */
const THREADED_MIN = 4_000;

export interface DrawPlanOptions {
  readonly workers?: number | undefined;
  /** Threads that stay open from call to call; without them each call has its own. */
  readonly pool?: BlockPool | undefined;
  /** Called with campaigns drawn, of this call. */
  readonly onDrawn?: ((done: number, total: number) => void) | undefined;
}

export function planDrawer(options: DrawPlanOptions = {}): DrawSample {
  const drawAll = planDrawerOfMany(options);
  return async (job, draws) => (await drawAll([job], draws))[0]!;
}

/** All jobs through the same threads. */
export function planDrawerOfMany({ workers, pool, onDrawn }: DrawPlanOptions = {}): DrawSamples {
  return async (jobs, draws) => {
    const work = {
      // The compiled file, or the source where there is none.
      file: new URL(import.meta.url.endsWith(".js") ? BLOCK_JS : BLOCK_TS, import.meta.url).href,
      name: drawCampaigns.name,
      run: (task: DrawTask): DrawBlock => drawCampaigns(task),
      count: ({ count }: DrawTask) => count,
      isWorthThreads: jobs.length * draws >= THREADED_MIN,
    };
    const samples = jobs.map((job) => new CampaignSample(job, draws));
    const tasks = samples.flatMap((sample) => {
      return tasksOf(sample.job, draws).map((task) => ({ sample, task }));
    });
    const take = (block: DrawBlock, at: number): void => tasks[at]!.sample.add(block);
    const plain = tasks.map(({ task }) => task);
    const draw = (by: BlockPool): Promise<void> => by.each(work, plain, take, onDrawn);
    await (pool === undefined ? withBlockPool({ workers }, draw) : draw(pool));
    return samples;
  };
}

const BLOCK_JS = "../../plan/monte-carlo/block.js";
const BLOCK_TS = "../../plan/monte-carlo/block.ts";
