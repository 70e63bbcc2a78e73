// A payment made before its grant's end and reported after it: merchants report with a lag, and
// until that is over the money of an expired grant waits for them in `settling`.
import { assert } from "../../base/assert.ts";
import { paceOf } from "../pacing/pace-event.ts";
import type { CampaignState } from "../state.ts";
import { GRANT } from "../state-words.ts";

/** Settling money is kept by the minute, so that a million expiries make few entries. */
export const SETTLING_MS = 60_000;

/** Bits of the flags of redeemed: paid in time and told late; its money was settling. */
export const LATE = { told: 1, settling: 2 } as const;

/**
 * From where a late report of a payment made at `paidAtMs` is paid: flags of the redemption, or 0
 * where it is no such payment, or came too late. A packet of a pot that is whole and waits belongs
 * to the pot again, which `settling` holds in its name.
 */
export function lateFlags(
  campaign: CampaignState,
  grant: number,
  paidAtMs: number,
  atMs: number,
): number {
  if (paidAtMs === 0 || campaign.phase === "closed") return 0; // 0: nobody said when
  if (paidAtMs < campaign.grantedAtMs(grant) || paidAtMs >= campaign.expiresAtMs(grant)) return 0;
  const state = campaign.grantState.get(grant);
  if (state === GRANT.live) return LATE.told;
  if (state !== GRANT.expired || campaign.unspentMinor(grant) === 0) return 0;
  const freeAtMs = settlesAtMs(campaign, grant);
  const isPacket = campaign.pots[campaign.grantOffer(grant)]! !== null && campaign.isWhole(grant);
  return atMs < freeAtMs && !isPacket ? LATE.told | LATE.settling : 0;
}

/** What a payment that was told late was taken from, by the flags of its event. */
export function lateSource(flags: number): "grant" | "settling" | null {
  if ((flags & LATE.told) === 0) return null;
  return (flags & LATE.settling) === 0 ? "grant" : "settling";
}

/** From when what an expired grant kept may be granted again. */
export function settlesAtMs({ late }: CampaignState, grant: number): number {
  return late.grantFreeAt.get(grant) * SETTLING_MS;
}

/** Takes money of a grant out of what settles at an instant, and would re-enter its curve then. */
export function takeSettling(
  campaign: CampaignState,
  grant: number,
  freeAtMs: number,
  amountMinor: number,
): void {
  const { settling, books } = campaign;
  const entry = settling.freeAtMs.indexOf(freeAtMs, settling.head);
  assert(entry >= 0, "late money was taken where none settles");
  settling.amountMinor[entry] = settling.amountMinor[entry]! - amountMinor;
  books.settlingMinor -= amountMinor;
  paceOf(campaign, grant)?.takeSettling(freeAtMs, amountMinor);
}
