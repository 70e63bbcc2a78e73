// Judges exposures: the first thing that was given to a user, shown to him, or would have been; and
// what surfaces outside report, each earlier than any before it.

import {
  EXPOSED_BY,
  EXPOSED_EVENT,
  EXPOSURE_IMPORTED,
  STATED,
} from "../../core/assignment/exposure-event.ts";
import { ASSIGNED, EXPOSES, readWide } from "../../core/event.ts";
import { checkKnown, checkSomeOfferOpen, checkUser } from "./assignment.ts";
import { checkFree } from "./blocks.ts";
import type { VerifiedCampaign, VerifiedEvent } from "./campaign.ts";
import type { Findings } from "./findings.ts";

/** An event that exposes a user and nothing else. */
export function judgeExposed(
  campaign: VerifiedCampaign,
  event: VerifiedEvent,
  kind: "exposed" | "exposure_imported",
  findings: Findings,
): void {
  if (kind === "exposed") judgeShown(campaign, event, findings);
  else judgeImported(campaign, event, findings);
}

function judgeShown(campaign: VerifiedCampaign, event: VerifiedEvent, findings: Findings): void {
  const user = event.words[event.at + ASSIGNED.user]!;
  findings.counts.exposures += 1;
  checkUser(campaign, event, user, event.at + ASSIGNED.userKey, findings);
  if (campaign.userArm.get(user) === 0) {
    findings.wrong("exposures", "a user with an arm", `user ${user} without one`);
  }
  if (campaign.userExposed.get(user) === 1) {
    findings.wrong("exposures", "a first exposure", `user ${user} is exposed already`);
  }
  checkSomeOfferOpen(campaign, event, findings);
  checkFree(campaign, event, event.at + ASSIGNED.userKey, 0, 0, findings);
  if ((event.flags & STATED) !== 0) checkWhat(campaign, event, user, findings);
  else if (campaign.statesExposure) {
    findings.wrong("exposures", "what the user was exposed by, as in the events before", "none");
  }
  campaign.exposed(user, event.atMs);
}

/** The arm is the user's, and what exposed him is there and not only for claims. */
function checkWhat(
  campaign: VerifiedCampaign,
  { words, at, atMs }: VerifiedEvent,
  user: number,
  findings: Findings,
): void {
  campaign.statesExposure = true;
  const packed = words[at + EXPOSED_EVENT.what]!;
  findings.same("exposures", "arm", campaign.userArm.get(user) - 1, packed & 0xff);
  const by = (packed >>> 8) & 0xff;
  const ordinal = packed >>> 16;
  const { offers, waves, invites = [], draws = [] } = campaign.definition;
  const offer = by === EXPOSED_BY.offers ? offers[ordinal] : undefined;
  const wave = offer === undefined ? undefined : waves[offer.wave]!;
  const isShown = wave !== undefined && wave.fromMs <= atMs && atMs < wave.toMs;
  const isInvite = by === EXPOSED_BY.invite && invites[ordinal] !== undefined;
  const isDraw = by === EXPOSED_BY.draw && draws[ordinal] !== undefined;
  if (isInvite || isDraw || (isShown && offer?.by === undefined && offer?.draw === undefined)) {
    return;
  }
  findings.wrong("exposures", "an offer, invite or draw that is open", `${by}, ordinal ${ordinal}`);
}

/**
 * A claim's outcome is the user's first exposure where something is granted, or would have been,
 * and nothing was before.
 */
export function checkExposes(
  campaign: VerifiedCampaign,
  { flags, atMs }: VerifiedEvent,
  user: number,
  gets: boolean,
  findings: Findings,
): void {
  findings.counts.exposures += 1;
  const exposes = (flags & EXPOSES) !== 0;
  const exposed = campaign.userExposed.get(user) === 1;
  if (exposes) campaign.statesExposure = true;
  if (exposes && !gets) {
    findings.wrong("exposures", "no exposure by a claim that is refused", `of user ${user}`);
  } else if (exposes && exposed) {
    findings.wrong("exposures", "a first exposure", `user ${user} is exposed already`);
  } else if (gets && !exposes && !exposed) {
    findings.wrong("exposures", "exposure with or before the claim", `user ${user} unexposed`);
  }
  if (exposes && !exposed) campaign.exposed(user, atMs);
}

/** Of a user in his arm, in time, by a surface of the campaign. */
function judgeImported(campaign: VerifiedCampaign, event: VerifiedEvent, findings: Findings): void {
  const { words, at, atMs } = event;
  findings.counts.exposures += 1;
  const wrong = (expected: string, found: string): void => {
    findings.wrong("exposures", expected, found);
  };
  const user = words[at + ASSIGNED.user]!;
  checkKnown(campaign, event, user, at + ASSIGNED.userKey, findings);
  const packed = words[at + EXPOSURE_IMPORTED.what]!;
  const arm = campaign.userArm.get(user) - 1;
  if (arm < 0 || (packed & 0xffff) !== arm) wrong(`arm ${arm}`, `arm ${packed & 0xffff}`);
  const { surfaces = [], startsAtMs, endsAtMs } = campaign.definition;
  if (surfaces[packed >>> 16] === undefined) {
    wrong(`one of ${surfaces.length} surfaces`, `surface ${packed >>> 16}`);
  }
  if (campaign.phase === "closed") wrong("a campaign not closed", "closed");
  const seenAtMs = readWide(words, at + EXPOSURE_IMPORTED.seenAt);
  const fromMs = Math.max(startsAtMs, campaign.userAssignedAtMs.get(user));
  if (!(seenAtMs >= fromMs && seenAtMs <= atMs && seenAtMs < endsAtMs)) {
    wrong(`an instant from ${fromMs}, not after ${Math.min(atMs, endsAtMs)}`, `${seenAtMs}`);
  }
  const isKnown = campaign.userExposed.get(user) === 1;
  const known = campaign.userExposedAtMs.get(user);
  if (isKnown && !(seenAtMs < known)) wrong(`an exposure before ${known}`, `one at ${seenAtMs}`);
  campaign.exposed(user, seenAtMs);
}
