// What a thread of draw-pool.ts does: one block of draws, of one of the kinds that there are. Threads
// load this file by name, and a kind's own code with its first block, so that none carries the others.
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

const DRAWN_BY: { readonly [Kind in BlockKind]: () => Promise<Draw<Kind>> } = {
  activity: async () => (await import("./activity-draws.ts")).drawActivity,
  replicates: async () => (await import("./customers/replicate-draws.ts")).drawReplicates,
};

export async function drawBlock<Kind extends BlockKind>(
  order: BlockOrder<Kind>,
): Promise<BlockKinds[Kind]["block"]> {
  const draw = await DRAWN_BY[order.kind]();
  return draw(order.task);
}
