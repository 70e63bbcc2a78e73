// Small draws: one to four prizes, few entries, closings that coincide with other instants.
import type { CampaignDefinition, OfferDefinition } from "../../src/core/definition.ts";
import { addBeacon } from "./beacons.ts";
import { Chance } from "./chance.ts";
import { potCaps } from "./some-pot.ts";

const MINUTE = 60_000;
const HOUR = 60 * MINUTE;

/**
 * Adds a draw to some campaigns, where budget and time leave room; in some of these a public round
 * takes part. Takes nothing from the chance of the schedule.
 */
export function addDraw(definition: CampaignDefinition, unit: number): void {
  const { assignment, offers, startsAtMs, endsAtMs, closesAtMs, audiences } = definition;
  const chance = new Chance(Number.parseInt(assignment.salt.slice(16, 24), 16));
  const times = [startsAtMs + 1, startsAtMs + MINUTE, startsAtMs + HOUR, endsAtMs];
  const drawAtMs = Math.min(chance.pick(times), endsAtMs);
  const takeUpMs = Math.min(chance.pick([1, MINUTE, HOUR]), closesAtMs - drawAtMs);
  const left = Math.floor(freeMinor(definition) / unit);
  if (!chance.yes(0.3) || takeUpMs < 1 || left < 1) return;
  const prizes = somePrizes(chance, offers.length, left, takeUpMs, unit);
  definition.offers = [...offers, ...prizes];
  definition.caps.push(...potCaps(prizes));
  definition.draws = [
    {
      ...{ id: "sunday", title: "Sunday", opensAtMs: startsAtMs + chance.pick([0, 0, 0, 1]) },
      closesAtMs: Math.max(drawAtMs, startsAtMs + 2),
      audience: audiences.length > 0 && chance.yes(0.2) ? 0 : null,
      ...{ entriesPerUser: chance.pick([1, 2, 5]), winsPerUser: chance.pick([1, 1, 2]) },
    },
  ];
  if (definition.beacon === undefined && chance.yes(0.3)) addBeacon(definition, chance);
}

/** What no pot has set aside. */
function freeMinor({ offers, budgetMinor }: CampaignDefinition): number {
  return offers.reduce((left, { reward }) => {
    return reward.kind === "pot" ? left - reward.totalMinor : left;
  }, budgetMinor);
}

function somePrizes(
  chance: Chance,
  first: number,
  most: number,
  afterMs: number,
  unit: number,
): OfferDefinition[] {
  const prizes: OfferDefinition[] = [];
  let left = most;
  for (let i = chance.int(1, 2); i > 0 && left > 0; i--) {
    const amount = Math.min(left, chance.int(1, 3));
    const packets = Math.min(chance.int(1, 2), Math.floor(left / amount));
    left -= amount * packets;
    const minMinor = amount * unit;
    prizes.push({
      ...{ id: `prize-${first + prizes.length}`, title: "Prize", wave: 0, audience: null, draw: 0 },
      reward: {
        ...{ kind: "pot", totalMinor: minMinor * packets, packets, minMinor, maxMinor: minMinor },
      },
      expiry: { kind: "after", afterMs },
    });
  }
  return prizes;
}
