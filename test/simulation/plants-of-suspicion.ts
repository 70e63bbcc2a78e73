// Planted bugs of suspicion.
import { inSchedulesWith, type Plant, plant } from "./plant.ts";

export const SUSPICION_PLANTS: readonly Plant[] = inSchedulesWith("suspicion", [
  plant(
    "held grant redeemed",
    "src/core/grants/decide-grant.ts",
    "if (state === GRANT.held && atMs < campaign.expiresAtMs(grant)) {",
    "if (state === GRANT.held && atMs < 0) {",
  ),
  plant(
    "release that shortens",
    "src/core/state.ts",
    "Math.max(this.ruleExpiresAtMs(grant), ownExpiresAtMs(this, grant, this.definition));",
    "ownExpiresAtMs(this, grant, this.definition) || this.ruleExpiresAtMs(grant);",
  ),
  plant(
    "claw-back that returns spent money",
    "src/core/suspicion/decide-suspicion.ts",
    "const restMinor = stands && !over ? campaign.unspentMinor(grant) : 0;",
    "const restMinor = stands && !over ? campaign.grantAmount.get(grant) : 0;",
  ),
  plant(
    "claw-back that gives every count back",
    "src/core/suspicion/decide-suspicion.ts",
    "    const counts = countReturns(campaign, grant, spentMinor);\n",
    "    const counts = true;\n",
  ),
  plant(
    "released grant that the sweep takes by its class",
    "src/core/grants/decide-sweep.ts",
    "        if (livesByItself(campaign, grant)) continue;\n",
    "",
  ),
  plant(
    "reversal that releases a held grant",
    "src/core/grants/apply-grant.ts",
    "    if (campaign.grantState.get(grant) === GRANT.redeemed) {\n",
    "    if (campaign.grantState.get(grant) !== GRANT.live) {\n",
  ),
  plant(
    "receivable that forgets reversals",
    "src/core/grants/apply-grant.ts",
    "  campaign.suspicion.forgive(grant, amountMinor);\n",
    "",
  ),
]);
