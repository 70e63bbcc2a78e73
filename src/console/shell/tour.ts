// A look around for a first visit: what stands where, one thing after the other. Offered once, and
// from the help at any time.
import { useCallback, useState } from "react";
import { useIntl } from "react-intl";
import { keep, kept } from "../parts/kept.ts";
import type { WordName } from "../words/words.ts";

/** Marked in the page by `data-tour`; what is not there on this page or screen is passed over. */
const STEPS = ["campaigns", "pages", "preferences", "who", "help"] as const;

const KEPT_AS = "hongbao.tour";
/** As long as a page needs to come to rest under the pointer. */
const SETTLE_MS = 50;

export interface Tour {
  /** Nobody has taken it or said no to it in this browser. */
  readonly isNew: boolean;
  start(): void;
  /** Not offered again. */
  pass(): void;
}

export function useTour(): Tour {
  const intl = useIntl();
  const [isNew, setNew] = useState(() => kept(KEPT_AS) === null);
  const pass = useCallback(() => {
    keep(KEPT_AS, "seen");
    setNew(false);
  }, []);
  const start = useCallback(() => {
    pass();
    const word = (id: WordName): string => intl.formatMessage({ id });
    setTimeout(() => void lead(word), SETTLE_MS);
  }, [intl, pass]);
  return { isNew, start, pass };
}

async function lead(word: (id: WordName) => string): Promise<void> {
  const { driver } = await import("./tour-driver.ts");
  const seen = STEPS.filter((step) => {
    const found = document.querySelector(`[data-tour="${step}"]`);
    return found?.checkVisibility() === true;
  });
  driver({
    animate: false,
    showProgress: true,
    progressText: "{{current}} / {{total}}",
    nextBtnText: word("tour.next"),
    prevBtnText: word("tour.back"),
    doneBtnText: word("tour.done"),
    // The card is a dialog with a title, no page's banner; what it points at opens nothing.
    onPopoverRender: ({ title }) => title.setAttribute("role", "presentation"),
    onHighlightStarted: (element) => requestAnimationFrame(() => plain(element)),
    steps: seen.map((step) => ({
      element: `[data-tour="${step}"]`,
      popover: { title: word(`tour.${step}.title`), description: word(`tour.${step}.text`) },
    })),
  }).drive();
}

function plain(element: Element | undefined): void {
  for (const name of ["haspopup", "expanded", "controls"]) element?.removeAttribute(`aria-${name}`);
}
