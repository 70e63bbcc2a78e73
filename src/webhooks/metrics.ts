// The outbox for Prometheus: how much waits, how long, what was given up, what was delivered. On a
// port of the sender's own, since it is a process of its own.
import { createServer, type Server } from "node:http";
import { Counter, Gauge, Registry } from "prom-client";
import { contractError } from "../contract/errors.ts";
import type { SenderCounts } from "./sender.ts";

type Read = () => ReadonlyMap<string, SenderCounts>;

const NAMES = "hongbao_webhooks";

export function webhookMetrics(read: Read): Registry {
  const registry = new Registry();
  const gauge = (name: string, help: string, value: (counts: SenderCounts) => number): void => {
    const one: Gauge<"endpoint"> = new Gauge({
      name: `${NAMES}_${name}`,
      help,
      labelNames: ["endpoint"],
      registers: [registry],
      collect: () => {
        one.reset();
        for (const [endpoint, counts] of read()) one.set({ endpoint }, value(counts));
      },
    });
  };
  gauge("pending", "Messages that are sent or wait.", ({ pending }) => pending);
  gauge("oldest_seconds", "Age of the oldest of them; 0 without any.", ({ oldestAtMs }) => {
    return oldestAtMs === null ? 0 : Math.max(0, (Date.now() - oldestAtMs) / 1000);
  });
  gauge("dead", "Dead letters.", ({ dead }) => dead);
  gauge("behind_records", "Durable records that were not read yet.", ({ behindRecords }) => {
    return behindRecords;
  });
  gauge("delivered", "Messages delivered since the endpoint was made.", (counts) => {
    return counts.delivered;
  });
  const attempts: Counter<"endpoint" | "outcome"> = new Counter({
    name: `${NAMES}_attempts_total`,
    help: "Attempts since the start, by what came of them.",
    labelNames: ["endpoint", "outcome"],
    registers: [registry],
    collect: () => {
      attempts.reset();
      for (const [endpoint, counts] of read()) {
        for (const [outcome, count] of Object.entries(counts.attempts)) {
          attempts.inc({ endpoint, outcome }, count);
        }
      }
    },
  });
  return registry;
}

/** Serves `/metrics` on this machine only; rejects when the port is taken. */
export function serveMetrics(registry: Registry, port: number): Promise<Server> {
  const server = createServer((request, response) => {
    if (request.url !== "/metrics") return response.writeHead(404).end();
    registry.metrics().then(
      (text) => response.writeHead(200, { "content-type": registry.contentType }).end(text),
      () => response.writeHead(500).end(),
    );
    return undefined;
  });
  return new Promise((resolve, reject) => {
    server.once("error", (error: NodeJS.ErrnoException) => {
      if (error.code !== "EADDRINUSE") return reject(error);
      const message = `another program listens on 127.0.0.1:${port}; choose another --metrics-port`;
      reject(contractError("port_in_use", message));
    });
    server.listen(port, "127.0.0.1", () => resolve(server));
  });
}
