// What the auditor says of room: which waves can grant nothing any more, and what is held.
import type { OfferDefinition } from "../../src/core/definition.ts";
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
