// What somebody has written and not yet sent: it waits in memory while he looks at another page,
// and the browser asks before it is left with it. Nothing of it is stored.
import { useCallback, useState } from "react";

const drafts = new Map<string, unknown>();

/**
 * As `useState`, but kept beyond the page.
 * @param name of its page, campaign and field: `revise.spring.why`
 */
export function useDraft<T>(name: string, start: T): [T, (next: T) => void] {
  const [value, setValue] = useState<T>(() => (drafts.has(name) ? (drafts.get(name) as T) : start));
  const write = useCallback(
    (next: T) => {
      setValue(next);
      if (isNothing(next)) drafts.delete(name);
      else drafts.set(name, next);
      askBeforeLeaving();
    },
    [name],
  );
  return [value, write];
}

/** Of what was sent, or thrown away; what a page shows stays until it is left. */
export function forgetDrafts(prefix = ""): void {
  for (const name of [...drafts.keys()]) if (name.startsWith(prefix)) drafts.delete(name);
  askBeforeLeaving();
}

function isNothing(value: unknown): boolean {
  return value === null || value === "" || (Array.isArray(value) && value.length === 0);
}

function askBeforeLeaving(): void {
  if (drafts.size > 0) addEventListener("beforeunload", ask);
  else removeEventListener("beforeunload", ask);
}

function ask(event: BeforeUnloadEvent): void {
  event.preventDefault();
}
