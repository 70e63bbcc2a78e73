// Judges draws: entries in time, one close, and at each place of the permutation a winner or a void
// entry, with the grant of the prize that is next.
import { concatBytes, utf8 } from "../../base/bytes.ts";
import { DRAW_CLOSED, DRAW_PLACE, ENTERED, GRANTED, readWide } from "../../core/event.ts";
import { checkUser } from "./assignment.ts";
import { checkFree, isRowBlocked } from "./blocks.ts";
import type { VerifiedCampaign, VerifiedEvent } from "./campaign.ts";
import { type AwaitedEntry, checkEarned } from "./earned.ts";
import type { Findings } from "./findings.ts";
import type { LotBook } from "./lot.ts";

const NO_ENTRY = 0xffffffff;
/** Why an entry is void. */
const WON_BEFORE = 1;
const BLOCKED = 2;
/** A draw's round is published at least so long after entries closed. */
const BEACON_LAG_MS = 600_000;

function lotOf(campaign: VerifiedCampaign, draw: number, findings: Findings): LotBook | null {
  const lot = campaign.lots[draw];
  if (lot !== undefined) return lot;
  findings.wrong("entries", `one of ${campaign.lots.length} draws`, `draw ${draw}`);
  return null;
}

export function judgeEntered(
  campaign: VerifiedCampaign,
  event: VerifiedEvent,
  earned: AwaitedEntry | null,
  findings: Findings,
): void {
  const { words, at } = event;
  findings.counts.entries += 1;
  const draw = words[at + ENTERED.draw]! & 0xffff;
  const lot = lotOf(campaign, draw, findings);
  if (lot === null) return;
  const source = words[at + ENTERED.draw]! >>> 16;
  if (source === 2) checkEarned(event, earned, findings);
  else if (source === 1) {
    campaign.bindId(words, at + ENTERED.id, findings);
    if (campaign.definition.draws![draw]!.by === "invite") {
      findings.wrong("entries", "entries that are earned alone", "one that was asked for");
    }
  } else {
    findings.wrong("entries", "an entry by request, or one that was earned", `source ${source}`);
  }
  const user = words[at + ENTERED.user]!;
  checkUser(campaign, event, user, at + ENTERED.userKey, findings);
  checkFree(campaign, event, at + ENTERED.userKey, 0, 0, findings);
  checkMoment(campaign, draw, lot, event.atMs, findings);
  checkEntrant(campaign, draw, lot, user, words[at + ENTERED.entry]!, findings);
}

function checkMoment(
  campaign: VerifiedCampaign,
  draw: number,
  lot: LotBook,
  atMs: number,
  findings: Findings,
): void {
  const { definition, phase } = campaign;
  const { opensAtMs, closesAtMs } = definition.draws![draw]!;
  const fromMs = Math.max(opensAtMs, definition.startsAtMs);
  const toMs = Math.min(closesAtMs, definition.endsAtMs);
  if (lot.isClosed) findings.wrong("entries", "no entry after the close", "one");
  if (phase !== "open") findings.wrong("entries", "an open campaign", phase);
  if (atMs >= fromMs && atMs < toMs) return;
  findings.wrong("entries", `an instant from ${fromMs}, before ${toMs}`, `${atMs}`);
}

function checkEntrant(
  campaign: VerifiedCampaign,
  draw: number,
  lot: LotBook,
  user: number,
  entry: number,
  findings: Findings,
): void {
  const { audience, entriesPerUser } = campaign.definition.draws![draw]!;
  if (audience !== null && campaign.userAudience.get(user) - 1 !== audience) {
    findings.wrong("entries", `a member of audience ${audience}`, `user ${user}`);
  }
  const arm = campaign.userArm.get(user) - 1;
  if (arm < 0 || campaign.userExposed.get(user) !== 1) {
    findings.wrong("entries", "a user with an arm, exposed", `user ${user}`);
  }
  if (entry === NO_ENTRY) {
    if (arm !== 0) findings.wrong("entries", "an entry withheld from arm 0", `from arm ${arm}`);
    return;
  }
  if (arm === 0) findings.wrong("entries", "no entry of the held-out", `of user ${user}`);
  findings.same("entries", "entry", lot.entries, entry);
  lot.entryUser.set(lot.entries, user);
  lot.entries += 1;
  lot.userEntries.add(user, 1);
  if (lot.userEntries.get(user) <= entriesPerUser) return;
  const found = `${lot.userEntries.get(user)} of user ${user}`;
  findings.wrong("entries", `at most ${entriesPerUser} entries of a user`, found);
}

export function judgeDrawClosed(
  campaign: VerifiedCampaign,
  event: VerifiedEvent,
  findings: Findings,
): void {
  const { words, at, atMs } = event;
  findings.counts.entries += 1;
  const draw = words[at + DRAW_CLOSED.draw]!;
  const lot = lotOf(campaign, draw, findings);
  if (lot === null) return;
  if (lot.isClosed) findings.wrong("entries", "a draw that takes entries", "one closed before");
  const { closesAtMs } = campaign.definition.draws![draw]!;
  if (atMs < closesAtMs) findings.wrong("entries", `a close from ${closesAtMs} on`, `${atMs}`);
  findings.same("entries", "entries", lot.entries, words[at + DRAW_CLOSED.entries]!);
  const { beacon } = campaign.definition;
  const round = readWide(words, at + DRAW_CLOSED.round);
  let promised = 0;
  if (beacon !== undefined && lot.entries > 0) {
    const { genesisAtMs, periodMs } = beacon.chain;
    promised = Math.max(1, Math.ceil((atMs + BEACON_LAG_MS - genesisAtMs) / periodMs) + 1);
  }
  findings.same("entries", "round", promised, round);
  lot.isClosed = true;
  lot.round = promised;
  lot.mix(findings);
}

/** A winner's place, or a void one. */
export function judgePlace(
  campaign: VerifiedCampaign,
  event: VerifiedEvent,
  isWon: boolean,
  findings: Findings,
): void {
  const { words, at, atMs } = event;
  findings.counts.winners += 1;
  const draw = words[at + DRAW_PLACE.draw]!;
  const lot = lotOf(campaign, draw, findings);
  if (lot === null) return;
  const wrong = (expected: string, found: string): void => {
    findings.wrong("winners", expected, found);
  };
  if (!lot.isClosed) wrong("a draw that is closed", "one that takes entries");
  if (lot.awaitsBeacon) wrong("the promised round before any winner", "no round yet");
  if (campaign.phase === "closed" || atMs >= campaign.definition.closesAtMs) {
    wrong("a campaign not closed", `${atMs}`);
  }
  const point = words[at + DRAW_PLACE.point]!;
  findings.same("winners", "place", lot.places, words[at + DRAW_PLACE.place]!);
  if (!(point >= lot.places && point < lot.entries)) {
    return wrong(`a point from ${lot.places}, below ${lot.entries}`, `${point}`);
  }
  const entry = lot.at(point);
  findings.same("winners", "entry", entry, words[at + DRAW_PLACE.entry]!);
  const place = lot.places;
  lot.take(point, findings);
  const user = lot.entryUser.get(entry);
  const { winsPerUser } = campaign.definition.draws![draw]!;
  const hasWon = lot.userWins.get(user) >= winsPerUser;
  const isBlocked = isRowBlocked(campaign, user, null, atMs);
  const rest = words[at + DRAW_PLACE.rest]!;
  const offer = nextPrize(campaign, draw);
  if (offer < 0) wrong("no further place, for no prize is left", `place ${place}`);
  if (!isWon) {
    const because = isBlocked ? BLOCKED : hasWon ? WON_BEFORE : 0;
    if (because === 0) wrong("no void entry, for its user may win", `reason ${rest}`);
    else findings.same("winners", "void for reason", because, rest);
    return;
  }
  if (isBlocked) wrong("a void entry, for its user is blocked", "a win");
  if (hasWon) wrong(`at most ${winsPerUser} wins of a user`, `another one of user ${user}`);
  findings.same("winners", "grant", campaign.counts.granted, rest);
  lot.userWins.add(user, 1);
  campaign.winDue = { draw, place, user, offer };
}

function nextPrize({ definition, pots }: VerifiedCampaign, draw: number): number {
  return definition.offers.findIndex((offer, i) => offer.draw === draw && pots[i]!.next >= 0);
}

/** The grant of a prize: only what the win just before it says. */
export function checkPrize(
  campaign: VerifiedCampaign,
  { words, at }: VerifiedEvent,
  offer: number,
  findings: Findings,
): void {
  findings.counts.winners += 1;
  const due = campaign.winDue;
  campaign.winDue = null;
  if (due === null) return findings.wrong("winners", "a prize after its win", "a prize alone");
  const numbers = new Uint8Array(Uint32Array.of(due.draw, due.place).buffer);
  const digest = campaign.sha256(concatBytes(utf8("hongbao/win/1"), numbers)).slice(0, 16);
  const id = new Uint32Array(digest.buffer);
  const isNamed = id.every((word, i) => words[at + GRANTED.id + i] === word);
  if (!isNamed) findings.wrong("winners", `the id of place ${due.place}`, "another id");
  findings.same("winners", "offer", due.offer, offer);
  findings.same("winners", "user", due.user, words[at + GRANTED.user]!);
}

/** At the close of the campaign every prize that could be won must have been. */
export function checkDrawsOver(campaign: VerifiedCampaign, atMs: number, findings: Findings): void {
  if (atMs >= campaign.definition.closesAtMs) return;
  campaign.lots.forEach((lot, draw) => {
    findings.counts.winners += 1;
    const isOver = lot.isClosed && (lot.places >= lot.entries || nextPrize(campaign, draw) < 0);
    if (!isOver) findings.wrong("winners", `draw ${draw} held to its end`, "prizes not drawn");
  });
}
