// Draws campaigns for judgements and back-tests, in worker threads where there is enough to do.
import { drawJudged, type JudgeBlock, type JudgeTask } from "../../plan/judge/judge-block.ts";
import type { DrawJudged } from "../../plan/judge/refine.ts";
import { type BlockPool, withBlockPool } from "../../threads/block-pool.ts";

/** Fewer draws than this are done before a thread has started. */
const THREADED_MIN = 4_000;

export interface DrawJudgedOptions {
  readonly workers?: number | undefined;
  /** Threads that stay open from call to call; without them each call has its own. */
  readonly pool?: BlockPool | undefined;
  /** Called with campaigns drawn so far. */
  readonly onDrawn?: ((done: number) => void) | undefined;
}

export function judgedDrawer({ workers, pool, onDrawn }: DrawJudgedOptions = {}): DrawJudged {
  let before = 0;
  return async (tasks) => {
    const draws = tasks.reduce((sum, { count }) => sum + count, 0);
    const work = {
      // The compiled file, or the source where there is none.
      file: new URL(import.meta.url.endsWith(".js") ? BLOCK_JS : BLOCK_TS, import.meta.url).href,
      name: drawJudged.name,
      run: (task: JudgeTask): JudgeBlock => drawJudged(task),
      count: ({ count }: JudgeTask) => count,
      isWorthThreads: draws >= THREADED_MIN,
    };
    const onProgress = (done: number): void => onDrawn?.(before + done);
    const blocks: JudgeBlock[] = [];
    const draw = (by: BlockPool): Promise<void> => {
      return by.each(work, tasks, (block) => blocks.push(block), onProgress);
    };
    await (pool === undefined ? withBlockPool({ workers }, draw) : draw(pool));
    before += draws;
    return blocks;
  };
}

const BLOCK_JS = "../../plan/judge/judge-block.js";
const BLOCK_TS = "../../plan/judge/judge-block.ts";
