// Single claims over HTTP: our server against a Node service in front of PostgreSQL that does what
// everybody does first.
import type { Bench } from "../contender.ts";
import { startPeer } from "../http/bench.ts";
import { CONNECTIONS, HttpContender, type RunningServer } from "../http/contender.ts";
import { startOurServer } from "../http/ours.ts";
import { startCluster } from "./cluster.ts";

// More connections only queue for the budget's row.
const POOL = 16;

export function bench(): Bench {
  return {
    name: "postgres",
    unit: "claims/s",
    method:
      `Single claims over HTTP, ${CONNECTIONS} keep-alive connections, as in the bench http. ` +
      "Peer node+postgres: node:http in front of PostgreSQL with default settings (commits are " +
      `synced), a pool of ${POOL} connections, prepared statements; one transaction a claim: ` +
      "insert the claim on conflict do nothing, then a guarded update of the user's counters " +
      "and the budget. It checks less than ours: no device, address, day, wave or holdout.",
    ours: new HttpContender("hongbao", true, startOurServer),
    peers: [new HttpContender("node+postgres", true, startNodePostgres)],
  };
}

async function startNodePostgres(): Promise<RunningServer | string> {
  const cluster = await startCluster(POOL);
  if (typeof cluster === "string") return cluster;
  const { host, port, user } = cluster;
  const input = JSON.stringify({ host, port, user, connections: POOL });
  return startPeer("./postgres/postgres-server.ts", [input], cluster.stop);
}
