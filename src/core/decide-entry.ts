// Decisions on entries of a draw: asked for by a user, or earned otherwise, such as by invites.
import { type Command, fingerprint, ID_AT, USER_AT } from "./command.ts";
import { assign } from "./decide-claim.ts";
import { ASSIGNED_BY, ENTERED, EVENT_KINDS, type EventWriter } from "./event.ts";
import { type Outcome, outcome } from "./outcome.ts";
import { BLOCKED, type CampaignState, ID_USE } from "./state.ts";

/** First element of an entry's fingerprint. */
const PRINT_ENTER = 9;
const NO_ENTRY = 0xffffffff;
const BY_REQUEST = 1;
const EARNED = 2;

const PRINT = new Uint32Array(2);
const NO_ID = new Uint32Array(4);

/** @param draw its ordinal, or -1 */
export function decideEnter(
  campaign: CampaignState,
  command: Command,
  draw: number,
  atMs: number,
  out: EventWriter,
): Outcome {
  command.offer = draw;
  fingerprint(PRINT_ENTER, command, PRINT);
  const bound = campaign.ids.find(command.keys, ID_AT);
  if (bound >= 0) return replayOfEntry(campaign, bound);
  if (command.notAfterMs > 0 && atMs > command.notAfterMs) return outcome("stale");
  if (draw < 0) return outcome("unknown_draw");
  const closed = refusalOfDraw(campaign, draw, atMs);
  if (closed !== null) return closed;
  const user = campaign.users.find(command.keys, USER_AT);
  if (user >= 0 && (campaign.userFlags.get(user) & BLOCKED) !== 0) return outcome("blocked");
  const { audience, entriesPerUser } = campaign.definition.draws![draw]!;
  if (audience !== null && (user < 0 || campaign.userAudience.get(user) !== audience + 1)) {
    return outcome("not_eligible");
  }
  const arm = assign(campaign, command, user, atMs, ASSIGNED_BY.claim, out);
  if (arm < 0) return outcome("assignment_missing");
  const ordinal = user >= 0 ? user : campaign.users.count;
  const { entries, userEntries } = campaign.lots[draw]!;
  if (arm === 0) {
    writeEntry(campaign, draw, NO_ENTRY, BY_REQUEST, command.keys, ordinal, atMs, out);
    return heldOut(campaign);
  }
  // Written so that NaN refuses.
  if (!(userEntries.get(ordinal) < entriesPerUser)) return outcome("entries_used");
  writeEntry(campaign, draw, entries, BY_REQUEST, command.keys, ordinal, atMs, out);
  return { ...outcome("entered"), entry: entries, arm };
}

/**
 * Gives a user an entry that was earned otherwise, such as by invites. The user has an arm.
 * @param userKey the user's pseudonym in userKey[at .. at + 3]
 * @returns whether there is one: not once the draw is over, nor beyond what a user may have
 */
export function earnEntry(
  campaign: CampaignState,
  draw: number,
  user: number,
  userKey: Uint32Array,
  at: number,
  atMs: number,
  out: EventWriter,
): boolean {
  if (refusalOfDraw(campaign, draw, atMs) !== null) return false;
  const { entries, userEntries } = campaign.lots[draw]!;
  const { entriesPerUser } = campaign.definition.draws![draw]!;
  const isHeldOut = campaign.userArm.get(user) === 1;
  const isBlocked = (campaign.userFlags.get(user) & BLOCKED) !== 0;
  if (isHeldOut || isBlocked || !(userEntries.get(user) < entriesPerUser)) return false;
  const keys = Uint32Array.of(...NO_ID, ...userKey.subarray(at, at + 4));
  PRINT.fill(0);
  writeEntry(campaign, draw, entries, EARNED, keys, user, atMs, out);
  return true;
}

function writeEntry(
  campaign: CampaignState,
  draw: number,
  entry: number,
  source: number,
  keys: Uint32Array,
  user: number,
  atMs: number,
  out: EventWriter,
): void {
  const at = out.begin(EVENT_KINDS.draw_entered, campaign.ordinal, atMs, ENTERED.words);
  const { words } = out;
  words[at + ENTERED.draw] = draw | (source << 16);
  words[at + ENTERED.entry] = entry;
  out.key(at + ENTERED.id, keys, ID_AT);
  words[at + ENTERED.fingerprint] = PRINT[0]!;
  words[at + ENTERED.fingerprint + 1] = PRINT[1]!;
  words[at + ENTERED.user] = user;
  out.key(at + ENTERED.userKey, keys, USER_AT);
}

function heldOut({ definition }: CampaignState): Outcome {
  const answer = outcome(definition.assignment.masked ? "no_offer" : "held_out");
  answer.arm = 0;
  return answer;
}

function replayOfEntry(campaign: CampaignState, bound: number): Outcome {
  const use = campaign.idUse.get(bound);
  const same =
    campaign.idPrintA.get(bound) === PRINT[0] && campaign.idPrintB.get(bound) === PRINT[1];
  if (same && use === ID_USE.entryWithheld) return { ...heldOut(campaign), replayed: true };
  if (!same || use !== ID_USE.entered) return outcome("id_conflict");
  return { ...outcome("entered"), entry: campaign.idTarget.get(bound), replayed: true };
}

/** not_open, paused, ended, draw_closed: when a draw takes no entries. */
function refusalOfDraw(campaign: CampaignState, draw: number, atMs: number): Outcome | null {
  const { definition, phase, lots } = campaign;
  const { opensAtMs, closesAtMs } = definition.draws![draw]!;
  if (lots[draw]!.isClosed || atMs >= closesAtMs) return outcome("draw_closed");
  if (phase === "ended" || phase === "closed" || atMs >= definition.endsAtMs) {
    return outcome("ended");
  }
  const fromMs = Math.max(opensAtMs, definition.startsAtMs);
  if (atMs < fromMs) return { ...outcome("not_open"), retryAtMs: fromMs };
  return phase === "paused" ? outcome("paused") : null;
}
