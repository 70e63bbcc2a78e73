// Planted bugs of rehearsals, and of letting users in by lot.
import { type Plant, plant } from "./plant.ts";

export const MODE_PLANTS: readonly Plant[] = [
  plant(
    "redemption in a rehearsal",
    "src/core/grants/decide-grant.ts",
    '  if (campaign.definition.rehearsal === true) return about(campaign, "rehearsal", grant);\n',
    "",
  ),
  plant(
    "grant of a rehearsal that looks live",
    "src/core/grants/write-grant.ts",
    "campaign.definition.rehearsal === true ? REHEARSED : 0",
    "0",
  ),
  plant(
    "rehearsal that becomes live by a revision",
    "src/contract/campaign-file/check-revision.ts",
    "  if (before.rehearsal !== after.rehearsal) {",
    "  if (before.id !== after.id) {",
  ),
  plant(
    "user let in above the share",
    "src/core/assignment/grey.ts",
    "return HASH[0]! < this.below;",
    "return HASH[0]! < this.below + 2 ** 29;",
  ),
  plant(
    "larger share that lets in others",
    "src/core/assignment/grey.ts",
    "this.below = share * TWO_32;",
    "this.below = share * TWO_32;\n    key[0]! ^= Math.round(share * 100);",
  ),
  plant(
    "revision that reshuffles who is let in",
    "src/contract/campaign-file/check-grey.ts",
    "  if (after.salt !== before.salt) {",
    "  if (after.salt.length !== before.salt.length) {",
  ),
  plant(
    "revision that shuts users out again",
    "src/contract/campaign-file/check-grey.ts",
    "  if (!(after.share >= before.share)) {",
    "  if (!(after.share >= 0)) {",
  ),
  plant(
    "offers shown to who is not let in",
    "src/core/decide-campaign.ts",
    "  if (keptOut(campaign, command, atMs) !== null) return [];\n",
    "",
  ),
  plant(
    "code for who is not let in",
    "src/core/invites/decide-invite.ts",
    "  if (early !== null) return early;\n",
    "",
  ),
];
