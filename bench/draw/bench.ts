// How long claims wait while a draw over millions of entries closes and its winners are drawn.
import { runScript } from "../children.ts";
import type { Bench, Contender, Figures } from "../contender.ts";
import type { DrawFigures } from "./ours.ts";

const ENTRIES = 5_000_000;
const WINNERS = 10_000;

export function bench(): Bench {
  return {
    name: "draw",
    unit: "ms",
    method:
      `The longest that the writer was kept by one slice while a draw of ${ENTRIES} entries ` +
      `closed and drew ${WINNERS} winners, with claims going on. Beside it: the longest time ` +
      "between two turns of the thread, the same with claims alone, how long it took, and the " +
      "memory by entry. Less is better.",
    ours,
    peers: [],
  };
}

const ours: Contender = {
  name: "hongbao",
  start: async () => null,
  run: async (): Promise<Figures> => {
    const input = { entries: ENTRIES, winners: WINNERS };
    const measured = await runScript<DrawFigures>("./draw/ours-main.ts", input);
    const { sliceMs: value, ...more } = measured;
    return { value, more };
  },
  stop: async () => {},
};
