// The client: a method for every row of the operation table, batches, and the event stream. It runs
// in browsers and in Node; retries are safe because every money-moving request carries an id.
import type { AnswerOf, EventView, LiveView, OperationName } from "../contract/index.ts";
// The table alone: a browser needs no parser of campaign files.
import { OPERATION_LIST, OPERATIONS } from "../contract/operations.ts";
import { readAnswer } from "./answers.ts";
import { type BatchAnswer, type BatchOptions, runBatches, type SendBatch } from "./batches.ts";
import { type EventOptions, followStream, type OpenStream } from "./event-stream.ts";
import { fetchTransport } from "./fetch-transport.ts";
import {
  type CallOptions,
  type InputOf,
  type LineOf,
  type MethodName,
  type Methods,
  type MoneyName,
  wireRequest,
} from "./inputs.ts";
import { followLive, type LiveOptions } from "./live-stream.ts";
import { nodeTransport } from "./node-transport.ts";
import { withRetries } from "./retry.ts";
import type { Transport, TransportStream } from "./transport.ts";

export interface ClientOptions {
  /** Such as http://127.0.0.1:8420, which is the default. */
  url?: string;
  /** An API key, `hb_…`; null in a page whose browser is signed in: then its cookie counts. */
  key: string | null;
  /** Another way to the server; by default a pool of connections in Node, fetch elsewhere. */
  transport?: Transport;
  /** Longest silence of one attempt. */
  timeoutMs?: number;
  /** How long a call goes on trying. */
  totalMs?: number;
}

/** Batches of one operation. */
export interface Batches<N extends MoneyName> {
  /** One answer a line, in order; a line that could not be decided yields its error. */
  batch(
    campaign: string,
    lines: Iterable<LineOf<N>> | AsyncIterable<LineOf<N>>,
    options?: BatchOptions,
  ): AsyncGenerator<BatchAnswer<N>>;
}

export interface ClientCore {
  /** Any operation by its name. Rejects with HongbaoError. */
  call<N extends MethodName>(
    name: N,
    input: InputOf<N>,
    options?: CallOptions,
  ): Promise<AnswerOf<N>>;
  readonly claims: Batches<"claim">;
  readonly redemptions: Batches<"redeem">;
  readonly cancellations: Batches<"cancel">;
  readonly reversals: Batches<"reverse">;
  readonly invites: Batches<"invite.create">;
  readonly acceptances: Batches<"invite.accept">;
  /** Events from a sequence on, resumed whenever the connection breaks. */
  events(options?: EventOptions): AsyncGenerator<EventView>;
  /** Snapshots of a campaign, several a second, whenever the server can be reached. */
  live(options: LiveOptions): AsyncGenerator<LiveView>;
  close(): Promise<void>;
}

export type Client = ClientCore & Methods;

export const DEFAULT_URL = "http://127.0.0.1:8420";
const TIMEOUT_MS = 10_000;
const TOTAL_MS = 30_000;
/** A stream is silent at most as long as the server's heartbeat. */
const STREAM_TIMEOUT_MS = 45_000;

export function createClient(options: ClientOptions): Client {
  const core = new Core(options);
  const methods: Record<string, unknown> = {};
  for (const { name, produces } of OPERATION_LIST) {
    if (produces === "json") addMethod(methods, core, name as MethodName);
  }
  return Object.assign(core, methods) as unknown as Client;
}

function addMethod(methods: Record<string, unknown>, core: Core, name: MethodName): void {
  const method = (input: object = {}, options?: CallOptions): Promise<unknown> =>
    core.call(name, input as InputOf<MethodName>, options);
  const [group, verb] = name.split(".") as [string, string?];
  if (verb === undefined) methods[group] = method;
  else methods[group] = { ...(methods[group] as object | undefined), [verb]: method };
}

class Core implements ClientCore {
  private readonly transport: Transport;
  private readonly authorization: string | null;
  private readonly timeoutMs: number;
  private readonly totalMs: number;
  readonly claims: Batches<"claim"> = this.batchesOf("claim");
  readonly redemptions: Batches<"redeem"> = this.batchesOf("redeem");
  readonly cancellations: Batches<"cancel"> = this.batchesOf("cancel");
  readonly reversals: Batches<"reverse"> = this.batchesOf("reverse");
  readonly invites: Batches<"invite.create"> = this.batchesOf("invite.create");
  readonly acceptances: Batches<"invite.accept"> = this.batchesOf("invite.accept");

  constructor(options: ClientOptions) {
    const { url = DEFAULT_URL, key, timeoutMs = TIMEOUT_MS, totalMs = TOTAL_MS } = options;
    this.transport = options.transport ?? defaultTransport(url);
    this.authorization = key === null ? null : `Bearer ${key}`;
    this.timeoutMs = timeoutMs;
    this.totalMs = totalMs;
  }

  async call<N extends MethodName>(
    name: N,
    input: InputOf<N>,
    options: CallOptions = {},
  ): Promise<AnswerOf<N>> {
    const { method, path, body } = wireRequest(name, input as Record<string, unknown>);
    const { timeoutMs } = this;
    const { signal, totalMs = this.totalMs } = options;
    const headers = this.headers(body === null ? null : "application/json");
    const request = { method, path, headers, body, timeoutMs };
    const sent = signal === undefined ? request : { ...request, signal };
    const attempt = async (): Promise<AnswerOf<N>> =>
      readAnswer(name, await this.transport.send(sent));
    const retry = { totalMs, repeatable: isRepeatable(name) };
    return withRetries(attempt, signal === undefined ? retry : { ...retry, signal });
  }

  events(options: EventOptions = {}): AsyncGenerator<EventView> {
    const open: OpenStream = (query, signal) => this.open("events", { ...query }, signal);
    return followStream(open, options);
  }

  live({ campaign, ...options }: LiveOptions): AsyncGenerator<LiveView> {
    return followLive((until) => this.open("live", { campaign }, until), options);
  }

  close(): Promise<void> {
    return this.transport.close();
  }

  private open(
    name: "events" | "live",
    input: Record<string, unknown>,
    signal: AbortSignal,
  ): Promise<TransportStream> {
    const { method, path } = wireRequest(name, input);
    const headers = this.headers(null);
    const timeoutMs = STREAM_TIMEOUT_MS;
    return this.transport.stream({ method, path, headers, body: null, timeoutMs, signal });
  }

  private batchesOf<N extends MoneyName>(name: N): Batches<N> {
    const send: SendBatch = (path, body, signal) => {
      const headers = this.headers("application/x-ndjson");
      const { timeoutMs } = this;
      const request = { method: "POST", path, headers, body, timeoutMs } as const;
      return this.transport.send(signal === undefined ? request : { ...request, signal });
    };
    return {
      batch: (campaign, lines, options = {}) =>
        runBatches(name, campaign, lines, send, { totalMs: this.totalMs, ...options }),
    };
  }

  private headers(type: string | null): Record<string, string> {
    const { authorization } = this;
    return {
      ...(authorization === null ? {} : { authorization }),
      ...(type === null ? {} : { "content-type": type }),
    };
  }
}

/** Making a key twice makes two keys; everything else may be asked again. */
function isRepeatable(name: OperationName): boolean {
  return OPERATIONS[name].name !== "keys.add";
}

function defaultTransport(url: string): Transport {
  // Bundlers for browsers leave the specifier alone, since it is no literal.
  const undici = "undici";
  const isNode = (globalThis as { process?: { versions?: { node?: string } } }).process?.versions;
  return isNode?.node === undefined
    ? fetchTransport(url)
    : nodeTransport(
        url,
        () => import(/* @vite-ignore */ undici) as Promise<typeof import("undici")>,
      );
}
