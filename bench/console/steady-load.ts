// A campaign that runs: single claims at an even rate for minutes, made as they are due, so that
// the load costs no memory. `node steady-load.ts PLAN` prints a line when it begins and one at its
// end.
import { Connection } from "../http/connection.ts";
import { Workload } from "../workload.ts";
import type { SteadyPlan, SteadyReport } from "./load-plan.ts";

const CONNECTIONS = 32;
const TICK_MS = 5;
const FRESH_MS = 60_000;
const DRAIN_MS = 2000;

const plan: SteadyPlan = JSON.parse(process.argv[2] ?? "{}");
const workload = new Workload("console", plan.run, plan.offer);
const named = Object.entries(plan.headers).map(([name, value]) => `${name}: ${value}\r\n`);
const head =
  `POST ${plan.path} HTTP/1.1\r\nhost: 127.0.0.1:${plan.port}\r\n${named.join("")}` +
  "content-type: application/json\r\ncontent-length: ";
const statuses: Record<string, number> = {};
const free: Connection[] = [];
let answered = 0;

function request(): Buffer {
  const notAfterMs = Date.now() + FRESH_MS;
  const body = JSON.stringify({ ...workload.next(), notAfterMs });
  return Buffer.from(`${head}${body.length}\r\n\r\n${body}`, "latin1");
}

for (let i = 0; i < CONNECTIONS; i++) {
  const onAnswer = (connection: Connection, _code: number, status: string): void => {
    connection.nextDueAtMs();
    answered += 1;
    statuses[status] = (statuses[status] ?? 0) + 1;
    free.push(connection);
  };
  const failed = (why: Error): void => {
    console.error(`steady-load: ${why.message}`);
    process.exit(1);
  };
  free.push(await Connection.open(plan.port, onAnswer, failed));
}
const all = [...free];
console.log("{}");
const startedMs = performance.now();
let sent = 0;
while (performance.now() - startedMs < 1000 * plan.seconds) {
  const due = Math.floor(((performance.now() - startedMs) / 1000) * plan.perSecond);
  for (; sent < due && free.length > 0; sent++) free.pop()!.send(request(), performance.now());
  await new Promise((resolve) => setTimeout(resolve, TICK_MS));
}
const tookMs = performance.now() - startedMs;
const report: SteadyReport = { answered, perSecond: (1000 * answered) / tookMs, statuses };
const untilMs = performance.now() + DRAIN_MS;
while (free.length < all.length && performance.now() < untilMs) {
  await new Promise((resolve) => setTimeout(resolve, TICK_MS));
}
for (const connection of all) connection.close();
console.log(JSON.stringify(report));
