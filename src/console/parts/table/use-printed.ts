// Whether the page is being printed: what is only drawn where it is seen is all drawn then, before
// the paper is laid out.
import { useEffect, useState } from "react";
import { flushSync } from "react-dom";
import { onPrint } from "../on-print.ts";

export function useIsPrinted(): boolean {
  const [isPrinted, setPrinted] = useState(false);
  useEffect(() => {
    const before = (): void => flushSync(() => setPrinted(true));
    return onPrint(before, () => setPrinted(false));
  }, []);
  return isPrinted;
}
