// What a thread of draw-pool.ts does: one block of draws, of one of the kinds that there are. It
// loads this file by name, and a kind's own code with its first block: none carries the others.
import type { ActivityBlock, ActivityTask } from "./activity-draws.ts";
import type { ReplicateBlock, ReplicateTask } from "./customers/replicate-draws.ts";

/**
 * Tasks and what comes of them, both plain data, since threads send them. A task names its block's
 * own random stream, so its numbers do not depend on who draws them.
 */
export interface BlockKinds {
  readonly activity: { readonly task: ActivityTask; readonly block: ActivityBlock };
  readonly replicates: { readonly task: ReplicateTask; readonly block: ReplicateBlock };
}

export type BlockKind = keyof BlockKinds;

export interface BlockOrder<Kind extends BlockKind> {
  readonly kind: Kind;
  readonly task: BlockKinds[Kind]["task"];
}

type Draw<Kind extends BlockKind> = (task: BlockKinds[Kind]["task"]) => BlockKinds[Kind]["block"];

interface DrawnBy<Kind extends BlockKind> {
  readonly draw: () => Promise<Draw<Kind>>;
  /** How much work a task is, in a measure of its kind's own. */
  readonly work: (task: BlockKinds[Kind]["task"]) => number;
  /** Less work than this in all is done before a thread has started. */
  readonly threadedMin: number;
}

const DRAWN_BY: { readonly [Kind in BlockKind]: DrawnBy<Kind> } = {
  activity: {
    draw: async () => (await import("./activity-draws.ts")).drawActivity,
    work: ({ count }) => count,
    threadedMin: 2_000,
  },
  replicates: {
    draw: async () => (await import("./customers/replicate-draws.ts")).drawReplicates,
    work: ({ count, customers }) => count * customers.age.length,
    threadedMin: 20_000,
  },
};

export function isWorthThreads<Kind extends BlockKind>(
  kind: Kind,
  tasks: readonly BlockKinds[Kind]["task"][],
): boolean {
  const { work, threadedMin } = DRAWN_BY[kind];
  return tasks.reduce((sum, task) => sum + work(task), 0) >= threadedMin;
}

export async function drawBlock<Kind extends BlockKind>(
  order: BlockOrder<Kind>,
): Promise<BlockKinds[Kind]["block"]> {
  const draw = await DRAWN_BY[order.kind].draw();
  return draw(order.task);
}
