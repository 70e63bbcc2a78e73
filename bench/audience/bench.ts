// How long a list of ten million users takes to come into force, and what it costs in memory.
import { once } from "node:events";
import { createWriteStream } from "node:fs";
import { join } from "node:path";
import { finished } from "node:stream/promises";
import { removeFolder, runScript, temporaryFolder } from "../children.ts";
import type { Bench, Contender, Figures } from "../contender.ts";
import { redisAbsent } from "../redis/redis-server.ts";

export const USERS = 10_000_000;

/** What each contender's process answers. */
export interface ListFigures {
  seconds: number;
  bytesEach: number;
  more?: Record<string, number>;
}

export function bench(): Bench {
  const file = sharedFile();
  return {
    name: "audience",
    unit: "seconds",
    method:
      "Ten million user ids, one a line, from a file to a set that answers whether a user is in " +
      "it. Ours: read, sent to a server over HTTP in the same process (both ends share a core), " +
      "hashed, sorted, written and synced, and named in the journal. The peers only hold the " +
      "strings: a Set of JavaScript, and Redis (SADD of 10,000 at a time, nothing kept on disk). " +
      "bytesEach is what the process then holds by user, of Redis what it says of the key; " +
      "each run in a fresh process. Less is better.",
    ours: contender("hongbao", file, "ours", null),
    peers: [
      contender("JavaScript Set", file, "set", null),
      contender("Redis", file, "redis", redisAbsent()),
    ],
  };
}

/** One file for all, made once and removed with the last that needs it. */
function sharedFile(): { path(): Promise<string>; done(): void } {
  const folder = temporaryFolder("audience");
  let made: Promise<string> | null = null;
  let users = 3;
  return {
    path: () => {
      made ??= writeUsers(join(folder, "users.txt"));
      return made;
    },
    done: () => {
      users -= 1;
      if (users === 0) removeFolder(folder);
    },
  };
}

async function writeUsers(path: string): Promise<string> {
  const out = createWriteStream(path);
  for (let from = 0; from < USERS; from += 10_000) {
    const lines = Array.from({ length: 10_000 }, (_, i) => `user-${from + i}\n`).join("");
    if (!out.write(lines)) await once(out, "drain");
  }
  out.end();
  await finished(out);
  return path;
}

function contender(
  name: string,
  file: ReturnType<typeof sharedFile>,
  way: "ours" | "set" | "redis",
  absent: string | null,
): Contender {
  return {
    name,
    start: async () => absent,
    run: async (): Promise<Figures> => {
      const input = { way, file: await file.path(), users: USERS };
      const { seconds, bytesEach, more } = await runScript<ListFigures>(
        "./audience/list-main.ts",
        input,
      );
      return { value: seconds, more: { bytesEach, ...more } };
    },
    stop: async () => file.done(),
  };
}
