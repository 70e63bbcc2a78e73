// A Redis of our own for a benchmark: on a Unix socket in a temporary folder, its append-only file
// synced before every answer, since ours is durable before every answer too.
import type { ChildProcess } from "node:child_process";
import { spawnSync } from "node:child_process";
import { join } from "node:path";
import { removeFolder, start, stop, temporaryFolder } from "../children.ts";
import { RespConnection } from "./resp.ts";

const START_WAIT_MS = 10_000;

export interface RedisServer {
  socketPath: string;
  stop(): Promise<void>;
}

/** Null when it can be started; else why not. */
export function redisAbsent(): string | null {
  const found = spawnSync("redis-server", ["--version"], { stdio: "ignore" });
  return found.status === 0 ? null : "redis-server is not installed (Debian: redis-server)";
}

/** @param durable whether it syncs its file before every answer; else it keeps none */
export async function startRedis(durable = true): Promise<RedisServer> {
  const folder = temporaryFolder("redis");
  const socketPath = join(folder, "redis.sock");
  // No rewrites of the append-only file meanwhile: they would only slow Redis down.
  const kept = durable ? ["yes", "--appendfsync", "always"] : ["no"];
  const calm = ["--auto-aof-rewrite-percentage", "0", "--daemonize", "no"];
  const at = ["--port", "0", "--unixsocket", socketPath, "--dir", folder];
  const child = start("redis-server", [...at, "--appendonly", ...kept, "--save", "", ...calm]);
  child.stdout?.resume();
  child.stderr?.resume();
  await answering(child, socketPath);
  return {
    socketPath,
    stop: async () => {
      await stop(child);
      removeFolder(folder);
    },
  };
}

async function answering(child: ChildProcess, socketPath: string): Promise<void> {
  const givenUpAtMs = Date.now() + START_WAIT_MS;
  for (;;) {
    try {
      const connection = await RespConnection.open(socketPath);
      const answer = await connection.call(["PING"]);
      connection.close();
      if (answer === "+PONG") return;
    } catch (error) {
      if (child.exitCode !== null || Date.now() > givenUpAtMs) throw error;
    }
    await new Promise((resolve) => setTimeout(resolve, 20));
  }
}
