// The opening event, read with distrust: every other check builds on the definition in it, so a
// definition that does not hold together is reported and its campaign is not judged further.
import { fromHex } from "../../base/bytes.ts";
import { currencyDecimals } from "../../base/money.ts";
import type {
  CampaignDefinition,
  CapDefinition,
  DrawDefinition,
  OfferDefinition,
  PotReward,
} from "../../core/definition.ts";
import type { Opening } from "../../core/opening.ts";
import { beaconFaults } from "./beacon.ts";
import { isBlockingCap } from "./blocks.ts";
import { isCompensation } from "./compensation.ts";
import { overissueFaults } from "./exposure.ts";
import { inviteFaults } from "./invite-terms.ts";
import { greyFaults } from "./modes.ts";

/** Nonce, seed and tag of AES-256-GCM. */
const SEALED_SEED_BYTES = 12 + 32 + 16;
const HASH_BYTES = 32;
const SALT_BYTES = 16;
const ODDS_MAX = 2 ** 32;
const CAPS_MAX = 256;

/** Reads the event's words [from, to); null and a reason in `faults` when it is no opening. */
export function readOpening(
  words: Uint32Array,
  from: number,
  to: number,
  faults: string[],
): Opening | null {
  const length = words[from]!;
  if (Math.ceil(length / 4) !== to - from - 1) {
    faults.push(`${length} bytes of JSON in ${to - from - 1} words`);
    return null;
  }
  const bytes = new Uint8Array(words.buffer, words.byteOffset + 4 * (from + 1), length);
  let opening: Opening;
  try {
    opening = JSON.parse(new TextDecoder("utf-8", { fatal: true }).decode(bytes)) as Opening;
    collectFaults(opening, faults);
  } catch (error) {
    // Not JSON, or a field is missing or of another type than every check expects.
    faults.push(error instanceof Error ? error.message : String(error));
    return null;
  }
  return faults.length === 0 ? opening : null;
}

function collectFaults(opening: Opening, faults: string[]): void {
  const must = (holds: boolean, fault: string): void => {
    if (!holds) faults.push(fault);
  };
  must(isHex(opening.seedCommitment, HASH_BYTES), "seedCommitment is no SHA-256");
  must(isHex(opening.pseudonymCommitment, HASH_BYTES), "pseudonymCommitment is no SHA-256");
  must(isHex(opening.sealedSeed, SEALED_SEED_BYTES), "sealedSeed is no sealed seed");
  collectDefinitionFaults(opening.definition, faults);
}

/** What does not hold together in a definition. Throws where a field is of another type. */
export function collectDefinitionFaults(definition: CampaignDefinition, faults: string[]): void {
  const must = (holds: boolean, fault: string): void => {
    if (!holds) faults.push(fault);
  };
  const lineMinor = definition.contingency?.limitMinor ?? 1;
  must(isAmount(lineMinor) && lineMinor > 0, "a contingency line of no amount");
  must([undefined, true].includes(definition.rehearsal), "rehearsal is neither true nor absent");
  must(/^[a-z0-9][a-z0-9-]{0,62}$/.test(definition.id), "id is no campaign id");
  must(isAmount(definition.budgetMinor), "budgetMinor is no amount");
  must(currencyDecimals(definition.currency) !== null, "currency is no code of three letters");
  const { startsAtMs, endsAtMs, closesAtMs } = definition;
  const instants = [startsAtMs, endsAtMs, closesAtMs, definition.settlingLagMs];
  must(instants.every(isAmount), "an instant is no whole number of ms");
  must(startsAtMs < endsAtMs && endsAtMs <= closesAtMs, "start, end and close are out of order");
  must(isAscending(definition.dayStartsMs), "dayStartsMs does not ascend");
  const { waves, offers, caps, attributes, audiences } = definition;
  must(waves.length > 0 && offers.length > 0, "no wave or no offer");
  for (const list of [waves, offers, caps, audiences, definition.assignment.variants]) {
    must(new Set(list.map((one) => one.id)).size === list.length, "an id stands twice in a list");
    must(isTexts(list.map((one) => one.id)), "an id is no text");
  }
  must(isTexts(attributes), "an attribute is no text");
  must(new Set(attributes).size === attributes.length, "an attribute stands twice");
  const { facts = [], lists = [], surfaces = [] } = definition;
  for (const names of [facts.map(({ name }) => name), lists.map(({ id }) => id), surfaces]) {
    must(new Set(names).size === names.length, "a fact, a list or a surface stands twice");
  }
  must(attributes.length <= 32 && caps.length <= CAPS_MAX, "too many attributes or caps");
  for (const offer of offers) must(isOffer(offer, definition), `offer ${offer.id} is not sound`);
  for (const draw of definition.draws ?? []) {
    must(isDraw(draw, definition), `draw ${draw.id} is not sound`);
  }
  faults.push(...inviteFaults(definition), ...greyFaults(definition));
  faults.push(...overissueFaults(definition));
  for (const cap of caps) must(isCap(cap, definition), `cap ${cap.id} is not sound`);
  const { assignment } = definition;
  must(assignment.source === "hash" || assignment.source === "given", "assignment has no source");
  for (const { salt, holdoutShare } of [assignment, ...audiences]) {
    must(isHex(salt, SALT_BYTES), "a salt is not 16 bytes in hex");
    must(isShare(holdoutShare), "a holdout share is not between 0 and 1");
  }
  must(
    assignment.variants.length <= 255 && assignment.variants.every((one) => isShare(one.share)),
    "the shares of the variants are not between 0 and 1",
  );
  const spans = [definition.releaseGraceMs, ...offers.map((offer) => offer.maturesMs)];
  must(
    spans.every((span) => span === undefined || isAmount(span)),
    "a span is no number of ms",
  );
  faults.push(...beaconFaults(definition));
}

function isOffer(
  offer: OfferDefinition,
  { waves, audiences, caps, draws = [] }: CampaignDefinition,
): boolean {
  const { reward, expiry, wave, audience } = offer;
  if (waves[wave] === undefined) return false;
  if (offer.draw !== undefined && !isPrize(offer, draws)) return false;
  if (audience !== null && audiences[audience] === undefined) return false;
  if (expiry.kind !== "at" && expiry.kind !== "after") return false;
  if (!isAmount(expiry.kind === "at" ? expiry.atMs : expiry.afterMs)) return false;
  if (reward.kind === "fixed") return isAmount(reward.amountMinor);
  if (reward.kind === "pot") return isPot(reward) && caps.some((cap) => isPotCap(cap, offer));
  if (reward.kind === "compensation") return isCompensation(offer, caps);
  const { entries } = reward;
  const sum = entries.reduce((total, entry) => total + entry.odds, 0);
  const whole = entries.every((entry) => isAmount(entry.amountMinor) && isAmount(entry.odds));
  return reward.kind === "table" && whole && sum > 0 && sum <= ODDS_MAX;
}

function isPot({ totalMinor, packets, minMinor, maxMinor }: PotReward): boolean {
  const amounts = [totalMinor, packets, minMinor, maxMinor];
  const isPossible = packets * minMinor <= totalMinor && totalMinor <= packets * maxMinor;
  return amounts.every((amount) => isAmount(amount) && amount > 0) && isPossible;
}

/** A prize is one of equals, of a draw that is there. */
function isPrize({ draw, reward }: OfferDefinition, draws: readonly DrawDefinition[]): boolean {
  const isOfEquals = reward.kind === "pot" && reward.minMinor === reward.maxMinor;
  return isOfEquals && draws[draw!] !== undefined;
}

function isDraw(draw: DrawDefinition, { audiences }: CampaignDefinition): boolean {
  const { opensAtMs, closesAtMs, audience, entriesPerUser, winsPerUser, earn, by } = draw;
  if (audience !== null && audiences[audience] === undefined) return false;
  const isCount = (count: number): boolean => isAmount(count) && count > 0;
  if (earn !== undefined && !(isCount(earn.invites) && earn.per === "day")) return false;
  if (by !== undefined && (by !== "invite" || earn === undefined)) return false;
  const inTime = isAmount(opensAtMs) && isAmount(closesAtMs) && opensAtMs < closesAtMs;
  return inTime && isCount(entriesPerUser) && isCount(winsPerUser) && winsPerUser < 256;
}

/** It alone says when a pot is empty. */
function isPotCap(cap: CapDefinition, { id, reward }: OfferDefinition): boolean {
  return (
    cap.id === `pot:${id}` &&
    cap.dimension === `offer:${id}` &&
    cap.counts === "grants" &&
    cap.per === "total" &&
    cap.on === "claim" &&
    reward.kind === "pot" &&
    cap.limit === reward.packets
  );
}

function isCap(cap: CapDefinition, definition: CampaignDefinition): boolean {
  const { waves, offers, attributes } = definition;
  const known = [
    "campaign",
    "wave",
    "offer",
    "user",
    ...waves.map((wave) => `wave:${wave.id}`),
    ...offers.map((offer) => `offer:${offer.id}`),
    ...(definition.invites ?? []).map((invite) => `inviter:${invite.id}`),
    ...attributes,
  ];
  return (
    known.includes(cap.dimension) &&
    ["money", "grants"].includes(cap.counts) &&
    ["total", "day", "hour", "minute"].includes(cap.per) &&
    ["claim", "redemption"].includes(cap.on) &&
    ["refuse", "shared", "skip"].includes(cap.missing) &&
    typeof cap.refund === "boolean" &&
    isAmount(cap.limit) &&
    isBlockingCap(cap, attributes) &&
    (cap.curve === undefined || isCurve(cap))
  );
}

/** A curve lets out the money of one wave, whole, and counts gross issue. */
function isCurve({ dimension, counts, per, on, refund, curve }: CapDefinition): boolean {
  const { points, unused } = curve!;
  return (
    dimension.startsWith("wave:") &&
    [counts, per, on].join() === "money,total,claim" &&
    !refund &&
    (unused === "now" || unused === "spread") &&
    isAscending(points.map(({ atMs }) => atMs)) &&
    points.every(({ share }, i) => isShare(share) && share >= (points[i - 1]?.share ?? 0)) &&
    points.at(-1)?.share === 1
  );
}

function isTexts(names: readonly unknown[]): boolean {
  return Array.isArray(names) && names.every((name) => typeof name === "string");
}

function isHex(text: string, bytes: number): boolean {
  return fromHex(text)?.length === bytes;
}

function isAmount(value: number): boolean {
  return Number.isSafeInteger(value) && value >= 0;
}

function isShare(value: number): boolean {
  return value >= 0 && value <= 1;
}

function isAscending(instants: readonly number[]): boolean {
  return (
    instants.length > 0 &&
    instants.every((atMs, i) => Number.isSafeInteger(atMs) && (i === 0 || atMs > instants[i - 1]!))
  );
}
