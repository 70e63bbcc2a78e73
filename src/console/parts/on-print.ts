// Before a page becomes paper, and after. Browsers say so to whoever prints; what shows paper on a
// screen, such as their own tools, only changes the medium.

/** Returns how to stop listening. */
export function onPrint(before: () => void, after: () => void): () => void {
  const paper = window.matchMedia("print");
  let isPaper = false;
  const turn = (to: boolean): void => {
    if (to === isPaper) return;
    isPaper = to;
    (to ? before : after)();
  };
  const toPaper = (): void => turn(true);
  const toScreen = (): void => turn(false);
  const changed = (): void => turn(paper.matches);
  window.addEventListener("beforeprint", toPaper);
  window.addEventListener("afterprint", toScreen);
  paper.addEventListener("change", changed);
  return () => {
    window.removeEventListener("beforeprint", toPaper);
    window.removeEventListener("afterprint", toScreen);
    paper.removeEventListener("change", changed);
  };
}
