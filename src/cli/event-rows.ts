// Events of a journal as rows of the export: one shape for all kinds, arms as ordinals.
import type { CampaignDefinition } from "../core/definition.ts";
import { EVENT_KINDS } from "../core/event.ts";
import {
  type Definitions,
  type EventFields,
  eventFields,
  payloadWords,
} from "../core/event-view.ts";
import { eventsOf, type StreamedEvent } from "../host/event-stream.ts";
import type { DirectoryReader, JournalRecord } from "../journal/index.ts";
import type { EventRow } from "../prove/event-columns.ts";
import { GrantUsers } from "./grant-users.ts";

/** Every event of a journal up to its durable end, in order. */
export async function* eventRows(reader: DirectoryReader): AsyncGenerator<EventRow> {
  const rows = new EventRows();
  for await (const record of reader.records()) yield* rows.of(record);
}

/** Rows of records that come in the journal's order, from its first one on. */
export class EventRows {
  private readonly definitions: Definitions = [];
  private readonly arms = new Map<string, Map<string, number>>();
  private readonly users = new Map<string, GrantUsers>();

  *of(record: JournalRecord): Generator<EventRow> {
    for (const event of eventsOf(record, this.definitions)) yield this.rowOf(event);
  }

  /** Takes from a record only what the rows of later ones need. */
  learn(record: JournalRecord): void {
    const words = payloadWords(record.payload);
    for (let at = 0; at < words.length; at += words[at]! >>> 16) {
      if (!TEACHING.has(words[at]! & 0xff)) continue;
      const fields = eventFields(words, at, record.atMs, this.definitions);
      this.rowOf({ sequence: record.sequence, index: 0, ...fields });
    }
  }

  private rowOf(event: StreamedEvent): EventRow {
    if (event.type === "opened") {
      this.arms.set(event.campaign, armOrdinals(this.definitions.at(-1)!));
      this.users.set(event.campaign, new GrantUsers());
    }
    const row = eventRow(event, this.arms.get(event.campaign)!);
    return row.grant === null ? row : withUser(row, this.users.get(event.campaign)!);
  }
}

/** Kinds by which later events are read. */
const TEACHING: ReadonlySet<number> = new Set([
  EVENT_KINDS.opened,
  EVENT_KINDS.revised,
  EVENT_KINDS.granted,
]);

/** Events of a grant name its user, as the grant itself does. */
function withUser(row: EventRow, users: GrantUsers): EventRow {
  if (row.user === null) return { ...row, user: users.of(row.grant!) };
  if (row.kind === "granted") users.add(row.grant!, row.user);
  return row;
}

function armOrdinals({ assignment }: CampaignDefinition): Map<string, number> {
  const names = assignment.variants.map((variant) => variant.id);
  const treated = names.length === 0 ? ["treated"] : names;
  return new Map(["holdout", ...treated].map((name, ordinal) => [name, ordinal]));
}

function eventRow(event: StreamedEvent, arms: ReadonlyMap<string, number>): EventRow {
  const arm = text(event, "arm");
  const exposure = exposureOf(event);
  const isAssigned = event.type === "assigned";
  return {
    sequence: event.sequence,
    index: event.index,
    atMs: event.atMs,
    kind: event.type,
    campaign: event.campaign,
    user: text(event, "user"),
    arm: arm === null ? null : (arms.get(arm) ?? null),
    audience: text(event, "audience"),
    // Elsewhere it is the key of an operator.
    assignedBy: (isAssigned ? text(event, "by") : null) as EventRow["assignedBy"],
    offer: text(event, "offer"),
    grant: number(event, "grant"),
    redemption: number(event, "redemption"),
    amountMinor: number(event, event.type === "clawed_back" ? "returnedMinor" : "amountMinor"),
    restMinor: number(event, "restMinor"),
    id: text(event, "id"),
    wouldStatus: text(event, "wouldBe"),
    probability: number(event, "probability"),
    exposure,
    exposedAtMs: exposure === null ? null : (number(event, "seenAtMs") ?? event.atMs),
    rehearsal: event.rehearsal === true,
  };
}

/** Journals of before exposure had its reasons say that a user met the campaign, or looked. */
function exposureOf(event: EventFields): string | null {
  if (event.type === "exposure_imported") return text(event, "exposedBy");
  if (event.type === "exposed") return text(event, "exposedBy") ?? "met";
  if (event.type === "assigned")
    return event.exposed === true && event.by === "offers" ? "offers" : null;
  return event.exposes === true ? "claim" : null;
}

function text(event: EventFields, field: string): string | null {
  const value = event[field];
  return typeof value === "string" ? value : null;
}

function number(event: EventFields, field: string): number | null {
  const value = event[field];
  return typeof value === "number" ? value : null;
}
