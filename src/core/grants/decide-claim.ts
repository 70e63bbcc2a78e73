// The decision on a claim, in the order that docs/ARCHITECTURE.md states: what was answered before,
// may this campaign answer now, who is the user and in which arm, what would run out.

import { roundAtMs } from "../../base/drand.ts";
import { LIMITS } from "../../base/limits.ts";
import type { ArmRule } from "../assignment/assignment.ts";
import { STATED, STATED_ASSIGNED, writeExposed } from "../assignment/exposure-event.ts";
import { keptOut } from "../assignment/kept-out.ts";
import { chargesOf } from "../caps/charge.ts";
import { type Command, fingerprint, ID_AT, USER_AT } from "../command.ts";
import { isLucky } from "../definition.ts";
import { ASSIGNED, ASSIGNED_BY, EVENT_KINDS, type EventWriter } from "../event.ts";
import { drawAmount } from "../luck/luck.ts";
import { amountOfNext, grantableFor, nextPacket } from "../luck/packets.ts";
import { type Outcome, outcome } from "../outcome.ts";
import type { CampaignState } from "../state.ts";
import { EXPOSED, ID_USE } from "../state-words.ts";
import { isBlocked } from "../suspicion/blocked.ts";
import { blockBeyond } from "../suspicion/decide-block.ts";
import { PRINT_OF, sameContent } from "../tables/bound-id.ts";
import { GrantSide } from "./grant-side.ts";
import { writeGranted, writeWithheld } from "./write-grant.ts";

/** One object for all claims: nothing is made on the hot path. */
const SIDE = new GrantSide();
const PRINT = SIDE.print;

/** Decides a claim; writes what happened to `out` and answers. */
export function decideClaim(
  campaign: CampaignState,
  command: Command,
  atMs: number,
  out: EventWriter,
): Outcome {
  fingerprint(PRINT_OF.claim, command, PRINT);
  const bound = campaign.ids.find(command.keys, ID_AT);
  if (bound >= 0) return replayOfClaim(campaign, bound);
  if (command.notAfterMs > 0 && atMs > command.notAfterMs) return outcome("stale");
  const { offer } = command;
  if (offer < 0) return outcome("unknown_offer");
  const closed = refusalOfTime(campaign, offer, atMs);
  if (closed !== null) return closed;
  const early = keptOut(campaign, command, atMs);
  if (early !== null) return early;
  const user = campaign.users.find(command.keys, USER_AT);
  if (isBlocked(campaign, command, atMs)) return outcome("blocked");
  const { audience, draw, by } = campaign.definition.offers[offer]!;
  // A prize is won, and what invites give is not for the asking.
  if (draw !== undefined || by !== undefined) return outcome("not_eligible");
  if (audience !== null && (user < 0 || campaign.userAudience.get(user) !== audience + 1)) {
    return outcome("not_eligible");
  }
  if (!command.eligible) return outcome("not_eligible");
  if (offer === campaign.compensationOffer) return outcome("not_eligible");
  const arm = assign(campaign, command, user, atMs, ASSIGNED_BY.claim, out);
  if (arm < 0) return outcome("assignment_missing");
  // A user assigned just now is interned by that event, with the next ordinal.
  const ordinal = user >= 0 ? user : campaign.users.count;
  return decideGrant(campaign, command, ordinal, arm, atMs, out);
}

/** The answer that an id is bound to, if the content is the same. */
function replayOfClaim(campaign: CampaignState, bound: number): Outcome {
  const use = campaign.idUse.get(bound);
  const same = sameContent(campaign, bound, PRINT);
  if (!same || (use !== ID_USE.granted && use !== ID_USE.withheld)) return outcome("id_conflict");
  const target = campaign.idTarget.get(bound);
  if (use === ID_USE.withheld) return { ...heldOut(campaign, target), replayed: true };
  const answer = outcome("granted");
  answer.replayed = true;
  answer.grant = target;
  answer.offer = campaign.grantOffer(target);
  answer.amountMinor = campaign.grantAmount.get(target);
  answer.expiresAtMs = campaign.expiresAtMs(target);
  answer.arm = campaign.userArm.get(campaign.grantUser.get(target)) - 1;
  return answer;
}

/** The answer of a held-out user. */
export function heldOut(campaign: CampaignState, offer = -1): Outcome {
  const answer = outcome(campaign.definition.assignment.masked ? "no_offer" : "held_out");
  answer.offer = offer;
  answer.arm = 0;
  return answer;
}

/** not_open, paused, ended: in this order; a campaign whose time is over is not "not open". */
export function refusalOfTime(
  campaign: CampaignState,
  offer: number,
  atMs: number,
): Outcome | null {
  const { definition, phase } = campaign;
  const over = atMs >= definition.endsAtMs || phase === "ended" || phase === "closed";
  if (!over) {
    const wave = definition.waves[definition.offers[offer]!.wave]!;
    const from = Math.max(wave.fromMs, definition.startsAtMs);
    if (atMs < from || atMs >= wave.toMs) {
      const answer = outcome("not_open");
      if (atMs < from) answer.retryAtMs = from;
      return answer;
    }
    if (awaitsBeacon(campaign, offer)) {
      const answer = outcome("not_open");
      const { chain, round } = definition.beacon!;
      answer.retryAtMs = Math.max(atMs, roundAtMs(chain, round)) + LIMITS.beaconLagMs;
      return answer;
    }
  }
  if (phase === "paused") return outcome("paused");
  return over ? outcome("ended") : null;
}

/** Nothing is drawn before the promised round is in the journal. */
function awaitsBeacon({ definition, keys }: CampaignState, offer: number): boolean {
  if (definition.beacon === undefined || keys.luck !== null) return false;
  return isLucky(definition.offers[offer]!.reward);
}

/**
 * Sees to it that the user has an arm, recorded once. Whoever answers by it says who is exposed.
 * @returns the arm, or -1 when it should have been given and was not
 */
export function assign(
  campaign: CampaignState,
  command: Command,
  user: number,
  atMs: number,
  by: number,
  out: EventWriter,
): number {
  const known = user >= 0 ? campaign.userArm.get(user) - 1 : -1;
  if (known >= 0) return known;
  const { assignment } = campaign.definition;
  const given = assignment.source === "given";
  const arm = given ? command.arm : campaign.arms.armOf(command.keys, USER_AT);
  if (arm < 0) return -1;
  const ordinal = user >= 0 ? user : campaign.users.count;
  const rule = given ? null : campaign.arms;
  const source = given ? ASSIGNED_BY.given : by;
  writeAssigned(campaign, ordinal, command.keys, arm, rule, 0, source, atMs, out);
  return arm;
}

/**
 * @param rule by which the arm was drawn; null: the caller gave it
 * @param audience its ordinal + 1, or 0
 */
export function writeAssigned(
  campaign: CampaignState,
  user: number,
  keys: Uint32Array,
  arm: number,
  rule: ArmRule | null,
  audience: number,
  source: number,
  atMs: number,
  out: EventWriter,
): void {
  const size = STATED_ASSIGNED.words;
  const at = out.begin(EVENT_KINDS.assigned, campaign.ordinal, atMs, size, STATED);
  out.words[at + ASSIGNED.user] = user;
  out.key(at + ASSIGNED.userKey, keys, USER_AT);
  out.words[at + ASSIGNED.arm] = arm | (audience << 8) | (source << 16);
  if (rule === null) return;
  const { probability } = STATED_ASSIGNED;
  out.words[at + probability] = rule.probabilities[2 * arm]!;
  out.words[at + probability + 1] = rule.probabilities[2 * arm + 1]!;
}

/**
 * Records what a user in an arm is exposed by, if he was not before: the answer to something other
 * than a claim depends on the arm. Of a claim, the event of its outcome says it.
 * @param by one of EXPOSED_BY
 */
export function expose(
  campaign: CampaignState,
  command: Command,
  user: number,
  arm: number,
  by: number,
  ordinal: number,
  atMs: number,
  out: EventWriter,
): void {
  const row = user >= 0 ? user : campaign.users.count;
  if ((campaign.userFlags.get(row) & EXPOSED) !== 0) return;
  writeExposed(campaign.ordinal, row, command.keys, USER_AT, arm, by, ordinal, atMs, out);
}

function decideGrant(
  campaign: CampaignState,
  command: Command,
  user: number,
  arm: number,
  atMs: number,
  out: EventWriter,
): Outcome {
  const { offer } = command;
  const { reward } = campaign.definition.offers[offer]!;
  let amountMinor = 0;
  let draw = 0;
  if (reward.kind === "fixed" || reward.kind === "compensation") {
    amountMinor = reward.amountMinor;
  } else {
    const key = campaign.keys.luck;
    if (key === null) return outcome("not_open");
    if (reward.kind === "table") {
      draw = campaign.draws[offer]!.get(user) + 1;
      amountMinor = drawAmount(key, offer, command.keys, USER_AT, draw - 1, reward.entries);
    } else {
      draw = nextPacket(campaign, offer);
      amountMinor = amountOfNext(campaign, offer, key);
    }
  }
  SIDE.set = campaign.claimCaps[offer]!;
  const answer =
    chargesOf(campaign, SIDE.set, command, user, amountMinor, atMs, SIDE.cells) ??
    // Written so that NaN refuses.
    outcome(!(amountMinor <= grantableFor(campaign, offer)) ? "budget_exhausted" : "granted");
  answer.offer = offer;
  answer.arm = arm;
  SIDE.command = command;
  SIDE.user = user;
  SIDE.arm = arm;
  SIDE.amountMinor = amountMinor;
  if (arm === 0) writeWithheld(campaign, SIDE, answer, atMs, out);
  if (answer.status === "cap_reached") blockBeyond(campaign, SIDE, atMs, out);
  if (arm === 0) return heldOut(campaign, offer);
  if (answer.status !== "granted") return answer;
  SIDE.draw = draw;
  SIDE.grant = campaign.grantCount;
  writeGranted(campaign, SIDE, atMs, out);
  answer.grant = SIDE.grant;
  answer.amountMinor = amountMinor;
  answer.restMinor = amountMinor;
  answer.expiresAtMs = campaign.expiryOf(offer, atMs);
  return answer;
}
