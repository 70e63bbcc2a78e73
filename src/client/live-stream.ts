// Live snapshots as an async iterator that comes back whenever the connection breaks. Each says
// all, so that there is nothing to resume: one that was missed is missed.
import type { HongbaoError } from "../base/error.ts";
import type { LiveView } from "../contract/index.ts";
import { followMessages } from "./follow-messages.ts";
import type { TransportStream } from "./transport.ts";

export interface LiveOptions {
  campaign: string;
  signal?: AbortSignal;
  /** Hears why the stream broke, or was refused for now, before it is opened again. */
  onRetry?: (error: HongbaoError) => void;
}

/** Snapshots come several times a second; a connection that is silent for this long is dead. */
const SILENCE_MS = 10_000;

export async function* followLive(
  open: (signal: AbortSignal) => Promise<TransportStream>,
  { signal, onRetry }: Pick<LiveOptions, "signal" | "onRetry">,
): AsyncGenerator<LiveView> {
  const options = { signal, onRetry, silenceMs: SILENCE_MS };
  for await (const { data } of followMessages((_, until) => open(until), options)) {
    if (data !== null) yield JSON.parse(data) as LiveView;
  }
}
