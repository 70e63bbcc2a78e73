// What a campaign means to have granted by when: by the curves of its file, else evenly.
import type { PlannedPoint } from "../../contract/schema/live.ts";
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
  isCurve: boolean;
}

/** As the file in force says: what came back since and re-enters a curve is not in it. */
export function plannedBurn(definition: CampaignDefinition): PlannedBurn {
  const { budgetMinor, startsAtMs, endsAtMs } = definition;
  const curves = curvesOf(definition);
  const isCurve = curves.length > 0;
  const evenly = { minor: budgetMinor, points: evenlyOver(startsAtMs, endsAtMs) };
  const parts = isCurve ? [...curves, ...unpaced(definition)] : [evenly];
  const instants = thinned(parts.flatMap(({ points }) => points.map(({ atMs }) => atMs)));
  const plan = instants.map((atMs) => {
    const sum = parts.reduce((all, { minor, points }) => all + minor * shareAt(points, atMs), 0);
    return { atMs, minor: Math.round(Math.min(budgetMinor, sum)) };
  });
  return { plan, isCurve };
}

function curvesOf({ caps }: CampaignDefinition): Part[] {
  return caps.flatMap(({ curve, limit }) => {
    return curve === undefined ? [] : [{ minor: limit, points: curve.points }];
  });
}

/** Waves with money of their own and without a curve. */
function unpaced({ caps, waves }: CampaignDefinition): Part[] {
  const paced = new Set(
    caps.flatMap(({ curve, dimension }) => (curve === undefined ? [] : [dimension])),
  );
  return waves.flatMap(({ id, budgetMinor, fromMs, toMs }) => {
    if (budgetMinor === null || paced.has(`wave:${id}`)) return [];
    return [{ minor: budgetMinor, points: evenlyOver(fromMs, toMs) }];
  });
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
