// Over-issue as verify keeps it: how much more than the budget may be out, what of it has lapsed,
// and the money of pots, which no redemption of other grants may touch.
import type { CampaignDefinition } from "../../core/definition.ts";
import type { VerifiedCampaign } from "./campaign.ts";
import type { Findings } from "./findings.ts";

export class ExposureBook {
  /** The most that may be out and spent. */
  ceilingMinor = 0;

  take({ budgetMinor, overissue }: CampaignDefinition): void {
    // To the ten-thousandth, in whole numbers.
    const parts = overissue === undefined ? 10_000 : Math.round(overissue.factor * 10_000);
    this.ceilingMinor = Number((BigInt(budgetMinor) * BigInt(parts)) / 10_000n);
  }

  /** What may be granted although the budget does not hold it. */
  beyondMinor(budgetMinor: number, lapsedMinor: number): number {
    return Math.max(this.ceilingMinor - lapsedMinor - budgetMinor, 0);
  }
}

/** Money of a grant that comes or goes: of a packet, or made good, it is secured. */
export function moveSecured(campaign: VerifiedCampaign, grant: number, minor: number): void {
  const offer = campaign.grantOffer.get(grant);
  const isOwed = campaign.definition.offers[offer]!.reward.kind === "compensation";
  if (isOwed || campaign.pots[offer]! !== null) campaign.money.securedMinor += minor;
}

/** Whether every part of the budget is zero or more, no more is out than may be, or spent. */
export function checkMoney(campaign: VerifiedCampaign, findings: Findings): void {
  findings.counts.money += 1;
  const { money, definition, exposure } = campaign;
  const { spentMinor, reservedMinor, settlingMinor, returnedMinor } = money;
  const { securedMinor } = money;
  const setAsideMinor = money.setAsideMinor + campaign.owedMinor;
  const parts = [spentMinor, reservedMinor, settlingMinor, returnedMinor, setAsideMinor];
  const outMinor = parts.reduce((sum, part) => sum + part, 0);
  const neededMinor = spentMinor + setAsideMinor + securedMinor;
  const isSound = parts.every((part) => part >= 0) && securedMinor >= 0;
  if (isSound && outMinor <= exposure.ceilingMinor && neededMinor <= definition.budgetMinor) return;
  const bounds = `parts of the budget ${definition.budgetMinor}`;
  const beyond = definition.overissue === undefined ? "" : `, out at most ${exposure.ceilingMinor}`;
  const held = `spent ${spentMinor}, reserved ${reservedMinor}, settling ${settlingMinor}`;
  const tied = `returned ${returnedMinor}, set aside ${setAsideMinor}`;
  const packets = `with ${securedMinor} secured of what is out`;
  findings.wrong("money", bounds + beyond, `${held}, ${tied}, ${packets}`);
}

/** What is wrong with the over-issue of a definition. */
export function overissueFaults({ overissue, budgetMinor }: CampaignDefinition): string[] {
  if (overissue === undefined) return [];
  const { factor, redeemedShare, deviation, atMost } = overissue;
  const isShare = (share: number): boolean => share >= 0 && share <= 1;
  const isPossible = factor >= 1 && factor <= 10 && factor * budgetMinor < 2 ** 53;
  if (isPossible && [redeemedShare, deviation, atMost].every(isShare)) return [];
  return ["overissue is not sound"];
}
