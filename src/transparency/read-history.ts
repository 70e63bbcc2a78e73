// What the journal has on one grant, or on a campaign as a whole, by the trails that the log keeps:
// a few records are read where they lie, however long the journal is.
import { revisedValues } from "../contract/campaign-file/revised-values.ts";
import type { CampaignDefinition } from "../core/definition.ts";
import { EVENT_KINDS, HEAD } from "../core/event.ts";
import { type Definitions, eventFields, payloadWords } from "../core/event-view.ts";
import { expiryAt, ruleIn } from "../core/grants/expiry-queue.ts";
import type { RevisedClasses } from "../core/revision/revision-record.ts";
import { CAMPAIGN_ITSELF, touchedBy } from "../core/touched.ts";
import type { StreamedEvent } from "../host/event-stream.ts";
import type { GrantHistoryTarget, MadeGrant } from "../host/history-target.ts";
import type { JournalRecord } from "../journal/index.ts";

/** Where histories are read from. */
export interface HistorySource {
  /** Sequences of the records that a grant was met in, newest first. */
  recordsOf(campaign: number, grant: number, most: number): number[];
  record(sequence: number): Promise<JournalRecord>;
  /** Where the grant was made; null while the log has not come so far. */
  granted(
    campaign: number,
    made: MadeGrant,
  ): Promise<{ record: JournalRecord; index: number } | null>;
}

export interface FoundHistory {
  /** Oldest first. */
  events: StreamedEvent[];
  /** There are older ones than these. */
  more: boolean;
}

/** An expiry that a revision moved, in the form of an event of it. */
export type MovedExpiry = StreamedEvent & { type: "revised"; fromMs: number; untilMs: number };

/** Records of one history that are read; older ones are left out, and that is said. */
const RECORDS_MAX = 300;

export async function readGrantHistory(
  source: HistorySource,
  target: GrantHistoryTarget,
): Promise<FoundHistory> {
  const { campaign, grant } = target;
  const rules = await readCampaignHistory(source, campaign);
  const definition = definitionOf(rules.events);
  const definitions: Definitions = [];
  if (definition !== null) definitions[campaign] = definition;
  const events: StreamedEvent[] = [];
  for (const made of [target, ...target.mayMakeGood]) {
    const found = await source.granted(campaign, made);
    if (found === null) continue;
    const [event] = eventsIn(found.record, definitions, (_, index) => index === found.index);
    if (made === target || event?.lostGrant === grant) events.push(event!);
  }
  const sequences = source.recordsOf(campaign, grant, RECORDS_MAX + 1);
  for (const sequence of sequences.slice(0, RECORDS_MAX)) {
    const isOurs = isOf(campaign, grant);
    events.push(...eventsIn(await source.record(sequence), definitions, isOurs));
  }
  events.push(...movedExpiries(target, rules.events, events));
  events.sort((a, b) => a.sequence - b.sequence || a.index - b.index);
  return { events, more: sequences.length > RECORDS_MAX };
}

/** The events of a campaign as a whole; revisions and proposals with what they change. */
export async function readCampaignHistory(
  source: HistorySource,
  campaign: number,
): Promise<FoundHistory> {
  const sequences = source.recordsOf(campaign, CAMPAIGN_ITSELF, RECORDS_MAX + 1);
  const events: StreamedEvent[] = [];
  const definitions: Definitions = [];
  for (const sequence of sequences.slice(0, RECORDS_MAX).reverse()) {
    const record = await source.record(sequence);
    const words = payloadWords(record.payload);
    for (const { at, index } of places(words, isOf(campaign, CAMPAIGN_ITSELF))) {
      const before = definitions[campaign];
      // What comes before the first definition that is read could not be named.
      if (before === undefined && !isDefining(words, at)) continue;
      const fields = eventFields(words, at, record.atMs, definitions);
      const after = fields.definition as CampaignDefinition | undefined;
      const isChange = before !== undefined && after !== undefined;
      const changes = isChange ? { changes: revisedValues(before, after) } : {};
      events.push({ sequence, index, ...fields, ...changes });
    }
  }
  return { events, more: sequences.length > RECORDS_MAX };
}

function isDefining(words: Uint32Array, at: number): boolean {
  const kind = words[at + HEAD.kind]! & 0xff;
  return kind === EVENT_KINDS.opened || kind === EVENT_KINDS.revised;
}

function definitionOf(events: readonly StreamedEvent[]): CampaignDefinition | null {
  const last = events.findLast(({ type }) => type === "opened" || type === "revised");
  return (last?.definition as CampaignDefinition | undefined) ?? null;
}

/**
 * Revisions by which the grant expires at another instant than before, if it lived then.
 * @param own what was done to the grant itself
 */
function movedExpiries(
  { grant, atMs, offer, version }: GrantHistoryTarget,
  events: readonly StreamedEvent[],
  own: readonly StreamedEvent[],
): MovedExpiry[] {
  const moved: MovedExpiry[] = [];
  const madeBy = events.find((event) => versionOf(event) === version);
  const definition = madeBy?.definition as CampaignDefinition | undefined;
  let rule = definition?.offers[offer]?.expiry;
  if (definition === undefined || rule === undefined) return [];
  let { closesAtMs } = definition;
  let untilMs = expiryAt(rule, atMs, closesAtMs);
  for (const event of events) {
    if (event.type !== "revised" || versionOf(event)! <= version) continue;
    const classes = (event.classes as RevisedClasses[]).find((one) => one.offer === offer)?.classes;
    if (classes !== undefined) rule = ruleIn(classes, grant);
    const fromMs = Math.max(untilMs, leastUntil(own, event, closesAtMs));
    ({ closesAtMs } = event.definition as CampaignDefinition);
    untilMs = expiryAt(rule, atMs, closesAtMs);
    const told = { fromMs, untilMs: Math.max(untilMs, leastUntil(own, event, closesAtMs)) };
    if (told.untilMs !== fromMs && event.atMs < fromMs) {
      moved.push({ ...event, type: "revised", ...told });
    }
  }
  return moved;
}

/**
 * Until when a grant lived at least, by its releases and extensions before an event, where its
 * campaign closes at `closesAtMs`; or 0. A release's grace ends with the campaign, and comes back
 * where that closes later after all.
 */
function leastUntil(
  own: readonly StreamedEvent[],
  { sequence }: StreamedEvent,
  closesAtMs: number,
): number {
  const before = own.filter((one) => {
    return (one.type === "extended" || one.type === "released") && one.sequence < sequence;
  });
  const ends = before.map((one) => Math.min(one.untilMs as number, closesAtMs));
  return Math.max(0, ...ends);
}

function versionOf(event: StreamedEvent): number | null {
  if (event.type === "opened") return 0;
  return event.type === "revised" ? (event.version as number) : null;
}

type IsWanted = (words: Uint32Array, index: number, at: number) => boolean;

function isOf(campaign: number, grant: number): IsWanted {
  return (words, _, at) =>
    words[at + HEAD.time]! >>> 16 === campaign && touchedBy(words, at) === grant;
}

function eventsIn(
  record: JournalRecord,
  definitions: Definitions,
  isWanted: IsWanted,
): StreamedEvent[] {
  const words = payloadWords(record.payload);
  const { sequence, atMs } = record;
  return [...places(words, isWanted)].map(({ at, index }) => {
    return { sequence, index, ...eventFields(words, at, atMs, definitions) };
  });
}

function* places(words: Uint32Array, isWanted: IsWanted): Generator<{ at: number; index: number }> {
  let index = 0;
  for (let at = 0; at < words.length; at += words[at]! >>> 16) {
    if (isWanted(words, index, at)) yield { at, index };
    index += 1;
  }
}
