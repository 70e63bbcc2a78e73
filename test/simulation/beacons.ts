// Public rounds in drills: some campaigns of luck promise one, and the workload hands values in,
// right and wrong, early and late, and twice.
import { roundAtMs } from "../../src/base/drand.ts";
import type { BeaconInput } from "../../src/contract/schema/beacon.ts";
import type { CampaignDefinition } from "../../src/core/definition.ts";
import type { Ask } from "./asks.ts";
import type { AuditorBooks } from "./auditor-books.ts";
import { Chance } from "./chance.ts";
import { drillChain, drillRound } from "./drill-chain.ts";

const MINUTE = 60_000;
const PERIOD = 30_000;
/** One campaign of luck in so many: a check of a signature takes as long as thousands of claims. */
const ONE_IN = 5;

/** Promises a round, in some campaigns. Takes nothing from the chance of the schedule. */
export function promiseRound(definition: CampaignDefinition): void {
  const { assignment, offers } = definition;
  const own = new Chance(Number.parseInt(assignment.salt.slice(8, 16), 16));
  if (!offers.some(({ reward }) => reward.kind !== "fixed") || !own.yes(1 / ONE_IN)) return;
  addBeacon(definition, own);
}

export function addBeacon(definition: CampaignDefinition, chance: Chance): void {
  const { startsAtMs } = definition;
  const chain = drillChain(startsAtMs - 10 * MINUTE, PERIOD);
  definition.beacon = { chain, round: 0 };
  moveRound(definition, startsAtMs + chance.pick([1, MINUTE, 10 * MINUTE]));
}

/** Promises the first round that is a minute ahead; a chain begins with round 1. */
export function moveRound({ beacon }: CampaignDefinition, atMs: number): void {
  if (beacon === undefined) return;
  const { chain } = beacon;
  const ahead = (atMs + MINUTE - chain.genesisAtMs) / chain.periodMs;
  beacon.round = Math.max(1, Math.ceil(ahead) + 1);
}

/** What somebody hands in now; nothing, most of the time. */
export function someHandIn(
  chance: Chance,
  { id, beacon }: CampaignDefinition,
  isIn: boolean,
  atMs: number,
): Ask[] {
  if (beacon === undefined) return [];
  const isDue = atMs >= roundAtMs(beacon.chain, beacon.round);
  if (!chance.yes(isIn ? 0.04 : isDue ? 0.4 : 0.06)) return [];
  const value = chance.yes(0.7) ? drillRound(beacon.round) : wrongValue(chance, beacon.round);
  return [{ op: "beacon", campaign: chance.yes(0.02) ? "elsewhere" : id, value }];
}

/** What somebody hands in for a draw: its round, once it is closed, or one that is like it. */
export function someDrawHandIn(chance: Chance, books: AuditorBooks, atMs: number): Ask[] {
  const { id, beacon } = books.definition;
  if (beacon === undefined) return [];
  return books.lots.flatMap(({ round, randomness }): Ask[] => {
    if (round === null) return [];
    const isDue = atMs >= roundAtMs(beacon.chain, round);
    if (!chance.yes(randomness !== null ? 0.04 : isDue ? 0.4 : 0.1)) return [];
    const value = chance.yes(0.7) ? drillRound(round) : wrongValue(chance, round);
    return [{ op: "beacon", campaign: id, value }];
  });
}

/** Wrong in one way; or right for a round beside it, which mostly nothing waits for. */
function wrongValue(chance: Chance, round: number): BeaconInput {
  const right = drillRound(round);
  return chance.pick<BeaconInput>([
    drillRound(round - 1),
    drillRound(round + 1),
    { ...right, round: round + 1 },
    { ...drillRound(round - 1), round },
    { ...right, randomness: "0".repeat(64) },
    { ...right, previous_signature: right.signature },
  ]);
}
