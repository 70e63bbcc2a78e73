// Planted bugs of invites.
import { inSchedulesWith, type Plant, plant } from "./plant.ts";

export const INVITE_PLANTS: readonly Plant[] = inSchedulesWith("invites", [
  plant(
    "both sides of an invite past a shared cap",
    "src/core/caps/charge.ts",
    "(earlier === null ? 0 : chargeOf(earlier, cap, row, window))",
    "(earlier === null ? 0 : 0 * chargeOf(earlier, cap, row, window))",
  ),
  plant(
    "both sides of an invite past the budget",
    "src/core/invites/decide-accept.ts",
    "const bothMinor = INVITER.amountMinor + INVITED.amountMinor;",
    "const bothMinor = Math.max(INVITER.amountMinor, INVITED.amountMinor);",
  ),
  plant(
    "inviter paid twice",
    "src/core/invites/decide-accept.ts",
    "  writeGranted(campaign, INVITED, atMs, out);",
    "  writeGranted(campaign, { ...INVITER, grant: INVITED.grant } as GrantSide, atMs, out);",
  ),
  plant(
    "invited in a circle",
    "src/core/invites/decide-accept.ts",
    "if (user >= 0 && ancestor === user) return",
    "if (user >= 0 && ancestor === user && step > 64) return",
  ),
  plant(
    "code used once too often",
    "src/core/invites/decide-accept.ts",
    "invites.used.get(invite) >= uses",
    "invites.used.get(invite) > uses",
  ),
  plant(
    "code that nobody can accept",
    "src/core/invites/decide-invite.ts",
    "  if (lacking !== null) return missingAttribute(lacking);\n",
    "",
  ),
  plant(
    "column of invites missing from the snapshot",
    "src/core/invites/invites.ts",
    '      ["invite-used", this.used],\n',
    "",
  ),
]);
