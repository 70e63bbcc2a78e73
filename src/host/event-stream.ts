// Events as they become durable, from any sequence on, for streams and exports.
import {
  type Definitions,
  type EventFields,
  eventFields,
  payloadWords,
} from "../core/event-view.ts";
import type { JournalRecord } from "../journal/codec.ts";
import type { Journal } from "../journal/port.ts";
import type { Engine } from "./engine.ts";

export interface StreamedEvent extends EventFields {
  sequence: number;
  /** Place within the record, from 0. */
  index: number;
}

export interface FollowOptions {
  /** Begins with the event after this one. */
  after?: { sequence: number; index: number };
  /** Ends the stream. */
  signal: AbortSignal;
}

/** Every durable event after `after`, then each new one until the signal. */
export async function* followEvents(
  engine: Engine,
  { after, signal }: FollowOptions,
): AsyncGenerator<StreamedEvent> {
  const definitions: Definitions = engine.state.campaigns.map((campaign) => campaign.definition);
  let next = after === undefined ? 1 : after.sequence;
  let skipTo = after === undefined ? 0 : after.index + 1;
  while (!signal.aborted) {
    for await (const event of eventsFrom(engine.journal, next, definitions)) {
      if (signal.aborted) return;
      next = event.sequence + 1;
      if (event.sequence === after?.sequence && event.index < skipTo) continue;
      yield event;
    }
    skipTo = 0;
    await nextRecord(engine, next, signal);
  }
}

/** The events of the records from a sequence to the last of now. */
export async function* eventsFrom(
  journal: Pick<Journal, "read">,
  sequence: number,
  definitions: Definitions,
): AsyncGenerator<StreamedEvent> {
  for await (const record of journal.read(sequence)) yield* eventsOf(record, definitions);
}

/** The events of one record. */
export function* eventsOf(
  record: JournalRecord,
  definitions: Definitions,
): Generator<StreamedEvent> {
  const words = payloadWords(record.payload);
  let index = 0;
  for (let at = 0; at < words.length; at += words[at]! >>> 16) {
    const fields = eventFields(words, at, record.atMs, definitions);
    yield { sequence: record.sequence, index, ...fields };
    index += 1;
  }
}

/** Resolves when record `sequence` is durable, or at the signal. */
function nextRecord(engine: Engine, sequence: number, signal: AbortSignal): Promise<void> {
  if (engine.journal.lastSequence >= sequence) return Promise.resolve();
  return new Promise((resolve) => {
    const done = (): void => {
      engine.durableListeners.delete(listen);
      signal.removeEventListener("abort", done);
      resolve();
    };
    const listen = (durable: number): void => {
      if (durable >= sequence) done();
    };
    engine.durableListeners.add(listen);
    signal.addEventListener("abort", done);
  });
}
