// Bugs planted in split pots.
import { type Plant, plant } from "./plant.ts";

export const LOTS: readonly Plant[] = [
  plant(
    "packet re-issued while somebody holds it",
    1500,
    "src/core/pot.ts",
    "    this.back.head += 1;\n",
    "",
  ),
  plant(
    "packet changed before it goes out again",
    1500,
    "src/core/packets.ts",
    "  return back < 0 ? 0 : campaign.grantAmount.get(back);",
    "  return back < 0 ? 0 : Math.max(1, campaign.grantAmount.get(back) - 1);",
  ),
  plant(
    "packet taken back though part of it was spent",
    [300, 3000],
    "src/core/state.ts",
    "return this.grantSpent.get(grant) === 0 && this.grantReturned.get(grant) === 0;",
    "return this.grantReturned.get(grant) === 0;",
  ),
  plant(
    "pot's money granted to others",
    600,
    "src/core/state.ts",
    "return budgetMinor - boundMinor - this.books.setAsideMinor;",
    "return budgetMinor - boundMinor;",
  ),
  plant(
    "expired packet back before it has settled",
    [800, 2000],
    "src/core/packets.ts",
    "      if (atMs < pot.waitingFreeAtMs.get(i)) break;\n",
    "",
  ),
  plant(
    "packets of what was there at first, not of what is left",
    600,
    "src/core/pot.ts",
    "      this.freshMinor -= amountMinor;\n",
    "",
  ),
  plant(
    "pot empty too early: packets that came back count as out",
    1500,
    "src/core/packets.ts",
    "  CELLS.push(cap, 0, campaign.calendar.windowAt(cap.per, atMs));\n",
    "",
  ),
];
