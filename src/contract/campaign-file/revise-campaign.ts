// A checked campaign file taken as a revision of a campaign that lives: lined up with it, judged
// against it, and told value by value.
import { utf8 } from "../../base/bytes.ts";
import type { CampaignDefinition } from "../../core/definition.ts";
import { contractError } from "../errors.ts";
import type { CampaignProblem } from "../schema/campaign.ts";
import type { RevisedValue } from "../schema/revision.ts";
import { checkRevision } from "./check-revision.ts";
import { askedPath, lineUp } from "./line-up-revision.ts";
import { type CampaignCheck, requireCampaign } from "./parse-campaign.ts";
import { type FilePath, nearestOf, pathText, shown } from "./problems.ts";

export interface RevisionRequest {
  before: CampaignDefinition;
  check: CampaignCheck;
  /** Ids of offers whose new expiry also holds for grants given before. */
  moveExpiry: readonly string[];
  atMs: number;
  /** Spent, reserved, settling and returned together. */
  boundMinor: number;
}

export interface LinedUpRevision {
  definition: CampaignDefinition;
  moved: ReadonlySet<number>;
}

/** Throws HongbaoError `invalid_campaign` where something may not change, with every problem. */
export function lineUpRevision(request: RevisionRequest): LinedUpRevision {
  const { before, check, moveExpiry, atMs, boundMinor } = request;
  const asked = requireCampaign(check);
  const moved = new Set(moveExpiry.map((id) => offerOrdinal(before, id)));
  const linedUp = lineUp(before, asked);
  const findings = [
    ...linedUp.findings,
    // Without its members a list cannot be judged.
    ...(linedUp.findings.length > 0
      ? []
      : checkRevision(before, linedUp.definition, { atMs, boundMinor, moved })),
  ];
  const problems = findings.map(({ path, ...finding }): CampaignProblem => {
    return { ...finding, ...check.place(askedPath(path, linedUp)) };
  });
  requireCampaign({ ...check, definition: problems.length > 0 ? null : asked, problems });
  return { definition: linedUp.definition, moved };
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

/** As many changes as an answer lists; an answer is no place for a whole new campaign. */
const LISTED = 200;

/** What differs, value by value; of what is new the whole. */
export function revisedValues(
  before: CampaignDefinition,
  after: CampaignDefinition,
): RevisedValue[] {
  const values: RevisedValue[] = [];
  collect([], before, after, values);
  return values.slice(0, LISTED);
}

function collect(path: FilePath, was: unknown, is: unknown, into: RevisedValue[]): void {
  if (was === is || into.length >= LISTED || path[0] === "dayStartsMs") return;
  const isGroup = (value: unknown): value is Record<string, unknown> =>
    typeof value === "object" && value !== null;
  if (isGroup(was) && isGroup(is)) {
    const keys = Object.keys({ ...was, ...is });
    for (const key of keys) {
      collect([...path, Array.isArray(is) ? Number(key) : key], was[key], is[key], into);
    }
    return;
  }
  into.push({ path: pathText(path), from: text(was), to: text(is) });
}

function text(value: unknown): string {
  if (typeof value !== "object" || value === null) return shown(value);
  const json = JSON.stringify(value);
  return utf8(json).length <= 300 ? json : `${json.slice(0, 299)}…`;
}
