// Judges claims: what was granted, and what was withheld from the held-out, whose answer is worked
// out anew against the books as they stand.
import { DRAWS, GRANTED, readWide } from "../../core/event.ts";
import { checkUser } from "./assignment.ts";
import { checkFree } from "./blocks.ts";
import type { VerifiedCampaign, VerifiedEvent } from "./campaign.ts";
import { type CapBook, chargeCells, compareCells, type ExpectedCells } from "./caps.ts";
import { ATTRIBUTES, CELLS, cellsToCharge, keepRows, readAttributes } from "./cells.ts";
import { checkCompensated, isCompensated } from "./compensation.ts";
import { checkPrize } from "./draws.ts";
import { checkExposes } from "./exposed.ts";
import type { Findings } from "./findings.ts";
import type { AwaitedPart } from "./invites.ts";
import { checkMark } from "./modes.ts";
import { checkPacket, takePacket } from "./packets.ts";
import { checkInviter, checkPart } from "./parts.ts";

const NO_GRANT = 0xffffffff;

/** Granted, or withheld from a held-out user: the same layout, the same checks up to the charge. */
export function judgeClaim(
  campaign: VerifiedCampaign,
  event: VerifiedEvent,
  granted: boolean,
  part: AwaitedPart | null,
  findings: Findings,
): void {
  const { words, at, atMs } = event;
  const packed = words[at + GRANTED.offer]!;
  const offer = packed & 0xffff;
  const version = campaign.capCounts.length - 1;
  if (offer >= campaign.definition.offers.length || packed >>> 24 !== version) {
    const expected = `one of ${campaign.definition.offers.length} offers, version ${version}`;
    findings.wrong("events", expected, `offer ${offer}, version ${packed >>> 24}`);
    return;
  }
  if (part !== null) checkPart(part, event, findings);
  else {
    campaign.bindId(words, at + GRANTED.id, findings);
    checkClaimable(campaign, offer, findings);
  }
  const user = words[at + GRANTED.user]!;
  checkUser(campaign, event, user, at + GRANTED.userKey, findings);
  checkArm(campaign, user, (packed >>> 16) & 0xff, granted, findings);
  const gets = granted || (words[at + GRANTED.draw]! & 0xffff) === 0;
  checkExposes(campaign, event, user, gets, findings);
  const isOwed = isCompensated(campaign, offer);
  if (isOwed) checkCompensated(campaign, event, offer, user, granted, findings);
  else if (campaign.definition.offers[offer]!.draw !== undefined) {
    checkPrize(campaign, event, offer, findings);
  } else {
    checkMoment(campaign, event, offer, findings);
    checkEligible(campaign, user, offer, findings);
  }
  const caps = part?.caps ?? campaign.claimCaps[offer]!;
  const counts = words[at + GRANTED.counts]!;
  const attributes = counts & 0xff;
  const countedCaps = granted ? caps : [];
  const tail = at + GRANTED.rest;
  checkFree(campaign, event, at + GRANTED.userKey, tail, attributes, findings);
  readAttributes(campaign, event, tail, attributes, countedCaps, -1, ATTRIBUTES, findings);
  if (!granted) findKnownValues(campaign, event, tail, attributes);
  const missing = cellsToCharge(campaign, caps, offer, user, ATTRIBUTES, atMs, CELLS);
  if (!isOwed) checkAmount(campaign, event, offer, user, granted, findings);
  if (!granted) return judgeWithheld(campaign, event, offer, missing, part, findings);
  if (part !== null) {
    checkInviter(part, ATTRIBUTES, readWide(words, at + GRANTED.amount), findings);
  }
  if (missing >= 0) {
    const name = campaign.definition.attributes[missing];
    findings.wrong("charges", `attribute ${name}, without which the claim is refused`, "none");
  }
  const cellsAt = tail + 6 * attributes;
  const cellCount = (counts >>> 8) & 0xff;
  compareCells("charges", CELLS, words, cellsAt, cellCount, campaign.caps, findings);
  keepGrant(campaign, event, offer, user, findings);
}

/** What only invites give is not given for a claim. */
function checkClaimable(campaign: VerifiedCampaign, offer: number, findings: Findings): void {
  const { by } = campaign.definition.offers[offer]!;
  if (by !== undefined) findings.wrong("moments", "an offer that can be claimed", `one by ${by}`);
}

function keepGrant(
  campaign: VerifiedCampaign,
  event: VerifiedEvent,
  offer: number,
  user: number,
  findings: Findings,
): void {
  const { words, at, atMs } = event;
  checkMark(campaign, event, findings);
  const amountMinor = readWide(words, at + GRANTED.amount);
  const grant = campaign.counts.granted;
  findings.same("transitions", "grant", grant, words[at + GRANTED.grant]!);
  findings.counts.limits += 1;
  const most = campaign.grantableFor(offer);
  if (!(amountMinor <= most)) {
    findings.wrong("limits", `at most ${most}, which the budget leaves`, `${amountMinor}`);
  }
  chargeCells(CELLS, amountMinor, findings);
  const pacing = campaign.claimCaps[offer]!.find(({ pace }) => pace !== null);
  pacing?.pace?.judge(pacing.used(0, 0), atMs, findings);
  keepRows(campaign.grantValue, grant, CELLS);
  campaign.grantUser.set(grant, user);
  if (!isCompensated(campaign, offer)) campaign.userGrants.add(user, 1);
  campaign.grantOffer.set(grant, offer);
  campaign.grantRest.set(grant, amountMinor);
  campaign.late.grantedMinor.set(grant, amountMinor);
  campaign.grantAtMs.set(grant, atMs);
  campaign.grantVersion.set(grant, campaign.capCounts.length - 1);
  const book = campaign.offers[offer]!;
  campaign.grantExpiry.set(grant, book.expiry);
  book.grants.set(book.length, grant);
  book.length += 1;
  campaign.counts.granted += 1;
  takePacket(campaign, offer, grant, amountMinor, findings);
  campaign.money.reservedMinor += amountMinor;
  campaign.money.issuedMinor += amountMinor;
}

/** Statuses of a held-out claim, by the number in its event. */
const WOULD_BE = ["granted", "missing_attribute", "cap_reached", "paced", "budget_exhausted"];

function judgeWithheld(
  campaign: VerifiedCampaign,
  event: VerifiedEvent,
  offer: number,
  missing: number,
  part: AwaitedPart | null,
  findings: Findings,
): void {
  const { words, at } = event;
  const amountMinor = readWide(words, at + GRANTED.amount);
  findings.same("transitions", "no grant", NO_GRANT, words[at + GRANTED.grant]!);
  const besides = part?.besides ?? null;
  let [would, cap] = besides === null ? [0, -1] : wouldBe(besides, null, event.atMs);
  if (would === 0) {
    [would, cap] = wouldBe({ cells: CELLS, missing, amountMinor }, besides, event.atMs);
  }
  const bothMinor = amountMinor + (besides?.amountMinor ?? 0);
  if (would === 0 && !(bothMinor <= campaign.grantableFor(offer))) would = 4;
  findings.counts.holdout += 1;
  const word = words[at + GRANTED.draw]!;
  if (word !== (would | ((cap + 1) << 16))) {
    const nameOf = (ordinal: number): string =>
      ordinal < 0 ? "" : ` by ${campaign.caps[ordinal]?.definition.id ?? ordinal}`;
    const said = WOULD_BE[word & 0xffff] ?? `status ${word & 0xffff}`;
    const expected = `would have been ${WOULD_BE[would]}${nameOf(cap)}`;
    findings.wrong("holdout", expected, `${said}${nameOf((word >>> 16) - 1)}`);
  }
  const draws = would === 0 && campaign.definition.offers[offer]!.reward.kind === "table" ? 1 : 0;
  const drew = (event.flags & DRAWS) === 0 ? 0 : 1;
  if (drew > draws || (drew < draws && campaign.statesExposure)) {
    findings.same("drawCounters", "draws of the held-out", draws, drew);
  }
  campaign.counts.withheld += 1;
}

type Charged = NonNullable<AwaitedPart["besides"]>;

/** What one side would be, and by which cap; `besides` is charged first. */
function wouldBe(
  { cells, missing, amountMinor }: Charged,
  besides: Charged | null,
  atMs: number,
): [would: number, cap: number] {
  if (missing >= 0) return [1, -1];
  for (let i = 0; i < cells.length; i++) {
    const book = cells.caps[i]!;
    // A value never seen has an empty cell.
    const row = cells.rows[i]!;
    const used = row < 0 ? 0 : book.used(row, cells.windows[i]!);
    const before = earlier(besides, book, row);
    if (!(used + before + book.weight(amountMinor) <= book.limit)) return [2, book.ordinal];
  }
  const paced = cells.caps.slice(0, cells.length).find(({ pace }) => pace !== null);
  const released = paced?.pace?.releasedMinor(atMs) ?? Number.POSITIVE_INFINITY;
  if (paced === undefined) return [0, -1];
  const needed = paced.used(0, 0) + earlier(besides, paced, 0) + amountMinor;
  return needed > released ? [3, paced.ordinal] : [0, -1];
}

/** What the other side is charged in a cell. */
function earlier(besides: Charged | null, cap: CapBook, row: number): number {
  if (besides === null || !chargesToo(besides.cells, cap, row)) return 0;
  return cap.weight(besides.amountMinor);
}

/** Of values never seen, two are the same only where both are missing and share a cell. */
function chargesToo(cells: ExpectedCells, cap: CapBook, row: number): boolean {
  if (row < 0 && ATTRIBUTES.given[cap.attribute] === true) return false;
  for (let i = 0; i < cells.length; i++) {
    if (cells.caps[i] === cap && cells.rows[i] === row) return true;
  }
  return false;
}

/** A held-out claim's attributes have no ordinals in the event; known values have one anyway. */
function findKnownValues(
  campaign: VerifiedCampaign,
  event: VerifiedEvent,
  at: number,
  count: number,
): void {
  const zero = new Uint32Array(4);
  ATTRIBUTES.rows.forEach((_, attribute) => {
    ATTRIBUTES.rows[attribute] = campaign.values[attribute]!.find(zero, 0);
  });
  for (let i = 0; i < count; i++) {
    const place = at + 6 * i;
    const attribute = event.words[place]!;
    const book = campaign.values[attribute];
    if (book !== undefined) ATTRIBUTES.rows[attribute] = book.find(event.words, place + 2);
  }
}

function checkAmount(
  campaign: VerifiedCampaign,
  event: VerifiedEvent,
  offer: number,
  user: number,
  granted: boolean,
  findings: Findings,
): void {
  const { words, at } = event;
  const amountMinor = readWide(words, at + GRANTED.amount);
  const draw = granted ? words[at + GRANTED.draw]! : 0;
  const { reward, draw: prizeOf } = campaign.definition.offers[offer]!;
  const pot = campaign.pots[offer]!;
  if (reward.kind === "fixed") {
    findings.same("amounts", "an amount of", reward.amountMinor, amountMinor);
    if (draw !== 0) findings.wrong("drawCounters", "no draw for a fixed reward", `${draw}`);
    return;
  }
  if (campaign.luck.awaitsBeacon && prizeOf === undefined) {
    findings.wrong("beacons", "the promised round in the journal before any luck", "no round yet");
  }
  if (pot !== null) return checkPacket(event, pot, granted, findings);
  const drawsBefore = campaign.offers[offer]!.draws.get(user);
  if (granted) findings.same("drawCounters", "draw", drawsBefore + 1, draw);
  if (granted || (event.flags & DRAWS) !== 0) {
    campaign.offers[offer]!.draws.set(user, drawsBefore + 1);
  }
  if (campaign.definition.beacon !== undefined) findings.counts.beacons += 1;
  const { sequence, index } = findings;
  const version = campaign.capCounts.length - 1;
  const stated = { sequence, index, user, offer, version, drawsBefore, amountMinor, granted };
  campaign.luck.add(stated, findings);
}

function checkArm(
  campaign: VerifiedCampaign,
  user: number,
  arm: number,
  granted: boolean,
  findings: Findings,
): void {
  findings.counts.holdout += 1;
  const known = campaign.userArm.get(user) - 1;
  if (known < 0) findings.wrong("arms", "a user with an arm", `user ${user} without one`);
  else if (known !== arm) findings.wrong("arms", `arm ${known}, the user's own`, `arm ${arm}`);
  if (granted && (arm === 0 || known === 0)) {
    findings.wrong("holdout", "nothing granted to a held-out user", `user ${user} got a grant`);
  } else if (!granted && arm !== 0) {
    findings.wrong("holdout", "a claim withheld from arm 0 alone", `from arm ${arm}`);
  }
}

function checkEligible(
  campaign: VerifiedCampaign,
  user: number,
  offer: number,
  findings: Findings,
): void {
  const { audience } = campaign.definition.offers[offer]!;
  if (audience === null) return;
  findings.counts.moments += 1;
  const member = campaign.userAudience.get(user) - 1;
  if (member === audience) return;
  findings.wrong("moments", `a member of audience ${audience}`, `of ${member}`);
}

/** Within the campaign, the offer's wave, and a phase that takes claims. */
function checkMoment(
  campaign: VerifiedCampaign,
  event: VerifiedEvent,
  offer: number,
  findings: Findings,
): void {
  findings.counts.moments += 1;
  const { definition, phase } = campaign;
  if (phase !== "open") findings.wrong("moments", "an open campaign", phase);
  const wave = definition.waves[definition.offers[offer]!.wave]!;
  const fromMs = Math.max(definition.startsAtMs, wave.fromMs);
  const toMs = Math.min(definition.endsAtMs, wave.toMs);
  if (event.atMs >= fromMs && event.atMs < toMs) return;
  findings.wrong("moments", `an instant from ${fromMs}, before ${toMs}`, `${event.atMs}`);
}
