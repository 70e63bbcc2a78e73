// Judges how users come to their arms: assignment by hash, by the caller or with an audience, and
// the probability that is stated of it.
import { fromHex } from "../../base/bytes.ts";
import { KeyedHash } from "../../base/keyed-hash.ts";
import { STATED, STATED_ASSIGNED } from "../../core/assignment/exposure-event.ts";
import { ASSIGNED, ASSIGNED_BY } from "../../core/event.ts";
import { checkFree } from "./blocks.ts";
import type { VerifiedCampaign, VerifiedEvent } from "./campaign.ts";
import type { Findings } from "./findings.ts";
import { checkLetIn } from "./modes.ts";

const BY_CALLER: readonly number[] = [ASSIGNED_BY.given, ASSIGNED_BY.audience];
const BY_HASH: readonly number[] = [ASSIGNED_BY.claim, ASSIGNED_BY.offers, ASSIGNED_BY.audience];

export function judgeAssigned(
  campaign: VerifiedCampaign,
  event: VerifiedEvent,
  findings: Findings,
): void {
  const { words, at } = event;
  const user = words[at + ASSIGNED.user]!;
  const packed = words[at + ASSIGNED.arm]!;
  const arm = packed & 0xff;
  const audience = ((packed >>> 8) & 0xff) - 1;
  const by = (packed >>> 16) & 0xff;
  const exposed = packed >>> 24;
  internUser(campaign, event, user, findings);
  findings.counts.arms += 1;
  const before = campaign.userArm.get(user);
  if (before > 0) findings.wrong("arms", "a user without an arm", `one in arm ${before - 1}`);
  const { assignment, audiences } = campaign.definition;
  const given = assignment.source === "given";
  const inAudience = by === ASSIGNED_BY.audience;
  const sources = given ? BY_CALLER : BY_HASH;
  if (!sources.includes(by)) {
    findings.wrong("arms", `assignment by one of ${sources.join(", ")}`, `by ${by}`);
  }
  if (audience >= audiences.length || audience >= 0 !== inAudience) {
    findings.wrong("arms", "an audience where one was assigned", `${audience} by ${by}`);
  }
  const stated = (event.flags & STATED) !== 0;
  // Old journals have whoever has an arm by himself exposed, whatever came of it.
  const due = stated || inAudience ? 0 : 1;
  if (exposed !== due) {
    findings.wrong("exposures", due === 0 ? "not exposed" : "exposed", `${exposed}`);
  }
  if (stated) checkProbability(campaign, event, given, findings);
  else if (campaign.statesExposure) {
    findings.wrong("probabilities", "the arm's probability, as in the events before", "none");
  }
  const expected = given ? Math.min(arm, assignment.variants.length) : armOf(campaign, event);
  if (arm !== expected) findings.wrong("arms", `arm ${expected}`, `arm ${arm}`);
  if (inAudience) checkBeforeEnd(campaign, event, findings);
  else {
    checkSomeOfferOpen(campaign, event, findings);
    checkLetIn(campaign, event, at + ASSIGNED.userKey, findings);
    checkFree(campaign, event, at + ASSIGNED.userKey, 0, 0, findings);
  }
  campaign.userArm.set(user, arm + 1);
  campaign.userAudience.set(user, audience + 1);
  if (campaign.definition.surfaces !== undefined) campaign.userAssignedAtMs.set(user, event.atMs);
  if (exposed !== 0) campaign.exposed(user, event.atMs);
  campaign.counts.assigned += 1;
  if (arm === 0) campaign.counts.heldOut += 1;
}

const STATED_WORDS = new Uint32Array(2);
const STATED_DOUBLE = new Float64Array(STATED_WORDS.buffer);

/** What the shares in force say of the arm; 0 where the caller gave it. */
function checkProbability(
  campaign: VerifiedCampaign,
  { words, at }: VerifiedEvent,
  given: boolean,
  findings: Findings,
): void {
  campaign.statesExposure = true;
  findings.counts.probabilities += 1;
  const packed = words[at + ASSIGNED.arm]!;
  const arm = packed & 0xff;
  const { assignment, audiences } = campaign.definition;
  const { holdoutShare } = audiences[((packed >>> 8) & 0xff) - 1] ?? assignment;
  const share = assignment.variants.length === 0 ? 1 : (assignment.variants[arm - 1]?.share ?? 0);
  const drawn = arm === 0 ? holdoutShare : (1 - holdoutShare) * share;
  const expected = given ? 0 : drawn;
  for (let i = 0; i < 2; i++) STATED_WORDS[i] = words[at + STATED_ASSIGNED.probability + i]!;
  const found = STATED_DOUBLE[0]!;
  if (found === expected) return;
  findings.wrong("probabilities", `probability ${expected} of arm ${arm}`, `${found}`);
}

/** Checks that a user was assigned, under this very ordinal, and that he is let in. */
export function checkUser(
  campaign: VerifiedCampaign,
  event: VerifiedEvent,
  user: number,
  keyAt: number,
  findings: Findings,
): void {
  checkLetIn(campaign, event, keyAt, findings);
  checkKnown(campaign, event, user, keyAt, findings);
}

/** Checks the former alone: surfaces report also of users who are not let in. */
export function checkKnown(
  campaign: VerifiedCampaign,
  event: VerifiedEvent,
  user: number,
  keyAt: number,
  findings: Findings,
): void {
  findings.counts.identities += 1;
  if (campaign.users.matches(user, event.words, keyAt)) return;
  const known = campaign.users.find(event.words, keyAt);
  const expected = known < 0 ? "a user who was assigned" : `user ${known} for this pseudonym`;
  findings.wrong("identities", expected, `user ${user}`);
}

/** Exposure and assignment happen where something is open. */
export function checkSomeOfferOpen(
  campaign: VerifiedCampaign,
  event: VerifiedEvent,
  findings: Findings,
): void {
  findings.counts.moments += 1;
  const { definition, phase } = campaign;
  if (phase !== "open") findings.wrong("moments", "an open campaign", phase);
  const { atMs } = event;
  const isDrawOpen = (definition.draws ?? []).some(
    ({ opensAtMs, closesAtMs }) => opensAtMs <= atMs && atMs < closesAtMs,
  );
  const isOfferOpen = definition.offers.some((offer) => {
    if (offer.draw !== undefined) return false;
    const wave = definition.waves[offer.wave]!;
    return wave.fromMs <= atMs && atMs < wave.toMs;
  });
  const isOpen = isOfferOpen || isDrawOpen;
  if (isOpen && definition.startsAtMs <= atMs && atMs < definition.endsAtMs) return;
  findings.wrong("moments", "an instant at which an offer is open", `${atMs}`);
}

function checkBeforeEnd(
  campaign: VerifiedCampaign,
  event: VerifiedEvent,
  findings: Findings,
): void {
  findings.counts.moments += 1;
  const { definition, phase } = campaign;
  if (event.atMs < definition.endsAtMs && phase !== "ended" && phase !== "closed") return;
  findings.wrong("moments", "assignment before the campaign's end", `${phase} at ${event.atMs}`);
}

/** The user of an assignment: known under this very ordinal, or new with the next one. */
function internUser(
  campaign: VerifiedCampaign,
  event: VerifiedEvent,
  user: number,
  findings: Findings,
): void {
  findings.counts.identities += 1;
  const keyAt = event.at + ASSIGNED.userKey;
  const known = campaign.users.find(event.words, keyAt);
  const expected = known >= 0 ? known : campaign.users.count;
  if (known < 0) campaign.users.add(event.words, keyAt);
  if (user !== expected) findings.wrong("identities", `user ${expected}`, `user ${user}`);
}

const HASHES = new Map<string, KeyedHash>();
const BYTES = new Uint8Array(16);
const VIEW = new DataView(BYTES.buffer);
const HASH = new Uint32Array(4);

/**
 * The arm of an event's user by hash: the first word against the holdout's share, the second
 * against the cumulated shares of the variants.
 */
function armOf(campaign: VerifiedCampaign, { words, at }: VerifiedEvent): number {
  const { assignment, audiences } = campaign.definition;
  const audience = ((words[at + ASSIGNED.arm]! >>> 8) & 0xff) - 1;
  const { salt, holdoutShare } = audiences[audience] ?? assignment;
  for (let i = 0; i < 4; i++) VIEW.setUint32(4 * i, words[at + ASSIGNED.userKey + i]!, true);
  let hash = HASHES.get(salt);
  if (hash === undefined) {
    hash = new KeyedHash(fromHex(salt)!);
    HASHES.set(salt, hash);
  }
  hash.hashBytes(BYTES, HASH);
  if (HASH[0]! < holdoutShare * 2 ** 32) return 0;
  const { variants } = assignment;
  let below = 0;
  for (let i = 0; i + 1 < variants.length; i++) {
    below += variants[i]!.share;
    if (HASH[1]! / 2 ** 32 < below) return i + 1;
  }
  return Math.max(1, variants.length);
}
