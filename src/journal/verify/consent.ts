// Judges who wanted a revision and who consented to it, where two must agree.

import type { CampaignDefinition, ExpiryDefinition } from "../../core/definition.ts";
import { EVENT_KINDS } from "../../core/event.ts";
import type { VerifiedCampaign, VerifiedEvent } from "./campaign.ts";
import type { Findings } from "./findings.ts";
import { readJson } from "./json.ts";
import { collectDefinitionFaults } from "./opening.ts";

/** As the event states it. */
export interface StatedRevision {
  version: number;
  definition: CampaignDefinition;
  classes: { offer: number; classes: StatedClass[] }[];
  /** Of a proposal, in place of the classes. */
  moved?: number[];
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

/**
 * Where two must agree, a revision is what one proposed and another one approved.
 * @returns offers whose grants may move by what was agreed on, or null: as the revision says
 */
export function judgeConsent(
  campaign: VerifiedCampaign,
  { version, definition, by, why, approvedBy }: StatedRevision,
  findings: Findings,
): readonly number[] | null {
  const { proposal } = campaign;
  campaign.proposal = null;
  if (campaign.definition.fourEyes !== true) {
    if (approvedBy !== undefined) findings.wrong("revisions", "no consent asked", approvedBy);
    return null;
  }
  const moved = proposal?.moved ?? [];
  const stated = { version, definition: JSON.stringify(definition), moved, by, why };
  if (JSON.stringify(stated) !== JSON.stringify(proposal)) {
    findings.wrong("revisions", "what was proposed before", `version ${version} by ${by}`);
  }
  if (approvedBy === undefined || approvedBy === by) {
    findings.wrong("revisions", `the consent of somebody other than ${by}`, `${approvedBy}`);
  }
  return moved;
}

export function judgeProposed(
  campaign: VerifiedCampaign,
  event: VerifiedEvent,
  findings: Findings,
): void {
  findings.counts.revisions += 1;
  const proposal = readRevision(event, findings);
  if (proposal === null) return;
  const { version, definition, moved = [], by, why } = proposal;
  findings.same("revisions", "version", campaign.capCounts.length, version);
  if (campaign.phase === "closed") findings.wrong("revisions", "a campaign not closed", "closed");
  if (campaign.definition.fourEyes !== true) {
    findings.wrong("revisions", "a campaign where two must agree", "a proposal");
  }
  campaign.proposal = { version, definition: JSON.stringify(definition), moved, by, why };
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
  try {
    collectFaults(event, revision, faults);
  } catch (error) {
    // A field is missing or of another type than every check expects.
    faults.push(error instanceof Error ? error.message : String(error));
  }
  for (const fault of faults) findings.wrong("revisions", "a sound revision", fault);
  return faults.length === 0 ? revision : null;
}

function collectFaults({ kind }: VerifiedEvent, stated: StatedRevision, faults: string[]): void {
  collectDefinitionFaults(stated.definition, faults);
  const isText = (text: unknown): boolean => typeof text === "string" && text.length > 0;
  if (!isText(stated.by) || !isText(stated.why)) faults.push("no word of who and why");
  if (kind === EVENT_KINDS.proposed) return;
  const isWhole = ({ from, cursor, firstGrant, expiry }: StatedClass): boolean =>
    [from, cursor, firstGrant].every(Number.isSafeInteger) && typeof expiry === "object";
  if (stated.classes.some(({ classes }) => !classes.every(isWhole))) {
    faults.push("a class without its place or its rule");
  }
}
