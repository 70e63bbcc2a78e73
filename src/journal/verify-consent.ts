// Judges who wanted a revision and who consented to it, where two must agree.
import type { CampaignDefinition, ExpiryDefinition } from "../core/definition.ts";
import { HEAD } from "../core/event.ts";
import type { VerifiedCampaign, VerifiedEvent } from "./verify-campaign.ts";
import type { Findings } from "./verify-findings.ts";
import { collectDefinitionFaults } from "./verify-opening.ts";

/** As the event states it. */
export interface StatedRevision {
  version: number;
  definition: CampaignDefinition;
  classes: { offer: number; classes: StatedClass[] }[];
  by: string;
  why: string;
  approvedBy?: string;
}

export interface StatedClass {
  from: number;
  firstGrant: number;
  cursor: number;
  expiry: ExpiryDefinition;
}

/** Where two must agree, a revision is what one proposed and another one approved. */
export function judgeConsent(
  campaign: VerifiedCampaign,
  { version, definition, by, why, approvedBy }: StatedRevision,
  findings: Findings,
): void {
  const { proposal } = campaign;
  campaign.proposal = null;
  if (campaign.definition.fourEyes !== true) {
    if (approvedBy !== undefined) findings.wrong("revisions", "no consent asked", approvedBy);
    return;
  }
  const stated = { version, definition: JSON.stringify(definition), by, why };
  if (JSON.stringify(stated) !== JSON.stringify(proposal)) {
    findings.wrong("revisions", "what was proposed before", `version ${version} by ${by}`);
  }
  if (approvedBy === undefined || approvedBy === by) {
    findings.wrong("revisions", `the consent of somebody other than ${by}`, `${approvedBy}`);
  }
}

export function judgeProposed(
  campaign: VerifiedCampaign,
  event: VerifiedEvent,
  findings: Findings,
): void {
  findings.counts.revisions += 1;
  const proposal = readRevision(event, findings);
  if (proposal === null) return;
  const { version, definition, by, why } = proposal;
  findings.same("revisions", "version", campaign.capCounts.length, version);
  if (campaign.phase === "closed") findings.wrong("revisions", "a campaign not closed", "closed");
  if (campaign.definition.fourEyes !== true) {
    findings.wrong("revisions", "a campaign where two must agree", "a proposal");
  }
  campaign.proposal = { version, definition: JSON.stringify(definition), by, why };
}

export function judgeRejected(
  campaign: VerifiedCampaign,
  event: VerifiedEvent,
  findings: Findings,
): void {
  findings.counts.revisions += 1;
  const rejection = readJson<{ version: number }>(event, findings);
  if (rejection === null) return;
  findings.same("revisions", "version", campaign.proposal?.version ?? 0, rejection.version);
  campaign.proposal = null;
}

export function readRevision(event: VerifiedEvent, findings: Findings): StatedRevision | null {
  const revision = readJson<StatedRevision>(event, findings);
  if (revision === null) return null;
  const faults: string[] = [];
  collectDefinitionFaults(revision.definition, faults);
  for (const fault of faults) findings.wrong("revisions", "a sound revision", fault);
  return faults.length === 0 ? revision : null;
}

function readJson<T>({ words, at, size }: VerifiedEvent, findings: Findings): T | null {
  const length = words[at + HEAD.body] ?? 0;
  try {
    if (Math.ceil(length / 4) !== size - 3) throw new RangeError(`${length} bytes of JSON`);
    const bytes = new Uint8Array(words.buffer, words.byteOffset + 4 * (at + 3), length);
    const text = new TextDecoder("utf-8", { fatal: true }).decode(bytes);
    const stated = JSON.parse(text) as T | null;
    if (typeof stated === "object" && stated !== null) return stated;
    throw new RangeError(text.slice(0, 40));
  } catch (error) {
    const found = error instanceof Error ? error.message : String(error);
    findings.wrong("revisions", "a sound revision", found);
    return null;
  }
}
