// A campaign revised while it lives: the whole definition as it is from now on, with who wanted it
// and why. What was granted before keeps its terms, but for an expiry that is moved further away.

import { sameJson } from "../../base/canonical-json.ts";
import type { CampaignDefinition, ExpiryDefinition } from "../definition.ts";
import {
  type ExpiryClass,
  type ExpiryQueue,
  expiryAt,
  sameExpiry,
} from "../grants/expiry-queue.ts";
import type { CampaignState } from "../state.ts";
import type { RevisedClasses } from "./revision-record.ts";

/** The classes of every offer whose expiry a definition changes, were it in force. */
export function classesUnder(
  campaign: CampaignState,
  definition: CampaignDefinition,
  moved: ReadonlySet<number>,
  atMs: number,
): RevisedClasses[] {
  return campaign.queues.flatMap((queue, offer): RevisedClasses[] => {
    const { expiry } = definition.offers[offer]!;
    if (sameExpiry(expiry, queue.expiry) && !moved.has(offer)) return [];
    const classes = revisedClasses(campaign, offer, definition, moved.has(offer), atMs);
    return [{ offer, classes }];
  });
}

/** Whether rules and expiries are already as a revision would make them. */
export function changesNothing(
  campaign: CampaignState,
  definition: CampaignDefinition,
  moved: ReadonlySet<number>,
  atMs: number,
): boolean {
  if (!sameJson(campaign.definition, definition)) return false;
  return classesUnder(campaign, definition, moved, atMs).every(({ offer, classes }) => {
    const are = campaign.queues[offer]!.classes;
    if (are.length !== classes.length) return false;
    return classes.every(({ from, expiry }, i) => {
      return from === are[i]!.from && sameExpiry(expiry, are[i]!.expiry);
    });
  });
}

/**
 * What becomes of an offer's classes when its rule is another one from now on.
 * @param moved whether it holds for grants given before, too: for those whose time is not over and
 *   which gain by it
 */
function revisedClasses(
  campaign: CampaignState,
  offer: number,
  { offers, closesAtMs }: CampaignDefinition,
  moved: boolean,
  atMs: number,
): ExpiryClass[] {
  const queue = campaign.queues[offer]!;
  const { expiry } = offers[offer]!;
  const classes: ExpiryClass[] = [];
  /** Grants from..to-1 stay in their class, or take the new rule. */
  const put = (of: ExpiryClass, from: number, to: number, takes: boolean): void => {
    if (from === to) return;
    if (takes) classes.push(classAt(queue, from, expiry));
    else {
      const cursor = Math.max(from, Math.min(of.cursor, to));
      classes.push({ ...classAt(queue, from, of.expiry), cursor });
    }
  };
  queue.classes.forEach((each, ordinal) => {
    const end = queue.endOf(ordinal);
    const grantedAtMs = (position: number): number =>
      campaign.grantedAtMs(queue.grants.get(position));
    const isOver = (position: number): boolean =>
      expiryAt(each.expiry, grantedAtMs(position), campaign.definition.closesAtMs) <= atMs;
    const gains = (position: number): boolean =>
      expiryAt(expiry, grantedAtMs(position), closesAtMs) >=
      expiryAt(each.expiry, grantedAtMs(position), closesAtMs);
    const alive = moved ? firstNot(isOver, each.from, end) : end;
    put(each, each.from, alive, false);
    if (alive === end) return;
    // Of an instant and a span, one is later for all grants up to some instant, the other from it.
    const first = gains(alive);
    const turn = firstNot((position) => gains(position) === first, alive, end);
    put(each, alive, turn, first);
    put(each, turn, end, !first);
  });
  classes.push({ ...classAt(queue, queue.length, expiry), firstGrant: campaign.grantCount });
  return merged(classes);
}

function classAt(queue: ExpiryQueue, from: number, expiry: ExpiryDefinition): ExpiryClass {
  return { from, firstGrant: queue.grants.get(from), cursor: from, expiry };
}

/** The first position in from..to-1 that does not fit, or `to`; what fits comes first. */
function firstNot(fits: (position: number) => boolean, from: number, to: number): number {
  let [low, high] = [from, to];
  while (low < high) {
    const middle = (low + high) >>> 1;
    if (fits(middle)) low = middle + 1;
    else high = middle;
  }
  return low;
}

/** Neighbours of one rule are one class, unless the sweep has not come to the second yet. */
function merged(classes: readonly ExpiryClass[]): ExpiryClass[] {
  const kept: ExpiryClass[] = [];
  for (const each of classes) {
    const last = kept.at(-1);
    const joins = last !== undefined && sameExpiry(last.expiry, each.expiry);
    if (!joins) kept.push(each);
    else if (last.cursor >= each.from) last.cursor = each.cursor;
  }
  return kept;
}
