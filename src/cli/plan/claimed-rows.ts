// Events of a campaign as its claims would have made them, which is all that a plan knows: what
// somebody gets for an invite is one more of what he was invited with; prizes of draws and
// compensation are left out, with all that became of them.
import { claimsOnly } from "../../contract/campaign-file/claims-only.ts";
import type { CampaignDefinition } from "../../core/definition.ts";
import type { EventRow } from "../../prove/event-columns.ts";

export async function* claimedRows(
  rows: AsyncIterable<EventRow>,
  definition: CampaignDefinition,
): AsyncGenerator<EventRow> {
  const { offers, invites = [] } = definition;
  const claimed = new Set(claimsOnly(definition).offers.map(({ id }) => id));
  const thanks = new Map(
    invites.map(({ inviterOffer, invitedOffer }) => {
      return [offers[inviterOffer]!.id, offers[invitedOffer]!.id];
    }),
  );
  const left = new Set<number>();
  for await (const row of rows) {
    const offer = row.offer === null ? null : (thanks.get(row.offer) ?? row.offer);
    const isLeft = offer !== null && !claimed.has(offer);
    if (isLeft && row.grant !== null) left.add(row.grant);
    if (isLeft || (row.grant !== null && left.has(row.grant))) continue;
    yield offer === row.offer ? row : { ...row, offer };
  }
}
