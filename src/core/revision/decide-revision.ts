// Puts a revision in force, or says what it would change. What it may change was checked before
// (contract/campaign-file/check-revision.ts).

import type { CampaignDefinition } from "../definition.ts";
import { EVENT_KINDS, type EventWriter, MAX_EVENT_WORDS } from "../event.ts";
import { jsonWords, writeJson } from "../json-event.ts";
import { type Outcome, outcome } from "../outcome.ts";
import { revisePaces } from "../pacing/decide-pace.ts";
import type { CampaignState } from "../state.ts";
import { changesNothing, classesUnder } from "./revision.ts";
import {
  MAX_REVISIONS,
  openProposal,
  type Proposal,
  type Rejection,
  type Revision,
} from "./revision-record.ts";

export interface AskedRevision {
  /** The number that it gets: one more than that of the revision in force. */
  version: number;
  /** Lined up with the definition in force. */
  definition: CampaignDefinition;
  /** Offers, by ordinal, whose new expiry also holds for grants given before. */
  moved: ReadonlySet<number>;
  by: string;
  why: string;
}

/**
 * Decides a revision; `revision_conflict` when another one came first, `ok` when it would change
 * nothing. Where two must agree it is proposed, and takes the place of the proposal before it.
 */
export function decideRevise(
  campaign: CampaignState,
  asked: AskedRevision,
  atMs: number,
  out: EventWriter,
): Outcome {
  if (campaign.phase === "closed") return outcome("campaign_closed");
  const { version, definition, moved, by, why } = asked;
  const isInForce = changesNothing(campaign, definition, moved, atMs);
  if (version === campaign.version && isInForce) return { ...outcome("revised"), replayed: true };
  if (version !== campaign.version + 1) return outcome("revision_conflict");
  if (isInForce) return outcome("ok");
  const proposal: Proposal = { version, definition, moved: [...moved], by, why };
  if (campaign.definition.fourEyes === true) return propose(campaign, proposal, atMs, out);
  return putInForce(campaign, proposal, {}, atMs, out);
}

function propose(
  campaign: CampaignState,
  proposal: Proposal,
  atMs: number,
  out: EventWriter,
): Outcome {
  if (campaign.proposal?.digest === openProposal(proposal).digest) {
    return { ...outcome("proposed"), replayed: true };
  }
  if (isTooLarge(proposal)) return outcome("revision_too_large");
  writeJson(EVENT_KINDS.proposed, campaign.ordinal, proposal, atMs, out);
  return outcome("proposed");
}

function putInForce(
  campaign: CampaignState,
  { version, definition, moved, by, why }: Proposal,
  consent: { approvedBy?: string },
  atMs: number,
  out: EventWriter,
): Outcome {
  const classes = classesUnder(campaign, definition, new Set(moved), atMs);
  const revision: Revision = { version, definition, classes, by, why, ...consent };
  if (isTooLarge(revision)) return outcome("revision_too_large");
  writeJson(EVENT_KINDS.revised, campaign.ordinal, revision, atMs, out);
  revisePaces(campaign, definition, atMs, out);
  return outcome("revised");
}

function isTooLarge(asked: Proposal | Revision): boolean {
  return asked.version > MAX_REVISIONS || jsonWords(asked) > MAX_EVENT_WORDS;
}

/** In place of a digest: whichever waits under the number. */
export const ANY: unique symbol = Symbol("any proposal");

/** Which proposal somebody means. */
export interface NamedProposal {
  version: number;
  digest: string | typeof ANY;
}

/** Why a proposal cannot be approved by somebody, or null. */
export function refusalOfApproval(
  campaign: CampaignState,
  { version, digest }: NamedProposal,
  by: string,
): Outcome | null {
  if (campaign.phase === "closed") return outcome("campaign_closed");
  const { proposal, lastRevision } = campaign;
  if (version === campaign.version && digest === lastRevision?.digest) {
    return { ...outcome("revised"), replayed: true };
  }
  if (proposal?.version !== version) return outcome("unknown_proposal");
  if (digest !== ANY && digest !== proposal.digest) return outcome("unknown_proposal");
  return proposal.by === by ? outcome("own_proposal") : null;
}

/** Consents to a proposal that still may be put in force; `refusalOfApproval` comes first. */
export function decideApprove(
  campaign: CampaignState,
  by: string,
  atMs: number,
  out: EventWriter,
): Outcome {
  return putInForce(campaign, campaign.proposal!, { approvedBy: by }, atMs, out);
}

/** Takes a proposal back; whoever made it may, too. */
export function decideReject(
  campaign: CampaignState,
  { digest, ...rejection }: Rejection & { digest: string },
  atMs: number,
  out: EventWriter,
): Outcome {
  const { proposal, rejected } = campaign;
  if (proposal?.digest === digest && proposal.version === rejection.version) {
    writeJson(EVENT_KINDS.rejected, campaign.ordinal, rejection, atMs, out);
    return outcome("rejected");
  }
  if (rejected === digest) return { ...outcome("rejected"), replayed: true };
  return outcome("unknown_proposal");
}
