// Messages of a server-sent stream that is opened again whenever it breaks, from where it was.
import { createParser } from "eventsource-parser";
import { HongbaoError } from "../base/error.ts";
import { readError } from "./answers.ts";
import { sleep, waitBefore } from "./retry.ts";
import type { TransportStream } from "./transport.ts";

/** A message, or with null only how far the stream has come. */
export interface StreamMessage {
  id?: string | undefined;
  data: string | null;
}

/** Opens the stream behind a message; null: from now on. */
export type OpenBehind = (last: string | null, signal: AbortSignal) => Promise<TransportStream>;

export interface FollowMessages {
  from?: string | undefined;
  signal?: AbortSignal | undefined;
  /** A stream that says nothing for so long counts as broken. Absent: it may be silent. */
  silenceMs?: number;
  onRetry?: ((error: HongbaoError) => void) | undefined;
}

/** Goes on until the signal, the loop's end, or an error that asking again does not help. */
export async function* followMessages(
  open: OpenBehind,
  { from, signal, silenceMs, onRetry }: FollowMessages,
): AsyncGenerator<StreamMessage> {
  const stop = new AbortController();
  const leave = (): void => stop.abort(signal?.reason);
  signal?.addEventListener("abort", leave);
  if (signal?.aborted === true) leave();
  let last = from ?? null;
  let failures = 0;
  try {
    while (!stop.signal.aborted) {
      const quiet = new Quiet(silenceMs);
      try {
        const stream = await open(last, AbortSignal.any([stop.signal, quiet.signal]));
        if (stream.http !== 200) await refuse(stream);
        last ??= stream.header("hongbao-sequence");
        for await (const message of messagesOf(stream.chunks)) {
          failures = 0;
          quiet.broken();
          if (message.id !== undefined) last = message.id;
          yield message;
        }
        throw ENDED;
      } catch (error) {
        if (stop.signal.aborted) return;
        if (!(error instanceof HongbaoError) || !error.retryable) throw error;
        failures += 1;
        onRetry?.(error);
        // Told to stop meanwhile, it ends with the loop.
        await sleep(waitBefore(failures, error), stop.signal).catch(() => {});
      } finally {
        quiet.stop();
      }
    }
  } finally {
    signal?.removeEventListener("abort", leave);
    stop.abort();
  }
}

/** Aborts its signal when nothing came for so long. */
class Quiet {
  private readonly late = new AbortController();
  private readonly mostMs: number | undefined;
  private timer: ReturnType<typeof setTimeout> | undefined;

  constructor(mostMs: number | undefined) {
    this.mostMs = mostMs;
    this.broken();
  }

  get signal(): AbortSignal {
    return this.late.signal;
  }

  /** Something came: it begins anew. */
  broken(): void {
    this.stop();
    if (this.mostMs === undefined) return;
    this.timer = setTimeout(() => this.late.abort(SILENT), this.mostMs);
  }

  stop(): void {
    clearTimeout(this.timer);
  }
}

const ENDED = lost("the stream ended");
const SILENT = lost("the stream was silent for too long");

function lost(message: string): HongbaoError {
  return new HongbaoError({ code: "connection_lost", message, retryable: true });
}

async function refuse({ http, header, chunks }: TransportStream): Promise<never> {
  let text = "";
  const decoder = new TextDecoder();
  for await (const chunk of chunks) text += decoder.decode(chunk, { stream: true });
  throw readError({ http, header, text });
}

const POSITION = /^at (\d{1,15}(?:\.\d{1,6})?)$/;

async function* messagesOf(chunks: AsyncIterable<Uint8Array>): AsyncGenerator<StreamMessage> {
  const ready: StreamMessage[] = [];
  const parser = createParser({
    onEvent: (message) => ready.push(message),
    onComment: (comment) => {
      const id = POSITION.exec(comment)?.[1];
      if (id !== undefined) ready.push({ id, data: null });
    },
  });
  const decoder = new TextDecoder();
  for await (const chunk of chunks) {
    parser.feed(decoder.decode(chunk, { stream: true }));
    yield* ready.splice(0);
  }
}
