// Planted bugs of compensation.
import { type Plant, plant } from "./plant.ts";

export const COMPENSATION_PLANTS: readonly Plant[] = [
  plant(
    "made good for who had nothing to lose",
    "src/core/compensation/decide-compensation.ts",
    '  if (!couldLose(campaign, user, command.grant)) return outcome("not_eligible");\n',
    "",
  ),
  plant(
    "lost grant made good by every list",
    "src/host/compensate.ts",
    '["grant", grant]',
    '["grant", batch, grant!]',
  ),
  plant(
    "batch with more grants than its list has lines",
    "src/core/compensation/compensations.ts",
    "if (stated !== undefined) stated.grants += 1;",
    "if (stated === undefined) throw new RangeError(campaign.definition.id);",
  ),
  plant(
    "money to make good granted to others",
    "src/core/state.ts",
    "return this.books.setAsideMinor + this.compensationMinor;",
    "return this.books.setAsideMinor;",
  ),
  plant(
    "compensation that anybody can claim",
    "src/core/grants/decide-claim.ts",
    '  if (offer === campaign.compensationOffer) return outcome("not_eligible");\n',
    "",
  ),
  plant(
    "snapshot that forgets which lists were made good",
    "src/core/state-parts.ts",
    "  campaign.compensations = structuredClone(scalars.compensations);\n",
    "",
  ),
];
