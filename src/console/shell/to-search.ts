// `/` leads to what a page is searched by; from a page without that to where one does search: the
// Grants of the campaign, elsewhere the filter of the campaigns.
import { useCallback } from "react";
import { useLocation } from "wouter";
import { campaignAt } from "./campaign-pages.ts";

/** For a page that is loaded first. */
const WAIT_MS = 5000;

export function useToSearch(): () => void {
  const [location, navigate] = useLocation();
  return useCallback(() => {
    if (focusSearch()) return;
    const at = campaignAt(location);
    navigate(at === null ? "/" : `${at.base}/grants`);
    focusWhenThere();
  }, [location, navigate]);
}

/** The first of a page with more than one. */
function focusSearch(): boolean {
  const field = document.querySelector<HTMLElement>("main [data-search]");
  field?.focus();
  return field !== null;
}

function focusWhenThere(): void {
  const stop = (): void => {
    page.disconnect();
    clearTimeout(late);
    for (const event of OWN) removeEventListener(event, stop, true);
  };
  const page = new MutationObserver(() => {
    if (focusSearch()) stop();
  });
  const late = setTimeout(stop, WAIT_MS);
  // Whoever goes elsewhere meanwhile is not called back.
  for (const event of OWN) addEventListener(event, stop, true);
  page.observe(document.body, { childList: true, subtree: true });
}

const OWN = ["keydown", "pointerdown"];
