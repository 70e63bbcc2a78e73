// How many grants of a campaign are held at the moment, and what they keep. All that was ever held
// is looked through, and only after something could have changed it: lists are asked for often.
import type { SuspicionBooks } from "../../contract/schema/suspicion-books.ts";
import type { CampaignState } from "../../core/state.ts";
import { GRANT } from "../../core/state-words.ts";

type Held = Pick<SuspicionBooks, "held" | "heldMinor">;

interface Kept extends Held {
  /** How often there was whatever changes it. */
  readonly of: string;
}

const KEPT = new WeakMap<CampaignState, Kept>();
const NONE: Held = { held: 0, heldMinor: 0 };

/** A hold lapses when the campaign closes. */
export function heldNow(campaign: CampaignState, atMs: number): Held {
  const { suspicion, counts, phase, definition } = campaign;
  if (suspicion.held.length === 0 || phase === "closed" || atMs >= definition.closesAtMs) {
    return NONE;
  }
  const { released, clawedBack } = suspicion.counts;
  const of = [suspicion.held.length, released, clawedBack, counts.reversed].join(" ");
  const kept = KEPT.get(campaign);
  if (kept?.of === of) return { held: kept.held, heldMinor: kept.heldMinor };
  const found = lookThrough(campaign);
  KEPT.set(campaign, { ...found, of });
  return found;
}

function lookThrough(campaign: CampaignState): Held {
  const { held: queue } = campaign.suspicion;
  const found = { ...NONE };
  for (let entry = queue.cursor; entry < queue.length; entry++) {
    const grant = queue.grantAt(entry);
    if (grant < 0 || campaign.grantState.get(grant) !== GRANT.held) continue;
    found.held += 1;
    found.heldMinor += campaign.unspentMinor(grant);
  }
  return found;
}
