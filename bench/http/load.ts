// The load generator, a process of its own: `node load.ts PLAN` sends claims over keep-alive
// connections and prints a report. A closed loop finds the peak. An open loop sends at a fixed rate
// and counts latency from the moment at which a request was due, not from when a slow server let it
// be sent, so that stalls are not left out (coordinated omission).
import { latencyOf } from "../quantile.ts";
import { Connection } from "./connection.ts";
import type { LoadPlan, LoadReport } from "./load-plan.ts";
import { Requests } from "./requests.ts";

const TICK_MS = 1;
const PEAK_GUESS = 110_000; // No server here is quicker; requests are made ahead for so many.
const DRAIN_MS = 3000;
const MAX_BACKLOG_BYTES = 65_536; // More would only wait in the generator's own memory.

class Load {
  private readonly plan: LoadPlan;
  private readonly requests: Requests;
  private readonly latenciesMs: Float64Array;
  private readonly grantedMs: Float64Array;
  private readonly free: Connection[] = [];
  private connections: Connection[] = [];
  private measuring = false;
  private over = false;
  private measured = 0;
  private granted = 0;
  private sent = 0;
  private answered = 0;
  private unsent = 0;
  private scheduled = 0;
  private startedAtMs = 0;
  private readonly codes: Record<string, number> = {};
  private readonly statuses: Record<string, number> = {};

  constructor(plan: LoadPlan) {
    this.plan = plan;
    const perSecond = plan.perSecond ?? PEAK_GUESS;
    const count = Math.ceil((plan.warmSeconds + plan.seconds) * Math.min(perSecond, PEAK_GUESS));
    this.requests = new Requests(plan, count);
    this.latenciesMs = new Float64Array(count);
    this.grantedMs = new Float64Array(count);
  }

  async run(): Promise<LoadReport> {
    const failed = (why: Error): void => {
      console.error(`load: ${why.message}`);
      process.exit(1);
    };
    for (let i = 0; i < this.plan.connections; i++) {
      const answered = (from: Connection, code: number, status: string): void =>
        this.onAnswer(from, code, status);
      this.connections.push(await Connection.open(this.plan.port, answered, failed));
    }
    this.free.push(...this.connections);
    this.startedAtMs = performance.now();
    if (this.plan.perSecond === null) for (const one of this.connections) this.sendNow(one);
    else this.tick();
    await sleep(this.plan.warmSeconds * 1000);
    this.measuring = true;
    const cpu = process.cpuUsage();
    const fromMs = performance.now();
    await sleep(this.plan.seconds * 1000);
    const tookMs = performance.now() - fromMs;
    const used = process.cpuUsage(cpu);
    const inTime = this.measured;
    const grantedInTime = this.granted;
    this.over = true;
    if (this.plan.perSecond === null && this.requests.left === 0) {
      throw new Error(`quicker than ${PEAK_GUESS} requests/s: raise PEAK_GUESS`);
    }
    await this.drain();
    const generatorShare = (used.user + used.system) / 1000 / tookMs;
    return this.report(inTime, grantedInTime, tookMs, generatorShare);
  }

  /** Sends what is due by now on connections that have room; the rest is due, and late. */
  private tick(): void {
    if (this.over) return;
    this.sendDue(performance.now());
    setTimeout(() => this.tick(), TICK_MS);
  }

  private sendDue(nowMs: number): void {
    const perMs = (this.plan.perSecond ?? 0) / 1000;
    const due = Math.floor((nowMs - this.startedAtMs) * perMs);
    if (this.plan.depth > 1) this.dropOverdue(due);
    while (this.scheduled < due && this.requests.left > 0) {
      const connection = this.takeFree();
      if (connection === undefined) return;
      this.send(connection, this.startedAtMs + this.scheduled / perMs);
      this.scheduled += 1;
    }
  }

  // In an overload, whoever finds no room for as long as it takes to fill all connections twice
  // goes away unheard, or the generator would measure its own queue.
  private dropOverdue(due: number): void {
    const most = 2 * this.plan.connections * this.plan.depth;
    const dropped = Math.max(0, due - this.scheduled - most);
    this.scheduled += dropped;
    if (this.measuring) this.unsent += dropped;
  }

  private takeFree(): Connection | undefined {
    for (let tries = this.free.length; tries > 0; tries--) {
      const connection = this.free.pop();
      if (connection === undefined) return undefined;
      if (connection.backlog <= MAX_BACKLOG_BYTES) return connection;
      this.free.unshift(connection);
    }
    return undefined;
  }

  private send(connection: Connection, dueAtMs: number): void {
    connection.send(this.requests.next(), dueAtMs);
    this.sent += 1;
    if (connection.underWay < this.plan.depth) this.free.push(connection);
  }

  private sendNow(connection: Connection): void {
    if (this.over || this.requests.left === 0) return;
    connection.send(this.requests.next(), performance.now());
    this.sent += 1;
  }

  private onAnswer(connection: Connection, code: number, status: string): void {
    const nowMs = performance.now();
    const wasFull = connection.underWay === this.plan.depth;
    const dueAtMs = connection.nextDueAtMs();
    this.answered += 1;
    if (this.measuring) this.count(nowMs - dueAtMs, code, status);
    if (this.plan.perSecond === null) this.sendNow(connection);
    else {
      if (wasFull) this.free.push(connection);
      // Deep pipelines are filled by the tick alone: looking for room at each answer costs more.
      if (!this.over && this.plan.depth === 1) this.sendDue(nowMs);
    }
  }

  private count(latencyMs: number, code: number, status: string): void {
    this.latenciesMs[this.measured++] = latencyMs;
    this.codes[code] = (this.codes[code] ?? 0) + 1;
    this.statuses[status] = (this.statuses[status] ?? 0) + 1;
    if (status === "granted") this.grantedMs[this.granted++] = latencyMs;
  }

  private async drain(): Promise<void> {
    const untilMs = performance.now() + DRAIN_MS;
    while (this.answered < this.sent && performance.now() < untilMs) await sleep(5);
    for (const connection of this.connections) connection.close();
  }

  private report(
    inTime: number,
    grantedInTime: number,
    tookMs: number,
    generatorShare: number,
  ): LoadReport {
    const latencies = this.latenciesMs.subarray(0, this.measured);
    const granted = latencyOf(this.grantedMs.subarray(0, this.granted));
    return {
      perSecond: (inTime / tookMs) * 1000,
      sent: this.sent,
      answered: this.answered,
      unsent: this.unsent,
      ...latencyOf(latencies),
      maxMs: latencies[this.measured - 1] ?? Number.NaN,
      codes: this.codes,
      statuses: this.statuses,
      granted: {
        perSecond: (grantedInTime / tookMs) * 1000,
        p50Ms: granted.p50Ms,
        p99Ms: granted.p99Ms,
      },
      generatorShare,
    };
  }
}

function sleep(ms: number): Promise<void> {
  return new Promise((resolve) => setTimeout(resolve, ms));
}

const plan: LoadPlan = JSON.parse(process.argv[2] ?? "{}");
console.log(JSON.stringify(await new Load(plan).run()));
