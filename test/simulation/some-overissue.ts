// Over-issue by seed: in some campaigns more is out than a small budget holds, so that holders are
// refused. Taken from the salt, so that other draws of a seed stay what they were.
import type { CampaignDefinition, OverissueDefinition } from "../../src/core/definition.ts";
import { potsMinor } from "./auditor-revision.ts";

const FACTORS = [1, 1.0001, 1.25, 1.3333, 1.5, 2, 2, 2, 3];
const UNITS = [1, 2, 2, 3, 4];
const ONE_IN = 5;

/** Lets some campaigns give out more than they have. */
export function overissueSome(definition: CampaignDefinition, unit: number): void {
  const number = Number.parseInt(definition.assignment.salt.slice(8, 16), 16);
  if (number % ONE_IN > 0) return;
  const pick = <T>(values: readonly T[], by: number): T => {
    return values[Math.floor(number / by) % values.length]!;
  };
  definition.overissue = someOverissue(pick(FACTORS, ONE_IN));
  const budgetMinor = potsMinor(definition) + pick(UNITS, 64) * unit + pick([0, 0, 1], 512);
  definition.budgetMinor = Math.min(definition.budgetMinor, budgetMinor);
  if (pick([true, true, false], 2048)) loosen(definition);
}

/** Nothing but the budget limits, so that it is reached within a schedule's few commands. */
function loosen(definition: CampaignDefinition): void {
  const { caps, offers, waves, closesAtMs, startsAtMs, endsAtMs, assignment } = definition;
  definition.caps = caps.filter(({ id }) => id.startsWith("pot:"));
  // What expires settles while claims are still taken.
  definition.settlingLagMs = 0;
  assignment.holdoutShare = 0;
  assignment.source = "hash";
  for (const wave of waves) {
    wave.budgetMinor = null;
    [wave.fromMs, wave.toMs] = [startsAtMs, endsAtMs];
  }
  for (const offer of offers) {
    if (offer.draw !== undefined) continue;
    offer.audience = null;
    delete offer.eligible;
    delete offer.maturesMs;
    if (offer.expiry.kind === "at") offer.expiry.atMs = closesAtMs;
  }
}

/** So little is expected to be redeemed that no factor is refused. */
export function someOverissue(factor: number): OverissueDefinition {
  return { factor, redeemedShare: 0.01, deviation: 0.001, atMost: 0.9 };
}
