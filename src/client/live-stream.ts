// Live snapshots as an async iterator that comes back whenever the connection breaks. Each says
// all, so that there is nothing to resume: one that was missed is missed.
import type { LiveView } from "../contract/index.ts";
import { followMessages } from "./follow-messages.ts";
import type { TransportStream } from "./transport.ts";

export interface LiveOptions {
  campaign: string;
  signal?: AbortSignal;
}

/** Snapshots come several times a second; a connection that is silent for this long is dead. */
const SILENCE_MS = 10_000;

export async function* followLive(
  open: (signal: AbortSignal) => Promise<TransportStream>,
  signal?: AbortSignal,
): AsyncGenerator<LiveView> {
  const options = { signal, silenceMs: SILENCE_MS };
  for await (const { data } of followMessages((_, until) => open(until), options)) {
    if (data !== null) yield JSON.parse(data) as LiveView;
  }
}
