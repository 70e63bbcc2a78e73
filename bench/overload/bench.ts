// What is left of the peak when ten times as many claims arrive: goodput, the latency of what was
// admitted, and the server's memory.
import { CARD } from "../campaign.ts";
import { runScript } from "../children.ts";
import type { Bench, Contender, Figures } from "../contender.ts";
import { CONNECTIONS } from "../http/contender.ts";
import type { LoadPlan, LoadReport } from "../http/load-plan.ts";
import { type OurServer, startOurServer } from "../http/ours.ts";
import { MemoryWatch } from "./memory-watch.ts";
import { overspentMinor } from "./ours.ts";

const TIMES_PEAK = 10;
const SECONDS = 20;
// Ten times the peak would need sockets without number; a crowd of many connections with several
// requests under way each fills the server's queue and keeps it full, which is what counts.
const CROWD_CONNECTIONS = 512;
const CROWD_DEPTH = 16;

export function bench(): Bench {
  return {
    name: "overload",
    unit: "goodput / peak",
    method:
      `The peak is a closed loop over ${CONNECTIONS} connections, 4 s. Then ${TIMES_PEAK} times` +
      ` as many claims are due for ${SECONDS} s in an open loop over ${CROWD_CONNECTIONS} ` +
      `connections with up to ${CROWD_DEPTH} requests under way on each; whoever finds no room ` +
      "within twice that goes away (unsentShare). Goodput is what was granted, by the peak. " +
      "Latency is that of the granted, from when they were due. rssMiB is the server's largest " +
      "resident memory; overspentMinor is what the server's books hold above the budget, and " +
      "must be 0.",
    ours: new OverloadedServer(),
    peers: [],
  };
}

class OverloadedServer implements Contender {
  readonly name = "hongbao";
  private server: OurServer | null = null;

  async start(): Promise<string | null> {
    this.server = await startOurServer();
    return null;
  }

  async run(run: number): Promise<Figures> {
    const server = this.server;
    if (server === null) throw new Error("the server was not started");
    const peak = await this.load(server, 2 * run, { seconds: 4, perSecond: null });
    const perSecond = TIMES_PEAK * peak.granted.perSecond;
    const watch = new MemoryWatch(server.pid);
    const report = await this.load(server, 2 * run + 1, { seconds: SECONDS, perSecond });
    const rssMiB = watch.stop() / 2 ** 20;
    const due = perSecond * SECONDS;
    const refused = report.codes["503"] ?? 0;
    return {
      value: report.granted.perSecond / peak.granted.perSecond,
      more: {
        peakPerSecond: peak.granted.perSecond,
        goodputPerSecond: report.granted.perSecond,
        p50Ms: report.granted.p50Ms,
        p99Ms: report.granted.p99Ms,
        refusedPerSecond: refused / SECONDS,
        unsentShare: report.unsent / due,
        rssMiB,
        overspentMinor: await overspentMinor(server),
        generatorShare: report.generatorShare,
      },
    };
  }

  async stop(): Promise<void> {
    await this.server?.stop();
  }

  private load(
    server: OurServer,
    run: number,
    pace: { seconds: number; perSecond: number | null },
  ): Promise<LoadReport> {
    const crowd = pace.perSecond !== null;
    const { port, path, headers } = server;
    const plan: LoadPlan = {
      ...{ port, path, headers, offer: CARD, run },
      ...pace,
      connections: crowd ? CROWD_CONNECTIONS : CONNECTIONS,
      depth: crowd ? CROWD_DEPTH : 1,
      warmSeconds: 1,
    };
    return runScript<LoadReport>("./http/load.ts", plan);
  }
}
