// Work in blocks, spread over worker threads (piscina). Which thread takes a block, and how many
// there are, changes nothing but the time: a block's result depends on its task alone.
import { availableParallelism } from "node:os";
import { setImmediate as nextTurn } from "node:timers/promises";
import type { Piscina } from "piscina";

export interface BlockPoolOptions {
  /** Threads at most; default: the machine's cores, at most 8. 1 works here, without a thread. */
  readonly workers?: number | undefined;
  /** Called after each block, with what is done and all there is to do. */
  readonly onProgress?: OnProgress | undefined;
}

export type OnProgress = (done: number, total: number) => void;

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

/** Blocks that are made or wait at a time, by thread: one slow block holds up no more memory. */
const AHEAD = 4;

/** Threads that stay from call to call. Whoever opens a pool closes it. */
export class BlockPool {
  private readonly workers: number;
  private threads: Piscina | null = null;

  constructor({ workers }: Pick<BlockPoolOptions, "workers"> = {}) {
    this.workers = workers ?? Math.min(WORKERS_MAX, availableParallelism());
  }

  /**
   * Hands each block to `take` as soon as it and all before it are made, in the order of the tasks,
   * which are plain data, since threads send them.
   */
  async each<Task, Block>(
    work: BlockWork<Task, Block>,
    tasks: readonly Task[],
    take: (block: Block, at: number) => void,
    onProgress?: OnProgress,
  ): Promise<void> {
    const total = tasks.reduce((sum, task) => sum + work.count(task), 0);
    let done = 0;
    const counted = (task: Task): void => {
      done += work.count(task);
      onProgress?.(done, total);
    };
    const workers = Math.min(tasks.length, this.workers);
    // Threads that are there already cost no start.
    const isWorthThreads = work.isWorthThreads || this.threads !== null;
    if (!work.file.endsWith(".js") || workers <= 1 || !isWorthThreads) {
      for (const [at, task] of tasks.entries()) {
        take(await work.run(task), at);
        counted(task);
        await nextTurn();
      }
      return;
    }
    const threads = await this.open(workers);
    const how = { filename: work.file, name: work.name };
    await inOrder(tasks.length, AHEAD * workers, take, async (at) => {
      const block: Block = await threads.run(tasks[at]!, how);
      counted(tasks[at]!);
      return block;
    });
  }

  async close(): Promise<void> {
    await this.threads?.destroy();
    this.threads = null;
  }

  private async open(least: number): Promise<Piscina> {
    // Loaded only here: most commands draw nothing.
    const { Piscina } = await import("piscina");
    this.threads ??= new Piscina({
      minThreads: least,
      maxThreads: this.workers,
      idleTimeout: Number.POSITIVE_INFINITY,
      // The parent's flags may name a loader or a debugger that a thread does not need.
      execArgv: [],
    });
    return this.threads;
  }
}

/** Opens threads for as long as they are used. */
export async function withBlockPool<Result>(
  options: Pick<BlockPoolOptions, "workers">,
  use: (pool: BlockPool) => Promise<Result>,
): Promise<Result> {
  const pool = new BlockPool(options);
  try {
    return await use(pool);
  } finally {
    await pool.close();
  }
}

/** All blocks in the order of the tasks, by threads of this call alone. */
export async function runBlocks<Task, Block>(
  work: BlockWork<Task, Block>,
  tasks: readonly Task[],
  options: BlockPoolOptions = {},
): Promise<Block[]> {
  const blocks: Block[] = [];
  await withBlockPool(options, (pool) => {
    return pool.each(work, tasks, (block) => blocks.push(block), options.onProgress);
  });
  return blocks;
}

/** Makes things `most` at a time, and hands them on in order. */
async function inOrder<Made>(
  count: number,
  most: number,
  take: (made: Made, at: number) => void,
  make: (at: number) => Promise<Made>,
): Promise<void> {
  const making = new Map<number, Promise<Made>>();
  try {
    for (let at = 0, next = 0; at < count; at++) {
      for (; next < count && next < at + most; next++) making.set(next, kept(make(next)));
      take(await making.get(at)!, at);
      making.delete(at);
    }
  } finally {
    // Threads that are ended while they answer leave an error behind that is nobody's.
    await Promise.allSettled(making.values());
  }
}

/** Its failure is told when it is waited for, and not before. */
function kept<Made>(made: Promise<Made>): Promise<Made> {
  made.catch(() => {});
  return made;
}
