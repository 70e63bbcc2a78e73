// The plan of all actions in time order: claims with their duplicates, late ghosts, redemptions
// whole and in part, reversals, second tries and cancellations, drawn once; then told one by one.
import { assert, assertNever } from "../base/assert.ts";
import { type RandomStream, randomStream } from "../base/keystream.ts";
import type { Action, ClaimAction, ClaimCause, RedeemAction } from "./actions.ts";
import { offerCard, type PlannedClaims } from "./claims.ts";
import type { People } from "./population.ts";
import { type CrowdShape, dayMs } from "./shape.ts";
import { type SortedTimeline, Timeline } from "./timeline.ts";

/** Kinds of planned moments; `ref` is a user for `seen`, else a claim. */
const kinds = {
  seen: 0,
  claim: 1,
  duplicate: 2,
  stale: 3,
  redeem: 4,
  redeemTwice: 5,
  rest: 6,
  reverse: 7,
  again: 8,
  cancel: 9,
} as const;

export type MomentKind = (typeof kinds)[keyof typeof kinds];

export interface Plan {
  readonly shape: CrowdShape;
  readonly people: People;
  readonly claims: PlannedClaims;
  readonly redeemAtMs: Float64Array;
  /** Thousandths of the amount that the first redemption of a claim spends; 0 is all of it. */
  readonly partPermille: Uint16Array;
  readonly merchant: Uint16Array;
  readonly timeline: SortedTimeline;
}

export function planSchedule(
  seed: string | number,
  shape: CrowdShape,
  people: People,
  claims: PlannedClaims,
  redeemAtMs: Float64Array,
): Plan {
  const stream = randomStream(seed, "crowd/noise");
  const timeline = new Timeline(shape.dayZeroMs);
  const partPermille = new Uint16Array(claims.count);
  const merchant = new Uint16Array(claims.count);
  for (let user = 0; user < people.count; user++) {
    const seenMs = claims.firstSeenAtMs[user]!;
    if (!Number.isNaN(seenMs)) timeline.add(seenMs, kinds.seen, user);
  }
  for (let claim = 0; claim < claims.count; claim++) {
    const atMs = claims.atMs[claim]!;
    const spentMs = redeemAtMs[claim]!;
    timeline.add(atMs, kinds.claim, claim);
    addRepeats(timeline, stream, shape, claim, atMs);
    merchant[claim] = Math.floor(stream.nextFloat() ** 2 * shape.merchants);
    if (Number.isNaN(spentMs)) {
      addCancellation(timeline, stream, shape, claim, atMs);
    } else {
      const divisible = claims.offer[claim] !== offerCard;
      partPermille[claim] = addSpending(timeline, stream, shape, claim, spentMs, divisible);
    }
  }
  const sorted = timeline.sorted();
  return { shape, people, claims, redeemAtMs, partPermille, merchant, timeline: sorted };
}

/** Most repeats follow at once; a few come more than a day later, past other systems' memory. */
function addRepeats(
  timeline: Timeline,
  stream: RandomStream,
  shape: CrowdShape,
  claim: number,
  atMs: number,
): void {
  if (stream.nextFloat() < shape.duplicateShare) {
    const lagMs = stream.nextFloat() < 0.03 ? 25 * 3_600_000 : 50;
    timeline.add(atMs + lagMs + stream.nextInt(20_000), kinds.duplicate, claim);
  }
  if (stream.nextFloat() < shape.staleShare) {
    timeline.add(atMs + 120_000 + stream.nextInt(480_000), kinds.stale, claim);
  }
}

function addCancellation(
  timeline: Timeline,
  stream: RandomStream,
  shape: CrowdShape,
  claim: number,
  atMs: number,
): void {
  const day = Math.floor((atMs - shape.dayZeroMs) / dayMs);
  const dayEndMs = shape.dayZeroMs + (day + 1) * dayMs;
  const cancels = stream.nextFloat() < shape.cancelShare;
  const cancelMs = Math.min(atMs + 600_000 + stream.nextInt(18_000_000), dayEndMs - 1);
  if (cancels && cancelMs > atMs) timeline.add(cancelMs, kinds.cancel, claim);
}

/**
 * The redemption, perhaps sent twice, perhaps reversed, perhaps in two parts: returns the first
 * part.
 */
function addSpending(
  timeline: Timeline,
  stream: RandomStream,
  shape: CrowdShape,
  claim: number,
  spentMs: number,
  divisible: boolean,
): number {
  timeline.add(spentMs, kinds.redeem, claim);
  if (stream.nextFloat() < 0.01) {
    timeline.add(spentMs + 200 + stream.nextInt(30_000), kinds.redeemTwice, claim);
  }
  if (stream.nextFloat() < shape.reversalShare) {
    const reverseMs = spentMs + 300_000 + stream.nextInt(5_000_000);
    timeline.add(reverseMs, kinds.reverse, claim);
    if (stream.nextFloat() < 0.5) timeline.add(reverseMs + 600_000, kinds.again, claim);
    return 0;
  }
  if (!divisible || stream.nextFloat() >= shape.partialShare) return 0;
  timeline.add(spentMs + 600_000 + stream.nextInt(7_200_000), kinds.rest, claim);
  return 300 + stream.nextInt(401);
}

export function userIdOf(user: number): string {
  return `u${user.toString().padStart(6, "0")}`;
}

export function claimIdOf(claim: number): string {
  return `c${claim.toString(36)}`;
}

/** Bots are the accounts of resellers, who have few phones. */
const farms = 60;

/** At a few counters shops help newcomers, each on one tablet for many. Invented. */
const newcomersACounter = 8_000;
const helpedAtACounter = 36;

export function deviceOf(people: People, user: number): string {
  if (user >= people.count) return `farm${(user - people.count) % farms}`;
  const newcomer = user - people.audience;
  const isHelped = newcomer >= 0 && newcomer % newcomersACounter < helpedAtACounter;
  if (isHelped) return `counter${Math.floor(newcomer / newcomersACounter)}`;
  return `d${user.toString(36)}`;
}

/** Families and offices share an address by threes; bots come from twenty. */
export function ipOf(people: People, user: number): string {
  if (user >= people.count) return `203.0.113.${(user - people.count) % 20}`;
  const home = Math.floor(user / 3);
  return `10.${(home >>> 16) & 255}.${(home >>> 8) & 255}.${home & 255}`;
}

export function userOfMoment(plan: Plan, index: number): number {
  const ref = plan.timeline.ref[index]!;
  return plan.timeline.kind[index] === kinds.seen ? ref : plan.claims.user[ref]!;
}

/** The campaign day on which the user must be active for this moment to take place. */
export function dayOfMoment(plan: Plan, index: number): number {
  const ref = plan.timeline.ref[index]!;
  if (plan.timeline.kind[index] === kinds.seen) return plan.people.arrivalDay[ref]!;
  return plan.claims.day[ref]!;
}

export function actionOf(plan: Plan, index: number): Action {
  const atMs = plan.timeline.atMs[index]!;
  const ref = plan.timeline.ref[index]!;
  const kind = plan.timeline.kind[index] as MomentKind;
  const user = userOfMoment(plan, index);
  switch (kind) {
    case kinds.seen:
      return { kind: "offers", atMs, user, userId: userIdOf(user) };
    case kinds.claim:
      return claimAction(plan, ref, atMs, ref < plan.claims.humans ? "fresh" : "bot");
    case kinds.duplicate:
      return claimAction(plan, ref, atMs, "duplicate");
    case kinds.stale:
      return claimAction(plan, ref, atMs, "stale");
    case kinds.redeem:
      return redeemAction(plan, ref, atMs, "fresh");
    case kinds.redeemTwice:
      return redeemAction(plan, ref, atMs, "duplicate");
    case kinds.rest:
      return redeemAction(plan, ref, atMs, "rest");
    case kinds.again:
      return redeemAction(plan, ref, atMs, "again");
    case kinds.reverse: {
      const redemption = `r${ref.toString(36)}`;
      return { kind: "reverse", atMs, id: `v${ref.toString(36)}`, redemption, user };
    }
    case kinds.cancel:
      return { kind: "cancel", atMs, id: `x${ref.toString(36)}`, claim: claimIdOf(ref), user };
    default:
      return assertNever(kind);
  }
}

/** A duplicate repeats the id and content of its claim; a stale one is another id, too late. */
function claimAction(plan: Plan, claim: number, atMs: number, cause: ClaimCause): ClaimAction {
  const { claims, people, shape } = plan;
  const user = claims.user[claim]!;
  const sentMs = claims.atMs[claim]!;
  const stale = cause === "stale";
  const patienceMs = stale ? (shape.patienceMs ?? 60_000) : shape.patienceMs;
  assert(!stale || atMs > sentMs + 60_000, "a stale claim arrives after its patience");
  return {
    kind: "claim",
    atMs,
    id: stale ? `${claimIdOf(claim)}.late` : claimIdOf(claim),
    user,
    userId: userIdOf(user),
    offer: claims.offer[claim] === offerCard ? shape.offers.card : shape.offers.envelope,
    device: deviceOf(people, user),
    ip: ipOf(people, user),
    notAfterMs: patienceMs === null ? null : sentMs + patienceMs,
    cause,
  };
}

function redeemAction(
  plan: Plan,
  claim: number,
  atMs: number,
  cause: RedeemAction["cause"],
): RedeemAction {
  const ordinal = claim.toString(36);
  const first = cause === "fresh" || cause === "duplicate";
  const permille = plan.partPermille[claim]!;
  return {
    kind: "redeem",
    atMs,
    id: first ? `r${ordinal}` : `r${ordinal}.${cause}`,
    claim: claimIdOf(claim),
    user: plan.claims.user[claim]!,
    merchant: `m${plan.merchant[claim]!.toString().padStart(3, "0")}`,
    partRatio: first && permille > 0 ? permille / 1000 : null,
    cause,
  };
}
