// The pages of a campaign, in the order of a campaign's life.
import type { WordName } from "../words/words.ts";

interface CampaignPage {
  /** Behind the campaign's own address. */
  readonly path: string;
  readonly name: WordName;
}

export const CAMPAIGN_PAGES: readonly CampaignPage[] = [
  { path: "", name: "nav.overview" },
  { path: "/live", name: "live.link" },
  { path: "/grants", name: "grants.title" },
  { path: "/suspects", name: "grants.suspects" },
  { path: "/revise", name: "revise.link" },
  { path: "/versions", name: "history.versions" },
  { path: "/audit", name: "audit.title" },
  { path: "/verdict", name: "verdict.link" },
];

const OF_CAMPAIGN = /^(\/campaigns\/[^/]+)(\/[a-z]+)?/;

/** The campaign's own address and which of its pages is shown; null elsewhere. */
export function campaignAt(location: string): { base: string; path: string } | null {
  const match = OF_CAMPAIGN.exec(location);
  return match === null ? null : { base: match[1]!, path: match[2] ?? "" };
}
