// Single claims and redemptions on a bare handler, before Fastify sees them: they are nearly all of
// the traffic. Whatever is unusual about a request sends it down the ordinary route instead.
import type { IncomingMessage, ServerResponse } from "node:http";
import { HongbaoError } from "../base/error.ts";
import { LIMITS } from "../base/limits.ts";
import {
  type ClaimInput,
  contractError,
  OPERATIONS,
  type Operation,
  parseClaim,
  parseRedeem,
  type RedeemInput,
  statusHttp,
} from "../contract/index.ts";
import type { Engine } from "../host/engine.ts";
import { refuseMerchant, refuseScope } from "./access.ts";
import { parseJson } from "./body.ts";
import type { Caller } from "./keys.ts";
import { asHongbaoError, sendError, sendJson } from "./respond.ts";
import type { Service } from "./service.ts";

const PREFIX = "/v1/campaigns/";
const CAMPAIGN = /^[a-z0-9][a-z0-9-]{0,62}$/;
const JSON_TYPE = /^application\/json *(?:; *charset=utf-8 *)?$/i;

interface Hot {
  name: "claim" | "redeem";
  campaign: string;
}

/** Answers hot requests and returns true; leaves all others alone. */
export function hotPath(
  service: Service,
): (request: IncomingMessage, response: ServerResponse) => boolean {
  return (request, response) => {
    const hot = hotRequest(request);
    if (hot === null || service.engine === null) return false;
    const exchange = new Exchange(service, service.engine, hot, response);
    exchange.begin(request);
    return true;
  };
}

function hotRequest({ method, url, headers }: IncomingMessage): Hot | null {
  if (method !== "POST" || url === undefined || !url.startsWith(PREFIX)) return null;
  const end = url.indexOf("/", PREFIX.length);
  const name = hotName(url, end);
  if (name === null) return null;
  const campaign = url.slice(PREFIX.length, end);
  if (!CAMPAIGN.test(campaign)) return null;
  const type = headers["content-type"];
  if (type !== "application/json" && !JSON_TYPE.test(type ?? "")) return null;
  if (headers["content-encoding"] !== undefined || headers.expect !== undefined) return null;
  const length = headers["content-length"];
  return length !== undefined && Number(length) <= LIMITS.bodyBytes ? { name, campaign } : null;
}

function hotName(url: string, at: number): Hot["name"] | null {
  if (at < 0) return null;
  if (url.endsWith("/claims") && url.length === at + 7) return "claim";
  return url.endsWith("/redemptions") && url.length === at + 12 ? "redeem" : null;
}

/** One request and its answer. */
class Exchange {
  private readonly service: Service;
  private readonly engine: Engine;
  private readonly hot: Hot;
  private readonly response: ServerResponse;
  private readonly startedAtMs = performance.now();
  private caller: Caller | null = null;
  private chunks: Buffer[] | null = null;
  private whole: Buffer | null = null;
  private left = false;

  constructor(service: Service, engine: Engine, hot: Hot, response: ServerResponse) {
    this.service = service;
    this.engine = engine;
    this.hot = hot;
    this.response = response;
  }

  begin(request: IncomingMessage): void {
    const refused = this.service.gate.enter(this.hot.name === "claim" ? "claim" : "redemption");
    if (refused !== null) {
      this.left = true;
      return this.fail(refused);
    }
    const { name, campaign } = this.hot;
    const caller = this.service.access.identify(request);
    if (caller instanceof HongbaoError) return this.fail(caller);
    const operation: Operation = OPERATIONS[name];
    const forbidden = refuseScope(caller, operation, campaign);
    if (forbidden !== null) return this.fail(forbidden);
    this.caller = caller;
    request.on("data", (chunk: Buffer) => this.take(chunk));
    request.on("end", () => this.decide());
    // A caller who hangs up in the middle of a body; after the body its answer is waited for.
    request.on("error", () => this.leave());
  }

  private take(chunk: Buffer): void {
    if (this.whole === null) this.whole = chunk;
    else if (this.chunks === null) this.chunks = [this.whole, chunk];
    else this.chunks.push(chunk);
  }

  private decide(): void {
    const { name, campaign } = this.hot;
    const { engine, service, caller } = this;
    const body = this.chunks === null ? this.whole : Buffer.concat(this.chunks);
    if (body === null) {
      return this.fail(contractError("invalid_json", "expected JSON, found an empty body"));
    }
    try {
      const parsed = parseJson(body);
      let input: ClaimInput | RedeemInput;
      if (name === "claim") input = parseClaim(parsed);
      else {
        input = parseRedeem(parsed);
        const forbidden = refuseMerchant(caller!, engine, campaign, input);
        if (forbidden !== null) return this.fail(forbidden);
      }
      const inputs = [input] as (ClaimInput & RedeemInput)[];
      const { requestTimeoutMs } = service;
      engine.submit(name, campaign, inputs, ([answer]) => this.answer(answer!), requestTimeoutMs);
    } catch (error) {
      if (!(error instanceof HongbaoError)) service.log.error({ err: error }, "a defect");
      this.fail(asHongbaoError(error));
    }
  }

  private answer(answer: { status: Parameters<typeof statusHttp>[0] } | HongbaoError): void {
    if (answer instanceof HongbaoError) return this.fail(answer);
    const { service, hot } = this;
    service.metrics.count(hot.name, answer.status);
    service.metrics.observe(hot.name, this.startedAtMs);
    const json = JSON.stringify(answer);
    sendJson(this.response, statusHttp(answer.status), json, service.gate.isClosed);
    this.leave();
  }

  private fail(error: HongbaoError): void {
    this.service.metrics.count(this.hot.name, error.code);
    sendError(this.response, error, this.service.gate.isClosed);
    this.leave();
  }

  private leave(): void {
    if (this.left) return;
    this.left = true;
    this.service.gate.leave();
  }
}
