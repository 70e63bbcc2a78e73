// The event by which a curve goes on from an instant: what came back or was not used re-enters the
// rest of it, or a revision gave it other points.
import type { Cap } from "../caps/caps.ts";
import { CURVE_REVISED, EVENT_KINDS, type EventWriter, readWide } from "../event.ts";
import type { CampaignState } from "../state.ts";
import type { CurveStep, Pace } from "./pace.ts";

/** What a curve goes on with, and why. */
export interface CurveRevision extends CurveStep {
  /** Bits of CURVE_CAUSES. */
  causes: number;
}

/** What paced a grant, or null: prizes and compensation are charged to no wave. */
export function paceOf(campaign: CampaignState, grant: number): Pace | null {
  return campaign.claimCaps[campaign.grantOffer(grant)]!.paced?.pace ?? null;
}

export function writeCurveRevised(
  campaign: number,
  cap: Cap,
  revision: CurveRevision,
  atMs: number,
  out: EventWriter,
): void {
  const kind = EVENT_KINDS.curve_revised;
  const at = out.begin(kind, campaign, atMs, CURVE_REVISED.words, revision.causes);
  out.words[at + CURVE_REVISED.cap] = cap.ordinal;
  out.words[at + CURVE_REVISED.entries] = revision.entries;
  out.wide(at + CURVE_REVISED.back, revision.backMinor);
  out.wide(at + CURVE_REVISED.base, revision.baseMinor);
  out.wide(at + CURVE_REVISED.rest, revision.restMinor);
}

export function applyCurveRevised(
  campaign: CampaignState,
  words: Uint32Array,
  at: number,
  atMs: number,
): void {
  const step = {
    entries: words[at + CURVE_REVISED.entries]!,
    backMinor: readWide(words, at + CURVE_REVISED.back),
    baseMinor: readWide(words, at + CURVE_REVISED.base),
    restMinor: readWide(words, at + CURVE_REVISED.rest),
  };
  campaign.caps[words[at + CURVE_REVISED.cap]!]!.pace!.goOn(step, atMs);
}
