// Blocks of draws, spread over worker threads (piscina). Which thread draws a block, and how many
// there are, changes nothing but the time.
import { availableParallelism } from "node:os";
import { setImmediate as nextTurn } from "node:timers/promises";
import { type DrawBlock, type DrawTask, drawBlock } from "./draw-pool-block.ts";

export interface DrawPoolOptions {
  /** Threads at most; default: the machine's cores, at most 8. 1 draws here, without a thread. */
  readonly workers?: number;
  /** Called after each block, with draws done and to do. */
  readonly onProgress?: (done: number, total: number) => void;
}

/** Draws of one block: enough to be worth a message, few enough for a smooth progress bar. */
export const BLOCK_DRAWS = 100;

const WORKERS_MAX = 8;
/** Fewer draws are made before a thread has started. */
const THREADED_DRAWS_MIN = 2_000;

/** The blocks in the order of the tasks. */
export async function drawBlocks(
  tasks: readonly DrawTask[],
  options: DrawPoolOptions = {},
): Promise<DrawBlock[]> {
  const total = tasks.reduce((sum, { count }) => sum + count, 0);
  let done = 0;
  const counted = (task: DrawTask, block: DrawBlock): DrawBlock => {
    done += task.count;
    options.onProgress?.(done, total);
    return block;
  };
  const cores = Math.min(WORKERS_MAX, availableParallelism());
  const workers = Math.min(tasks.length, options.workers ?? cores);
  // Threads load compiled files; from sources the same blocks are drawn here.
  const isCompiled = import.meta.url.endsWith(".js");
  if (!isCompiled || workers <= 1 || total < THREADED_DRAWS_MIN) {
    const blocks: DrawBlock[] = [];
    for (const task of tasks) {
      blocks.push(counted(task, drawBlock(task)));
      await nextTurn();
    }
    return blocks;
  }
  // Loaded only here: most commands draw nothing.
  const { Piscina } = await import("piscina");
  const pool = new Piscina<DrawTask, DrawBlock>({
    filename: new URL("./draw-pool-block.js", import.meta.url).href,
    name: drawBlock.name,
    minThreads: workers,
    maxThreads: workers,
    // The parent's flags may name a loader or a debugger that a thread does not need.
    execArgv: [],
  });
  try {
    const runs = tasks.map(async (task) => counted(task, await pool.run(task)));
    return await Promise.all(runs);
  } finally {
    await pool.destroy();
  }
}
