// When cards are spent. Kitchens and couriers were saturated, so orders follow the published rates
// (a slot an order), and each slot serves a waiting card whose owner is active that day. Cards that
// meet no slot, or that their owners forget, are never spent: that is breakage.
import type { RandomStream } from "../base/keystream.ts";
import { randomStream } from "../base/keystream.ts";
import { firstActiveDay, isActive, pathAt } from "./activity.ts";
import type { PlannedClaims } from "./claims.ts";
import { momentAtWeight, weightBefore } from "./day-curve.ts";
import type { People } from "./population.ts";
import { type CrowdShape, dayMs } from "./shape.ts";

/** Days after the campaign on which cards can still be spent (to 28 February). */
const spendDays = 23;

/** From claim to order at the earliest. */
const orderLagMs = 90_000;

/** Share of cards that nobody thinks of again. Invented. */
const forgottenShare = 0.06;

/** Per claim the instant of its redemption, NaN if never; bots' claims included. */
export function planRedemptions(
  seed: string | number,
  shape: CrowdShape,
  people: People,
  claims: PlannedClaims,
): Float64Array {
  const stream = randomStream(seed, "crowd/orders");
  const redeemAtMs = new Float64Array(claims.count).fill(Number.NaN);
  const order = claimsInTimeOrder(claims).filter(() => stream.nextFloat() >= forgottenShare);
  const slots = orderSlots(shape, stream);
  let nextClaim = 0;
  let nextSlot = 0;
  let pending: number[] = [];
  for (let day = 0; day < spendDays; day++) {
    const dayEndMs = shape.dayZeroMs + (day + 1) * dayMs;
    const active = (claim: number): boolean =>
      isActive(people.paths, pathAt(claims.user[claim]!, true, false), day);
    const waiting = new Waiting(stream, (claim) => {
      const at = pathAt(claims.user[claim]!, true, false);
      return firstActiveDay(people.paths, at, day + 1, spendDays) >= 0;
    });
    for (const claim of pending) if (active(claim)) waiting.add(claim);
    pending = pending.filter((claim) => !active(claim));
    for (; nextSlot < slots.length && slots[nextSlot]! < dayEndMs; nextSlot++) {
      const slotMs = slots[nextSlot]!;
      while (nextClaim < order.length) {
        if (claims.atMs[order[nextClaim]!]! + orderLagMs > slotMs) break;
        waiting.add(order[nextClaim++]!);
      }
      const served = waiting.take();
      if (served !== null) redeemAtMs[served] = slotMs;
    }
    for (; nextClaim < order.length; nextClaim++) {
      if (claims.atMs[order[nextClaim]!]! >= dayEndMs) break;
      waiting.add(order[nextClaim]!);
    }
    pending = pending.concat(waiting.rest());
  }
  planResale(shape, stream, claims, redeemAtMs);
  return redeemAtMs;
}

/** Bots sell what they get: a third of their cards is spent by somebody, after the first rush. */
function planResale(
  shape: CrowdShape,
  stream: RandomStream,
  claims: PlannedClaims,
  redeemAtMs: Float64Array,
): void {
  const rushMs = shape.waveFromMs[0] + shape.firstHours * 3_600_000;
  for (let claim = claims.humans; claim < claims.count; claim++) {
    if (stream.nextFloat() >= 0.3) continue;
    const lagMs = 1_800_000 + stream.nextInt(dayMs);
    redeemAtMs[claim] = Math.max(claims.atMs[claim]!, rushMs) + lagMs;
  }
}

function claimsInTimeOrder(claims: PlannedClaims): Uint32Array {
  const order = Uint32Array.from({ length: claims.humans }, (_, i) => i);
  return order.sort((a, b) => claims.atMs[a]! - claims.atMs[b]! || a - b);
}

/** Cards waiting on one day; who will not come again is mostly served first. */
class Waiting {
  private readonly lastChance: number[] = [];
  private readonly patient: number[] = [];
  private readonly stream: RandomStream;
  private readonly comesAgain: (claim: number) => boolean;

  constructor(stream: RandomStream, comesAgain: (claim: number) => boolean) {
    this.stream = stream;
    this.comesAgain = comesAgain;
  }

  add(claim: number): void {
    (this.comesAgain(claim) ? this.patient : this.lastChance).push(claim);
  }

  take(): number | null {
    const lastFirst = this.stream.nextFloat() < 0.8;
    const preferred = lastFirst ? this.lastChance : this.patient;
    const other = lastFirst ? this.patient : this.lastChance;
    const from = preferred.length > 0 ? preferred : other;
    if (from.length === 0) return null;
    const at = this.stream.nextInt(from.length);
    const taken = from[at]!;
    from[at] = from[from.length - 1]!;
    from.pop();
    return taken;
  }

  rest(): number[] {
    return [...this.lastChance, ...this.patient];
  }
}

/**
 * The instants at which an order can be served, ascending, evenly spread over the days' weights.
 */
function orderSlots(shape: CrowdShape, stream: RandomStream): Float64Array {
  const openMs = shape.waveFromMs[0];
  const rushMs = openMs + shape.firstHours * 3_600_000;
  const wideMs = openMs + shape.firstDays * dayMs;
  const endMs = shape.dayZeroMs + spendDays * dayMs;
  const inRush = shape.ordersFirstHours;
  const inDays = shape.ordersFirstDays - inRush;
  const perDay = shape.ordersFirstDays / shape.firstDays;
  const late = Math.round((0.3 * perDay * (endMs - wideMs)) / dayMs);
  return Float64Array.from([
    ...slotsBetween(shape, stream, openMs + orderLagMs, rushMs, inRush),
    ...slotsBetween(shape, stream, rushMs, wideMs, inDays),
    ...slotsBetween(shape, stream, wideMs, endMs, late),
  ]);
}

function slotsBetween(
  shape: CrowdShape,
  stream: RandomStream,
  fromMs: number,
  toMs: number,
  count: number,
): number[] {
  const weightAt = (atMs: number): number => {
    const day = Math.floor((atMs - shape.dayZeroMs) / dayMs);
    return 100 * day + weightBefore(atMs - shape.dayZeroMs - day * dayMs);
  };
  const from = weightAt(fromMs);
  const width = weightAt(toMs) - from;
  return Array.from({ length: count }, (_, i) => {
    const weight = from + ((i + stream.nextFloat()) / count) * width;
    const day = Math.floor(weight / 100);
    return shape.dayZeroMs + day * dayMs + momentAtWeight(weight - 100 * day);
  });
}
