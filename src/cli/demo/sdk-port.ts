// The crowd's way to the server: the SDK over HTTP, a client for each key, a bounded number of
// batches under way. Whatever breaks in between is repeated by the SDK under the same ids.
import { setMaxListeners } from "node:events";
import { HongbaoError } from "../../base/error.ts";
import type { BatchAnswer, BatchOptions, Client, MoneyName } from "../../client/index.ts";
import { createClient } from "../../client/index.ts";
import type { CampaignPort, Redeemer } from "./campaign-port.ts";

export interface SdkOptions {
  readonly url: string;
  readonly campaign: string;
  readonly adminKey: string;
  /** When the keys are made, on the clock of the drill. */
  readonly atMs: number;
  /** Merchants that get a key of their own. */
  readonly merchants: readonly string[];
}

/** As many as the server takes at a time, less a little. */
const BATCHES_AT_ONCE = 6;

/** Longer than a killed server needs to come back. */
const TOTAL_MS = 60_000;

/** Keys and clients for everybody who talks to the campaign. */
export class SdkPort implements CampaignPort {
  readonly admin: Client;
  appKey = "";
  private readonly options: SdkOptions;
  private app: Client;
  private readonly merchants = new Map<string, Client>();
  private readonly turns = new Turns(BATCHES_AT_ONCE);
  private readonly closing = new AbortController();
  private readonly whole: BatchOptions;
  /** Requests that were sent and answered, batch lines counted one by one. */
  requests = 0;
  answers = 0;

  private constructor(options: SdkOptions) {
    this.options = options;
    this.admin = clientOf(options.url, options.adminKey);
    this.app = this.admin;
    // A batch call of the driver is one request.
    setMaxListeners(0, this.closing.signal); // hundreds of requests share it
    this.whole = { lines: 1_000, totalMs: TOTAL_MS, signal: this.closing.signal };
  }

  static async connect(options: SdkOptions): Promise<SdkPort> {
    const port = new SdkPort(options);
    const { url, campaign } = options;
    await port.setClock(options.atMs);
    const app = await port.admin.keys.add({ name: "app", scope: "app", campaign });
    port.appKey = app.secret;
    port.app = clientOf(url, app.secret);
    for (const merchant of options.merchants) {
      const key = { name: `merchant ${merchant}`, scope: "merchant", merchant, campaign } as const;
      port.merchants.set(merchant, clientOf(url, (await port.admin.keys.add(key)).secret));
    }
    return port;
  }

  async setClock(atMs: number): Promise<void> {
    const { url, adminKey } = this.options;
    const answer = await fetch(`${url}/v1/clock`, {
      method: "POST",
      headers: { authorization: `Bearer ${adminKey}`, "content-type": "application/json" },
      body: JSON.stringify({ atMs }),
    });
    if (answer.ok) return void (await answer.arrayBuffer());
    const message = `the clock could not be set (${answer.status}): ${await answer.text()}`;
    throw new HongbaoError({ code: "run_failed", message });
  }

  offers: CampaignPort["offers"] = (user) =>
    this.one(() => this.app.offers.list({ campaign: this.options.campaign, user }, this.whole));

  claim: CampaignPort["claim"] = (input) =>
    this.one(() => this.app.claim({ campaign: this.options.campaign, ...input }, this.whole));

  claims: CampaignPort["claims"] = (inputs) =>
    this.all(inputs.length, this.app.claims.batch(this.options.campaign, inputs, this.whole));

  invites: CampaignPort["invites"] = (inputs) =>
    this.all(inputs.length, this.app.invites.batch(this.options.campaign, inputs, this.whole));

  acceptances: CampaignPort["acceptances"] = (inputs) =>
    this.all(inputs.length, this.app.acceptances.batch(this.options.campaign, inputs, this.whole));

  grantsOf: CampaignPort["grantsOf"] = (user) =>
    this.one(() => this.app.user.grants({ campaign: this.options.campaign, user }, this.whole));

  redemptions: CampaignPort["redemptions"] = (inputs, by) => {
    const { redemptions } = this.redeemer(by) ?? this.app;
    return this.all(inputs.length, redemptions.batch(this.options.campaign, inputs, this.whole));
  };

  cancellations: CampaignPort["cancellations"] = (inputs) =>
    this.all(
      inputs.length,
      this.app.cancellations.batch(this.options.campaign, inputs, this.whole),
    );

  /** Without a merchant, the app's own staff reverses. */
  reversals: CampaignPort["reversals"] = (inputs, by) => {
    const { reversals } = this.redeemer(by) ?? this.admin;
    return this.all(inputs.length, reversals.batch(this.options.campaign, inputs, this.whole));
  };

  /** What is still under way is given up. */
  async close(): Promise<void> {
    this.closing.abort();
    const clients = new Set([this.admin, this.app, ...this.merchants.values()]);
    for (const client of clients) await client.close();
  }

  private redeemer(by: Redeemer): Client | null {
    return by === null ? null : this.merchants.get(by)!;
  }

  private async one<A>(send: () => Promise<A>): Promise<A> {
    this.requests += 1;
    const answer = await send();
    this.answers += 1;
    return answer;
  }

  private async all<A extends BatchAnswer<MoneyName>>(
    lines: number,
    answers: AsyncGenerator<A>,
  ): Promise<Exclude<A, HongbaoError>[]> {
    if (lines === 0) return [];
    this.requests += lines;
    return await this.turns.run(async () => {
      const decided: Exclude<A, HongbaoError>[] = [];
      for await (const answer of answers) {
        if (answer instanceof HongbaoError) throw answer;
        decided.push(answer as Exclude<A, HongbaoError>);
        this.answers += 1;
      }
      return decided;
    });
  }
}

function clientOf(url: string, key: string): Client {
  return createClient({ url, key, totalMs: TOTAL_MS });
}

/** Lets a bounded number of tasks run at a time. */
class Turns {
  private free: number;
  private readonly waiting: (() => void)[] = [];

  constructor(count: number) {
    this.free = count;
  }

  async run<T>(task: () => Promise<T>): Promise<T> {
    if (this.free > 0) this.free -= 1;
    else await new Promise<void>((resolve) => this.waiting.push(resolve));
    try {
      return await task();
    } finally {
      const next = this.waiting.shift();
      if (next === undefined) this.free += 1;
      else next();
    }
  }
}
