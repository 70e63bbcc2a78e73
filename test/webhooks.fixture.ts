// A ledger whose events are sent, a receiver that answers as a test says, a sender between them.
import { once } from "node:events";
import { mkdtempSync, rmSync } from "node:fs";
import { createServer, type IncomingMessage, type Server, type ServerResponse } from "node:http";
import type { AddressInfo } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { CampaignDefinition } from "../src/core/definition.ts";
import { DrivenClock } from "../src/host/clock.ts";
import { dataPaths } from "../src/host/data-directory.ts";
import type { Engine } from "../src/host/engine.ts";
import { open } from "../src/host/open.ts";
import { openCampaign } from "../src/host/open-campaign.ts";
import {
  addEndpoint,
  type Endpoint,
  Webhooks,
  type WebhooksOptions,
} from "../src/webhooks/index.ts";
import { plainCampaign, START_MS } from "./simulation/plain-campaign.ts";

/** What a receiver got. */
export interface Hit {
  id: string;
  timestamp: number;
  signature: string;
  body: string;
  type: string;
  data: { sequence: number; index: number; campaign: string; grant?: number; user?: string };
  atMs: number;
  /** Hits with this id so far, this one included. */
  turn: number;
}

export type Answer = (hit: Hit, response: ServerResponse, request: IncomingMessage) => void;

export const accept: Answer = (_, response) => void response.writeHead(204).end();

export class Receiver {
  readonly hits: Hit[] = [];
  /** What was answered with 2xx. */
  readonly taken: Hit[] = [];
  answer: Answer = accept;
  private readonly server: Server;
  private readonly turns = new Map<string, number>();

  private constructor(server: Server) {
    this.server = server;
    server.on("request", (request: IncomingMessage, response: ServerResponse) => {
      const chunks: Buffer[] = [];
      request.on("data", (chunk: Buffer) => chunks.push(chunk));
      request.on("end", () => this.meet(request, response, Buffer.concat(chunks).toString()));
    });
  }

  static async start(): Promise<Receiver> {
    const server = createServer().listen(0, "127.0.0.1");
    await once(server, "listening");
    return new Receiver(server);
  }

  get url(): string {
    return `http://127.0.0.1:${(this.server.address() as AddressInfo).port}/hooks`;
  }

  async stop(): Promise<void> {
    this.server.close();
    this.server.closeAllConnections();
    await once(this.server, "close").catch(() => {});
  }

  private meet(request: IncomingMessage, response: ServerResponse, body: string): void {
    const id = String(request.headers["webhook-id"]);
    const turn = (this.turns.get(id) ?? 0) + 1;
    this.turns.set(id, turn);
    const { type, data } = JSON.parse(body);
    const timestamp = Number(request.headers["webhook-timestamp"]);
    const signature = String(request.headers["webhook-signature"]);
    const hit: Hit = { id, timestamp, signature, body, type, data, atMs: Date.now(), turn };
    this.hits.push(hit);
    response.on("finish", () => {
      if (response.statusCode < 300) this.taken.push(hit);
    });
    this.answer(hit, response, request);
  }
}

export class Ledger {
  readonly directory: string;
  readonly clock: DrivenClock = new DrivenClock(START_MS);
  engine!: Engine;
  private claims = 0;

  constructor() {
    this.directory = mkdtempSync(join(tmpdir(), "hongbao-webhooks-"));
  }

  get journal(): string {
    return dataPaths(this.directory).journal;
  }

  async open(): Promise<void> {
    this.engine = await open({ directory: this.directory, clock: this.clock });
  }

  async openCampaign(more: Partial<CampaignDefinition> = {}): Promise<void> {
    await openCampaign(this.engine, plainCampaign({ budgetMinor: 100_000_000, ...more }));
  }

  /** Claims of new users; returns the grants. */
  async grants(count: number, campaign = "drill"): Promise<string[]> {
    const lines = Array.from({ length: count }, () => {
      this.claims += 1;
      return { id: `claim-${this.claims}`, user: `user-${this.claims}`, offer: "card" };
    });
    const answers = await this.engine.batch("claim", campaign, lines);
    return answers.map((answer) => (answer as unknown as { grant: string }).grant);
  }

  /** Redeems a grant in parts of 1, and reverses the last one. */
  async spend(grant: string, times: number, campaign = "drill"): Promise<void> {
    for (let i = 0; i < times; i++) {
      const input = { id: `${grant}-${i}`, grant, amountMinor: 1, merchant: "noodles" };
      await this.engine.money("redeem", campaign, input as never);
    }
  }

  async remove(): Promise<void> {
    await this.engine.close();
    rmSync(this.directory, { recursive: true, force: true });
  }
}

/** An endpoint that may be on this machine and is tried again at once. */
export function endpointTo(
  ledger: Ledger,
  url: string,
  more: Partial<Parameters<typeof addEndpoint>[1]> = {},
): Promise<Endpoint> {
  const input = {
    url,
    campaigns: null,
    types: null,
    allowPrivate: true,
    retryMs: Array.from({ length: 19 }, () => 20),
    afterSequence: 0,
  };
  return addEndpoint(ledger.directory, { ...input, ...more }, Date.now());
}

export class Sending {
  readonly notices: string[] = [];
  webhooks!: Webhooks;
  private readonly stopping = new AbortController();
  private done!: Promise<void>;

  static async start(ledger: Ledger, more: Partial<WebhooksOptions> = {}): Promise<Sending> {
    const sending = new Sending();
    const { directory, journal } = ledger;
    const onNotice = (text: string): void => void sending.notices.push(text);
    const options = { directory, journal, userAgent: "test", timeoutMs: 2000, onNotice };
    sending.webhooks = await Webhooks.start({ ...options, ...more });
    sending.done = sending.webhooks.until(sending.stopping.signal);
    sending.done.catch(() => {}); // told by `stop`
    return sending;
  }

  async stop(): Promise<void> {
    this.stopping.abort();
    await this.done;
  }

  /** Resolves with what ended it by itself. */
  failure(): Promise<unknown> {
    return this.done.then(
      () => null,
      (error: unknown) => error,
    );
  }
}

/** Waits until it is so; fails with what was waited for. */
export async function until(what: string, isSo: () => boolean, withinMs = 20_000): Promise<void> {
  const lateMs = performance.now() + withinMs;
  while (!isSo()) {
    if (performance.now() > lateMs) throw new Error(`not within ${withinMs} ms: ${what}`);
    await new Promise((resolve) => setTimeout(resolve, 10));
  }
}

/** The first hits of each id, in order. */
export function firstOf(hits: readonly Hit[]): Hit[] {
  const met = new Set<string>();
  return hits.filter(({ id }) => !met.has(id) && met.add(id));
}

/** By grant, the places in the journal in the order of the hits. */
export function byGrant(hits: readonly Hit[]): Map<number, number[]> {
  const lanes = new Map<number, number[]>();
  for (const { data } of hits) {
    if (data.grant === undefined) continue;
    const place = data.sequence * 1e6 + data.index;
    lanes.set(data.grant, [...(lanes.get(data.grant) ?? []), place]);
  }
  return lanes;
}
