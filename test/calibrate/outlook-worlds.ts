// Campaigns that an outlook is asked about: worlds that differ in pace, unevenness, share, lifetime
// and shape, each played to its end, and the state as it was at some instant of it.
import type { RandomStream } from "../../src/base/keystream.ts";
import type { CampaignDefinition, CurveDefinition } from "../../src/core/definition.ts";
import { Pace, type PaceScalars } from "../../src/core/pacing/pace.ts";
import { CampaignState } from "../../src/core/state.ts";
import { GRANT } from "../../src/core/state-words.ts";
import { gammaDraw } from "../../src/stats/gamma-draw.ts";
import { DAY_MS, HOUR_MS, START_MS } from "../simulation/plain-campaign.ts";

export interface World {
  /** Grants in an hour at the middle, and how much hours differ: 0 is not at all. */
  pace: number;
  unevenness: number;
  share: number;
  spread: number;
  /** Below 1: early redemptions. */
  shape: number;
  lifeMs: number;
}

export function someWorld(stream: RandomStream): World {
  return {
    pace: 20 + 100 * stream.nextFloat(),
    unevenness: 0.6 * stream.nextFloat(),
    share: 0.3 + 0.5 * stream.nextFloat(),
    spread: 0.3 * stream.nextFloat(),
    shape: 0.5 + stream.nextFloat(),
    lifeMs: Math.round(DAY_MS * (1 + 4 * stream.nextFloat())),
  };
}

export interface Played {
  atMs: number;
  redeemedAtMs: number;
  amountMinor: number;
}

/** A whole campaign of ten days, hour by hour, each with a level of its own. */
export function play(world: World, stream: RandomStream): Played[] {
  const grants: Played[] = [];
  let logLevel = 0;
  for (let hour = 0; hour < 240; hour++) {
    logLevel = 0.8 * logLevel + 0.6 * world.unevenness * stream.nextNormal();
    const rate = world.pace * Math.exp(logLevel);
    const count = Math.round(gammaDraw(Math.max(rate, 0.1), stream));
    const hazard = -Math.log1p(-world.share) * Math.exp(world.spread * stream.nextNormal());
    const at = Array.from({ length: count }, () => stream.nextFloat()).sort((a, b) => a - b);
    for (const part of at) {
      const grantedAtMs = Math.floor(START_MS + (hour + part) * HOUR_MS);
      // Redeemed when the cumulative hazard, hazard * (age / life)^shape, reaches an exponential.
      const age = (-Math.log1p(-stream.nextFloat()) / hazard) ** (1 / world.shape);
      const redeemedAtMs = age < 1 ? grantedAtMs + Math.floor(age * world.lifeMs) : Infinity;
      grants.push({ atMs: grantedAtMs, redeemedAtMs, amountMinor: stream.nextInt(2) * 10 + 10 });
    }
  }
  return grants;
}

/** What a budget made of all that was asked for. */
export interface Lived {
  granted: readonly Played[];
  /** As the curve stood at the instant, and what had been issued by then; null without a curve. */
  pace: { now: PaceScalars; issuedMinor: number } | null;
  /** From the instant on, the first claim that the rest could not hold; Infinity: none. */
  goneAtMs: number;
}

/** Who gets something: what expires comes back a day later, and re-enters the curve if any. */
export function live(
  asked: readonly Played[],
  { lifeMs }: World,
  budgetMinor: number,
  atMs: number,
  curve: CurveDefinition | null,
): Lived {
  const granted: Played[] = [];
  const pace = curve === null ? null : new Pace(curve, budgetMinor);
  let [free, issuedMinor, over] = [budgetMinor, 0, 0];
  let at: Lived["pace"] = null;
  const comeBack = (byMs: number): void => {
    let back = 0;
    for (; over < granted.length && granted[over]!.atMs + lifeMs + DAY_MS <= byMs; over++) {
      if (granted[over]!.redeemedAtMs === Infinity) back += granted[over]!.amountMinor;
    }
    free += back;
    if (pace !== null && back > 0) reenter(pace, back, byMs);
  };
  for (const one of asked) {
    const isLater = one.atMs >= atMs;
    if (isLater && at === null && pace !== null) {
      comeBack(atMs);
      at = { now: { ...pace.now }, issuedMinor };
    }
    comeBack(one.atMs);
    const { amountMinor } = one;
    if (free < amountMinor && isLater) return { granted, pace: at, goneAtMs: one.atMs };
    const released = pace?.releasedMinor(one.atMs) ?? Infinity;
    if (free < amountMinor || issuedMinor + amountMinor > released) continue;
    granted.push(one);
    issuedMinor += amountMinor;
    free -= amountMinor;
  }
  return { granted, pace: at, goneAtMs: Infinity };
}

function reenter(pace: Pace, backMinor: number, atMs: number): void {
  const { baseMinor, restMinor } = pace.goesOn(0, atMs);
  pace.now = { ...pace.now, fromMs: atMs, baseMinor, restMinor: restMinor + backMinor };
}

/** The state as it is at an instant, with everything over that is over. */
export function stateAt(
  { granted, pace }: Pick<Lived, "granted" | "pace">,
  world: World,
  plain: CampaignDefinition,
  atMs: number,
): CampaignState {
  const [offer] = plain.offers;
  const expiry = { kind: "after", afterMs: world.lifeMs } as const;
  const definition = {
    ...{ ...plain, settlingLagMs: DAY_MS, closesAtMs: START_MS + 30 * DAY_MS },
    offers: [{ ...offer!, expiry }],
  };
  const state = new CampaignState(0, definition, { luck: null, seed: null }, 32);
  const redeemed: { grant: number; atMs: number }[] = [];
  for (const [grant, one] of granted.entries()) {
    if (one.atMs >= atMs) break;
    const { amountMinor } = one;
    state.grantCount = grant + 1;
    state.grantAmount.set(grant, amountMinor);
    state.grantAt.set(grant, one.atMs - START_MS);
    state.queues[0]!.push(grant);
    const freeAtMs = one.atMs + world.lifeMs + DAY_MS;
    if (one.redeemedAtMs < atMs) {
      state.grantState.set(grant, GRANT.redeemed);
      state.grantSpent.set(grant, amountMinor);
      state.books.spentMinor += amountMinor;
      redeemed.push({ grant, atMs: one.redeemedAtMs });
    } else if (freeAtMs - DAY_MS > atMs) state.books.reservedMinor += amountMinor;
    else {
      state.grantState.set(grant, GRANT.expired);
      if (freeAtMs <= atMs) state.books.lapsedMinor += amountMinor;
      else settle(state, freeAtMs, amountMinor);
    }
  }
  redeemed.sort((a, b) => a.atMs - b.atMs);
  redeemed.forEach(({ grant, atMs: at }, redemption) => {
    state.redemptionGrant.set(redemption, grant);
    state.redemptionAmount.set(redemption, granted[grant]!.amountMinor);
    state.redemptionAt.set(redemption, at - START_MS);
  });
  state.redemptionCount = redeemed.length;
  const cap = state.paces[0];
  if (pace !== null && cap !== null) {
    cap!.pace!.now = pace.now;
    cap!.add(0, 0, pace.issuedMinor);
  }
  return state;
}

function settle({ books, settling }: CampaignState, freeAtMs: number, amountMinor: number): void {
  books.settlingMinor += amountMinor;
  settling.freeAtMs.push(freeAtMs);
  settling.amountMinor.push(amountMinor);
}
