// Events of a journal as rows of the export: one shape for all kinds, arms as ordinals.
import type { CampaignDefinition } from "../core/definition.ts";
import type { Definitions, EventFields } from "../core/event-view.ts";
import { eventsFrom, type StreamedEvent } from "../host/event-stream.ts";
import type { DirectoryReader } from "../journal/index.ts";
import type { EventRow } from "../prove/event-columns.ts";
import { GrantUsers } from "./grant-users.ts";

/** Every event of a journal up to its durable end, in order. */
export async function* eventRows(reader: DirectoryReader): AsyncGenerator<EventRow> {
  const definitions: Definitions = [];
  const arms = new Map<string, Map<string, number>>();
  const users = new Map<string, GrantUsers>();
  const journal = { read: (from = 1) => reader.records(from) };
  for await (const event of eventsFrom(journal, 1, definitions)) {
    if (event.type === "opened") {
      arms.set(event.campaign, armOrdinals(definitions.at(-1)!));
      users.set(event.campaign, new GrantUsers());
    }
    const row = eventRow(event, arms.get(event.campaign)!);
    yield row.grant === null ? row : withUser(row, users.get(event.campaign)!);
  }
}

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
  return {
    sequence: event.sequence,
    index: event.index,
    atMs: event.atMs,
    kind: event.type,
    campaign: event.campaign,
    user: text(event, "user"),
    arm: arm === null ? null : (arms.get(arm) ?? null),
    audience: text(event, "audience"),
    assignedBy: text(event, "by") as EventRow["assignedBy"],
    offer: text(event, "offer"),
    grant: number(event, "grant"),
    redemption: number(event, "redemption"),
    amountMinor: number(event, "amountMinor"),
    restMinor: number(event, "restMinor"),
    id: text(event, "id"),
    wouldStatus: text(event, "wouldBe"),
  };
}

function text(event: EventFields, field: string): string | null {
  const value = event[field];
  return typeof value === "string" ? value : null;
}

function number(event: EventFields, field: string): number | null {
  const value = event[field];
  return typeof value === "number" ? value : null;
}
