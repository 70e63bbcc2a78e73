// Planted bugs of conditions and lists.
import { inSchedulesWith, type Plant, plant } from "./plant.ts";

export const CONDITION_PLANTS: readonly Plant[] = inSchedulesWith("conditions", [
  plant(
    "condition without an answer lets in",
    "src/contract/eligibility/compile.ts",
    "    // The library's own words may repeat a value.\n",
    "    return null;\n",
  ),
  plant(
    "missing fact lets in",
    "src/contract/eligibility/compile.ts",
    "    if (unknown !== null) return",
    "    if (unknown !== null) return null;\n    if (unknown !== null) return",
  ),
  plant(
    "condition of before the revision",
    "src/host/writer/request.ts",
    "    this.eligibility.revise(definition);",
    "    const self = this as { compiled?: boolean };\n" +
      "    if (self.compiled !== true) this.eligibility.revise(definition);\n" +
      "    self.compiled = true;",
  ),
  plant(
    "condition asked before the replay",
    "src/core/grants/decide-claim.ts",
    '  if (!command.eligible) return outcome("not_eligible");\n',
    "",
    {
      file: "src/core/grants/decide-claim.ts",
      find: "  if (bound >= 0) return replayOfClaim(campaign, bound);\n",
      replace:
        '  if (!command.eligible) return outcome("not_eligible");\n' +
        "  if (bound >= 0) return replayOfClaim(campaign, bound);\n",
    },
  ),
  plant(
    "assigned before the condition",
    "src/core/grants/decide-claim.ts",
    '  if (!command.eligible) return outcome("not_eligible");\n',
    "",
    {
      file: "src/core/grants/decide-claim.ts",
      find: '  if (arm < 0) return outcome("assignment_missing");\n  // A user',
      replace:
        '  if (arm < 0) return outcome("assignment_missing");\n' +
        '  if (!command.eligible) return outcome("not_eligible");\n  // A user',
    },
  ),
  plant(
    "snapshot that forgets which lists hold",
    "src/core/state-parts.ts",
    "  campaign.lists = structuredClone(scalars.lists);\n",
    "",
  ),
]);
