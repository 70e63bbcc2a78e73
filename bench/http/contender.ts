// A server as a contender: its peak in a closed loop, then its latency in an open loop at 70 % of
// that peak, from the same load generator in a process of its own.
import { CARD } from "../campaign.ts";
import { runScript } from "../children.ts";
import type { Contender, Figures } from "../contender.ts";
import type { LoadPlan, LoadReport } from "./load-plan.ts";

export interface RunningServer {
  port: number;
  path: string;
  headers: Record<string, string>;
  stop(): Promise<void>;
}

export const CONNECTIONS = 64;
const SHARE_OF_PEAK = 0.7;
/** A generator that compiles itself falls behind; what is late then must be over when it counts. */
const PACED_WARM_SECONDS = 3;

export class HttpContender implements Contender {
  readonly name: string;
  private readonly begin: () => Promise<RunningServer | string>;
  /** Every answer must be a success; of those with a status, nearly all a grant. */
  private readonly decides: boolean;
  private server: RunningServer | null = null;

  constructor(name: string, decides: boolean, begin: () => Promise<RunningServer | string>) {
    this.name = name;
    this.decides = decides;
    this.begin = begin;
  }

  async start(): Promise<string | null> {
    const server = await this.begin();
    if (typeof server === "string") return server;
    this.server = server;
    return null;
  }

  async run(run: number): Promise<Figures> {
    const peak = await this.load(2 * run, null, 1, 4);
    const rate = peak.perSecond * SHARE_OF_PEAK;
    const paced = await this.load(2 * run + 1, rate, PACED_WARM_SECONDS, 4);
    const { p50Ms, p99Ms, p999Ms } = paced;
    const { generatorShare } = peak;
    return { value: peak.perSecond, more: { p50Ms, p99Ms, p999Ms, generatorShare } };
  }

  async stop(): Promise<void> {
    await this.server?.stop();
  }

  private async load(
    run: number,
    perSecond: number | null,
    warmSeconds: number,
    seconds: number,
  ): Promise<LoadReport> {
    if (this.server === null) throw new Error(`${this.name} was not started`);
    const { port, path, headers } = this.server;
    const at = { port, path, headers, offer: CARD, run };
    const how = { connections: CONNECTIONS, depth: 1, warmSeconds, seconds, perSecond };
    const plan: LoadPlan = { ...at, ...how };
    const report = await runScript<LoadReport>("./http/load.ts", plan);
    this.check(report);
    return report;
  }

  // A server that refuses everything is quick, too.
  private check(report: LoadReport): void {
    const answered = Object.values(report.codes).reduce((sum, count) => sum + count, 0);
    const good = this.decides ? report.statuses.granted : report.codes["200"];
    if ((good ?? 0) >= 0.9 * answered && answered > 0) return;
    const found = JSON.stringify({ codes: report.codes, statuses: report.statuses });
    throw new Error(`${this.name}: expected nearly all claims to be granted, got ${found}`);
  }
}
