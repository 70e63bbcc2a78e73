// The end that a grant has by what was done to it alone, beside that of its class.
import type { CampaignDefinition } from "../definition.ts";
import type { Extensions } from "./extensions.ts";
import type { Suspicion } from "./suspicion.ts";

/**
 * Until when a grant lives at least, whatever its class says: by its last release and by its last
 * extension, whichever is later; 0: neither was.
 */
export function ownExpiresAtMs(
  { suspicion, extensions }: { suspicion: Suspicion; extensions: Extensions },
  grant: number,
  { startsAtMs, closesAtMs }: Pick<CampaignDefinition, "startsAtMs" | "closesAtMs">,
): number {
  const graceMs = suspicion.graceOf(grant);
  const extendedMs = extensions.untilOf(grant);
  if (graceMs === 0) return extendedMs;
  return Math.max(extendedMs, Math.min(startsAtMs + graceMs, closesAtMs));
}
