// Decisions about a campaign as a whole: its phases, its audiences, what is open to a user, and the
// sweep of what has expired.

import { EXPOSED_BY } from "./assignment/exposure-event.ts";
import { keptOut } from "./assignment/kept-out.ts";
import { chargesOf } from "./caps/charge.ts";
import { type Command, USER_AT } from "./command.ts";
import { leastOf } from "./definition.ts";
import { drawsAreUnfinished } from "./draws/decide-draw.ts";
import { ASSIGNED_BY, CLOSED, EVENT_KINDS, type EventWriter, HEAD } from "./event.ts";
import { assign, expose, refusalOfTime, writeAssigned } from "./grants/decide-claim.ts";
import { grantableFor } from "./luck/packets.ts";
import { type Outcome, outcome } from "./outcome.ts";
import type { CampaignState } from "./state.ts";
import { isBlocked } from "./suspicion/blocked.ts";
import { CellList } from "./tables/cells.ts";

const CELLS = new CellList();

export type PhaseChange = "pause" | "resume" | "end" | "close";

/** Decides a change of phase. Asking for the phase that is already there changes nothing. */
export function decidePhase(
  campaign: CampaignState,
  change: PhaseChange,
  atMs: number,
  out: EventWriter,
): Outcome {
  const { phase, ordinal } = campaign;
  if (phase === "closed") return outcome(change === "close" ? "ok" : "campaign_closed");
  const ended = phase === "ended";
  switch (change) {
    case "pause":
      if (ended) return outcome("ended");
      if (phase !== "paused") out.begin(EVENT_KINDS.paused, ordinal, atMs, HEAD.body);
      return outcome("ok");
    case "resume":
      if (ended) return outcome("ended");
      if (phase === "paused") out.begin(EVENT_KINDS.resumed, ordinal, atMs, HEAD.body);
      return outcome("ok");
    case "end":
      if (!ended) out.begin(EVENT_KINDS.ended, ordinal, atMs, HEAD.body);
      return outcome("ok");
    case "close":
      return decideClose(campaign, atMs, out);
  }
}

function decideClose(campaign: CampaignState, atMs: number, out: EventWriter): Outcome {
  const { keys, ordinal } = campaign;
  if (!isClosable(campaign, atMs)) {
    const answer = outcome("settling_unfinished");
    answer.retryAtMs = campaign.definition.closesAtMs + campaign.definition.settlingLagMs;
    return answer;
  }
  const at = out.begin(EVENT_KINDS.closed, ordinal, atMs, CLOSED.words);
  if (keys.seed !== null) {
    const words = out.words.subarray(at + CLOSED.seed, at + CLOSED.words);
    new Uint8Array(words.buffer, words.byteOffset, 32).set(keys.seed);
  }
  return outcome("ok");
}

/** Claims have ended, nothing is out any more, and the campaign is not closed yet. */
export function isClosable(campaign: CampaignState, atMs: number): boolean {
  const { books, phase, definition } = campaign;
  const isOver = phase === "ended" || atMs >= definition.endsAtMs;
  const isBusy = books.reservedMinor > 0 || books.settlingMinor > 0;
  return phase !== "closed" && isOver && !isBusy && !drawsAreUnfinished(campaign, atMs);
}

/** Assigns one member of an audience before contact; a user who has an arm keeps it. */
export function decideAssign(
  campaign: CampaignState,
  command: Command,
  audience: number,
  atMs: number,
  out: EventWriter,
): Outcome {
  const user = campaign.users.find(command.keys, USER_AT);
  const known = user >= 0 ? campaign.userArm.get(user) - 1 : -1;
  const answer = outcome("assigned");
  if (known >= 0) {
    answer.replayed = true;
    answer.arm = known;
    return answer;
  }
  if (campaign.phase === "ended" || atMs >= campaign.definition.endsAtMs) return outcome("ended");
  if (campaign.phase === "closed") return outcome("campaign_closed");
  const given = campaign.definition.assignment.source === "given";
  const rule = campaign.audienceArms[audience]!;
  answer.arm = given ? command.arm : rule.armOf(command.keys, USER_AT);
  if (answer.arm < 0) return outcome("assignment_missing");
  const ordinal = user >= 0 ? user : campaign.users.count;
  const by = ASSIGNED_BY.audience;
  const { keys } = command;
  const { arm } = answer;
  writeAssigned(campaign, ordinal, keys, arm, given ? null : rule, audience + 1, by, atMs, out);
  return answer;
}

/**
 * The offers that are open to a user now. The user's arm is recorded, if it was not before, and
 * the held-out see nothing. Where something is left to show, or would be, that is exposure.
 * @param isEligible whether the condition of an offer holds
 */
export function decideOffers(
  campaign: CampaignState,
  command: Command,
  isEligible: (offer: number) => boolean,
  atMs: number,
  out: EventWriter,
): number[] {
  if (keptOut(campaign, command, atMs) !== null) return [];
  const user = campaign.users.find(command.keys, USER_AT);
  if (isBlocked(campaign, command, atMs)) return [];
  const { offers } = campaign.definition;
  const open = offers
    .map((_, offer) => offer)
    .filter((offer) => {
      if (offers[offer]!.draw !== undefined) return false; // a prize is won
      if (offer === campaign.compensationOffer) return false;
      if (refusalOfTime(campaign, offer, atMs) !== null) return false;
      const { audience, by } = offers[offer]!;
      if (by !== undefined) return false;
      const isMember = user >= 0 && campaign.userAudience.get(user) === (audience ?? 0) + 1;
      return (audience === null || isMember) && isEligible(offer);
    });
  if (open.length === 0) return [];
  const arm = assign(campaign, command, user, atMs, ASSIGNED_BY.offers, out);
  if (arm < 0) return [];
  const ordinal = user >= 0 ? user : campaign.users.count;
  const left = open.filter((offer) => leftFor(campaign, command, ordinal, offer, atMs));
  if (left.length === 0) return [];
  expose(campaign, command, user, arm, EXPOSED_BY.offers, left[0]!, atMs, out);
  return arm === 0 ? [] : left;
}

/** Whether budget and caps leave the smallest reward of an offer, as far as the user tells. */
function leftFor(
  campaign: CampaignState,
  command: Command,
  user: number,
  offer: number,
  atMs: number,
): boolean {
  const amountMinor = leastOf(campaign.definition.offers[offer]!.reward);
  if (!(amountMinor <= grantableFor(campaign, offer))) return false;
  command.offer = offer;
  const set = campaign.ownCaps[offer]!;
  return chargesOf(campaign, set, command, user, amountMinor, atMs, CELLS) === null;
}
