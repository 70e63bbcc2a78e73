// Blocks of draws of a proof, spread over worker threads.
import { type BlockPoolOptions, runBlocks } from "../threads/block-pool.ts";
import {
  type BlockKind,
  type BlockKinds,
  type BlockOrder,
  drawBlock,
  isWorthThreads,
} from "./draw-pool-block.ts";

export type DrawPoolOptions = BlockPoolOptions;

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
  const orders = tasks.map((task): BlockOrder<Kind> => ({ kind, task }));
  const work = {
    // The compiled file, or the source where there is none.
    file: import.meta.url.replace(/draw-pool(\.[jt]s)$/, "draw-pool-block$1"),
    name: drawBlock.name,
    run: (order: BlockOrder<Kind>) => drawBlock(order),
    count: ({ task }: BlockOrder<Kind>) => task.count,
    isWorthThreads: isWorthThreads(kind, tasks),
  };
  return runBlocks(work, orders, options);
}
