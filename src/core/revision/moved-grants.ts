// How many grants given before expire at another instant by a revision: those that it moves, and
// those that end with the campaign where its close is moved.
import type { CampaignDefinition } from "../definition.ts";
import { type ExpiryClass, expiryAt, ruleIn } from "../grants/expiry-queue.ts";
import type { CampaignState } from "../state.ts";
import { GRANT } from "../state-words.ts";
import { ownExpiresAtMs } from "../suspicion/own-expiry.ts";
import { classesUnder } from "./revision.ts";

/** When a grant is over, were the classes of its offer and the close those of a revision. */
export type ExpiresUnder = (grant: number) => number;

/** As `expiresAtMs` of the state, under a revision that may be put in force. */
export function expiresUnder(
  campaign: CampaignState,
  definition: CampaignDefinition,
  moved: ReadonlySet<number>,
  atMs: number,
): ExpiresUnder {
  const { closesAtMs } = definition;
  const revised = new Map<number, readonly ExpiryClass[]>(
    classesUnder(campaign, definition, moved, atMs).map(({ offer, classes }) => [offer, classes]),
  );
  return (grant) => {
    if (campaign.grantState.get(grant) === GRANT.held) return closesAtMs;
    const offer = campaign.grantOffer(grant);
    const classes = revised.get(offer) ?? campaign.queues[offer]!.classes;
    const ruleAtMs = expiryAt(ruleIn(classes, grant), campaign.grantedAtMs(grant), closesAtMs);
    return Math.max(ruleAtMs, ownExpiresAtMs(campaign, grant, definition));
  };
}

/** So many grants are looked at one by one; of more so many, evenly. */
const COUNTED = 65_536;
const SAMPLED = 8_192;

/** How many grants that live by the rule of their class have another end under a revision. */
export function movedGrants(
  campaign: CampaignState,
  definition: CampaignDefinition,
  moved: ReadonlySet<number>,
  atMs: number,
): { count: number; isEstimate: boolean } {
  const isLaterClose = definition.closesAtMs !== campaign.definition.closesAtMs;
  const offers = isLaterClose ? campaign.queues.keys() : moved;
  const stretches = [...offers].flatMap((offer) => {
    const queue = campaign.queues[offer];
    if (queue === undefined) return [];
    return queue.classes.map(({ cursor }, i) => ({ queue, from: cursor, to: queue.endOf(i) }));
  });
  const waiting = stretches.reduce((sum, { from, to }) => sum + to - from, 0);
  const each = waiting <= COUNTED ? 1 : waiting / SAMPLED;
  const expiresAtMs = expiresUnder(campaign, definition, moved, atMs);
  let [count, looked, before] = [0, 0, 0];
  for (const { queue, from, to } of stretches) {
    for (;;) {
      const position = from + Math.floor((looked + 0.5) * each) - before;
      if (position >= to) break;
      looked += 1;
      const grant = queue.grants.get(position);
      if (campaign.grantState.get(grant) !== GRANT.live) continue;
      if (!(atMs < campaign.ruleExpiresAtMs(grant))) continue;
      if (expiresAtMs(grant) !== campaign.expiresAtMs(grant)) count += 1;
    }
    before += to - from;
  }
  return { count: Math.round(count * each), isEstimate: each > 1 };
}
