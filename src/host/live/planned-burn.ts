// What a campaign means to have granted by when: by the curves and the budgets of its waves, and
// evenly what belongs to none of them.
import type { PlannedBy, PlannedPoint } from "../../contract/schema/live.ts";
import type { Cap } from "../../core/caps/caps.ts";
import type { WaveDefinition } from "../../core/definition.ts";
import { shareAt } from "../../core/pacing/pace.ts";
import type { CampaignState } from "../../core/state.ts";
import { waveOfOffer } from "../../core/wave-of-offer.ts";
import { roomOf, unused } from "../room.ts";

/** More are not told apart on a screen. */
const MOST_POINTS = 240;

/** What is let out by an instant, and the instants between which that is a straight line. */
interface Part {
  minor: number;
  knots: readonly number[];
  releasedMinor(atMs: number): number;
}

export interface PlannedBurn {
  plan: PlannedPoint[];
  planBy: PlannedBy;
}

type Planned = Pick<CampaignState, "definition" | "paces" | "claimCaps">;

/** Of a curve what the engine itself lets out; it may be more than the budget: gross issue is. */
export function plannedBurn(campaign: Planned): PlannedBurn {
  const { definition, paces } = campaign;
  const curves = curvesOf(campaign);
  const waves = unpaced(campaign);
  const parts = [...curves, ...waves, ...restOf(campaign, [...curves, ...waves])];
  const { startsAtMs, endsAtMs } = definition;
  const knots = parts.flatMap((part) => part.knots);
  const instants = thinned([startsAtMs, ...knots, endsAtMs]);
  const backMinor = sumOf(paces.map((cap) => Math.max(0, returnedTo(cap))));
  const mostMinor = definition.budgetMinor + backMinor;
  const plan = instants.map((atMs) => {
    const minor = sumOf(parts.map((part) => part.releasedMinor(atMs)));
    return { atMs, minor: Math.round(Math.min(mostMinor, minor)) };
  });
  const planBy = curves.length > 0 ? "curves" : waves.length > 0 ? "waves" : "even";
  return { plan, planBy };
}

/** What came back to a wave and goes out by its curve once more. */
function returnedTo(cap: Cap | null): number {
  return cap === null ? 0 : cap.pace!.totalMinor - cap.definition.limit;
}

/** Curves of waves that have something to give. */
function curvesOf(campaign: Planned): Part[] {
  return campaign.definition.waves.flatMap((wave, i) => {
    const cap = campaign.paces[i] ?? null;
    return cap === null || reachOf(campaign, wave) === 0 ? [] : [curvePart(wave, cap)];
  });
}

/**
 * From where the curve was last revised it is the one in force. Of the time before the books know
 * what was let out by then: the shape of the curve, where it has one there, else a straight line.
 */
function curvePart({ fromMs }: WaveDefinition, { definition, pace }: Cap): Part {
  const { curve, now } = pace!;
  const { points } = curve;
  const sinceMs = Math.max(fromMs, now.fromMs);
  const share = shareAt(points, sinceMs);
  const ends = [fromMs, points.at(-1)!.atMs];
  return {
    minor: definition.limit,
    knots: [...ends, sinceMs, ...points.map(({ atMs }) => atMs)],
    releasedMinor: (atMs) => {
      if (atMs >= sinceMs) return pace!.releasedMinor(atMs);
      const part = (atMs - fromMs) / (sinceMs - fromMs);
      const passed = share > 0 ? shareAt(points, atMs) / share : Math.max(0, part);
      return passed * now.baseMinor;
    },
  };
}

/** Waves with money of their own and without a curve. */
function unpaced(campaign: Planned): Part[] {
  return campaign.definition.waves.flatMap((wave, i) => {
    const { budgetMinor, fromMs, toMs } = wave;
    if (budgetMinor === null || campaign.paces[i]) return [];
    return evenly(Math.min(budgetMinor, reachOf(campaign, wave)), fromMs, toMs);
  });
}

/**
 * What no wave has for itself, as far as some offer can give it: prizes and what is made good all
 * along, the others while the waves last that share it.
 */
function restOf(campaign: Planned, parts: readonly Part[]): Part[] {
  const { budgetMinor, startsAtMs, endsAtMs, waves } = campaign.definition;
  const restMinor = budgetMinor - sumOf(parts.map(({ minor }) => minor));
  const besideMinor = Math.min(restMinor, reachOf(campaign, null));
  const sharing = waves.filter((wave) => {
    return wave.budgetMinor === null && reachOf(campaign, wave) > 0;
  });
  const reachedMinor = sumOf(sharing.map((wave) => reachOf(campaign, wave)));
  const fromMs = Math.min(...sharing.map((wave) => wave.fromMs));
  const toMs = Math.max(...sharing.map((wave) => wave.toMs));
  return [
    ...evenly(besideMinor, startsAtMs, endsAtMs),
    ...evenly(Math.min(restMinor - besideMinor, reachedMinor), fromMs, toMs),
  ];
}

/** The most that offers of a wave can give in all; null: of those that belong to none. */
function reachOf({ definition, claimCaps }: Planned, wave: WaveDefinition | null): number {
  const rooms = definition.offers.map((one, offer) => {
    if (waveOfOffer(definition, one) !== wave) return 0;
    return roomOf(definition, offer, claimCaps[offer]!.caps.map(unused));
  });
  return sumOf(rooms);
}

function sumOf(all: readonly number[]): number {
  return all.reduce((sum, one) => sum + one, 0);
}

function evenly(minor: number, fromMs: number, toMs: number): Part[] {
  if (!(minor > 0)) return [];
  const points = [
    { atMs: fromMs, share: 0 },
    { atMs: toMs, share: 1 },
  ];
  return [{ minor, knots: [fromMs, toMs], releasedMinor: (atMs) => minor * shareAt(points, atMs) }];
}

function thinned(instants: readonly number[]): number[] {
  const all = [...new Set(instants)].sort((a, b) => a - b);
  const each = Math.ceil(all.length / MOST_POINTS);
  return all.filter((_, i) => i % each === 0 || i === all.length - 1);
}
