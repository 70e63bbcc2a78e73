// Curves that dare: few points, at instants where something else happens too, with jumps and
// stretches in which nothing is released. Drawn from a stream of their own, so that campaigns
// without a curve stay as they are.
import type {
  CampaignDefinition,
  CapDefinition,
  CurveDefinition,
} from "../../src/core/definition.ts";
import { Chance } from "./chance.ts";

const MINUTE = 60_000;
const HOUR = 60 * MINUTE;

/** The caps of the waves that are paced. */
export function someCurves(definition: CampaignDefinition): CapDefinition[] {
  const chance = new Chance(Number.parseInt(definition.assignment.salt.slice(0, 7), 16));
  return definition.waves.flatMap(({ id, budgetMinor }) => {
    if (budgetMinor === null || chance.yes(0.3)) return [];
    return [
      {
        id: `wave-pacing:${id}`,
        dimension: `wave:${id}`,
        counts: "money",
        per: "total",
        limit: budgetMinor,
        on: "claim",
        refund: false,
        missing: "refuse",
        curve: someCurve(chance, definition, id),
      },
    ];
  });
}

export function someCurve(
  chance: Chance,
  { waves, startsAtMs, dayStartsMs }: CampaignDefinition,
  wave: string,
): CurveDefinition {
  const { fromMs, toMs } = waves.find(({ id }) => id === wave)!;
  const instants = [
    ...[fromMs, fromMs + 1, toMs - 1, toMs, startsAtMs + MINUTE],
    ...[fromMs + HOUR, startsAtMs + HOUR, Math.floor((fromMs + toMs) / 2)],
    ...dayStartsMs.flatMap((day) => [day, day + HOUR]),
    Math.ceil(fromMs / MINUTE) * MINUTE,
  ].filter((atMs) => atMs >= fromMs && atMs <= toMs);
  const atMs = new Set(Array.from({ length: chance.int(1, 4) }, () => chance.pick(instants)));
  const shares = Array.from({ length: 3 }, () => chance.pick([0, 0.1, 1 / 3, 0.5, 0.999, 1]));
  const cumulative = shares.sort((a, b) => a - b).slice(4 - atMs.size);
  const points = [...atMs]
    .sort((a, b) => a - b)
    .map((one, i) => ({ atMs: one, share: cumulative[i] ?? 1 }));
  return { points, unused: chance.pick(["now", "now", "spread"] as const) };
}
