// Work in blocks, spread over worker threads (piscina). Which thread takes a block, and how many
// there are, changes nothing but the time: a block's result depends on its task alone.
import { availableParallelism } from "node:os";
import { setImmediate as nextTurn } from "node:timers/promises";

export interface BlockPoolOptions {
  /** Threads at most; default: the machine's cores, at most 8. 1 works here, without a thread. */
  readonly workers?: number | undefined;
  /** Called after each block, with what is done and all there is to do. */
  readonly onProgress?: ((done: number, total: number) => void) | undefined;
}

export interface BlockWork<Task, Block> {
  /** The module that threads load; from sources (.ts) the same blocks are made here. */
  readonly file: string;
  /** Name of the exported function that makes a block of a task. */
  readonly name: string;
  readonly run: (task: Task) => Block | Promise<Block>;
  /** How much of the whole a task is. */
  readonly count: (task: Task) => number;
  /** Whether it is so much that threads are worth their start. */
  readonly isWorthThreads: boolean;
}

const WORKERS_MAX = 8;

/** The blocks in the order of the tasks, which are plain data, since threads send them. */
export async function runBlocks<Task, Block>(
  work: BlockWork<Task, Block>,
  tasks: readonly Task[],
  options: BlockPoolOptions = {},
): Promise<Block[]> {
  const total = tasks.reduce((sum, task) => sum + work.count(task), 0);
  let done = 0;
  const counted = (task: Task, block: Block): Block => {
    done += work.count(task);
    options.onProgress?.(done, total);
    return block;
  };
  const cores = Math.min(WORKERS_MAX, availableParallelism());
  const workers = Math.min(tasks.length, options.workers ?? cores);
  const isCompiled = work.file.endsWith(".js");
  if (!isCompiled || workers <= 1 || !work.isWorthThreads) {
    const blocks: Block[] = [];
    for (const task of tasks) {
      blocks.push(counted(task, await work.run(task)));
      await nextTurn();
    }
    return blocks;
  }
  // Loaded only here: most commands draw nothing.
  const { Piscina } = await import("piscina");
  const pool = new Piscina<Task, Block>({
    filename: work.file,
    name: work.name,
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
