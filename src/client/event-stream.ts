// The event stream as an async iterator that picks up where it broke off and misses nothing.
import type { EventsQuery, EventView } from "../contract/index.ts";
import { followMessages } from "./follow-messages.ts";
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
  const openBehind = (last: string | null, until: AbortSignal): Promise<TransportStream> =>
    open(last === null ? wanted : { ...wanted, from: last }, until);
  for await (const { data } of followMessages(openBehind, { from, signal })) {
    if (data !== null) yield JSON.parse(data) as EventView;
  }
}
