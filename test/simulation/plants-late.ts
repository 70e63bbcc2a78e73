// Planted bugs of payments that were made in time and told late, or that no reward could cover.
import { type Plant, plant } from "./plant.ts";

export const LATE_PLANTS: readonly Plant[] = [
  plant(
    "late payment made at the grant's end",
    "src/core/money/late-payment.ts",
    "paidAtMs >= campaign.expiresAtMs(grant)) return 0;",
    "paidAtMs > campaign.expiresAtMs(grant)) return 0;",
  ),
  plant(
    "late payment that leaves its money settling",
    "src/core/grants/apply-grant.ts",
    "  if (settled) takeSettling(campaign, grant, readWide(words, endOf(words, at) - 2), amountMinor);\n",
    "  if (settled) campaign.books.settlingMinor -= 0;\n",
  ),
  plant(
    "late payment that leaves its grant's rest",
    "src/core/grants/decide-grant.ts",
    "const restMinor = settles ? campaign.unspentMinor(grant) : campaign.restMinor(grant);",
    "const restMinor = settles ? campaign.grantAmount.get(grant) : campaign.restMinor(grant);",
  ),
  plant(
    "late payment whose reversal fills the claim's caps a second time",
    "src/core/grants/decide-grant.ts",
    "if (!again && (campaign.late.redemption.get(redemption) & LATE.settling) === 0) {",
    "if (!again) {",
  ),
  plant(
    "contingency line that never runs out",
    "src/core/money/cover.ts",
    "const chargedMinor = Math.min(amountMinor, contingencyLeft(campaign));",
    "const chargedMinor = campaign.definition.contingency === undefined ? 0 : amountMinor;",
  ),
  plant(
    "payment borne although the grant can pay",
    "src/core/money/cover.ts",
    'if (status === "expired" && lateFlags(campaign, grant, paidAtMs, atMs) !== 0) {',
    'if (status === "expired" && lateFlags(campaign, grant, paidAtMs, atMs) > 1) {',
  ),
  plant(
    "grant that is borne twice",
    "src/core/money/cover.ts",
    "Math.max(0, grantAmount.get(grant) - late.grantCovered.get(grant));",
    "Math.max(0, grantAmount.get(grant) - 0 * late.grantCovered.get(grant));",
  ),
  plant(
    "payment taken back twice",
    "src/core/money/decide-uncover.ts",
    "if (late.coverTakenBack.get(cover) === 1)",
    "if (late.coverTakenBack.get(cover) === 2)",
  ),
  plant(
    "payment borne that is recorded already",
    "src/core/money/cover.ts",
    "if (campaign.redemptionReversed.get(redemption) === 0) return redemption;",
    "if (campaign.redemptionReversed.get(redemption) === 2) return redemption;",
  ),
  plant(
    "loss that goes silent",
    "src/core/money/cover.ts",
    "  books.lossMinor += lostMinor;\n",
    "",
  ),
  plant(
    "what was borne is forgotten at a restart",
    "src/core/money/late-books.ts",
    '    ["cover-charged-low", coverCharged.low],\n',
    "",
  ),
];
