// Blocks of draws, spread over worker threads (piscina). Which thread draws a block, and how many
// there are, changes nothing but the time.
import { availableParallelism } from "node:os";
import { setImmediate as nextTurn } from "node:timers/promises";
import {
  type BlockKind,
  type BlockKinds,
  type BlockOrder,
  drawBlock,
  isWorthThreads,
} from "./draw-pool-block.ts";

export interface DrawPoolOptions {
  /** Threads at most; default: the machine's cores, at most 8. 1 draws here, without a thread. */
  readonly workers?: number;
  /** Called after each block, with draws done and to do. */
  readonly onProgress?: (done: number, total: number) => void;
}

const WORKERS_MAX = 8;

/** `total` draws as blocks of `size`, the last one of what is left. */
export function blocksOf(total: number, size: number): { block: number; count: number }[] {
  return Array.from({ length: Math.ceil(total / size) }, (_, block) => ({
    block,
    count: Math.min(size, total - block * size),
  }));
}

/** The blocks in the order of the tasks. */
export async function drawBlocks<Kind extends BlockKind>(
  kind: Kind,
  tasks: readonly BlockKinds[Kind]["task"][],
  options: DrawPoolOptions = {},
): Promise<BlockKinds[Kind]["block"][]> {
  const total = tasks.reduce((sum, { count }) => sum + count, 0);
  let done = 0;
  const counted = <Block>({ count }: { readonly count: number }, block: Block): Block => {
    done += count;
    options.onProgress?.(done, total);
    return block;
  };
  const cores = Math.min(WORKERS_MAX, availableParallelism());
  const workers = Math.min(tasks.length, options.workers ?? cores);
  // Threads load compiled files; from sources the same blocks are drawn here.
  const isCompiled = import.meta.url.endsWith(".js");
  if (!isCompiled || workers <= 1 || !isWorthThreads(kind, tasks)) {
    const blocks: BlockKinds[Kind]["block"][] = [];
    for (const task of tasks) {
      blocks.push(counted(task, await drawBlock({ kind, task })));
      await nextTurn();
    }
    return blocks;
  }
  // Loaded only here: most commands draw nothing.
  const { Piscina } = await import("piscina");
  const pool = new Piscina<BlockOrder<Kind>, BlockKinds[Kind]["block"]>({
    filename: new URL("./draw-pool-block.js", import.meta.url).href,
    name: drawBlock.name,
    minThreads: workers,
    maxThreads: workers,
    // The parent's flags may name a loader or a debugger that a thread does not need.
    execArgv: [],
  });
  try {
    const runs = tasks.map(async (task) => counted(task, await pool.run({ kind, task })));
    return await Promise.all(runs);
  } finally {
    await pool.destroy();
  }
}
