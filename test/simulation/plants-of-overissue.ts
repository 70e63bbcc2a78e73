// Planted bugs of over-issue.
import { inSchedulesWith, type Plant, plant } from "./plant.ts";

export const OVERISSUE_PLANTS: readonly Plant[] = inSchedulesWith("overissue", [
  plant(
    "spent above the budget by one",
    "src/core/grants/decide-grant.ts",
    "  if (!(amountMinor <= leftMinor)) {\n",
    "  if (!(amountMinor <= leftMinor + 1)) {\n",
  ),
  plant(
    "holder refused while the money is there",
    "src/core/money/exposure.ts",
    "  return campaign.books.budgetMinor - neededMinor(campaign);\n",
    "  return campaign.books.budgetMinor - neededMinor(campaign) - 1;\n",
  ),
  plant(
    "issued above the factor",
    "src/core/money/overissue.ts",
    "  return Number((BigInt(budgetMinor) * steps) / BigInt(FACTOR_STEPS));\n",
    "  return Math.ceil(budgetMinor * overissue.factor);\n",
  ),
  plant(
    "what lapsed counted on twice",
    "src/core/money/overissue.ts",
    "ceilingMinor - books.budgetMinor - books.lapsedMinor",
    "ceilingMinor - books.budgetMinor",
  ),
  plant(
    "money of packets spent by other grants",
    "src/core/money/exposure.ts",
    "  return books.spentMinor + setAsideMinor + books.securedMinor;\n",
    "  return books.spentMinor + setAsideMinor;\n",
  ),
]);
