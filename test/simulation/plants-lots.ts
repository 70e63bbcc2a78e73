// Bugs planted in split pots.
import { inSchedulesWith, type Plant, plant } from "./plant.ts";

export const LOTS: readonly Plant[] = inSchedulesWith("pots", [
  plant(
    "packet re-issued while somebody holds it",
    "src/core/luck/pot.ts",
    "    this.back.head += 1;\n",
    "",
  ),
  plant(
    "packet changed before it goes out again",
    "src/core/luck/packets.ts",
    "  return back < 0 ? 0 : campaign.grantAmount.get(back);",
    "  return back < 0 ? 0 : Math.max(1, campaign.grantAmount.get(back) - 1);",
  ),
  plant(
    "packet taken back though part of it was spent",
    "src/core/state.ts",
    "return this.grantSpent.get(grant) === 0 && this.grantReturned.get(grant) === 0;",
    "return this.grantReturned.get(grant) === 0;",
  ),
  plant(
    "pot's money granted to others",
    "src/core/state.ts",
    "return budgetMinor - boundMinor - this.setAsideMinor + beyondMinor(this);",
    "return budgetMinor - boundMinor + beyondMinor(this);",
  ),
  plant(
    "expired packet back before it has settled",
    "src/core/luck/packets.ts",
    "      if (atMs < pot.waitingFreeAtMs.get(i)) break;\n",
    "",
  ),
  plant(
    "packets of what was there at first, not of what is left",
    "src/core/luck/pot.ts",
    "      this.freshMinor -= amountMinor;\n",
    "",
  ),
  plant(
    "pot empty too early: packets that came back count as out",
    "src/core/luck/packets.ts",
    "  CELLS.push(cap, 0, campaign.calendar.windowAt(cap.per, atMs));\n",
    "",
  ),
]);
