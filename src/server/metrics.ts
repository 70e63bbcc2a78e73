// Metrics for Prometheus. Anybody who reaches the port may read them, so they count requests and
// records, never money. The hot path adds to plain numbers, which a scrape then collects.
import { Counter, collectDefaultMetrics, Gauge, Registry } from "prom-client";
import type { Engine } from "../host/engine.ts";
import type { Gate } from "./gate.ts";

/** From a fifth of a millisecond (memory) to the deadline. */
export const LATENCY_BOUNDS: readonly number[] = [
  0.0002, 0.0005, 0.001, 0.002, 0.005, 0.01, 0.02, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5,
];

/** A histogram: prom-client's own costs a microsecond an observation, this one a tenth. */
interface Latency {
  /** By bucket, the last one for what is longer than all. */
  counts: Float64Array;
  sum: number;
}

export interface MetricsSources {
  /** Null before it is ready. */
  engine: () => Engine | null;
  gate: Gate;
  eventStreams: () => number;
  liveStreams: () => number;
}

export class Metrics {
  private readonly registry = new Registry();
  /** By operation, then by status or error code: both come from closed lists. */
  private readonly answered = new Map<string, Map<string, number>>();
  private readonly latencies = new Map<string, Latency>();

  constructor(sources: MetricsSources) {
    collectDefaultMetrics({ register: this.registry });
    this.addAnswers();
    addGauges(this.registry, sources);
  }

  /** One answer; `status` is a status of the contract or a code of its errors. */
  count(operation: string, status: string, lines = 1): void {
    let row = this.answered.get(operation);
    if (row === undefined) {
      row = new Map();
      this.answered.set(operation, row);
    }
    row.set(status, (row.get(status) ?? 0) + lines);
  }

  observe(operation: string, startedAtMs: number): void {
    const seconds = (performance.now() - startedAtMs) / 1000;
    let latency = this.latencies.get(operation);
    if (latency === undefined) {
      latency = { counts: new Float64Array(LATENCY_BOUNDS.length + 1), sum: 0 };
      this.latencies.set(operation, latency);
    }
    let bucket = 0;
    while (bucket < LATENCY_BOUNDS.length && seconds > LATENCY_BOUNDS[bucket]!) bucket += 1;
    latency.counts[bucket]! += 1;
    latency.sum += seconds;
  }

  /** Answers by latency bucket, of each operation; they only grow. */
  *latencyCounts(): Iterable<readonly [string, Float64Array]> {
    for (const [operation, { counts }] of this.latencies) yield [operation, counts];
  }

  get contentType(): string {
    return this.registry.contentType;
  }

  async render(): Promise<string> {
    return `${await this.registry.metrics()}${latencyText(this.latencies)}`;
  }

  private addAnswers(): void {
    const { answered } = this;
    const counter: Counter<"operation" | "status"> = new Counter({
      name: "hongbao_requests_total",
      help: "Answers by operation and by status or error code; of batches, their lines.",
      labelNames: ["operation", "status"],
      registers: [this.registry],
      collect: () => {
        counter.reset();
        for (const [operation, row] of answered) {
          for (const [status, count] of row) counter.inc({ operation, status }, count);
        }
      },
    });
  }
}

function latencyText(latencies: ReadonlyMap<string, Latency>): string {
  const name = "hongbao_answer_seconds";
  const lines = [
    `# HELP ${name} From a request's arrival to its durable answer.`,
    `# TYPE ${name} histogram`,
  ];
  for (const [operation, { counts, sum }] of latencies) {
    let total = 0;
    counts.forEach((count, i) => {
      total += count;
      lines.push(
        `${name}_bucket{le="${LATENCY_BOUNDS[i] ?? "+Inf"}",operation="${operation}"} ${total}`,
      );
    });
    lines.push(`${name}_sum{operation="${operation}"} ${sum}`);
    lines.push(`${name}_count{operation="${operation}"} ${total}`);
  }
  return `\n${lines.join("\n")}\n`;
}

function addGauges(
  registry: Registry,
  { engine, gate, eventStreams, liveStreams }: MetricsSources,
): void {
  const gauge = (name: string, help: string, read: () => number): void => {
    const one: Gauge = new Gauge({
      name: `hongbao_${name}`,
      help,
      registers: [registry],
      collect: () => one.set(read()),
    });
  };
  gauge("ready", "1 when requests are decided.", () => {
    const running = engine();
    if (running === null || running.failure !== null || gate.isClosed) return 0;
    return running.room.lack === null ? 1 : 0;
  });
  gauge("disk_full", "1 while the disk has no room for more of the journal.", () => {
    return (engine()?.room.lack ?? null) === null ? 0 : 1;
  });
  gauge("requests_under_way", "Single requests let in and not answered.", () => gate.requests);
  gauge("batches_under_way", "Batches let in and not answered.", () => gate.batches);
  gauge("event_streams", "Clients of the event stream.", eventStreams);
  gauge("live_streams", "Listeners of live snapshots.", liveStreams);
  gauge("queue_lines", "Lines that wait for the writer.", () => engine()?.load.waiting ?? 0);
  gauge("decided_lines", "Lines decided since the start.", () => engine()?.load.decided ?? 0);
  gauge("campaigns", "Campaigns in the ledger.", () => engine()?.state.campaigns.length ?? 0);
  gauge("journal_records", "Sequence of the last durable record.", () => {
    return engine()?.journal.lastSequence ?? 0;
  });
  gauge("journal_bytes", "Bytes of records written since the start.", () => {
    return engine()?.bytesWritten ?? 0;
  });
}
