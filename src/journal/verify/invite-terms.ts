// What a campaign's definition, and a revision of it, may say of invites.
import type { CampaignDefinition } from "../../core/definition.ts";

const ALWAYS = Number.POSITIVE_INFINITY;

/** What does not hold together. */
export function inviteFaults({ invites = [], offers, caps }: CampaignDefinition): string[] {
  const faults: string[] = [];
  if (new Set(invites.map(({ id }) => id)).size !== invites.length) faults.push("an invite twice");
  for (const { id, inviterOffer, invitedOffer, fromMs, toMs, openMs, uses, accepts } of invites) {
    const rewards = [inviterOffer, invitedOffer].map((offer) => offers[offer]?.reward.kind);
    const isSound =
      rewards.every((kind) => kind === "fixed" || kind === "table") &&
      [fromMs, toMs, openMs ?? 1, uses].every(Number.isSafeInteger) &&
      fromMs < toMs &&
      (openMs ?? 1) > 0 &&
      uses > 0 &&
      (accepts === "new" || accepts === "anyone");
    if (!isSound) faults.push(`invite ${id} is not sound`);
  }
  for (const { id, dimension, counts, on, refund } of caps) {
    if (!dimension.startsWith("inviter:")) continue;
    if (counts !== "grants" || on !== "claim" || refund) faults.push(`cap ${id} is not sound`);
  }
  return faults;
}

/** What a revision changes of invites although it may not. */
export function revisedInviteFaults(
  before: CampaignDefinition,
  after: CampaignDefinition,
  atMs: number,
): string[] {
  return (before.invites ?? []).flatMap((was, i) => {
    const is = after.invites?.[i];
    const sameTerms =
      is?.id === was.id &&
      is.inviterOffer === was.inviterOffer &&
      is.invitedOffer === was.invitedOffer &&
      is.fromMs === was.fromMs &&
      is.accepts === was.accepts;
    if (!sameTerms) return [`another invite ${was.id}`];
    const isShorter = (is.openMs ?? ALWAYS) < (was.openMs ?? ALWAYS);
    if (isShorter || is.uses < was.uses) return [`less of invite ${was.id}`];
    const isPast = was.toMs <= atMs || is.toMs <= atMs;
    return is.toMs !== was.toMs && isPast ? [`the end of invite ${was.id} in the past`] : [];
  });
}
