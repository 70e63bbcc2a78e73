// What receipts cost the engine: the engine bench with the log's thread beside it, against the same
// engine without.
import { removeFolder, runScript, temporaryFolder } from "../children.ts";
import type { Bench, Contender, Figures } from "../contender.ts";
import type { EngineFigures } from "../engine/ours.ts";

const CLAIMS = 1_000_000;

export function bench(): Bench {
  return {
    name: "receipts",
    unit: "claims/s",
    method:
      "Ours: the engine bench while a thread follows the journal, keeps the tree over it and " +
      "signs a checkpoint each second. Peer: the same engine without that thread. With a core to " +
      "spare the ratio should be at least 0.95; the thread may fall behind, and catches up later.",
    ours: engine("hongbao with receipts", true),
    peers: [engine("hongbao without", false)],
  };
}

function engine(name: string, receipts: boolean): Contender {
  return {
    name,
    start: async () => null,
    run: async (run): Promise<Figures> => {
      const folder = temporaryFolder("receipts");
      const input = { claims: CLAIMS, number: run, folder, receipts };
      const measured = await runScript<EngineFigures>("./engine/ours-main.ts", input);
      removeFolder(folder);
      const { perSecond, ...more } = measured;
      return { value: perSecond, more };
    },
    stop: async () => {},
  };
}
