// What a claim would be answered now, without anything happening: the decision itself, written to a
// place that nobody applies. Of luck nothing is told but the range.

import { keptOut } from "./assignment/kept-out.ts";
import { chargesOf, type RoomOfCap, roomOf } from "./caps/charge.ts";
import { type Command, USER_AT } from "./command.ts";
import { greatestOf, leastOf } from "./definition.ts";
import { EventWriter } from "./event.ts";
import { decideClaim, refusalOfTime } from "./grants/decide-claim.ts";
import { grantableFor } from "./luck/packets.ts";
import { type Outcome, outcome } from "./outcome.ts";
import type { CampaignState } from "./state.ts";
import { isBlocked } from "./suspicion/blocked.ts";
import { CellList } from "./tables/cells.ts";

export interface Trial {
  outcome: Outcome;
  /** Whether another one, or another limit, may stand in the way of a larger draw. */
  byLuck: boolean;
  leastMinor: number;
  mostMinor: number;
  /** not_open, paused, ended; null: open. */
  closed: Outcome | null;
  /** What whoever is not let in yet hears; null: in, or the campaign lets everybody in. */
  early: Outcome | null;
  blocked: boolean;
  /** Null: the offer is for no audience. */
  isMember: boolean | null;
  /** Whether the user has an arm already. */
  isKnown: boolean;
  caps: RoomOfCap[];
  /** What the budget leaves for new grants of the offer; of a pot, what is in it. */
  freeMinor: number;
}

const CELLS = new CellList();
const NOWHERE = new EventWriter();

/** @param command of an offer that the campaign has */
export function tryClaim(campaign: CampaignState, command: Command, atMs: number): Trial {
  const { offer } = command;
  const { reward, audience } = campaign.definition.offers[offer]!;
  const leastMinor = leastOf(reward);
  const mostMinor = greatestOf(reward);
  NOWHERE.reset(atMs);
  const decided = decideClaim(campaign, command, atMs, NOWHERE);
  const user = campaign.users.find(command.keys, USER_AT);
  const ordinal = user < 0 ? campaign.users.count : user;
  const least = outcomeFor(campaign, command, ordinal, leastMinor, atMs);
  const most = outcomeFor(campaign, command, ordinal, mostMinor, atMs);
  // The draw itself must not be told by whether it fits.
  const isDrawn = leastMinor < mostMinor && BY_AMOUNT.includes(decided.status) && !decided.replayed;
  return {
    outcome: isDrawn ? { ...least, arm: decided.arm } : decided,
    byLuck: isDrawn && (least.status !== most.status || least.cap !== most.cap),
    leastMinor,
    mostMinor,
    closed: refusalOfTime(campaign, offer, atMs),
    early: keptOut(campaign, command, atMs),
    blocked: isBlocked(campaign, command, atMs),
    isMember:
      audience === null ? null : user >= 0 && campaign.userAudience.get(user) === audience + 1,
    isKnown: user >= 0 && campaign.userArm.get(user) > 0,
    caps: roomOf(campaign, campaign.claimCaps[offer]!, command, ordinal, atMs, CELLS),
    // A revision may have left less than what is out already.
    freeMinor: Math.max(0, grantableFor(campaign, offer)),
  };
}

/** Statuses that depend on the amount. */
const BY_AMOUNT: readonly string[] = ["granted", "cap_reached", "paced", "budget_exhausted"];

function outcomeFor(
  campaign: CampaignState,
  command: Command,
  user: number,
  amountMinor: number,
  atMs: number,
): Outcome {
  const set = campaign.claimCaps[command.offer]!;
  const refused = chargesOf(campaign, set, command, user, amountMinor, atMs, CELLS);
  // Written so that NaN refuses.
  const fits = amountMinor <= grantableFor(campaign, command.offer);
  return refused ?? outcome(fits ? "granted" : "budget_exhausted");
}
