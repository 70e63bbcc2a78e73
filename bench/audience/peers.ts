// The peers of the audience bench: the ids themselves, in a Set of JavaScript or of Redis.
import { userLines } from "../../src/cli/user-lines.ts";
import { startRedis } from "../redis/redis-server.ts";
import { RespConnection } from "../redis/resp.ts";
import type { ListFigures } from "./bench.ts";
import { heldBytes } from "./held-bytes.ts";

export async function loadSet(file: string, users: number): Promise<ListFigures> {
  const before = heldBytes();
  const startedAtMs = performance.now();
  const set = new Set<string>();
  for await (const part of userLines(file)) for (const user of part.users) set.add(user);
  const seconds = (performance.now() - startedAtMs) / 1000;
  const bytesEach = (heldBytes() - before) / users;
  if (set.size !== users || !set.has("user-77")) throw new Error(`expected ${users} in the set`);
  return { seconds, bytesEach };
}

export async function loadRedis(file: string, users: number): Promise<ListFigures> {
  const redis = await startRedis(false);
  const connection = await RespConnection.open(redis.socketPath);
  const startedAtMs = performance.now();
  for await (const part of userLines(file)) {
    if (part.users.length > 0) await connection.call(["SADD", "list", ...part.users]);
  }
  const seconds = (performance.now() - startedAtMs) / 1000;
  const count = await connection.call(["SCARD", "list"]);
  if (!String(count).includes(String(users))) throw new Error(`expected ${users}, found ${count}`);
  const bytes = await connection.call(["MEMORY", "USAGE", "list"]);
  const bytesEach = Number(bytes.slice(1)) / users;
  connection.close();
  await redis.stop();
  return { seconds, bytesEach };
}
