// The part of the sweep that concerns grants outside of the order of their class: released ones
// whose grace is over, extended ones, and grants that are still held when the campaign closes.
import { EVENT_KINDS, type EventWriter, SWEPT } from "../event.ts";
import { writeExpired } from "../grants/write-expired.ts";
import type { CampaignState } from "../state.ts";
import { GRANT } from "../state-words.ts";
import { ownExpiresAtMs } from "./own-expiry.ts";
import { SWEPT_EXTENDED, SWEPT_HELD, SWEPT_RELEASED } from "./suspicion-event.ts";

/**
 * Whether a grant lives longer by its release or its extension than by the rule of its class; it
 * then waits in the order of release, or of the ends of extensions: where it lives longer.
 */
export function livesByItself(campaign: CampaignState, grant: number): boolean {
  const ownAtMs = ownExpiresAtMs(campaign, grant, campaign.definition);
  return ownAtMs !== 0 && ownAtMs > campaign.ruleExpiresAtMs(grant);
}

/** Of a grant that lives by itself: whether it is by its extension. */
function livesByExtension(campaign: CampaignState, grant: number): boolean {
  const { definition, extensions, suspicion } = campaign;
  const graceAtMs = definition.startsAtMs + suspicion.graceOf(grant);
  return extensions.untilOf(grant) > Math.min(graceAtMs, definition.closesAtMs);
}

/**
 * Whether a live grant is over by its release. Where that and its class end at one instant the
 * class expires it, unless its sweep has passed it: then it was held, and released just then.
 */
function endsByRelease(campaign: CampaignState, grant: number): boolean {
  if (livesByExtension(campaign, grant)) return false;
  return livesByItself(campaign, grant) || isPassed(campaign, grant);
}

/** Whether a class's sweep has passed a grant that lives just as long by its release. */
function isPassed(campaign: CampaignState, grant: number): boolean {
  const { definition, queues } = campaign;
  const ownAtMs = ownExpiresAtMs(campaign, grant, definition);
  if (ownAtMs !== campaign.ruleExpiresAtMs(grant)) return false;
  return queues[campaign.grantOffer(grant)]!.hasPassed(grant);
}

/** @returns whether more is due than could be done */
export function sweepSuspects(
  campaign: CampaignState,
  atMs: number,
  most: number,
  looks: number,
  out: EventWriter,
): boolean {
  const { suspicion, extensions } = campaign;
  const { released, held } = suspicion;
  const isLive = (grant: number): boolean => campaign.grantState.get(grant) === GRANT.live;
  const expire = (grant: number): void => writeExpired(campaign, grant, atMs, out);
  const first = sweepQueue(campaign, released, SWEPT_RELEASED, most, looks, atMs, out, {
    dueAtMs: (entry) => graceEndsAtMs(campaign, entry),
    ends: (grant) => isLive(grant) && endsByRelease(campaign, grant),
    expire,
  });
  const rest = sweepQueue(
    campaign,
    extensions,
    SWEPT_EXTENDED,
    first.most,
    first.looks,
    atMs,
    out,
    {
      dueAtMs: (position) => extensions.endAt(position),
      ends: (grant) =>
        isLive(grant) && livesByItself(campaign, grant) && livesByExtension(campaign, grant),
      expire,
    },
  );
  const { closesAtMs } = campaign.definition;
  const after = sweepQueue(campaign, held, SWEPT_HELD, rest.most, rest.looks, atMs, out, {
    dueAtMs: () => closesAtMs,
    ends: (grant) => campaign.grantState.get(grant) === GRANT.held,
    expire,
  });
  return first.due || rest.due || after.due;
}

/** When the next of them is due, or Infinity. */
export function nextSuspectAtMs({ suspicion, extensions, definition }: CampaignState): number {
  const { released, held } = suspicion;
  let next = Number.POSITIVE_INFINITY;
  if (released.cursor < released.length) {
    const until = definition.startsAtMs + suspicion.releasedUntil.get(released.cursor);
    next = Math.min(until, definition.closesAtMs);
  }
  if (extensions.cursor < extensions.length) {
    next = Math.min(next, extensions.endAt(extensions.cursor));
  }
  return held.cursor < held.length ? Math.min(next, definition.closesAtMs) : next;
}

function graceEndsAtMs({ suspicion, definition }: CampaignState, entry: number): number {
  const until = definition.startsAtMs + suspicion.releasedUntil.get(entry);
  return Math.min(until, definition.closesAtMs);
}

/** Grants that wait in an order of their own. */
interface Queue {
  readonly length: number;
  readonly cursor: number;
  grantAt: (position: number) => number;
}

interface QueueRule {
  dueAtMs: (entry: number) => number;
  /** Whether the grant of a due entry is over by it. */
  ends: (grant: number) => boolean;
  expire: (grant: number) => void;
}

interface Left {
  most: number;
  looks: number;
  due: boolean;
}

function sweepQueue(
  campaign: CampaignState,
  queue: Queue,
  flag: number,
  most: number,
  looks: number,
  atMs: number,
  out: EventWriter,
  { dueAtMs, ends, expire }: QueueRule,
): Left {
  const left: Left = { most, looks, due: false };
  let { cursor } = queue;
  while (cursor < queue.length && atMs >= dueAtMs(cursor)) {
    if (left.most === 0 || left.looks === 0) {
      left.due = true;
      break;
    }
    left.looks -= 1;
    const grant = queue.grantAt(cursor);
    cursor += 1;
    if (grant < 0 || !ends(grant)) continue;
    left.most -= 1;
    expire(grant);
  }
  if (cursor === queue.cursor) return left;
  const at = out.begin(EVENT_KINDS.swept, campaign.ordinal, atMs, SWEPT.words, flag);
  out.words[at + SWEPT.cursor] = cursor;
  return left;
}
