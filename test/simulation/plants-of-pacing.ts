// Planted bugs of pacing.
import { type Plant, plant } from "./plant.ts";

const DECIDE = "src/core/decide-pace.ts";

export const PACING_PLANTS: readonly Plant[] = [
  plant(
    "paced when it just fits",
    600,
    DECIDE,
    "if (neededMinor <= pace.releasedMinor(atMs)) return null;",
    "if (neededMinor < pace.releasedMinor(atMs)) return null;",
  ),
  plant(
    "what came back released at once",
    1500,
    DECIDE,
    "const baseMinor = Math.min(released, pace.totalMinor);",
    "const baseMinor = Math.min(released + back, pace.totalMinor + back);",
  ),
  plant(
    "pacing that gives a place back",
    600,
    "src/core/refund.ts",
    "if (!cap.definition.refund ||",
    "if ((!cap.definition.refund && cap.pace === null) ||",
  ),
  plant(
    "told to come again a millisecond late",
    600,
    "src/core/pace.ts",
    "(ms) => this.releasedMinor(ms) >= minor",
    "(ms) => this.releasedMinor(ms) > minor",
  ),
  plant(
    "expired money re-enters before it has settled",
    [250, 600],
    "src/core/apply-grant.ts",
    "paceOf(campaign, grant)?.giveBackAt(freeAt, amountMinor);",
    "paceOf(campaign, grant)?.giveBack(amountMinor);",
  ),
  plant(
    "snapshot that forgets a curve's course",
    1500,
    "src/core/state-parts.ts",
    "if (cap.pace !== null && kept.pace !== undefined) cap.pace.now =",
    "if (kept.pace !== undefined && cap.pace === null) kept.pace =",
  ),
  plant(
    "unused money stays where it should be spread",
    1500,
    DECIDE,
    "const released = isSpread ? cap.used(0, 0) : pace.releasedMinor(atMs);",
    "const released = pace.releasedMinor(atMs);",
  ),
  plant(
    "revision that takes back what was released and not used",
    1500,
    DECIDE,
    "const baseMinor = Math.min(pace.releasedMinor(atMs), total);",
    "const baseMinor = Math.min(cap.used(0, 0), total);",
  ),
];
