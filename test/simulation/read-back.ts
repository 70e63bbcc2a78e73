// What the journal holds, event by event, as the public view shows it.
import { type Definitions, eventFields, payloadWords } from "../../src/core/event-view.ts";
import type { Journal } from "../../src/journal/port.ts";
import type { ExpectedEvent } from "./asks.ts";

export interface ReadBack {
  /** Without opening and totals events. */
  events: ExpectedEvent[];
  /** The record of each event. */
  sequences: number[];
  openings: number;
}

export async function readBack(journal: Journal): Promise<ReadBack> {
  const found: ReadBack = { events: [], sequences: [], openings: 0 };
  const definitions: Definitions = [];
  for await (const { payload, atMs, sequence } of journal.read()) {
    const words = payloadWords(payload);
    for (let at = 0; at < words.length; at += words[at]! >>> 16) {
      const event = eventFields(words, at, atMs, definitions);
      if (event.type === "opened") found.openings += 1;
      else if (event.type !== "totals") {
        found.events.push(event);
        found.sequences.push(sequence);
      }
    }
  }
  return found;
}
