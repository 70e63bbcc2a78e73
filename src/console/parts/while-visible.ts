// Something that goes on only while somebody can see it: a browser has few connections to a server,
// and a tab that lies behind others must not hold one for good.

/** Whoever looks elsewhere for a moment loses nothing. */
const HIDDEN_MS = 10_000;

/** Runs now, or once the page is seen; again when it is seen again. Returns how to stop it. */
export function whileVisible(run: (signal: AbortSignal) => void): () => void {
  let stop: AbortController | null = null;
  let timer: ReturnType<typeof setTimeout> | undefined;
  const end = (): void => {
    stop?.abort();
    stop = null;
  };
  const look = (): void => {
    clearTimeout(timer);
    if (document.visibilityState === "hidden") timer = setTimeout(end, HIDDEN_MS);
    else if (stop === null) {
      stop = new AbortController();
      run(stop.signal);
    }
  };
  document.addEventListener("visibilitychange", look);
  look();
  return () => {
    document.removeEventListener("visibilitychange", look);
    clearTimeout(timer);
    end();
  };
}
