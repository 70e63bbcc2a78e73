// Kills the real server with SIGKILL under load, again and again, at random moments (its start
// included), and demands after each restart: every acknowledged answer is repeated word for word,
// every unknown fate is settled by asking again, and the books say what the answers add up to, to
// the cent.
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { type RandomStream, randomStream } from "../../src/base/keystream.ts";
import { createClient, HongbaoError, type MoneyName } from "../../src/client/index.ts";
import type { CampaignBooks } from "../../src/contract/index.ts";
import { binds, CrashLedger, type Sent } from "./crash-ledger.ts";
import { CAMPAIGN, CrashLoad } from "./crash-load.ts";
import { runVerb, ServerProcess } from "./server-process.ts";

export interface CrashOptions {
  kills: number;
  seed: number;
  say?: (line: string) => void;
}

export interface CrashReport {
  kills: number;
  /** Of them, those in the middle of a start. */
  killedInStart: number;
  requests: number;
  acknowledged: number;
  /** Requests that a kill left without an answer. */
  unknown: number;
  grants: number;
  spentMinor: number;
}

const DAY_MS = 86_400_000;
/** One kill in so many hits the server while it reads its journal. */
const IN_START = 6;

export async function runCrashes({ kills, seed, say }: CrashOptions): Promise<CrashReport> {
  const directory = await mkdtemp(join(tmpdir(), "hongbao-crash-"));
  const run = new CrashRun(directory, randomStream(seed, "crash"));
  try {
    await run.begin();
    for (let kill = 1; kill <= kills; kill++) {
      await run.killOnce(kill % IN_START === 0);
      say?.(`kill ${kill}: ${run.ledger.sent.length} requests so far, all accounted for`);
    }
    return await run.end(kills);
  } finally {
    await run.abandon();
    await rm(directory, { recursive: true, force: true, maxRetries: 5 });
  }
}

class CrashRun {
  readonly ledger = new CrashLedger();
  private readonly directory: string;
  private readonly random: RandomStream;
  private server: ServerProcess;
  private url = "";
  private admin = "";
  private app = "";
  private killedInStart = 0;
  private unknown = 0;
  /** Requests before it were checked after an earlier kill. */
  private checked = 0;

  constructor(directory: string, random: RandomStream) {
    this.directory = directory;
    this.random = random;
    this.server = new ServerProcess(directory);
  }

  async begin(): Promise<void> {
    const { url, adminKey } = await this.server.ready();
    this.url = url;
    this.admin = adminKey!;
    const client = createClient({ url, key: this.admin });
    await client.campaign.open({ yaml: campaignYaml(Date.now()) });
    this.app = (await client.keys.add({ name: "crash", scope: "app" })).secret;
    const reversing = await client.keys.add({ name: "crash", scope: "admin" });
    this.admin = reversing.secret;
    await client.close();
  }

  async killOnce(inStart: boolean): Promise<void> {
    const load = new CrashLoad(
      this.url,
      { app: this.app, admin: this.admin },
      this.ledger,
      this.random,
    );
    const loading = load.run();
    await sleep(60 + this.random.nextInt(440));
    await this.server.kill();
    load.stop();
    await loading;
    if (inStart) {
      const starting = new ServerProcess(this.directory);
      await sleep(this.random.nextInt(700));
      await starting.kill();
      this.killedInStart += 1;
    }
    await this.restart();
  }

  async end(kills: number): Promise<CrashReport> {
    this.checked = 0; // once more, all of them
    await this.check();
    const code = await this.server.stop();
    if (code !== 0) throw new Error(`expected a clean stop, got exit code ${code}`);
    const verified = await runVerb(["verify", this.directory]);
    if (verified.code !== 0) throw new Error(`verify: ${verified.output}`);
    const { grants, spentMinor } = this.ledger.expected();
    return {
      kills,
      killedInStart: this.killedInStart,
      requests: this.ledger.sent.length,
      acknowledged: this.ledger.acknowledged().length,
      unknown: this.unknown,
      grants,
      spentMinor,
    };
  }

  async abandon(): Promise<void> {
    await this.server.kill();
  }

  private async restart(): Promise<void> {
    this.server = new ServerProcess(this.directory);
    this.url = (await this.server.ready()).url;
    await this.check();
  }

  private async check(): Promise<void> {
    await this.settleUnknown();
    const acknowledged = this.ledger.acknowledged().slice(this.checked);
    await this.replay(acknowledged);
    this.checked = this.ledger.acknowledged().length;
    await this.compareBooks();
  }

  /** Asking again with the same id decides what was not decided, and repeats what was. */
  private async settleUnknown(): Promise<void> {
    const open = this.ledger.unknown.splice(0);
    this.unknown += open.length;
    for (const [sent, answer] of await this.askAgain(open)) sent.answer = answer;
  }

  private async replay(acknowledged: readonly Sent[]): Promise<void> {
    for (const [sent, again] of await this.askAgain(acknowledged)) {
      if (again.replayed !== true || !sameAnswer(sent.answer!, again)) {
        const was = JSON.stringify(sent.answer);
        throw new Error(`acknowledged ${was}, after the kill ${JSON.stringify(again)}`);
      }
    }
  }

  private async askAgain(list: readonly Sent[]): Promise<[Sent, Record<string, unknown>][]> {
    const pairs: [Sent, Record<string, unknown>][] = [];
    for (const operation of ["claim", "redeem", "cancel", "reverse"] as const) {
      const some = list.filter((sent) => sent.operation === operation);
      if (some.length > 0) pairs.push(...(await this.sendAll(operation, some)));
    }
    return pairs;
  }

  private async sendAll<N extends MoneyName>(
    operation: N,
    list: readonly Sent[],
  ): Promise<[Sent, Record<string, unknown>][]> {
    const key = operation === "reverse" ? this.admin : this.app;
    const client = createClient({ url: this.url, key });
    const batches = {
      claim: client.claims,
      redeem: client.redemptions,
      cancel: client.cancellations,
      reverse: client.reversals,
      "invite.create": client.invites,
      "invite.accept": client.acceptances,
    }[operation];
    const pairs: [Sent, Record<string, unknown>][] = [];
    for await (const answer of batches.batch(CAMPAIGN, list.map(({ body }) => body) as never[])) {
      if (answer instanceof HongbaoError) throw answer;
      pairs.push([list[pairs.length]!, { ...answer }]);
    }
    await client.close();
    return pairs;
  }

  private async compareBooks(): Promise<void> {
    const client = createClient({ url: this.url, key: this.admin });
    const books = (await client.campaign.show({ campaign: CAMPAIGN })).books!;
    await client.close();
    const { spentMinor, reservedMinor, counts } = books;
    const { grants, redemptions, reversals, cancellations } = counts;
    const is = { grants, redemptions, reversals, cancellations, spentMinor, reservedMinor };
    const expected = this.ledger.expected();
    if (JSON.stringify(is) !== JSON.stringify(expected)) {
      throw new Error(`books ${JSON.stringify(is)}, answers ${JSON.stringify(expected)}`);
    }
    mustAddUp(books);
  }
}

function mustAddUp(books: CampaignBooks): void {
  const { budgetMinor, spentMinor, reservedMinor, settlingMinor, freeMinor } = books;
  if (spentMinor + reservedMinor + settlingMinor + freeMinor === budgetMinor) return;
  throw new Error(`the books do not add up: ${JSON.stringify(books)}`);
}

/** All but when it was asked, and which record the answer rests on. */
function sameAnswer(first: Record<string, unknown>, again: Record<string, unknown>): boolean {
  const facts = ({ replayed: _r, atMs: _a, sequence: _s, ...rest }: Record<string, unknown>) =>
    JSON.stringify(Object.entries(rest).sort());
  return binds(again) && facts(first) === facts(again);
}

function sleep(ms: number): Promise<void> {
  return new Promise((resolve) => setTimeout(resolve, ms));
}

function campaignYaml(nowMs: number): string {
  const day = (days: number): string => new Date(nowMs + days * DAY_MS).toISOString();
  return `
campaign: ${CAMPAIGN}
title: Killed again and again
currency: CNY
timeZone: Asia/Shanghai
budget: 100000000.00
starts: ${day(-1)}
ends: ${day(30)}
closes: ${day(60)}
offers:
  - { id: card, reward: { fixed: 2.00 }, expires: { after: 20d } }
  - id: envelope
    reward:
      table: [{ amount: 0.50, odds: 5 }, { amount: 1.00, odds: 3 }, { amount: 8.00, odds: 1 }]
    expires: { after: 20d }
attributes: [device]
caps:
  - { id: user-total, of: user, counts: grants, limit: 1000 }
  - { id: user-hour, of: user, counts: grants, per: hour, limit: 500 }
  - { id: device-money, of: device, counts: money, limit: 5000.00 }
holdout: { share: 2 % }
`;
}
