// Paper is white, whatever the screen is: printed, the console is in its light theme, charts too.
import { useEffect, useState } from "react";
import { flushSync } from "react-dom";
import { onPrint } from "../parts/on-print.ts";

const SCHEME = "data-mantine-color-scheme";

/** What `MantineProvider` is told. */
export function usePaperScheme(): { forceColorScheme?: "light" } {
  const [isPaper, setPaper] = useState(false);
  useEffect(() => {
    const root = document.documentElement;
    let own: string | null = null;
    // The attribute first: charts take their ink from the page while they are drawn anew.
    const set = (scheme: string, to: boolean): void => {
      root.setAttribute(SCHEME, scheme);
      flushSync(() => setPaper(to));
    };
    const before = (): void => {
      own = root.getAttribute(SCHEME);
      root.classList.add("paper");
      set("light", true);
    };
    return onPrint(before, () => {
      root.classList.remove("paper");
      set(own ?? "light", false);
    });
  }, []);
  return isPaper ? { forceColorScheme: "light" } : {};
}
