// What decisions look up of a campaign: which caps an offer is charged to, and who gets which arm.
// Derived from the definition whenever that changes.
import { ArmRule } from "./assignment/assignment.ts";
import { GreyRule } from "./assignment/grey.ts";
import { type Cap, CapSet, capApplies, pacesOf } from "./caps/caps.ts";
import { type CampaignDefinition, COMPENSATION_CAP } from "./definition.ts";

export type { GreyRule };

import { PER } from "./caps/windows.ts";

/** The attribute of a redemption that says with whom the money was spent. */
export const MERCHANT = "merchant";

export interface Rules {
  /** By offer: the caps that a claim is charged to, and a redemption. */
  claimCaps: CapSet[];
  redemptionCaps: CapSet[];
  /** What a payment that is told late is charged to: it was made in windows that are over. */
  lateCaps: CapSet[];
  /** Claim caps that the user alone tells, without attributes: for showing what is open. */
  ownCaps: CapSet[];
  /** By wave: the cap that lets its money out by a curve, or null. */
  paces: (Cap | null)[];
  /** Who gets which arm at a claim, and in each audience. */
  arms: ArmRule;
  audienceArms: ArmRule[];
  /** Who is let in first; null: everybody is in. */
  grey: GreyRule | null;
  /** The offer that makes good what was lost, or -1, and the cap that holds its money. */
  compensationOffer: number;
  compensationCap: Cap | null;
}

export function rulesOf(definition: CampaignDefinition, caps: readonly Cap[]): Rules {
  const { attributes, offers, assignment, audiences } = definition;
  const onClaim = caps.filter((cap) => cap.definition.on === "claim");
  const onRedemption = caps.filter((cap) => cap.definition.on === "redemption");
  const byOffer = (from: readonly Cap[], kept = 0) =>
    offers.map((_, offer) => {
      const applying = from.filter((cap) => capApplies(cap.definition, definition, offer));
      return new CapSet(applying, kept);
    });
  // Kept even where no cap counts by it: a merchant may reverse only what was spent with it.
  const merchant = attributes.indexOf(MERCHANT);
  const owed = offers.findIndex(({ reward }) => reward.kind === "compensation");
  const kept = merchant < 0 ? 0 : 1 << merchant;
  const withoutWindow = onRedemption.filter((cap) => cap.per === PER.total);
  const shares = assignment.variants.map((variant) => variant.share);
  return {
    claimCaps: byOffer(onClaim),
    redemptionCaps: byOffer(onRedemption, kept),
    lateCaps: byOffer(withoutWindow, kept),
    ownCaps: byOffer(onClaim.filter((cap) => cap.attribute < 0)),
    paces: pacesOf(caps, definition.waves),
    compensationOffer: owed,
    compensationCap: owed < 0 ? null : caps.find(({ id }) => id === COMPENSATION_CAP)!,
    grey: definition.grey === undefined ? null : new GreyRule(definition.grey),
    arms: new ArmRule(assignment.salt, assignment.holdoutShare, shares),
    audienceArms: audiences.map(({ salt, holdoutShare }) => {
      return new ArmRule(salt, holdoutShare, shares);
    }),
  };
}
