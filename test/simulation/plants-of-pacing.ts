// Planted bugs of pacing.
import { inSchedulesWith, type Plant, plant } from "./plant.ts";

const DECIDE = "src/core/pacing/decide-pace.ts";

export const PACING_PLANTS: readonly Plant[] = inSchedulesWith("curves", [
  plant(
    "paced when it just fits",
    DECIDE,
    "if (neededMinor <= pace.releasedMinor(atMs)) return null;",
    "if (neededMinor < pace.releasedMinor(atMs)) return null;",
  ),
  plant(
    "what came back released at once",
    DECIDE,
    "const baseMinor = Math.min(released, pace.totalMinor);",
    "const baseMinor = Math.min(released + back, pace.totalMinor + back);",
  ),
  plant(
    "pacing that gives a place back",
    "src/core/money/refund.ts",
    "if (!cap.definition.refund ||",
    "if ((!cap.definition.refund && cap.pace === null) ||",
  ),
  plant(
    "told to come again a millisecond late",
    "src/core/pacing/pace.ts",
    "(ms) => this.releasedMinor(ms) >= minor",
    "(ms) => this.releasedMinor(ms) > minor",
  ),
  plant(
    "told to come again before an unused hour is spread",
    DECIDE,
    "if (looks === LOOKS_AHEAD) return nextMs;",
    "if (looks === 0) return pace.whenReleased(neededMinor, startMs);",
  ),
  plant(
    "expired money re-enters before it has settled",
    "src/core/grants/apply-grant.ts",
    "paceOf(campaign, grant)?.giveBackAt(freeAt, amountMinor);",
    "paceOf(campaign, grant)?.giveBack(amountMinor);",
  ),
  plant(
    "a prize that comes back re-enters the curve of the first wave",
    "src/core/pacing/pace-event.ts",
    "campaign.claimCaps[campaign.grantOffer(grant)]!.paced?.pace",
    "campaign.paces[campaign.definition.offers[campaign.grantOffer(grant)]!.wave]?.pace",
  ),
  plant(
    "snapshot that forgets a curve's course",
    "src/core/state-parts.ts",
    "if (cap.pace !== null && kept.pace !== undefined) cap.pace.now =",
    "if (kept.pace !== undefined && cap.pace === null) kept.pace =",
  ),
  plant(
    "unused money stays where it should be spread",
    DECIDE,
    "const released = isSpread ? issuedMinor : pace.releasedMinor(atMs);",
    "const released = pace.releasedMinor(atMs);",
  ),
  plant(
    "revision that takes back what was released and not used",
    DECIDE,
    "...pace.goesOn(limit - before.limit, atMs)",
    "...pace.goesOn(limit - before.limit, atMs), baseMinor: cap.used(0, 0)",
  ),
]);
