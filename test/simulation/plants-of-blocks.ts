// Planted bugs of blocks.
import { inSchedulesWith, type Plant, plant } from "./plant.ts";

export const BLOCK_PLANTS: readonly Plant[] = inSchedulesWith("blocks", [
  plant(
    "blocked device claims",
    "src/core/suspicion/blocked.ts",
    "return subject === USER_SUBJECT || ((attributes >>> (subject - 1)) & 1) === 1;",
    "return subject === USER_SUBJECT || ((attributes >>> subject) & 1) === 1;",
  ),
  plant(
    "block that never ends",
    "src/core/suspicion/blocked.ts",
    "if (atMs < blocks.of[subject]!.untilOf(command.keys, subjectAt(subject))) return true;",
    "if (0 < blocks.of[subject]!.untilOf(command.keys, subjectAt(subject))) return true;",
  ),
  plant(
    "blocked winner",
    "src/core/draws/decide-draw.ts",
    "if (isUserBlocked(campaign, user, atMs)) return",
    "if (isUserBlocked(campaign, user, Number.MAX_VALUE)) return",
  ),
  plant(
    "cap that blocks a claim too early",
    "src/core/suspicion/decide-block.ts",
    "+ charge <= cap.limit);",
    "+ charge < cap.limit);",
  ),
  plant(
    "blocks missing from the snapshot",
    "src/core/state-parts.ts",
    "    ...blockColumns(campaign.blocks),\n",
    "",
  ),
  plant(
    "end of a block that was over",
    "src/core/suspicion/decide-block.ts",
    "if (atMs >= standing) return false;",
    "if (atMs > standing) return false;",
  ),
]);
