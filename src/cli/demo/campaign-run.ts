// The campaign from its opening to its close, against the real server: assign, claim, redeem, die,
// come back, expire, settle, reveal. Campaign time is set from here, so that weeks pass in seconds.
import { HongbaoError } from "../../base/error.ts";
import type { CampaignBooks, ReceiptView } from "../../contract/index.ts";
import type { ClaimAction } from "../../crowd/actions.ts";
import type { Crowd } from "../../crowd/crowd.ts";
import { dayMs } from "../../crowd/shape.ts";
import { AnswerLog } from "./answer-log.ts";
import { type AssistantVisit, serveThroughAssistant } from "./assistant.ts";
import { CrowdDriver } from "./crowd-driver.ts";
import { of } from "./crowd-requests.ts";
import { type Deed, Manager } from "./manager.ts";
import { takeUpPrizes } from "./prizes.ts";
import { fetchReceipt } from "./receipt-step.ts";
import { type RehearsalFacts, rehearse } from "./rehearsal.ts";
import { requireStatus } from "./require-status.ts";
import type { ResellerDeeds } from "./resellers.ts";
import type { KillFacts } from "./result.ts";
import { SdkPort } from "./sdk-port.ts";
import type { ServerProcess } from "./server-process.ts";
import { type SharedDevice, sharedDevices } from "./shared-devices.ts";
import type { Slice } from "./slices.ts";

export interface CampaignRunOptions {
  readonly crowd: Crowd;
  readonly server: ServerProcess;
  readonly campaign: string;
  readonly yaml: string;
  /** The file as it is from the second day on. */
  readonly extended: string;
  readonly audience: string;
  readonly onProgress: (done: number) => void;
}

export interface CampaignRun {
  readonly driver: CrowdDriver;
  readonly log: AnswerLog;
  /** 0 for members of the audience who were held out, and so not contacted. */
  readonly contacted: Uint8Array;
  readonly rehearsal: RehearsalFacts;
  readonly kill: KillFacts;
  readonly visit: AssistantVisit;
  /** Of what the assistant's user got; null when he was held out. */
  readonly receipt: ReceiptView | null;
  readonly books: CampaignBooks;
  /** What the people who run the campaign did meanwhile. */
  readonly deeds: readonly Deed[];
  readonly resellers: ResellerDeeds;
  readonly requests: number;
  readonly tookMs: number;
}

/** The merchants with the most guests redeem under keys of their own. */
const MERCHANTS = ["m000", "m001", "m002", "m003"];

/** As examples/qwen-2026/campaign.yaml has them. */
const INVITES = { invite: "friends", offer: "friend-card" } as const;

/** Share of the crowd's moments after which the server dies. */
const KILL_AFTER = 0.45;

/** So many requests must be under way when it does, as long as that can be waited for. */
const KILL_UNDER_WAY = 500;
const KILL_PATIENCE_MS = 500;

/** The assistant's user comes after noon of the first day. */
const VISIT_AFTER_MS = 12 * 3_600_000;

/** Visitors who turn out to be held out are thanked; another one is tried. */
const VISITS_MAX = 5;

export async function runCampaign(options: CampaignRunOptions): Promise<CampaignRun> {
  const { server, campaign, crowd } = options;
  const { url, adminKey } = server;
  const atMs = crowd.shape.dayZeroMs - dayMs;
  const port = await SdkPort.connect({ url, campaign, adminKey, atMs, merchants: MERCHANTS });
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
  private readonly manager: Manager;
  private kill: KillFacts | null = null;
  private visit: AssistantVisit | null = null;
  private visits = 0;

  constructor(options: CampaignRunOptions, port: SdkPort) {
    const { crowd } = options;
    this.options = options;
    this.port = port;
    this.contacted = new Uint8Array(crowd.size).fill(1);
    const { campaign, extended } = options;
    const { dayZeroMs } = crowd.shape;
    const takeUp = (prizes: ReadonlySet<string>): Promise<number> => this.takeUp(prizes);
    this.manager = new Manager({
      ...{ admin: port.admin, campaign, extended, dayZeroMs, takeUp },
      sharedDevices: (atMs) => this.sharedDevices(atMs),
      comeAgain: () => this.driver.comeAgain(),
    });
    this.driver = new CrowdDriver({
      crowd,
      port,
      log: this.log,
      invites: INVITES,
      contacted: (user) => this.contacted[user] === 1,
      merchants: new Set(MERCHANTS),
      before: (slice, done) => this.before(slice, done),
      during: (slice, done) => this.during(slice, done),
    });
  }

  async run(): Promise<CampaignRun> {
    const startedAtMs = performance.now();
    const rehearsal = await this.rehearse();
    await this.open();
    await this.assign();
    await this.driver.run();
    const books = await this.finish();
    const { driver, log, contacted, kill, visit } = this;
    const resellers = this.manager.resellers.deeds;
    if (kill === null || visit === null || resellers === null) throw unfinished();
    const tookMs = performance.now() - startedAtMs;
    const { deeds } = this.manager;
    const { requests } = this.port;
    const { grant } = visit.claim;
    const receipt = grant === undefined ? null : await this.receiptOf(grant);
    return {
      ...{ driver, log, contacted, rehearsal, kill, visit, receipt, books, deeds, resellers },
      ...{ requests, tookMs },
    };
  }

  private rehearse(): Promise<RehearsalFacts> {
    const { crowd, server, campaign, yaml } = this.options;
    const { port } = this;
    const { url } = server;
    return rehearse({ port, url, campaign, yaml, dayMs: crowd.shape.dayZeroMs - dayMs });
  }

  private receiptOf(grant: string): Promise<ReceiptView> {
    return fetchReceipt(this.port.admin, this.options.campaign, grant);
  }

  private async open(): Promise<void> {
    const { crowd, yaml } = this.options;
    await this.port.setClock(crowd.shape.dayZeroMs - dayMs / 2);
    const { status } = await this.port.admin.campaign.open({ yaml });
    requireStatus("campaign.open", status, "opened");
  }

  /** Who is held out is decided before anybody is contacted. */
  private async assign(): Promise<void> {
    const { crowd, campaign, audience } = this.options;
    for (let from = 0; from < crowd.audience; from += MEMBERS_AT_ONCE) {
      const count = Math.min(MEMBERS_AT_ONCE, crowd.audience - from);
      const users = Array.from({ length: count }, (_, i) => crowd.user(from + i).id);
      const answer = await this.port.admin.audience.assign({ campaign, audience, users });
      requireStatus("audience.assign", answer.status, "assigned");
      answer.members!.forEach(({ arm }, i) => {
        if (arm === "holdout") this.contacted[from + i] = 0;
      });
    }
  }

  private async before(slice: Slice, done: number): Promise<void> {
    this.options.onProgress(done);
    await this.manager.before(slice.atMs);
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
    return user >= crowd.audience && user < crowd.people && this.driver.books.rewarded[user] === 0;
  }

  /** Nobody else can have an entry. */
  private takeUp(prizes: ReadonlySet<string>): Promise<number> {
    const { invitations, books } = this.driver;
    return takeUpPrizes(this.port, books, invitations.inviters(3), prizes);
  }

  private sharedDevices(atMs: number): SharedDevice[] {
    const { crowd } = this.options;
    const days = Math.floor((atMs - crowd.shape.dayZeroMs) / dayMs);
    const contacted = (user: number): boolean => this.contacted[user] === 1;
    const rewarded = (user: number): boolean => this.driver.books.rewarded[user] === 1;
    return sharedDevices({ crowd, contacted, rewarded, days });
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
    const underWay = await this.busy();
    const diedAtMs = performance.now();
    await server.kill();
    await server.start();
    this.kill = { atMs: slice.atMs, underWay, downMs: performance.now() - diedAtMs };
    this.manager.breakdown(of(slice.actions, "claim"), slice.atMs);
  }

  /** Waits until many requests are under way; says how many. */
  private async busy(): Promise<number> {
    const { port } = this;
    const untilMs = performance.now() + KILL_PATIENCE_MS;
    while (port.requests - port.answers < KILL_UNDER_WAY && performance.now() < untilMs) {
      await new Promise((resolve) => setTimeout(resolve, 1));
    }
    return port.requests - port.answers;
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
    requireStatus("campaign.end", ended.status, "ok");
    await this.close(closesAtMs);
    return (await admin.campaign.show({ campaign })).books!;
  }

  /** What expired in the last days settles first. */
  private async close(fromMs: number): Promise<void> {
    const { campaign } = this.options;
    for (let days = 1; ; days++) {
      const { status } = await this.port.admin.campaign.close({ campaign });
      if (status === "ok") return;
      if (status !== "settling_unfinished" || days > SETTLING_DAYS) {
        requireStatus("campaign.close", status, "ok");
      }
      await this.port.setClock(fromMs + days * dayMs);
    }
  }

  /** The first midnight after the last day on which cards are spent. */
  private lastMoment(): number {
    return this.options.crowd.shape.dayZeroMs + SPEND_DAYS * dayMs;
  }
}

const MEMBERS_AT_ONCE = 10_000;

/** 6 to 28 February. */
const SPEND_DAYS = 23;

/** The settling lag of the campaign file, and a day. */
const SETTLING_DAYS = 4;

function unfinished(): HongbaoError {
  const message = "the crowd was done before the kill, the assistant and the resellers' judgement";
  return new HongbaoError({ code: "run_failed", message });
}
