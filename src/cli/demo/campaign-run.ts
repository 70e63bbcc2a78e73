// The campaign from its opening to its close, against the real server: assign, claim, redeem, die,
// come back, expire, settle, reveal. Campaign time is set from here, so that weeks pass in seconds.
import { HongbaoError } from "../../base/error.ts";
import type { CampaignBooks } from "../../contract/index.ts";
import type { ClaimAction } from "../../crowd/actions.ts";
import type { Crowd } from "../../crowd/crowd.ts";
import { dayMs } from "../../crowd/shape.ts";
import { AnswerLog } from "./answer-log.ts";
import { type AssistantVisit, serveThroughAssistant } from "./assistant.ts";
import { CrowdDriver } from "./crowd-driver.ts";
import type { KillFacts } from "./result.ts";
import { SdkPort } from "./sdk-port.ts";
import type { ServerProcess } from "./server-process.ts";
import type { Slice } from "./slices.ts";

export interface CampaignRunOptions {
  readonly crowd: Crowd;
  readonly server: ServerProcess;
  readonly campaign: string;
  readonly yaml: string;
  readonly audience: string;
  readonly onProgress: (done: number) => void;
}

export interface CampaignRun {
  readonly driver: CrowdDriver;
  readonly log: AnswerLog;
  /** 0 for members of the audience who were held out, and so not contacted. */
  readonly contacted: Uint8Array;
  readonly kill: KillFacts;
  readonly visit: AssistantVisit;
  readonly books: CampaignBooks;
  readonly requests: number;
  readonly tookMs: number;
}

/** The merchants with the most guests redeem under keys of their own. */
const MERCHANTS = ["m000", "m001", "m002", "m003"];

/** Share of the crowd's moments after which the server dies. */
const KILL_AFTER = 0.45;

/** Requests must be under way when it does. */
const KILL_DELAY_MS = 15;

/** The assistant's user comes after noon of the first day. */
const VISIT_AFTER_MS = 12 * 3_600_000;

/** Visitors who turn out to be held out are thanked; another one is tried. */
const VISITS_MAX = 5;

export async function runCampaign(options: CampaignRunOptions): Promise<CampaignRun> {
  const { server, campaign } = options;
  const { url, adminKey } = server;
  const port = await SdkPort.connect({ url, campaign, adminKey, merchants: MERCHANTS });
  try {
    return await Promise.race([new Runner(options, port).run(), server.lost]);
  } finally {
    await port.close();
  }
}

class Runner {
  private readonly options: CampaignRunOptions;
  private readonly port: SdkPort;
  private readonly log = new AnswerLog();
  private readonly contacted: Uint8Array;
  private readonly driver: CrowdDriver;
  private kill: KillFacts | null = null;
  private visit: AssistantVisit | null = null;
  private visits = 0;

  constructor(options: CampaignRunOptions, port: SdkPort) {
    const { crowd } = options;
    this.options = options;
    this.port = port;
    this.contacted = new Uint8Array(crowd.size).fill(1);
    this.driver = new CrowdDriver({
      crowd,
      port,
      log: this.log,
      contacted: (user) => this.contacted[user] === 1,
      merchants: new Set(MERCHANTS),
      before: (slice, done) => this.before(slice, done),
      during: (slice, done) => this.during(slice, done),
    });
  }

  async run(): Promise<CampaignRun> {
    const startedAtMs = performance.now();
    await this.open();
    await this.assign();
    await this.driver.run();
    const books = await this.finish();
    const { driver, log, contacted, kill, visit } = this;
    if (kill === null || visit === null) throw unfinished();
    const tookMs = performance.now() - startedAtMs;
    return { driver, log, contacted, kill, visit, books, requests: this.port.requests, tookMs };
  }

  private async open(): Promise<void> {
    const { crowd, yaml } = this.options;
    await this.port.setClock(crowd.shape.dayZeroMs - dayMs);
    const { status } = await this.port.admin.campaign.open({ yaml });
    if (status !== "opened") throw refused("campaign.open", status);
  }

  /** Who is held out is decided before anybody is contacted. */
  private async assign(): Promise<void> {
    const { crowd, campaign, audience } = this.options;
    for (let from = 0; from < crowd.audience; from += MEMBERS_AT_ONCE) {
      const count = Math.min(MEMBERS_AT_ONCE, crowd.audience - from);
      const users = Array.from({ length: count }, (_, i) => crowd.user(from + i).id);
      const answer = await this.port.admin.audience.assign({ campaign, audience, users });
      if (answer.status !== "assigned") throw refused("audience.assign", answer.status);
      answer.members!.forEach(({ arm }, i) => {
        if (arm === "holdout") this.contacted[from + i] = 0;
      });
    }
  }

  private async before(slice: Slice, done: number): Promise<void> {
    this.options.onProgress(done);
    const { dayZeroMs } = this.options.crowd.shape;
    if (this.visit !== null || slice.atMs < dayZeroMs + VISIT_AFTER_MS) return;
    if (this.visits === VISITS_MAX) return;
    const claim = slice.actions.find((action): action is ClaimAction => this.isVisitor(action));
    if (claim !== undefined) await this.serve(claim);
  }

  /** A newcomer's first card. */
  private isVisitor(action: Slice["actions"][number]): boolean {
    if (action.kind !== "claim" || action.cause !== "fresh") return false;
    const { crowd } = this.options;
    const { user } = action;
    return user >= crowd.audience && user < crowd.people && this.driver.rewarded[user] === 0;
  }

  private async serve(claim: ClaimAction): Promise<void> {
    this.visits += 1;
    this.driver.taken.add(claim.user);
    const { server, campaign } = this.options;
    const attributes = { device: claim.device, ip: claim.ip, merchant: "m200" };
    const who = { campaign, user: claim.userId, attributes };
    const visit = await serveThroughAssistant({ url: server.url, key: this.port.appKey, ...who });
    const { claimId, redemptionId, redemption } = visit;
    this.driver.takeVisit({ id: claimId, user: claim.user }, visit.claim, {
      id: redemptionId,
      answer: redemption,
    });
    if (visit.claim.status === "granted" || this.visits === VISITS_MAX) this.visit = visit;
  }

  /** SIGKILL under load, and a start over the same directory, while the crowd goes on asking. */
  private async during(slice: Slice, done: number): Promise<void> {
    const { crowd, server } = this.options;
    if (this.kill !== null || done < KILL_AFTER * crowd.moments) return;
    this.kill = { atMs: slice.atMs, underWay: 0, downMs: 0 };
    await new Promise((resolve) => setTimeout(resolve, KILL_DELAY_MS));
    const underWay = this.port.requests - this.port.answers;
    const diedAtMs = performance.now();
    await server.kill();
    await server.start();
    this.kill = { atMs: slice.atMs, underWay, downMs: performance.now() - diedAtMs };
  }

  /** Expiry, settling, end and close, each at its own instant. */
  private async finish(): Promise<CampaignBooks> {
    const { campaign } = this.options;
    const { admin } = this.port;
    const { closesAtMs } = (await admin.campaign.show({ campaign })).books!;
    for (let atMs = this.lastMoment(); atMs < closesAtMs; atMs += dayMs) {
      await this.port.setClock(atMs);
    }
    await this.port.setClock(closesAtMs);
    const ended = await admin.campaign.end({ campaign });
    if (ended.status !== "ok") throw refused("campaign.end", ended.status);
    const closed = await admin.campaign.close({ campaign });
    if (closed.status !== "ok") throw refused("campaign.close", closed.status);
    return (await admin.campaign.show({ campaign })).books!;
  }

  /** The first midnight after the last day on which cards are spent. */
  private lastMoment(): number {
    return this.options.crowd.shape.dayZeroMs + SPEND_DAYS * dayMs;
  }
}

const MEMBERS_AT_ONCE = 10_000;

/** 6 to 28 February. */
const SPEND_DAYS = 23;

function refused(operation: string, status: string): HongbaoError {
  const message = `${operation} was answered ${status}, so the demo cannot go on`;
  return new HongbaoError({ code: "run_failed", message });
}

function unfinished(): HongbaoError {
  const message = "the crowd was done before the server was killed and the assistant came";
  return new HongbaoError({ code: "run_failed", message });
}
