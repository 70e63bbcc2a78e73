// Surfaces for drills, and what they report: of users who are there and of strangers, at instants
// where something changes. Drawn from a stream of its own, so that campaigns without surfaces are
// what they are without this file.
import type { CampaignDefinition } from "../../src/core/definition.ts";
import type { Ask } from "./asks.ts";
import type { Auditor } from "./auditor.ts";
import { Chance } from "./chance.ts";

/** A stream beside the campaign's own. */
export function asideOfSurfaces({ assignment }: CampaignDefinition): Chance {
  return new Chance(Number.parseInt(assignment.salt.slice(16, 24), 16) | 1);
}

/** Gives some campaigns surfaces. */
export function withSurfaces(definition: CampaignDefinition): CampaignDefinition {
  const chance = asideOfSurfaces(definition);
  return chance.yes(0.25) ? { ...definition, surfaces: ["push", "banner"] } : definition;
}

export function someExposure(
  chance: Chance,
  { books }: Auditor,
  users: readonly string[],
  atMs: number,
): Ask {
  const { id, startsAtMs, endsAtMs } = books.definition;
  const lines = Array.from({ length: chance.int(1, 3) }, () => {
    const user = chance.yes(0.9) ? chance.pick(users) : "stranger";
    const { assignedAtMs = atMs, exposedAtMs = atMs } = books.users.get(user) ?? {};
    const near = chance.pick([assignedAtMs, exposedAtMs, startsAtMs, endsAtMs, atMs]);
    return { user, seenAtMs: Math.max(0, near + chance.pick([0, 0, -1, 1, -1000, 60_000])) };
  });
  const surface = chance.pick(["push", "banner", "banner", "banner", "poster"]);
  return { op: "see", campaign: id, surface, lines };
}
