// Over-issue in plain words: what it risks, and for whom.
import { type CampaignDefinition, ceilingOf } from "../../core/definition.ts";
import { chanceText } from "./check-overissue.ts";
import { explainMoney as money } from "./explain-values.ts";
import { percent } from "./explain-words.ts";
import { refusalChance } from "./refusal-chance.ts";

export function explainOverissue(definition: CampaignDefinition): string[] {
  const { overissue, budgetMinor } = definition;
  if (overissue === undefined) return [];
  const { redeemedShare, deviation, atMost } = overissue;
  const found = refusalChance(definition);
  const beyond = money(definition, ceilingOf(definition) - budgetMinor);
  const pots =
    found === null || found.coveredMinor === budgetMinor
      ? ""
      : " Who holds a packet or a prize is never refused.";
  const chance =
    found === null
      ? "Nobody is refused: every offer has its money set aside."
      : `If ${percent(redeemedShare)} of it is redeemed, give or take ` +
        `${percent(deviation)}, the chance that any holder is refused is ` +
        `${chanceText(found.chance)} (at most ${percent(atMost)} was asked).${pots}`;
  const most = money(definition, ceilingOf(definition));
  return [
    `Over-issue: up to ${most} is out at once, ${beyond} more than the budget. Once the budget ` +
      "is spent, redemptions are refused with budget_spent, first come, first served. " +
      chance,
  ];
}
