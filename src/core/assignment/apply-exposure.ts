// How the events about arms and exposures add to the state.
import { ASSIGNED, EXPOSES, readWide } from "../event.ts";
import type { CampaignState } from "../state.ts";
import { EXPOSED } from "../state-words.ts";
import { EXPOSURE_IMPORTED } from "./exposure-event.ts";

export function applyAssigned(
  campaign: CampaignState,
  words: Uint32Array,
  at: number,
  atMs: number,
): void {
  const user = words[at + ASSIGNED.user]!;
  const packed = words[at + ASSIGNED.arm]!;
  campaign.users.intern(words, at + ASSIGNED.userKey, user);
  campaign.userArm.set(user, (packed & 0xff) + 1);
  campaign.userAudience.set(user, (packed >>> 8) & 0xff);
  const { definition, exposureTimes } = campaign;
  if (definition.surfaces !== undefined) exposureTimes.assignedAt.set(user, atMs);
  if (packed >>> 24 === 1) expose(campaign, user, atMs);
  campaign.counts.assigned += 1;
  if ((packed & 0xff) === 0) campaign.counts.heldOut += 1;
}

export function applyExposed(
  campaign: CampaignState,
  words: Uint32Array,
  at: number,
  atMs: number,
): void {
  const user = words[at + ASSIGNED.user]!;
  campaign.users.intern(words, at + ASSIGNED.userKey, user);
  expose(campaign, user, atMs);
}

/** Reported from outside, and earlier than what was known. */
export function applyImportedExposure(
  campaign: CampaignState,
  words: Uint32Array,
  at: number,
): void {
  const user = words[at + ASSIGNED.user]!;
  expose(campaign, user, readWide(words, at + EXPOSURE_IMPORTED.seenAt));
}

function expose(campaign: CampaignState, user: number, atMs: number): void {
  campaign.userFlags.set(user, campaign.userFlags.get(user) | EXPOSED);
  const { definition, exposureTimes } = campaign;
  if (definition.surfaces !== undefined) exposureTimes.exposedAt.set(user, atMs);
}

/** A granted or withheld event may be the user's first exposure. */
export function applyExposes(
  campaign: CampaignState,
  words: Uint32Array,
  at: number,
  user: number,
  atMs: number,
): void {
  if (((words[at]! >>> 8) & EXPOSES) !== 0) expose(campaign, user, atMs);
}
