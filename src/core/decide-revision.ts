// Puts a revision in force, or says what it would change. What it may change was checked before
// (contract/campaign-file/check-revision.ts).
import type { CampaignDefinition } from "./definition.ts";
import { type EventWriter, MAX_EVENT_WORDS } from "./event.ts";
import { sameExpiry } from "./expiry-queue.ts";
import { type Outcome, outcome } from "./outcome.ts";
import {
  MAX_REVISIONS,
  type RevisedClasses,
  type Revision,
  revisedClasses,
  revisionWords,
  writeRevision,
} from "./revision.ts";
import { type CampaignState, GRANT } from "./state.ts";

export interface AskedRevision {
  /** The number that it gets: one more than that of the revision in force. */
  version: number;
  /** Lined up with the definition in force. */
  definition: CampaignDefinition;
  /** Offers, by ordinal, whose new expiry also holds for grants given before. */
  moved: ReadonlySet<number>;
  by: string;
  why: string;
}

/** Decides a revision; `revision_conflict` when another one came first. */
export function decideRevise(
  campaign: CampaignState,
  asked: AskedRevision,
  atMs: number,
  out: EventWriter,
): Outcome {
  if (campaign.phase === "closed") return outcome("campaign_closed");
  const { version, definition, moved, by, why } = asked;
  if (version === campaign.version && sameDefinition(campaign.definition, definition)) {
    return { ...outcome("revised"), replayed: true };
  }
  if (version !== campaign.version + 1) return outcome("revision_conflict");
  const classes = classesOf(campaign, definition, moved, atMs);
  const revision: Revision = { version, definition, classes, by, why };
  if (version > MAX_REVISIONS || revisionWords(revision) > MAX_EVENT_WORDS) {
    return outcome("revision_too_large");
  }
  writeRevision(campaign.ordinal, revision, atMs, out);
  return outcome("revised");
}

function sameDefinition(a: CampaignDefinition, b: CampaignDefinition): boolean {
  return JSON.stringify(a) === JSON.stringify(b);
}

function classesOf(
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

/** How many grants can still be spent or given back, of the given offers. */
export function liveGrants(
  campaign: CampaignState,
  offers: ReadonlySet<number>,
  atMs: number,
): number {
  let live = 0;
  for (const offer of offers) {
    const queue = campaign.queues[offer];
    queue?.classes.forEach(({ cursor }, ordinal) => {
      for (let position = cursor; position < queue.endOf(ordinal); position++) {
        const grant = queue.grants.get(position);
        if (campaign.grantState.get(grant) !== GRANT.live) continue;
        if (atMs < campaign.expiresAtMs(grant)) live += 1;
      }
    });
  }
  return live;
}
