// Where one acts on what needs somebody, and where one looks who may not act.
import { reviseAddress, suspectsAddress } from "../grants/addresses.ts";
import type { CampaignNeed, Need, ServerNeed } from "./needs.ts";

export function placeOf({ of, what }: Need, isAdmin: boolean): string {
  return of === null ? serverPlace(what) : campaignPlace(of.campaign, what, isAdmin);
}

function serverPlace(what: ServerNeed): string {
  if (what.kind !== "dead") return "/settings";
  return `/settings/webhooks?${new URLSearchParams({ dead: what.endpoint })}`;
}

function campaignPlace(campaign: string, what: CampaignNeed, isAdmin: boolean): string {
  const base = `/campaigns/${encodeURIComponent(campaign)}`;
  switch (what.kind) {
    case "paused":
    case "closable":
      return base;
    case "round":
      return `${base}/audit?tab=${isOfDraws(what.for) ? "draws" : "luck"}`;
    case "receivable":
      return `${suspectsAddress(campaign)}?state=clawed_back`;
    case "held":
      return `${suspectsAddress(campaign)}?state=held`;
    case "proposal":
      return reviseAddress(campaign);
    case "dry":
    case "runs_out":
    case "limit":
    case "contingency":
      // Who may not revise sees there how it goes on.
      return isAdmin ? reviseAddress(campaign) : `${base}/live`;
  }
}

/** Of draws alone; the campaign's own luck is told first. */
export function isOfDraws(purposes: readonly string[]): boolean {
  return !purposes.includes("campaign");
}
