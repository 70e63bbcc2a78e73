// Load for the crash test: single requests and batches of all four operations that move money,
// until the server is gone.

import { HongbaoError } from "../../src/base/error.ts";
import type { RandomStream } from "../../src/base/keystream.ts";
import { type Client, createClient, type MoneyName } from "../../src/client/index.ts";
import type { BodyOf, ClaimInput } from "../../src/contract/index.ts";
import { binds, type CrashLedger, type Sent } from "./crash-ledger.ts";

export const CAMPAIGN = "crash";
const WORKERS = 12;
const BATCH_LINES = 40;
const USERS = 5000;

export class CrashLoad {
  private readonly ledger: CrashLedger;
  private readonly random: RandomStream;
  private readonly client: Client;
  /** Only admins and merchants reverse. */
  private readonly admin: Client;
  /** Grants and redemptions that may be used further, each by one worker at a time. */
  private readonly grants: string[] = [];
  private readonly redemptions: string[] = [];
  private stopped = false;
  private minted: number;

  constructor(
    url: string,
    keys: { app: string; admin: string },
    ledger: CrashLedger,
    random: RandomStream,
  ) {
    this.ledger = ledger;
    this.random = random;
    // One attempt only: the test itself decides what is asked again, and when.
    const once = { url, totalMs: 0, timeoutMs: 20_000 };
    this.client = createClient({ ...once, key: keys.app });
    this.admin = createClient({ ...once, key: keys.admin });
    this.minted = ledger.sent.length;
  }

  /** Runs until `stop`. Each worker has one request under way. */
  async run(): Promise<void> {
    await Promise.all(Array.from({ length: WORKERS }, (_, i) => this.work(i === 0)));
    await this.client.close();
    await this.admin.close();
  }

  stop(): void {
    this.stopped = true;
  }

  private async work(inBatches: boolean): Promise<void> {
    while (!this.stopped) {
      if (inBatches) await this.sendBatch();
      else await this.sendOne();
    }
  }

  private async sendOne(): Promise<void> {
    const dice = this.random.nextInt(10);
    const grant = dice >= 5 ? this.grants.pop() : undefined;
    const redemption = dice === 9 ? this.redemptions.pop() : undefined;
    if (redemption !== undefined) {
      await this.ask("reverse", { id: this.mint(), redemption });
    } else if (grant === undefined) {
      await this.ask("claim", this.newClaim());
    } else if (dice === 5) {
      await this.ask("cancel", { id: this.mint(), grant });
    } else {
      await this.ask("redeem", {
        id: this.mint(),
        grant,
        amountMinor: 1 + this.random.nextInt(60),
      });
    }
  }

  private async ask<N extends MoneyName>(operation: N, body: BodyOf<N>): Promise<void> {
    const sent = this.note(operation, body);
    try {
      const client = operation === "reverse" ? this.admin : this.client;
      const answer = await client.call(operation, { campaign: CAMPAIGN, ...body } as never);
      this.take(sent, answer as unknown as Record<string, unknown>);
    } catch (error) {
      this.lost(sent, error);
    }
  }

  private async sendBatch(): Promise<void> {
    const lines = Array.from({ length: BATCH_LINES }, () => this.newClaim());
    const sent = lines.map((line) => this.note("claim", line));
    let at = 0;
    for await (const answer of this.client.claims.batch(CAMPAIGN, lines)) {
      if (answer instanceof HongbaoError) this.lost(sent[at]!, answer);
      else this.take(sent[at]!, { ...answer });
      at += 1;
    }
  }

  private note<N extends MoneyName>(operation: N, body: BodyOf<N>): Sent<N> {
    const sent: Sent<N> = { operation, body, answer: null };
    this.ledger.sent.push(sent as Sent);
    return sent;
  }

  private take(sent: Sent, answer: Record<string, unknown>): void {
    sent.answer = answer;
    if (!binds(answer)) return;
    const { grant, status, restMinor } = answer;
    if (status === "granted") this.grants.push(String(grant));
    if (status === "redeemed") {
      this.redemptions.push(sent.body.id);
      if (Number(restMinor) > 0) this.grants.push(String(grant));
    }
  }

  /** Every error leaves the request open; it is asked again after the restart. */
  private lost(sent: Sent, error: unknown): void {
    if (!(error instanceof HongbaoError)) throw error;
    if (!error.retryable) throw error;
    this.ledger.unknown.push(sent);
    if (error.code === "unreachable" || error.code === "connection_lost") this.stopped = true;
  }

  private newClaim(): ClaimInput {
    const user = `user-${this.random.nextInt(USERS)}`;
    const offer = this.random.nextInt(4) === 0 ? "envelope" : "card";
    const device = `device-${this.random.nextInt(USERS)}`;
    return { id: this.mint(), user, offer, attributes: { device } };
  }

  private mint(): string {
    this.minted += 1;
    return `id-${this.minted}`;
  }
}
