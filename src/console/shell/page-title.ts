// What the browser's tab, its history and its bookmarks say: which page, of which campaign.
import { useEffect } from "react";
import { useIntl } from "react-intl";
import { useLocation } from "wouter";
import type { WordName } from "../words/words.ts";
import { CAMPAIGN_PAGES, campaignAt } from "./campaign-pages.ts";

const PAGES: readonly (readonly [path: string, name: WordName])[] = [
  ["/open", "open.title"],
  ["/reports", "nav.reports"],
  ["/plan", "nav.plan"],
  ["/value", "nav.value"],
  ["/settings", "settings.title"],
  ["/", "nav.campaigns"],
];

export function usePageTitle(): void {
  const intl = useIntl();
  const [location] = useLocation();
  useEffect(() => {
    const at = campaignAt(location);
    const name =
      at === null
        ? PAGES.find(([path]) => location.startsWith(path))?.[1]
        : CAMPAIGN_PAGES.find(({ path }) => path === at.path)?.name;
    const page = name === undefined ? [] : [intl.formatMessage({ id: name })];
    const campaign = at === null ? [] : [at.base.slice("/campaigns/".length)];
    document.title = [...page, ...campaign, "hongbao"].join(" · ");
  }, [intl, location]);
}
