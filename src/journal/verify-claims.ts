// Judges claims: what was granted, and what was withheld from the held-out, whose answer is worked
// out anew against the books as they stand.
import { GRANTED, readWide } from "../core/event.ts";
import { checkUser } from "./verify-assignment.ts";
import type { VerifiedCampaign, VerifiedEvent } from "./verify-campaign.ts";
import { chargeCells, compareCells } from "./verify-caps.ts";
import { ATTRIBUTES, CELLS, cellsToCharge, keepRows, readAttributes } from "./verify-cells.ts";
import { checkPrize } from "./verify-draws.ts";
import type { Findings } from "./verify-findings.ts";
import { checkPacket, takePacket } from "./verify-packets.ts";

const NO_GRANT = 0xffffffff;

/** Granted, or withheld from a held-out user: the same layout, the same checks up to the charge. */
export function judgeClaim(
  campaign: VerifiedCampaign,
  event: VerifiedEvent,
  granted: boolean,
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
  campaign.bindId(words, at + GRANTED.id, findings);
  const user = words[at + GRANTED.user]!;
  checkUser(campaign, event, user, at + GRANTED.userKey, findings);
  checkArm(campaign, user, (packed >>> 16) & 0xff, granted, findings);
  if (campaign.definition.offers[offer]!.draw !== undefined) {
    checkPrize(campaign, event, offer, findings);
  } else {
    checkMoment(campaign, event, offer, findings);
    checkEligible(campaign, user, offer, findings);
  }
  const caps = campaign.claimCaps[offer]!;
  const counts = words[at + GRANTED.counts]!;
  const attributes = counts & 0xff;
  const countedCaps = granted ? caps : [];
  const tail = at + GRANTED.rest;
  readAttributes(campaign, event, tail, attributes, countedCaps, -1, ATTRIBUTES, findings);
  if (!granted) findKnownValues(campaign, event, tail, attributes);
  const missing = cellsToCharge(campaign, caps, offer, user, ATTRIBUTES, atMs, CELLS);
  checkAmount(campaign, event, offer, user, granted, findings);
  if (!granted) return judgeWithheld(campaign, event, offer, missing, findings);
  if (missing >= 0) {
    const name = campaign.definition.attributes[missing];
    findings.wrong("charges", `attribute ${name}, without which the claim is refused`, "none");
  }
  const cellsAt = tail + 6 * attributes;
  const cellCount = (counts >>> 8) & 0xff;
  compareCells("charges", CELLS, words, cellsAt, cellCount, campaign.caps, findings);
  keepGrant(campaign, event, offer, user, findings);
}

function keepGrant(
  campaign: VerifiedCampaign,
  event: VerifiedEvent,
  offer: number,
  user: number,
  findings: Findings,
): void {
  const { words, at, atMs } = event;
  const amountMinor = readWide(words, at + GRANTED.amount);
  const grant = campaign.counts.granted;
  findings.same("transitions", "grant", grant, words[at + GRANTED.grant]!);
  findings.counts.limits += 1;
  const grantableMinor = campaign.grantableFor(offer);
  if (!(amountMinor <= grantableMinor)) {
    const left = `at most ${grantableMinor}, which the budget leaves`;
    findings.wrong("limits", left, `${amountMinor}`);
  }
  chargeCells(CELLS, amountMinor, findings);
  const pacing = campaign.claimCaps[offer]!.find(({ pace }) => pace !== null);
  pacing?.pace?.judge(pacing.used(0, 0), atMs, findings);
  keepRows(campaign.grantValue, grant, CELLS);
  campaign.grantUser.set(grant, user);
  campaign.grantOffer.set(grant, offer);
  campaign.grantRest.set(grant, amountMinor);
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
  findings: Findings,
): void {
  const { words, at } = event;
  const amountMinor = readWide(words, at + GRANTED.amount);
  findings.same("transitions", "no grant", NO_GRANT, words[at + GRANTED.grant]!);
  let would = 0;
  let cap = -1;
  if (missing >= 0) would = 1;
  else {
    for (let i = 0; i < CELLS.length && cap < 0; i++) {
      const book = CELLS.caps[i]!;
      // A value never seen has an empty cell.
      const row = CELLS.rows[i]!;
      const used = row < 0 ? 0 : book.used(row, CELLS.windows[i]!);
      if (!(used + book.weight(amountMinor) <= book.limit)) cap = book.ordinal;
    }
    const pacing = CELLS.caps.slice(0, CELLS.length).find(({ pace }) => pace !== null);
    const released = pacing?.pace?.releasedMinor(event.atMs) ?? Number.POSITIVE_INFINITY;
    if (cap >= 0) would = 2;
    else if (pacing !== undefined && pacing.used(0, 0) + amountMinor > released) {
      would = 3;
      cap = pacing.ordinal;
    } else if (!(amountMinor <= campaign.grantableFor(offer))) would = 4;
  }
  findings.counts.holdout += 1;
  const word = words[at + GRANTED.draw]!;
  if (word !== (would | ((cap + 1) << 16))) {
    const nameOf = (ordinal: number): string =>
      ordinal < 0 ? "" : ` by ${campaign.caps[ordinal]?.definition.id ?? ordinal}`;
    const said = WOULD_BE[word & 0xffff] ?? `status ${word & 0xffff}`;
    const expected = `would have been ${WOULD_BE[would]}${nameOf(cap)}`;
    findings.wrong("holdout", expected, `${said}${nameOf((word >>> 16) - 1)}`);
  }
  campaign.counts.withheld += 1;
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
  if (granted) {
    findings.same("drawCounters", "draw", drawsBefore + 1, draw);
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
  if (campaign.userExposed.get(user) !== 1) {
    findings.wrong("exposures", "exposure before the claim's outcome", `user ${user} unexposed`);
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
