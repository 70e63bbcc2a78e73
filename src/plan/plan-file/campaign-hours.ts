// How many hours a campaign has to its last expiry, and whether a plan can count them.
import { SourceTree } from "../../contract/campaign-file/source-tree.ts";
import { valueAt } from "../../contract/parse.ts";
import type { CampaignTerms } from "./plan.ts";
import { type FilePath, PlanProblems } from "./plan-problems.ts";

const HOUR_MS = 3_600_000;

/** Two years: every hour is kept of some draws, and what is longer is planned in parts. */
export const HOURS_MOST: number = 2 * 366 * 24;

/** To the last expiry or the close, whichever is later. */
export function hoursOfCampaign(terms: CampaignTerms): number {
  return Math.ceil((lastMs(terms) - terms.startsAtMs) / HOUR_MS);
}

/** One problem, at the line that makes the campaign too long; none if a plan can count it. */
export function lengthProblems(
  terms: CampaignTerms,
  file: string,
  text: string,
): PlanProblems | null {
  if (hoursOfCampaign(terms) <= HOURS_MOST) return null;
  const source = new SourceTree(text);
  const problems = new PlanProblems(file, source);
  const path = placeOfEnd(terms, source.value);
  const days = HOURS_MOST / 24;
  const found = `${Math.ceil((lastMs(terms) - terms.startsAtMs) / HOUR_MS / 24)} days`;
  problems.error(path, `at most ${days} days from its start to the last expiry in a plan`, found);
  return problems;
}

function lastMs(terms: CampaignTerms): number {
  return Math.max(terms.endsAtMs, ...terms.offers.map((offer) => endOf(offer, terms)));
}

function endOf({ expires }: CampaignTerms["offers"][number], terms: CampaignTerms): number {
  return expires.kind === "at" ? expires.ms : terms.endsAtMs + expires.ms;
}

/** The campaign's end, if that alone is too late, else the expiry that is. */
function placeOfEnd(terms: CampaignTerms, value: unknown): FilePath {
  if (terms.endsAtMs - terms.startsAtMs > HOURS_MOST * HOUR_MS) return ["ends"];
  const last = lastMs(terms);
  const offer = terms.offers.findIndex((one) => endOf(one, terms) === last);
  const path: FilePath = ["offers", offer, "expires"];
  return valueAt(value, path) === undefined ? ["ends"] : path;
}
