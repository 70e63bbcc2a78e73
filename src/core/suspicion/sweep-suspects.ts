// The part of the sweep that concerns suspicion: released grants whose grace is over, and grants
// that are still held when the campaign closes.
import { EVENT_KINDS, type EventWriter, SWEPT } from "../event.ts";
import { writeExpired } from "../grants/write-expired.ts";
import type { CampaignState } from "../state.ts";
import { GRANT } from "../state-words.ts";
import type { SuspectQueue } from "./suspicion.ts";
import { SWEPT_HELD, SWEPT_RELEASED } from "./suspicion-event.ts";

/**
 * Whether a grant lives longer by its release than by the rule of its class; it then waits in the
 * order of release.
 */
export function livesByGrace(campaign: CampaignState, grant: number): boolean {
  const grace = campaign.suspicion.graceOf(grant);
  if (grace === 0) return false;
  const { startsAtMs, closesAtMs } = campaign.definition;
  return Math.min(startsAtMs + grace, closesAtMs) > campaign.ruleExpiresAtMs(grant);
}

/** @returns whether more is due than could be done */
export function sweepSuspects(
  campaign: CampaignState,
  atMs: number,
  most: number,
  looks: number,
  out: EventWriter,
): boolean {
  const { released, held } = campaign.suspicion;
  const expire = (grant: number): void => writeExpired(campaign, grant, atMs, out);
  const rest = sweepQueue(campaign, released, SWEPT_RELEASED, most, looks, atMs, out, {
    dueAtMs: (entry) => graceEndsAtMs(campaign, entry),
    ends: (grant) => campaign.grantState.get(grant) === GRANT.live && livesByGrace(campaign, grant),
    expire,
  });
  const { closesAtMs } = campaign.definition;
  const after = sweepQueue(campaign, held, SWEPT_HELD, rest.most, rest.looks, atMs, out, {
    dueAtMs: () => closesAtMs,
    ends: (grant) => campaign.grantState.get(grant) === GRANT.held,
    expire,
  });
  return rest.due || after.due;
}

/** When the next of them is due, or Infinity. */
export function nextSuspectAtMs({ suspicion, definition }: CampaignState): number {
  const { released, held } = suspicion;
  let next = Number.POSITIVE_INFINITY;
  if (released.cursor < released.length) {
    const until = definition.startsAtMs + suspicion.releasedUntil.get(released.cursor);
    next = Math.min(until, definition.closesAtMs);
  }
  return held.cursor < held.length ? Math.min(next, definition.closesAtMs) : next;
}

function graceEndsAtMs({ suspicion, definition }: CampaignState, entry: number): number {
  const until = definition.startsAtMs + suspicion.releasedUntil.get(entry);
  return Math.min(until, definition.closesAtMs);
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
  queue: SuspectQueue,
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
