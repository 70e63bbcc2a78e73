// Ours in the engine bench: claims through decide, apply, encode and the file journal with its
// sync. Runs in a process of its own (see ours-main.ts), so that memory is fresh in every run.

export interface EngineFigures {
  perSecond: number;
  /** Latency of a batch, from its start to durable. */
  p50Ms: number;
  p99Ms: number;
}

/** Why it cannot run; null when it can. */
export const absent: string | null = "the engine is not wired into this bench";

/** Decides `claims` claims of workload `run` in a fresh journal below `folder`. */
export async function run(_claims: number, _run: number, _folder: string): Promise<EngineFigures> {
  throw new Error(absent ?? "");
}
