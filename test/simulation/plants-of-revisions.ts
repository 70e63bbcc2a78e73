// Planted bugs of revisions.
import { inSchedulesWith, type Plant, plant } from "./plant.ts";

export const REVISION_PLANTS: readonly Plant[] = inSchedulesWith("revisions", [
  plant(
    "snapshot that forgets a revision",
    "src/host/writer/file-snapshots.ts",
    "const campaign = new CampaignState(ordinal, definition, keys, state.hashBits);",
    "const campaign = new CampaignState(ordinal, opening.definition, keys, state.hashBits);",
  ),
  plant(
    "refund to a cap that never charged",
    "src/core/money/refund.ts",
    "const charged = campaign.capCounts[campaign.grantVersion.get(grant)]!;",
    "const charged = campaign.capCounts.at(-1)!;",
  ),
  plant(
    "expired grant revived by a revision",
    "src/core/revision/revision.ts",
    "const alive = moved ? firstNot(isOver, each.from, end) : end;",
    "const alive = moved ? each.cursor : end;",
  ),
  plant(
    "grant that a later rule ends earlier",
    "src/core/revision/revision.ts",
    "    const gains = (position: number): boolean =>\n",
    "    const gains = (position: number): boolean =>\n      atMs > 0 ||\n",
  ),
  plant(
    "limit that can only rise",
    "src/core/caps/caps.ts",
    "    this.limit = definition.limit;\n    this.highest = Math.max",
    "    this.limit = Math.max(this.limit, definition.limit);\n    this.highest = Math.max",
  ),
  plant(
    "consent to one's own proposal",
    "src/core/revision/decide-revision.ts",
    'return proposal.by === by ? outcome("own_proposal") : null;',
    'return by === null ? outcome("own_proposal") : null;',
  ),
  plant(
    "consent to another proposal than was seen",
    "src/core/revision/decide-revision.ts",
    'if (digest !== ANY && digest !== proposal.digest) return outcome("unknown_proposal");',
    "",
  ),
  plant(
    "consent that passes for another one's",
    "src/core/revision/decide-revision.ts",
    "if (version === campaign.version && digest === lastRevision?.digest) {",
    "if (version === campaign.version) {",
  ),
  plant(
    "snapshot that forgets who agreed",
    "src/core/state-parts.ts",
    "  campaign.lastRevision = scalars.lastRevision;\n",
    "",
  ),
  plant(
    "revision that changes nothing and uses up a version",
    "src/core/revision/decide-revision.ts",
    'if (isInForce) return outcome("ok");',
    "",
  ),
]);
