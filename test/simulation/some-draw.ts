// Small draws: one to three prizes, few entries, closings that coincide with other instants.
import type {
  CampaignDefinition,
  DrawDefinition,
  OfferDefinition,
} from "../../src/core/definition.ts";
import type { Chance } from "./chance.ts";

const MINUTE = 60_000;
const HOUR = 60 * MINUTE;

type Span = Pick<CampaignDefinition, "startsAtMs" | "endsAtMs" | "closesAtMs">;

/** A draw, with its prizes put behind the offers; none where budget or time leave no room. */
export function someDraw(
  chance: Chance,
  offers: OfferDefinition[],
  { startsAtMs, endsAtMs, closesAtMs }: Span,
  audiences: boolean,
  leftMinor: number,
  unit: number,
): DrawDefinition[] {
  const times = [startsAtMs + 1, startsAtMs + MINUTE, startsAtMs + HOUR, endsAtMs];
  const drawAtMs = Math.min(chance.pick(times), endsAtMs);
  const takeUpMs = Math.min(chance.pick([1, MINUTE, HOUR]), closesAtMs - drawAtMs);
  const most = Math.floor(leftMinor / unit);
  if (takeUpMs < 1 || most < 1) return [];
  let left = most;
  for (let i = chance.int(1, 2); i > 0 && left > 0; i--) {
    const amount = Math.min(left, chance.int(1, 3));
    const packets = Math.min(chance.int(1, 2), Math.floor(left / amount));
    left -= amount * packets;
    const minMinor = amount * unit;
    offers.push({
      ...{ id: `prize-${offers.length}`, title: "Prize", wave: 0, audience: null, draw: 0 },
      reward: {
        ...{ kind: "pot", totalMinor: minMinor * packets, packets, minMinor, maxMinor: minMinor },
      },
      expiry: { kind: "after", afterMs: takeUpMs },
    });
  }
  return [
    {
      ...{ id: "sunday", title: "Sunday", opensAtMs: startsAtMs + chance.pick([0, 0, 0, 1]) },
      closesAtMs: Math.max(drawAtMs, startsAtMs + 2),
      audience: audiences && chance.yes(0.2) ? 0 : null,
      ...{ entriesPerUser: chance.pick([1, 2, 5]), winsPerUser: chance.pick([1, 1, 2]) },
    },
  ];
}
