// What offers can give: as far as the caps reach that hold for good, of which the budget of a wave
// is one, and the stock of an offer or the packets of a pot another. What a user, a day or a curve
// leaves for now is not looked at: it comes again.
import { type Cap, capApplies } from "../core/caps/caps.ts";
import {
  type CampaignDefinition,
  type CapDefinition,
  greatestOf,
  leastOf,
  type WaveDefinition,
} from "../core/definition.ts";
import { grantableUnder, isSecured } from "../core/money/exposure.ts";
import type { CampaignState } from "../core/state.ts";
import { waveOfOffer } from "../core/wave-of-offer.ts";

/** A cap that claims of an offer are charged to, and what its cells hold. */
export interface CapUse {
  definition: CapDefinition;
  used(row: number): number;
}

/** As if nothing were granted yet. */
export function unused({ definition }: Pick<Cap, "definition">): CapUse {
  return { definition, used: () => 0 };
}

/** @returns minor units; Infinity where nothing but the budget bounds it */
export function roomOf(
  { offers }: CampaignDefinition,
  offer: number,
  caps: readonly CapUse[],
): number {
  const { reward, wave } = offers[offer]!;
  const rooms = caps.flatMap(({ definition, used }) => {
    const { dimension, per, counts, limit, curve } = definition;
    const row = rowOf(dimension, offer, wave);
    if (row === null || per !== "total" || curve !== undefined) return [];
    const left = Math.max(0, limit - used(row));
    return [counts === "money" ? left : left * greatestOf(reward)];
  });
  const potMinor = reward.kind === "pot" ? reward.totalMinor : Number.POSITIVE_INFINITY;
  return Math.min(potMinor, ...rooms);
}

/** What can still be granted if this were the definition in force; pots have their own money. */
export function leftToGrant(campaign: CampaignState, by: CampaignDefinition, atMs: number): number {
  const isOver = campaign.phase === "ended" || campaign.phase === "closed" || atMs >= by.endsAtMs;
  const open = by.offers.flatMap((offer, i): OpenOffer[] => {
    const wave = waveOfOffer(by, offer);
    if (isOver || wave === null || wave.toMs <= atMs || offer.reward.kind === "pot") return [];
    const caps = capsUnder(campaign, by, i);
    const roomMinor = roomOf(by, i, caps);
    return roomMinor < leastOf(offer.reward) ? [] : [{ offer: i, wave, caps, roomMinor }];
  });
  const ofWaves = by.waves.map((wave) => {
    const own = open.filter((one) => one.wave === wave);
    const allMinor = own.reduce((sum, { roomMinor }) => sum + roomMinor, 0);
    return Math.min(allMinor, sharedRoom(by, own, /^wave/));
  });
  const leftMinor = Math.min(
    grantableUnder(campaign, by),
    sharedRoom(by, open, /^campaign$/),
    ofWaves.reduce((sum, minor) => sum + minor, 0),
  );
  return open.some(({ offer }) => leastOf(by.offers[offer]!.reward) <= leftMinor) ? leftMinor : 0;
}

interface OpenOffer {
  offer: number;
  wave: WaveDefinition;
  caps: readonly CapUse[];
  roomMinor: number;
}

/** As the caps of a definition are charged, of which a revision may have added some. */
function capsUnder(campaign: CampaignState, by: CampaignDefinition, offer: number): CapUse[] {
  return by.caps.flatMap((definition, i) => {
    if (definition.on !== "claim" || !capApplies(definition, by, offer)) return [];
    return [{ definition, used: (row) => campaign.caps[i]?.used(row, 0) ?? 0 }];
  });
}

/** What the caps leave to all of some offers together that count them together. */
function sharedRoom(
  by: CampaignDefinition,
  offers: readonly OpenOffer[],
  dimension: RegExp,
): number {
  const rooms = new Map<CapDefinition, number>();
  for (const { offer, caps } of offers) {
    for (const cap of caps) {
      if (!dimension.test(cap.definition.dimension)) continue;
      const before = rooms.get(cap.definition) ?? 0;
      rooms.set(cap.definition, Math.max(before, roomOf(by, offer, [cap])));
    }
  }
  return Math.min(...rooms.values());
}

/** As it stands. */
export function inUse(cap: Cap): CapUse {
  return { definition: cap.definition, used: (row) => cap.used(row, 0) };
}

/** Whether a wave has offers, and what is left grants the smallest reward of none of them. */
export function isUsedUp(campaign: CampaignState, wave: number): boolean {
  const own = offersOf(campaign, wave);
  return own.length > 0 && !own.some((offer) => canGrant(campaign, offer));
}

/** Of the waves that have not ended each that has offers is used up, and there is one. */
export function isAllUsedUp(campaign: CampaignState, atMs: number): boolean {
  const left = campaign.definition.waves.flatMap(({ toMs }, wave) => {
    return toMs > atMs && offersOf(campaign, wave).length > 0 ? [wave] : [];
  });
  return left.length > 0 && left.every((wave) => isUsedUp(campaign, wave));
}

function offersOf({ definition }: CampaignState, wave: number): number[] {
  return definition.offers.flatMap((offer, i) => {
    return waveOfOffer(definition, offer) === definition.waves[wave] ? [i] : [];
  });
}

function canGrant(campaign: CampaignState, offer: number): boolean {
  const { definition, claimCaps, grantableMinor } = campaign;
  const needed = leastOf(definition.offers[offer]!.reward);
  // The money of a pot was set aside: its packets say whether some is left.
  if (!isSecured(campaign, offer) && grantableMinor < needed) return false;
  return roomOf(definition, offer, claimCaps[offer]!.caps.map(inUse)) >= needed;
}

/** The one cell that all claims of the offer are charged to; null: each user has an own one. */
function rowOf(dimension: string, offer: number, wave: number): number | null {
  if (dimension === "offer") return offer;
  if (dimension === "wave") return wave;
  const isSingle = dimension === "campaign" || /^(wave|offer):/.test(dimension);
  return isSingle ? 0 : null;
}
