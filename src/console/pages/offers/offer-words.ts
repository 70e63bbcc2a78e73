// What an offer gives, until when, and how much of what it has of its own is used.
import type { IntlShape } from "react-intl";
import {
  type CampaignDefinition,
  greatestOf,
  leastOf,
  type OfferDefinition,
  potCapId,
  type RewardDefinition,
} from "../../../core/definition.ts";
import { waveOfOffer } from "../../../core/wave-of-offer.ts";
import { usedShare } from "../../parts/used.tsx";
import type { Books } from "../../parts/with-books.tsx";

/** What a grant of it is worth on average, in minor units. */
export function meanMinor(reward: RewardDefinition): number {
  switch (reward.kind) {
    case "fixed":
      return reward.amountMinor;
    case "table": {
      const odds = reward.entries.reduce((sum, entry) => sum + entry.odds, 0);
      const all = reward.entries.reduce((sum, one) => sum + one.odds * one.amountMinor, 0);
      return all / odds;
    }
    case "pot":
      return reward.totalMinor / reward.packets;
    case "compensation":
      return reward.amountMinor;
  }
}

export function rewardText(
  reward: RewardDefinition,
  money: (minor: number) => string,
  intl: IntlShape,
): string {
  const values = {
    amount: money(Math.round(meanMinor(reward))),
    least: money(leastOf(reward)),
    most: money(greatestOf(reward)),
  };
  switch (reward.kind) {
    case "fixed":
      return values.amount;
    case "table":
      return intl.formatMessage({ id: "offers.table" }, values);
    case "pot": {
      const { packets, minMinor, maxMinor, totalMinor } = reward;
      const id = minMinor === maxMinor ? "offers.equals" : "offers.pot";
      return intl.formatMessage({ id }, { ...values, packets, total: money(totalMinor) });
    }
    case "compensation":
      return intl.formatMessage({ id: "offers.compensation" }, values);
  }
}

/** When its claims end: with its wave; of a prize the draw's. Null: the operator grants it. */
export function untilMs(rules: CampaignDefinition, offer: OfferDefinition): number | null {
  if (offer.draw !== undefined) return rules.draws![offer.draw]!.closesAtMs;
  return waveOfOffer(rules, offer)?.toMs ?? null;
}

/** Of its packets, or of a cap on it alone: what is nearest to its limit; null: it has none. */
export function ownShare({ caps }: Books, offer: string): number | null {
  const own = caps.filter(({ cap, dimension }) => {
    return cap === potCapId(offer) || dimension === `offer:${offer}`;
  });
  const shares = own.map(usedShare).filter((share) => share !== null);
  return shares.length === 0 ? null : Math.max(...shares);
}

const UNITS = [
  ["day", 86_400_000],
  ["hour", 3_600_000],
  ["minute", 60_000],
  ["second", 1000],
] as const;

/** In the largest unit of which it is a whole number. */
export function spanText(ms: number, intl: IntlShape): string {
  const [unit, unitMs] = UNITS.find(([, one]) => ms % one === 0) ?? UNITS.at(-1)!;
  return intl.formatNumber(ms / unitMs, { style: "unit", unit, unitDisplay: "long" });
}
