// What a campaign means to have granted by when: by the curves and the budgets of its waves, and
// evenly what belongs to none of them.
import type { PlannedBy, PlannedPoint } from "../../contract/schema/live.ts";
import type { CampaignDefinition, CurvePoint } from "../../core/definition.ts";
import { shareAt } from "../../core/pacing/pace.ts";

/** More are not told apart on a screen. */
const MOST_POINTS = 240;

interface Part {
  minor: number;
  points: readonly CurvePoint[];
}

export interface PlannedBurn {
  plan: PlannedPoint[];
  planBy: PlannedBy;
}

/** As the file in force says: what came back since and re-enters a curve is not in it. */
export function plannedBurn(definition: CampaignDefinition): PlannedBurn {
  const { budgetMinor } = definition;
  const curves = curvesOf(definition);
  const waves = unpaced(definition);
  const parts = [...curves, ...waves, ...restOf(definition, [...curves, ...waves])];
  const instants = thinned(parts.flatMap(({ points }) => points.map(({ atMs }) => atMs)));
  const plan = instants.map((atMs) => {
    const sum = parts.reduce((all, { minor, points }) => all + minor * shareAt(points, atMs), 0);
    return { atMs, minor: Math.round(Math.min(budgetMinor, sum)) };
  });
  const planBy = curves.length > 0 ? "curves" : waves.length > 0 ? "waves" : "even";
  return { plan, planBy };
}

function curvesOf({ caps }: CampaignDefinition): Part[] {
  return caps.flatMap(({ curve, limit }) => {
    return curve === undefined ? [] : [{ minor: limit, points: curve.points }];
  });
}

/** Waves with money of their own and without a curve. */
function unpaced(definition: CampaignDefinition): Part[] {
  return definition.waves.flatMap(({ id, budgetMinor, fromMs, toMs }) => {
    if (budgetMinor === null || isPaced(definition, id)) return [];
    return [{ minor: budgetMinor, points: evenlyOver(fromMs, toMs) }];
  });
}

/** Of the waves without money of their own; where there are none, of the whole campaign. */
function restOf(definition: CampaignDefinition, parts: readonly Part[]): Part[] {
  const { budgetMinor, startsAtMs, endsAtMs, waves } = definition;
  const rest = budgetMinor - parts.reduce((all, { minor }) => all + minor, 0);
  if (parts.length > 0 && rest <= 0) return [];
  const shared = waves.filter((wave) => wave.budgetMinor === null && !isPaced(definition, wave.id));
  if (parts.length === 0 || shared.length === 0) {
    return [{ minor: rest, points: evenlyOver(startsAtMs, endsAtMs) }];
  }
  const fromMs = Math.min(...shared.map((wave) => wave.fromMs));
  const toMs = Math.max(...shared.map((wave) => wave.toMs));
  return [{ minor: rest, points: evenlyOver(fromMs, toMs) }];
}

function isPaced({ caps }: CampaignDefinition, wave: string): boolean {
  return caps.some(({ curve, dimension }) => curve !== undefined && dimension === `wave:${wave}`);
}

function evenlyOver(fromMs: number, toMs: number): CurvePoint[] {
  return [
    { atMs: fromMs, share: 0 },
    { atMs: toMs, share: 1 },
  ];
}

function thinned(instants: readonly number[]): number[] {
  const all = [...new Set(instants)].sort((a, b) => a - b);
  const each = Math.ceil(all.length / MOST_POINTS);
  return all.filter((_, i) => i % each === 0 || i === all.length - 1);
}
