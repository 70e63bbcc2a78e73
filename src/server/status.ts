// How the server is, for people: what its answers survive, how busy it is, what it stands on.

import { HongbaoError } from "../base/error.ts";
import { type AnsweredView, errorEntry, type ServerStatusAnswer } from "../contract/index.ts";
import type { LogFollower } from "../transparency/log-follower.ts";
import { quantileMs } from "./latency-window.ts";
import { LATENCY_BOUNDS } from "./metrics.ts";
import { type OperationCall, send, stamp } from "./operation-call.ts";
import { engineOf, type Service } from "./service.ts";

export async function showStatus(call: OperationCall): Promise<void> {
  const { service } = call;
  const engine = engineOf(service);
  const base = await stamp(engine);
  const { heapUsed, rss } = process.memoryUsage();
  const reason = whyNotReady(service);
  send<ServerStatusAnswer>(call, {
    ...base,
    version: service.version,
    node: process.version,
    uptimeMs: Math.round(process.uptime() * 1000),
    ready: reason === null,
    ...(reason === null ? {} : { reason }),
    durability: engine.journal.durable ? "synced" : "page_cache",
    campaigns: engine.state.campaigns.length,
    records: engine.journal.lastSequence,
    decidedLines: engine.load.decided,
    bytesWritten: engine.bytesWritten,
    waitingLines: engine.load.waiting,
    requestsUnderWay: service.gate.requests,
    batchesUnderWay: service.gate.batches,
    eventStreams: service.eventStreams(),
    memoryBytes: rss,
    heapBytes: heapUsed,
    answers: answered(service),
    ...(await logView(service.follower)),
  });
}

/** Since the start, the most frequent first. */
function answered({ metrics }: Service): AnsweredView[] {
  const rows: AnsweredView[] = [];
  for (const [operation, counts] of metrics.latencyCounts()) {
    const count = counts.reduce((sum, one) => sum + one, 0);
    const within = (share: number): number => quantileMs(LATENCY_BOUNDS, counts, count, share);
    rows.push({ operation, count, p50Ms: within(0.5), p99Ms: within(0.99) });
  }
  return rows.sort((a, b) => b.count - a.count);
}

/** In the words of the catalogue: those of an error may name folders. */
function whyNotReady({ engine, gate }: Service): string | null {
  if (gate.isClosed) return errorEntry("shutting_down").meaning;
  const failure = engine?.failure ?? engine?.room.lack ?? null;
  return failure === null ? null : errorEntry(failure.code).meaning;
}

async function logView(follower: LogFollower | null): Promise<Pick<ServerStatusAnswer, "log">> {
  if (follower === null) return {};
  try {
    const { origin, ...log } = await follower.ask("status", null);
    return { log: { ...log, ...(origin === null ? {} : { origin }) } };
  } catch (error) {
    // It is starting again: the rest can be told all the same.
    if (error instanceof HongbaoError) return {};
    throw error;
  }
}
