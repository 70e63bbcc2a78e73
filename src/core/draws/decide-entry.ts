// Decisions on entries of a draw: asked for by a user, or earned otherwise, such as by invites.

import { EXPOSED_BY } from "../assignment/exposure-event.ts";
import { keptOut } from "../assignment/kept-out.ts";
import { PER } from "../caps/windows.ts";
import { type Command, fingerprint, ID_AT, USER_AT } from "../command.ts";
import { ASSIGNED_BY, ENTERED, EVENT_KINDS, type EventWriter } from "../event.ts";
import { assign, expose, heldOut } from "../grants/decide-claim.ts";
import { type Outcome, outcome } from "../outcome.ts";
import type { CampaignState } from "../state.ts";
import { ID_USE } from "../state-words.ts";
import { isBlocked } from "../suspicion/blocked.ts";
import { PRINT_OF, sameContent } from "../tables/bound-id.ts";

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
  fingerprint(PRINT_OF.enter, command, PRINT);
  const bound = campaign.ids.find(command.keys, ID_AT);
  if (bound >= 0) return replayOfEntry(campaign, bound);
  if (command.notAfterMs > 0 && atMs > command.notAfterMs) return outcome("stale");
  if (draw < 0) return outcome("unknown_draw");
  const closed = refusalOfDraw(campaign, draw, atMs);
  if (closed !== null) return closed;
  const early = keptOut(campaign, command, atMs);
  if (early !== null) return early;
  const user = campaign.users.find(command.keys, USER_AT);
  if (isBlocked(campaign, command, atMs)) return outcome("blocked");
  const { by, entriesPerUser } = campaign.definition.draws![draw]!;
  if (by === "invite" || !mayEnter(campaign, draw, user)) return outcome("not_eligible");
  const arm = assign(campaign, command, user, atMs, ASSIGNED_BY.claim, out);
  if (arm < 0) return outcome("assignment_missing");
  expose(campaign, command, user, arm, EXPOSED_BY.draw, draw, atMs, out);
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
 * The entries that a user earns by bringing one more user now: of each draw for which that makes
 * his number of the day full. One that the draw refuses is no reason against what earned it.
 * @param userKey the user's pseudonym in userKey[at .. at + 3]
 */
export function earnEntries(
  campaign: CampaignState,
  user: number,
  userKey: Uint32Array,
  at: number,
  atMs: number,
  out: EventWriter,
): void {
  const invites = campaign.invites!;
  if (!invites.countsDays) return;
  const today = campaign.calendar.windowAt(PER.day, atMs);
  const brought = invites.broughtOn(today, user) + 1;
  campaign.definition.draws!.forEach(({ earn }, draw) => {
    if (earn?.invites !== brought || !canEarn(campaign, draw, user, atMs)) return;
    const keys = Uint32Array.of(...NO_ID, ...userKey.subarray(at, at + 4));
    PRINT.fill(0);
    writeEntry(campaign, draw, campaign.lots[draw]!.entries, EARNED, keys, user, atMs, out);
  });
}

/** The user has an arm, which is not the holdout: who is held out brings nobody. */
function canEarn(campaign: CampaignState, draw: number, user: number, atMs: number): boolean {
  if (refusalOfDraw(campaign, draw, atMs) !== null || !mayEnter(campaign, draw, user)) return false;
  const { entriesPerUser } = campaign.definition.draws![draw]!;
  return campaign.lots[draw]!.userEntries.get(user) < entriesPerUser;
}

/** Whether a draw is for the user, as far as audiences go. */
function mayEnter(
  { definition, userAudience }: CampaignState,
  draw: number,
  user: number,
): boolean {
  const { audience } = definition.draws![draw]!;
  return audience === null || (user >= 0 && userAudience.get(user) === audience + 1);
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

function replayOfEntry(campaign: CampaignState, bound: number): Outcome {
  const use = campaign.idUse.get(bound);
  const same = sameContent(campaign, bound, PRINT);
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
