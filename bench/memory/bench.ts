// What a grant costs in memory for as long as the campaign lasts, and how long the writer pauses
// while its tables grow.
import { removeFolder, runScript, temporaryFolder } from "../children.ts";
import type { Bench, Contender, Figures } from "../contender.ts";
import type { MemoryFigures } from "./ours.ts";

const MILLION = 1_000_000;
const CASES = [
  { name: "1M×1", grants: MILLION, perUser: 1 },
  { name: "1M×5", grants: MILLION, perUser: 5 },
  { name: "10M×1", grants: 10 * MILLION, perUser: 1 },
  { name: "10M×5", grants: 10 * MILLION, perUser: 5 },
];

export function bench(): Bench {
  return {
    name: "memory",
    unit: "bytes/grant",
    method:
      "Growth of the resident memory by grant ever issued, each case in a fresh process, at 1 " +
      "and 10 million grants and at one and five grants a user, every user with a device of his" +
      " own under a device cap. The figure is 10 million grants at one a user; the others, and " +
      "the longest pause of the writer in each case, stand beside it. Less is better.",
    ours,
    peers: [],
  };
}

const ours: Contender = {
  name: "hongbao",
  start: async () => null,
  run: async (): Promise<Figures> => {
    const more: Record<string, number> = {};
    let value = Number.NaN;
    for (const { name, grants, perUser } of CASES) {
      const folder = temporaryFolder("memory");
      const input = { grants, perUser, folder };
      const measured = await runScript<MemoryFigures>("./memory/ours-main.ts", input);
      removeFolder(folder);
      if (name === "10M×1") value = measured.bytesPerGrant;
      more[`${name} bytes`] = measured.bytesPerGrant;
      more[`${name} pauseMs`] = measured.longestPauseMs;
    }
    return { value, more };
  },
  stop: async () => {},
};
