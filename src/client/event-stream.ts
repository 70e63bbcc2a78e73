// The event stream as an async iterator that picks up where it broke off and misses nothing.
import { createParser } from "eventsource-parser";
import { HongbaoError } from "../base/error.ts";
import type { EventsQuery, EventView } from "../contract/index.ts";
import { readError } from "./answers.ts";
import { sleep, waitBefore } from "./retry.ts";
import type { TransportStream } from "./transport.ts";

export interface EventOptions extends EventsQuery {
  signal?: AbortSignal;
}

/** Opens the stream behind an event; without `from`: from now on. */
export type OpenStream = (query: EventsQuery, signal: AbortSignal) => Promise<TransportStream>;

/** Goes on until the signal, the loop's end, or an error that asking again does not help. */
export async function* followStream(
  open: OpenStream,
  { from, signal, ...wanted }: EventOptions,
): AsyncGenerator<EventView> {
  const stop = new AbortController();
  const leave = (): void => stop.abort(signal?.reason);
  signal?.addEventListener("abort", leave);
  if (signal?.aborted === true) leave();
  let last = from ?? null;
  let failures = 0;
  try {
    while (!stop.signal.aborted) {
      try {
        const stream = await open(last === null ? wanted : { ...wanted, from: last }, stop.signal);
        if (stream.http !== 200) await refuse(stream);
        last ??= stream.header("hongbao-sequence");
        for await (const message of messagesOf(stream.chunks)) {
          failures = 0;
          if (message.id !== undefined) last = message.id;
          if (message.data !== null) yield JSON.parse(message.data) as EventView;
        }
        failures += 1;
        await sleep(waitBefore(failures, ENDED), stop.signal);
      } catch (error) {
        if (stop.signal.aborted) return;
        if (!(error instanceof HongbaoError) || !error.retryable) throw error;
        failures += 1;
        await sleep(waitBefore(failures, error), stop.signal);
      }
    }
  } finally {
    signal?.removeEventListener("abort", leave);
    stop.abort();
  }
}

const ENDED = new HongbaoError({
  code: "connection_lost",
  message: "the stream ended",
  retryable: true,
});

async function refuse({ http, header, chunks }: TransportStream): Promise<never> {
  let text = "";
  const decoder = new TextDecoder();
  for await (const chunk of chunks) text += decoder.decode(chunk, { stream: true });
  throw readError({ http, header, text });
}

/** An event, or with null only how far the stream has come. */
interface StreamMessage {
  id?: string | undefined;
  data: string | null;
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
