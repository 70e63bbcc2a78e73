// Ours in the memory bench: an engine on a memory journal that grants and grants. Runs in a process
// of its own (see ours-main.ts).

export interface MemoryFigures {
  /** Growth of the resident memory, after a collection, by grant ever issued. */
  bytesPerGrant: number;
  /** The longest time between two turns of the writer. */
  longestPauseMs: number;
}

/** Why it cannot run; null when it can. */
export const absent: string | null = "the engine is not wired into this bench";

/** Issues `grants` grants, `perUser` to each user, each user with a device of his own. */
export async function run(_grants: number, _perUser: number): Promise<MemoryFigures> {
  throw new Error(absent ?? "");
}
