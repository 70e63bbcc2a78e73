// Writes that a grant's time is over: what it kept goes to `settling`.

import { EVENT_KINDS, type EventWriter, EXPIRED } from "../event.ts";
import { SETTLING_MS } from "../money/late-payment.ts";
import { countReturns, refundOfGrant } from "../money/refund.ts";
import type { CampaignState } from "../state.ts";
import { CellList } from "../tables/cells.ts";

const CELLS = new CellList();

export function writeExpired(
  campaign: CampaignState,
  grant: number,
  atMs: number,
  out: EventWriter,
): void {
  const counts = countReturns(campaign, grant, campaign.grantSpent.get(grant));
  CELLS.clear();
  refundOfGrant(campaign, grant, { money: true, counts }, atMs, CELLS);
  const size = EXPIRED.tail + 2 * CELLS.length;
  const at = out.begin(EVENT_KINDS.expired, campaign.ordinal, atMs, size);
  const free = atMs + campaign.definition.settlingLagMs;
  out.words[at + EXPIRED.grant] = grant;
  out.words[at + EXPIRED.counts] = CELLS.length;
  out.wide(at + EXPIRED.amount, campaign.unspentMinor(grant));
  out.wide(at + EXPIRED.freeAt, Math.ceil(free / SETTLING_MS) * SETTLING_MS);
  CELLS.write(out, at + EXPIRED.tail);
}
