// The campaign of a journal beside the one that was planned with: what must be the same for the one
// to teach the other, and what may differ and is told.
import { contractError } from "../../contract/index.ts";
import type { CampaignDefinition, OfferDefinition } from "../../core/definition.ts";
import type { PlanFile } from "../../plan/plan-file/index.ts";
import { groupedMinor } from "../../report/format.ts";

const HOUR_MS = 3_600_000;

/** Throws `invalid_data` where waves or offers are others, or waves begin or end elsewhere. */
export function requireSameShape(opened: CampaignDefinition, plan: PlanFile): void {
  const { campaign, campaignName } = plan;
  if (opened.rehearsal === true) {
    const message = `journal: expected a live campaign, found the rehearsal ${opened.id}`;
    const next = "Testers do not behave as users do: learn from the live campaign.";
    throw contractError("invalid_data", message, { next });
  }
  const refuse = (expected: string, found: string): Error =>
    contractError("invalid_data", `journal: expected ${expected}, found ${found}`, {
      next: "Plan with the campaign file that was opened.",
    });
  const named = (of: CampaignDefinition): string =>
    [...of.waves, ...of.offers].map(({ id }) => id).join(", ");
  if (named(opened) !== named(campaign)) {
    throw refuse(`the waves and offers of ${campaignName}, ${named(campaign)}`, named(opened));
  }
  const timed = (of: CampaignDefinition): string =>
    of.waves
      .map(({ id, fromMs, toMs }) => {
        const [from, to] = [fromMs, toMs].map((ms) => (ms - of.startsAtMs) / HOUR_MS);
        return `${id} from hour ${from} to ${to}`;
      })
      .join(", ");
  if (timed(opened) !== timed(campaign)) {
    throw refuse(`the times of ${campaignName}, ${timed(campaign)}`, timed(opened));
  }
}

/** Of all grants; the one of a table by its odds, the one of a pot by its packets. */
export function meanReward({ offers }: CampaignDefinition, ordinal: number): number {
  const { reward } = offers[ordinal]!;
  if (reward.kind === "fixed" || reward.kind === "compensation") return reward.amountMinor;
  if (reward.kind === "pot") return reward.totalMinor / reward.packets;
  let [odds, sum] = [0, 0];
  for (const entry of reward.entries) {
    odds += entry.odds;
    sum += entry.odds * entry.amountMinor;
  }
  return sum / odds;
}

export function differencesOf(opened: CampaignDefinition, plan: PlanFile): string[] {
  const { campaign, campaignName } = plan;
  const money = (minor: number): string =>
    `${groupedMinor(Math.round(minor), campaign.decimals)} ${campaign.currency}`;
  const told = (what: string, found: string, planned: string): string[] =>
    found === planned ? [] : [`${what}: ${found} in the journal, ${planned} in ${campaignName}.`];
  const toldMoney = (what: string, found: number, planned: number): string[] =>
    told(what, money(found), money(planned));
  return [
    ...told("Start", instant(opened.startsAtMs), instant(campaign.startsAtMs)),
    ...toldMoney("Budget", opened.budgetMinor, campaign.budgetMinor),
    ...campaign.waves.flatMap(({ id, budgetMinor }, w) =>
      toldMoney(`Budget of ${id}`, opened.waves[w]!.budgetMinor ?? 0, budgetMinor ?? 0),
    ),
    ...campaign.offers.flatMap((offer, i) => [
      ...toldMoney(`Reward of ${offer.id}`, meanReward(opened, i), meanReward(campaign, i)),
      ...told(`Expiry of ${offer.id}`, expiryOf(opened.offers[i]!), expiryOf(offer)),
    ]),
  ];
}

function expiryOf({ expiry }: OfferDefinition): string {
  return expiry.kind === "at" ? instant(expiry.atMs) : `${expiry.afterMs / HOUR_MS} hours`;
}

function instant(ms: number): string {
  return `${new Date(ms).toISOString().slice(0, 16).replace("T", " ")} UTC`;
}
