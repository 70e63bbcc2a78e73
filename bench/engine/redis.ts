// The peer of the engine: Redis with the Lua script, fed by ready-made commands over as many
// connections and as deep a pipeline as serve it best. Making the commands is not counted.
import type { CampaignDefinition } from "../../src/core/definition.ts";
import { benchCampaign, CARD } from "../campaign.ts";
import type { Contender, Figures } from "../contender.ts";
import { latencyOf } from "../quantile.ts";
import { claimCommand } from "../redis/claim-command.ts";
import { type ClaimScript, claimScript } from "../redis/claim-script.ts";
import { type RedisServer, redisAbsent, startRedis } from "../redis/redis-server.ts";
import { encodeCommand, RespConnection } from "../redis/resp.ts";
import { Workload } from "../workload.ts";

const CLAIMS = 200_000;
const PROBE_CLAIMS = 40_000;
// Redis reads 16 KiB from a connection at a time and syncs once a turn, so several connections
// with a moderate depth serve it better than one with a deep pipeline.
const SHAPES = [1, 8, 32].flatMap((connections) =>
  [64, 256, 1024].map((depth) => ({ connections, depth })),
);

interface Shape {
  connections: number;
  depth: number;
}

export class RedisEngine implements Contender {
  readonly name = "redis";
  private readonly campaign: CampaignDefinition = benchCampaign(Date.now());
  private readonly script: ClaimScript = claimScript(this.campaign);
  private server: RedisServer | null = null;
  private best: Shape = { connections: 1, depth: 1 };

  async start(): Promise<string | null> {
    const absent = redisAbsent();
    if (absent !== null) return absent;
    this.server = await startRedis();
    let bestPerSecond = 0;
    for (const [index, shape] of SHAPES.entries()) {
      const { value } = await this.measure(shape, 1000 + index, PROBE_CLAIMS);
      if (value <= bestPerSecond) continue;
      bestPerSecond = value;
      this.best = shape;
    }
    return null;
  }

  run(run: number): Promise<Figures> {
    return this.measure(this.best, run, CLAIMS);
  }

  async stop(): Promise<void> {
    await this.server?.stop();
  }

  private async measure(shape: Shape, run: number, count: number): Promise<Figures> {
    if (this.server === null) throw new Error("redis was not started");
    const open = (): Promise<RespConnection> => RespConnection.open(this.server?.socketPath ?? "");
    const connections = await Promise.all(Array.from({ length: shape.connections }, open));
    try {
      const first = connections[0];
      await first?.call(["FLUSHALL"]);
      await first?.pipeline(encodeCommand(["SCRIPT", "LOAD", this.script.text]), [
        () => {},
        () => {},
      ]);
      await first?.call(["PING"]);
      const commands = this.commands(run, count);
      return await pump(connections, commands, shape);
    } finally {
      for (const connection of connections) connection.close();
    }
  }

  private commands(run: number, count: number): Commands {
    const workload = new Workload("engine", run, CARD);
    const nowMs = Date.now();
    const starts = new Float64Array(count + 1);
    const parts: string[] = [];
    let length = 0;
    for (let i = 0; i < count; i++) {
      const command = claimCommand(this.script, this.campaign, workload.next(), nowMs);
      parts.push(command);
      length += command.length;
      starts[i + 1] = length;
    }
    return { bytes: Buffer.from(parts.join(""), "latin1"), starts, count };
  }
}

interface Commands {
  bytes: Buffer;
  /** Where each command starts, and at the end where the last one stops. */
  starts: Float64Array;
  count: number;
}

/** Keeps `depth` commands under way on each connection until all have been answered. */
function pump(connections: RespConnection[], commands: Commands, shape: Shape): Promise<Figures> {
  const { bytes, starts, count } = commands;
  const latenciesMs = new Float64Array(count);
  let granted = 0;
  let sent = 0;
  let answered = 0;
  return new Promise((resolve, reject) => {
    const startedAtMs = performance.now();
    for (const connection of connections) {
      const sentAtMs: number[] = [];
      let free = shape.depth;
      let head = 0;
      let scheduled = false;
      const fill = (): void => {
        scheduled = false;
        const number = Math.min(free, count - sent);
        if (number === 0) return;
        connection.write(bytes.subarray(starts[sent], starts[sent + number]));
        const nowMs = performance.now();
        for (let i = 0; i < number; i++) sentAtMs.push(nowMs);
        sent += number;
        free -= number;
      };
      connection.onLine = (line) => {
        if (line.startsWith("+granted")) granted += 1;
        else if (line.startsWith("-")) reject(new Error(`redis answered ${line}`));
        latenciesMs[answered] = performance.now() - (sentAtMs[head++] ?? 0);
        answered += 1;
        free += 1;
        if (answered === count) {
          const tookMs = performance.now() - startedAtMs;
          resolve(figures(count, tookMs, latenciesMs, granted, shape));
        } else if (!scheduled) {
          scheduled = true;
          setImmediate(fill);
        }
      };
      fill();
    }
  });
}

function figures(
  count: number,
  tookMs: number,
  latenciesMs: Float64Array,
  granted: number,
  shape: Shape,
): Figures {
  // A script that refused everything would be quick, too.
  if (granted < 0.9 * count) throw new Error(`redis granted only ${granted} of ${count}`);
  const { p50Ms, p99Ms } = latencyOf(latenciesMs);
  const { connections, depth } = shape;
  return {
    value: (count / tookMs) * 1000,
    more: { p50Ms, p99Ms, connections, depth, grantedShare: granted / count },
  };
}
