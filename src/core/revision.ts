// A campaign revised while it lives: the whole definition as it is from now on, with who wanted it
// and why. What was granted before keeps its terms, but for an expiry that is moved further away.
import { assert } from "../base/assert.ts";
import { utf8 } from "../base/bytes.ts";
import type { CampaignDefinition, ExpiryDefinition } from "./definition.ts";
import { EVENT_KINDS, type EventWriter, HEAD } from "./event.ts";
import { type ExpiryClass, type ExpiryQueue, expiryAt, sameExpiry } from "./expiry-queue.ts";
import type { CampaignState } from "./state.ts";

export interface Revision {
  /** 1 for the first; a grant names the one by which it was charged. */
  version: number;
  definition: CampaignDefinition;
  /** Classes of the offers whose expiry changes. */
  classes: RevisedClasses[];
  /** Who: the public id of a key, or what an embedding caller says. And why, in his words. */
  by: string;
  why: string;
}

/** The classes of an offer's grants, after a revision. */
export interface RevisedClasses {
  offer: number;
  classes: ExpiryClass[];
}

/** Versions are counted in eight bits. */
export const MAX_REVISIONS = 255;

/** Writes a revision: byte length, then UTF-8 JSON. */
export function writeRevision(
  campaign: number,
  revision: Revision,
  atMs: number,
  out: EventWriter,
): void {
  const json = utf8(JSON.stringify(revision));
  const at = out.begin(EVENT_KINDS.revised, campaign, atMs, 3 + Math.ceil(json.length / 4));
  out.words[at + HEAD.body] = json.length;
  new Uint8Array(out.words.buffer, out.words.byteOffset + 4 * (at + 3)).set(json);
}

/** Words that a revision takes in the journal; its length field has 16 bits. */
export function revisionWords(revision: Revision): number {
  return 3 + Math.ceil(utf8(JSON.stringify(revision)).length / 4);
}

/** Reads a revision. */
export function revisionOf(words: Uint32Array, at: number): Revision {
  const length = words[at + HEAD.body]!;
  assert(length <= 4 * ((words[at]! >>> 16) - 3), "a revision is longer than its words");
  const bytes = new Uint8Array(words.buffer, words.byteOffset + 4 * (at + 3), length);
  return JSON.parse(new TextDecoder().decode(bytes)) as Revision;
}

/**
 * What becomes of an offer's classes when its rule is another one from now on.
 * @param moved whether it holds for grants given before, too; those whose time is over stay so
 */
export function revisedClasses(
  campaign: CampaignState,
  offer: number,
  expiry: ExpiryDefinition,
  moved: boolean,
  atMs: number,
): ExpiryClass[] {
  const queue = campaign.queues[offer]!;
  const classes: ExpiryClass[] = [];
  queue.classes.forEach((each, ordinal) => {
    const end = queue.endOf(ordinal);
    const alive = moved ? firstAlive(campaign, queue, each, end, atMs) : end;
    if (alive > each.from) classes.push({ ...each, cursor: Math.min(each.cursor, alive) });
    if (alive < end) classes.push(classAt(queue, alive, expiry));
  });
  classes.push(classAt(queue, queue.length, expiry, campaign.grantCount));
  return merged(classes);
}

function classAt(
  queue: ExpiryQueue,
  from: number,
  expiry: ExpiryDefinition,
  firstGrant = queue.grants.get(from),
): ExpiryClass {
  return { from, firstGrant, cursor: from, expiry };
}

/** The first position of a class whose grant has not expired by its present rule. */
function firstAlive(
  campaign: CampaignState,
  queue: ExpiryQueue,
  { from, expiry }: ExpiryClass,
  end: number,
  atMs: number,
): number {
  const { closesAtMs } = campaign.definition;
  let [low, high] = [from, end];
  while (low < high) {
    const middle = (low + high) >>> 1;
    const grantedAtMs = campaign.grantedAtMs(queue.grants.get(middle));
    if (expiryAt(expiry, grantedAtMs, closesAtMs) <= atMs) low = middle + 1;
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
