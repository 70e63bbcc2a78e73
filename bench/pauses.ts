// How long the event loop of this process is kept: the longest time between two of its turns.

/**
 * Watches until the function that it returns is called, which says the longest time so far.
 * @param soon asks for the next turn; a timer leaves the process idle where there is nothing to do
 */
export function watchPauses(soon: (turn: () => void) => unknown = setImmediate): () => number {
  let turnAtMs = performance.now();
  let longestMs = 0;
  let over = false;
  const turn = (): void => {
    const nowMs = performance.now();
    longestMs = Math.max(longestMs, nowMs - turnAtMs);
    turnAtMs = nowMs;
    if (!over) soon(turn);
  };
  soon(turn);
  return () => {
    over = true;
    return longestMs;
  };
}
