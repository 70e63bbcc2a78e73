// Another page begins at its top; the way back leads to where one was, as the browser keeps it.
import { useEffect } from "react";

export function useTopOfPage(): void {
  useEffect(() => {
    let shown = location.pathname;
    const follow = (event: Event): void => {
      const isOther = location.pathname !== shown;
      shown = location.pathname;
      if (isOther && event.type === "pushState") scrollTo(0, 0);
    };
    // The router says so of its own steps.
    const steps = ["pushState", "replaceState", "popstate"];
    for (const step of steps) addEventListener(step, follow);
    return () => {
      for (const step of steps) removeEventListener(step, follow);
    };
  }, []);
}
