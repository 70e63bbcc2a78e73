// What the auditor says of room: which waves can grant nothing any more, what a revision leaves to
// grant, which of its limits are below what was given, and what is held.
import type { CampaignDefinition, OfferDefinition } from "../../src/core/definition.ts";
import type { AuditorBooks } from "./auditor-books.ts";

/** A wave with offers, of which not even the smallest reward fits. */
export function isSpent(books: AuditorBooks, wave: number): boolean {
  const { offers } = books.definition;
  const own = offers.flatMap((offer, i) => {
    const isClaimed = offer.draw === undefined && offer.reward.kind !== "compensation";
    return isClaimed && offer.wave === wave ? [i] : [];
  });
  return own.length > 0 && own.every((offer) => !fits(books, offer));
}

function fits(books: AuditorBooks, offer: number): boolean {
  const { caps, offers } = books.definition;
  const { reward, wave } = offers[offer]!;
  const smallest = smallestOf(reward);
  if (reward.kind !== "pot" && books.grantableMinor < smallest) return false;
  return books.capsOf(offer, "claim").every((cap) => {
    const { dimension, per, counts, limit, curve } = caps[cap]!;
    if (per !== "total" || curve !== undefined) return true;
    const rows: Record<string, number> = { campaign: 0, offer, wave };
    const row = /^(wave|offer):/.test(dimension) ? 0 : rows[dimension];
    if (row === undefined) return true;
    return books.used({ cap, row, window: 0 }) + (counts === "money" ? smallest : 1) <= limit;
  });
}

function smallestOf(reward: OfferDefinition["reward"]): number {
  if (reward.kind === "table") return Math.min(...reward.entries.map((one) => one.amountMinor));
  return reward.kind === "pot" ? reward.minMinor : reward.amountMinor;
}

export function heldShown(books: AuditorBooks, atMs: number): { held: number; heldMinor: number } {
  const isOver = books.phase === "closed" || atMs >= books.definition.closesAtMs;
  const held = isOver ? [] : books.grants.filter(({ state }) => state === "held");
  return { held: held.length, heldMinor: held.reduce((sum, one) => sum + books.restMinor(one), 0) };
}

/** What claims and invites can still get under a definition, of so much that the budget has. */
export function leftUnder(
  books: AuditorBooks,
  by: CampaignDefinition,
  budgetMinor: number,
  atMs: number,
): number {
  const isOver = books.phase === "ended" || books.phase === "closed" || atMs >= by.endsAtMs;
  const offers = by.offers.flatMap((offer, i) => {
    const isOpen = !isOver && by.waves[offer.wave]!.toMs > atMs;
    const isPlain = offer.reward.kind === "fixed" || offer.reward.kind === "table";
    return isOpen && isPlain && offer.draw === undefined ? [i] : [];
  });
  const limits = by.caps.flatMap((cap, i) => {
    const isTotal = cap.on === "claim" && cap.per === "total" && cap.curve === undefined;
    return isTotal ? [{ ...cap, cap: i }] : [];
  });
  type Limit = (typeof limits)[number];
  const left = ({ cap, counts, limit }: Limit, row: number, offer: number): number => {
    const rest = Math.max(0, limit - books.used({ cap, row, window: 0 }));
    return counts === "money" ? rest : rest * greatest(by.offers[offer]!.reward);
  };
  /** What such caps leave to an offer. */
  const byCap = (offer: number, limit: Limit): number => {
    const { id, wave } = by.offers[offer]!;
    const rows: Record<string, number> = { campaign: 0, offer, wave };
    rows[`offer:${id}`] = 0;
    rows[`wave:${by.waves[wave]!.id}`] = 0;
    const row = rows[limit.dimension];
    return row === undefined ? Number.POSITIVE_INFINITY : left(limit, row, offer);
  };
  const rooms = new Map(offers.map((i) => [i, Math.min(...limits.map((one) => byCap(i, one)))]));
  const open = offers.filter((i) => rooms.get(i)! >= smallestOf(by.offers[i]!.reward));
  const together = (some: readonly number[], dimension: string): number => {
    const shared = limits.filter((one) => one.dimension.split(":")[0] === dimension);
    const most = shared.map((one) => Math.max(...some.map((offer) => byCap(offer, one))));
    return some.length === 0 ? 0 : Math.min(...most);
  };
  const waves = by.waves.map((_, wave) => {
    const own = open.filter((i) => by.offers[i]!.wave === wave);
    return Math.min(
      own.reduce((sum, i) => sum + rooms.get(i)!, 0),
      together(own, "wave"),
    );
  });
  const sum = waves.reduce((a, b) => a + b, 0);
  const all = Math.min(budgetMinor, together(open, "campaign"), sum);
  return open.some((i) => smallestOf(by.offers[i]!.reward) <= all) ? all : 0;
}

function greatest(reward: OfferDefinition["reward"]): number {
  if (reward.kind === "table") return Math.max(...reward.entries.map((one) => one.amountMinor));
  return reward.kind === "fixed" ? reward.amountMinor : reward.maxMinor;
}

/** Limits of a definition that are lower than before, and than what was given. */
export function exceededUnder(books: AuditorBooks, by: CampaignDefinition): object {
  const exceeded = books.definition.caps.flatMap(({ id, dimension, counts, limit: was }, cap) => {
    const { limit, per, curve } = by.caps[cap]!;
    if (per !== "total" || curve !== undefined || limit >= was) return [];
    const held = [...books.cells].flatMap(([key, used]) => {
      const [of, , window] = key.split(" ").map(Number);
      return of === cap && window === 0 ? [used] : [];
    });
    const above = held.filter((used) => used > limit).length;
    if (above === 0) return [];
    const isSingle = dimension === "campaign" || /^(wave|offer):/.test(dimension);
    const told = { cap: id, counts, limit, most: Math.max(...held) };
    return [isSingle ? told : { ...told, cells: above }];
  });
  return exceeded.length === 0 ? {} : { exceeded };
}
