// How many claims a second one process decides and makes durable, against Redis with a Lua script
// that does the same checks and writes the same facts.
import { removeFolder, runScript, temporaryFolder } from "../children.ts";
import type { Bench, Contender, Figures } from "../contender.ts";
import type { EngineFigures } from "./ours.ts";
import { RedisEngine } from "./redis.ts";

const CLAIMS = 1_000_000;

export function bench(): Bench {
  return {
    name: "engine",
    unit: "claims/s",
    method:
      "One process decides claims under the rules of examples/qwen-2026 (claim id, window, " +
      "holdout, budget, wave budget, caps per user, user and day, device, address and hour) and" +
      " makes them durable before it answers. Mostly one grant a user out of 130 million; 5 % " +
      "come again, 1 % are retries, 1 % bots. Peer redis: the same decision as a Lua script " +
      "(EVALSHA) on a Unix socket, appendonly yes, appendfsync always, ready-made commands, " +
      "pipelined over the number of connections and at the depth that served it best of 9 " +
      "tried.",
    ours,
    peers: [new RedisEngine()],
  };
}

const ours: Contender = {
  name: "hongbao",
  start: async () => null,
  run: async (run): Promise<Figures> => {
    const folder = temporaryFolder("engine");
    const input = { claims: CLAIMS, number: run, folder };
    const measured = await runScript<EngineFigures>("./engine/ours-main.ts", input);
    removeFolder(folder);
    const { perSecond, ...more } = measured;
    return { value: perSecond, more };
  },
  stop: async () => {},
};
