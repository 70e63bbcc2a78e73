// A revision, a proposal and its rejection as the journal has them.
import { toHex, utf8 } from "../../base/bytes.ts";
import { sha256 } from "../../base/hash.ts";
import type { CampaignDefinition } from "../definition.ts";
import type { ExpiryClass } from "../grants/expiry-queue.ts";

const DIGEST_DIGITS = 32;

export interface Revision {
  /** 1 for the first; a grant names the one by which it was charged. */
  version: number;
  definition: CampaignDefinition;
  /** Classes of the offers whose expiry changes. */
  classes: RevisedClasses[];
  /** Who: the public id of a key, or what an embedding caller says. And why, in his words. */
  by: string;
  why: string;
  /** Who consented, where two must agree. */
  approvedBy?: string;
}

/** The classes of an offer's grants, after a revision. */
export interface RevisedClasses {
  offer: number;
  classes: ExpiryClass[];
}

/** Versions are counted in eight bits. */
export const MAX_REVISIONS = 255;

/** A revision that waits for somebody else's consent, where two must agree. */
export interface Proposal {
  version: number;
  /** Lined up with the definition in force. */
  definition: CampaignDefinition;
  /** Offers, by ordinal, whose new expiry also holds for grants given before. */
  moved: number[];
  by: string;
  why: string;
}

/** A proposal under the name that whoever consents knows it by. */
export interface OpenProposal extends Proposal {
  digest: string;
}

/** The revision in force, as far as the next one must know it. */
export interface LastRevision {
  atMs: number;
  by: string;
  why: string;
  approvedBy?: string;
  /** Of the proposal that it was, where two agreed. */
  digest?: string;
}

/** A proposal taken back, by who made it or by somebody else. */
export interface Rejection {
  version: number;
  by: string;
  why: string;
}

/**
 * Names a proposal by all that it says, so that nobody consents to another one than he has seen:
 * the first 32 hex digits of SHA-256 over the text of its event.
 */
export function openProposal({ version, definition, moved, by, why }: Proposal): OpenProposal {
  const proposal: Proposal = { version, definition, moved, by, why };
  const digest = toHex(sha256(utf8(JSON.stringify(proposal)))).slice(0, DIGEST_DIGITS);
  return { ...proposal, digest };
}
