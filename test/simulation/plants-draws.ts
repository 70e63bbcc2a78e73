// Bugs planted in draws.
import { inSchedulesWith, type Plant, plant } from "./plant.ts";

export const DRAW_PLANTS: readonly Plant[] = inSchedulesWith("draws", [
  plant(
    "a user wins twice",
    "src/core/draws/decide-draw.ts",
    "return lot.userWins.get(user) < winsPerUser ? 0 : VOID_BECAUSE.won;",
    "return winsPerUser > 0 ? 0 : VOID_BECAUSE.won;",
  ),
  plant(
    "an entry wins again: what stood at its place is not moved",
    "src/core/draws/draw.ts",
    "    this.moved.set(point, this.entryAt(place) + 1);\n",
    "",
  ),
  plant(
    "entry after the close",
    "src/core/draws/decide-entry.ts",
    'if (lots[draw]!.isClosed || atMs >= closesAtMs) return outcome("draw_closed");',
    'if (lots[draw]!.isClosed) return outcome("draw_closed");',
  ),
  plant(
    "reserve that skips a place",
    "src/core/draws/draw.ts",
    "  win(user: number, grant: number): void {\n",
    "  win(user: number, grant: number): void {\n    if (this.winners > 0) this.places += 1;\n",
  ),
  plant(
    "one entry more than a user may have",
    "src/core/draws/decide-entry.ts",
    'if (!(userEntries.get(ordinal) < entriesPerUser)) return outcome("entries_used");',
    'if (!(userEntries.get(ordinal) <= entriesPerUser)) return outcome("entries_used");',
  ),
  plant(
    "the held-out take part",
    "src/core/draws/decide-entry.ts",
    "    return heldOut(campaign);\n  }\n  // Written",
    "    return heldOut(campaign);\n  }\n  if (arm < 0) return heldOut(campaign);\n  // Written",
    {
      file: "src/core/draws/decide-entry.ts",
      find: "  if (arm === 0) {\n    writeEntry(campaign, draw, NO_ENTRY,",
      replace: "  if (arm === 0) {\n    writeEntry(campaign, draw, entries,",
    },
  ),
  plant(
    "campaign closed before its draw",
    "src/core/decide-campaign.ts",
    "isOver && !isBusy && !drawsAreUnfinished(campaign, atMs);",
    "isOver && !isBusy;",
  ),
]);
