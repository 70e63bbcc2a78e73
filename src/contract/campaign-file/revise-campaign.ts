// A checked campaign file taken as a revision of a campaign that lives: lined up with it and judged
// against it.
import type { CampaignDefinition } from "../../core/definition.ts";
import { contractError } from "../errors.ts";
import type { CampaignProblem } from "../schema/campaign.ts";
import { checkRevision, type RevisionMoment } from "./check-revision.ts";
import { askedPath, lineUp } from "./line-up-revision.ts";
import { type CampaignCheck, invalidCampaign, requireCampaign } from "./parse-campaign.ts";
import { nearestOf, pathText } from "./problems.ts";

export interface RevisionRequest {
  before: CampaignDefinition;
  check: CampaignCheck;
  /** Ids of offers whose new expiry also holds for grants given before. */
  moveExpiry: readonly string[];
  atMs: number;
  bound: RevisionMoment["bound"];
}

export interface LinedUpRevision {
  definition: CampaignDefinition;
  moved: ReadonlySet<number>;
}

/** Throws HongbaoError `invalid_campaign` where something may not change, with every problem. */
export function lineUpRevision(request: RevisionRequest): LinedUpRevision {
  const { before, check, moveExpiry, atMs, bound } = request;
  const asked = requireCampaign(check);
  const moved = new Set(moveExpiry.map((id) => offerOrdinal(before, id)));
  const linedUp = lineUp(before, asked);
  const findings = [
    ...linedUp.findings,
    // Without its members a list cannot be judged.
    ...(linedUp.findings.length > 0
      ? []
      : checkRevision(before, linedUp.definition, { atMs, bound, moved })),
  ];
  const problems = findings.map(({ path, ...finding }): CampaignProblem => {
    return { ...finding, ...check.place(askedPath(path, linedUp)) };
  });
  if (problems.length > 0) throw invalidCampaign(problems);
  return { definition: linedUp.definition, moved };
}

/** Judges once more what was lined up before: time has passed since, and money was given out. */
export function requireRevision(
  before: CampaignDefinition,
  { definition, moved }: LinedUpRevision,
  atMs: number,
  bound: RevisionMoment["bound"],
): void {
  const findings = checkRevision(before, definition, { atMs, bound, moved });
  if (findings.length === 0) return;
  const problems = findings.map(({ path, ...finding }): CampaignProblem => {
    return { ...finding, file: "definition", line: 0, column: 0, path: pathText(path) };
  });
  throw invalidCampaign(problems);
}

function offerOrdinal({ offers, id: campaign }: CampaignDefinition, id: string): number {
  const ordinal = offers.findIndex((offer) => offer.id === id);
  if (ordinal >= 0) return ordinal;
  const ids = offers.map((offer) => offer.id);
  const nearest = nearestOf(id, ids);
  const hint = nearest === undefined ? "" : ` (did you mean ${nearest}?)`;
  const expected = `offers that campaign ${campaign} has`;
  throw contractError("invalid_request", `$.moveExpiry: expected ${expected}, found ${id}${hint}`, {
    path: "$.moveExpiry",
    expected,
    found: id,
  });
}
