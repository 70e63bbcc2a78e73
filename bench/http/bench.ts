// Single claims over HTTP: our server against what Node itself costs, and against a Node service in
// front of Redis that decides the same.
import { firstLine, startScript, stop } from "../children.ts";
import type { Bench } from "../contender.ts";
import { redisAbsent, startRedis } from "../redis/redis-server.ts";
import { CONNECTIONS, HttpContender, type RunningServer } from "./contender.ts";
import { startOurServer } from "./ours.ts";

export function bench(): Bench {
  return {
    name: "http",
    unit: "claims/s",
    method:
      `Single claims over HTTP, ${CONNECTIONS} keep-alive connections, generator in a process ` +
      "of its own on bare sockets. Figure: closed loop, 4 s after 1 s of warming. Latencies: " +
      "open loop at 70 % of that peak after 3 s of warming, counted from when a request was " +
      "due. Peer bare: " +
      "node:http that parses and validates the same JSON with the same code and echoes it. Peer" +
      " node+redis: node:http in front of the engine bench's Lua script, appendfsync always, " +
      "one pipeline a turn of the event loop. generatorShare: part of a core that the generator" +
      " used at the peak.",
    ours: new HttpContender("hongbao", true, startOurServer),
    peers: [
      new HttpContender("bare", false, () =>
        startPeer("./http/bare-server.ts", [], async () => {}),
      ),
      new HttpContender("node+redis", true, startNodeRedis),
    ],
  };
}

export async function startPeer(
  script: string,
  args: string[],
  after: () => Promise<void>,
): Promise<RunningServer> {
  const child = startScript(script, args);
  const { port } = await firstLine<{ port: number }>(child);
  return {
    port,
    path: "/v1/campaigns/qwen-2026/claims",
    headers: { authorization: `Bearer ${"k".repeat(40)}` },
    stop: async () => {
      await stop(child);
      await after();
    },
  };
}

async function startNodeRedis(): Promise<RunningServer | string> {
  const absent = redisAbsent();
  if (absent !== null) return absent;
  const redis = await startRedis();
  return startPeer("./http/redis-server.ts", [redis.socketPath], redis.stop);
}
