// What the load generator is told to do, and what it reports. Shared by the generator, which is a
// process of its own, and the benches that start it.

export interface LoadPlan {
  port: number;
  /** Path of the claims, for instance /v1/campaigns/qwen-2026/claims. */
  path: string;
  headers: Record<string, string>;
  offer: string;
  /** Which part of the workload: equal numbers send equal claims. */
  run: number;
  connections: number;
  warmSeconds: number;
  seconds: number;
  /** Arrivals per second, whether answers come or not; null: a closed loop, as fast as it goes. */
  perSecond: number | null;
  /** Requests under way on one connection; more than 1 only to overload a server. */
  depth: number;
}

export interface LoadReport {
  /** Answers of the measured time, per second. */
  perSecond: number;
  sent: number;
  answered: number;
  /** Due, but never sent, because every connection was full. */
  unsent: number;
  p50Ms: number;
  p99Ms: number;
  p999Ms: number;
  maxMs: number;
  /** By HTTP number, and by the status of the answer. */
  codes: Record<string, number>;
  statuses: Record<string, number>;
  /** Of those answered with `granted`: per second, and their latency. */
  granted: { perSecond: number; p50Ms: number; p99Ms: number };
  /** Share of one core that the generator used: near 1, it is what was measured. */
  generatorShare: number;
}
