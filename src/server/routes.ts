// Every route, derived from the operation table: admission, key, scope and input are checked the
// same way for all before an operation's own handler runs.
import type { FastifyInstance, FastifyReply, FastifyRequest } from "fastify";
import type { z } from "zod";
import { HongbaoError } from "../base/error.ts";
import { LIMITS } from "../base/limits.ts";
import {
  contractError,
  invalidRequest,
  OPERATION_LIST,
  type Operation,
  PARAM_SCHEMAS,
  parse,
  pathParams,
} from "../contract/index.ts";
import { emptySchema } from "../contract/schema/system.ts";
import type { MoneyOperation } from "../host/writer/money-job.ts";
import { refuseScope } from "./access.ts";
import { ANSWER_HEADERS } from "./answer-headers.ts";
import { answerBatch, splitLines } from "./batch.ts";
import { NdjsonBody } from "./body.ts";
import type { Gate, GateLane } from "./gate.ts";
import { answerOperation } from "./handlers.ts";
import type { Caller } from "./keys.ts";
import { engineOf, type Service } from "./service.ts";

type Params = Record<string, string>;

/** `{name}` as Fastify writes it. */
function routePath(path: string): string {
  return path.replace(/\{([a-z]+)\}/g, ":$1");
}

export function addRoutes(app: FastifyInstance, service: Service): void {
  for (const operation of OPERATION_LIST) {
    addRoute(app, service, operation);
    if (operation.batchPath !== null) addBatch(app, service, operation, operation.batchPath);
  }
}

function addRoute(app: FastifyInstance, service: Service, operation: Operation): void {
  app.route({
    method: operation.method,
    url: routePath(operation.path),
    bodyLimit: bodyLimit(operation),
    onRequest: async (request, reply) => {
      void reply.headers(ANSWER_HEADERS);
      if (operation.method === "GET") refuseBody(request);
      if (operation.scopes.length === 0 && operation.kind === "read") return;
      // What goes on for long does not hold a place among requests.
      const isStream = operation.produces === "events" || operation.produces === "bytes";
      if (!isStream) letIn(service.gate, reply, laneOf(operation));
      if (operation.scopes.length > 0) refuseForeign(service, operation, request);
    },
    handler: async (request, reply) => {
      const startedAtMs = performance.now();
      const caller = callerOf(request);
      const params = parseParams(operation, request.params as Params);
      const query = parseQuery(operation, request.query);
      const body = parseBody(operation, request.body);
      const call = { service, operation, caller, params, query, body, request, reply };
      await answerOperation(call);
      if (operation.produces === "json") service.metrics.observe(operation.name, startedAtMs);
      return reply;
    },
  });
}

function addBatch(
  app: FastifyInstance,
  service: Service,
  operation: Operation,
  path: string,
): void {
  app.route({
    method: "POST",
    url: routePath(path),
    bodyLimit: LIMITS.batchBytes,
    onRequest: async (request, reply) => {
      letIn(service.gate, reply, null);
      refuseForeign(service, operation, request);
    },
    handler: async (request, reply) => {
      const params = parseParams(operation, request.params as Params);
      parseQuery(operation, request.query);
      if (!(request.body instanceof NdjsonBody)) throw notNdjson();
      const campaign = params.campaign!;
      const caller = callerOf(request)!;
      const name = operation.name as MoneyOperation;
      const lines = splitLines(request.body.bytes);
      engineOf(service);
      reply.hijack();
      await answerBatch(service, { operation: name, campaign, caller }, lines, reply.raw);
    },
  });
}

function laneOf({ name, kind }: Operation): GateLane {
  if (name === "redeem" || name === "cancel" || name === "reverse") return "redemption";
  return kind === "read" ? "read" : "claim";
}

/** Without a lane it is a batch. */
function letIn(gate: Gate, reply: FastifyReply, lane: GateLane | null): void {
  const refused = lane === null ? gate.enterBatch() : gate.enter(lane);
  if (refused !== null) throw refused;
  let left = false;
  const leave = (): void => {
    if (left) return;
    left = true;
    if (lane === null) gate.leaveBatch();
    else gate.leave();
  };
  // Answered, or the caller hung up: whichever comes first.
  reply.raw.once("finish", leave);
  reply.raw.once("close", leave);
}

const CALLERS = new WeakMap<FastifyRequest, Caller>();

function callerOf(request: FastifyRequest): Caller | null {
  return CALLERS.get(request) ?? null;
}

function refuseForeign(service: Service, operation: Operation, request: FastifyRequest): void {
  const caller = service.access.identify(request.raw);
  if (caller instanceof HongbaoError) throw caller;
  const { campaign } = request.params as Params;
  const refused = refuseScope(caller, operation, campaign);
  if (refused !== null) throw refused;
  CALLERS.set(request, caller);
}

/** Operations whose bodies list users. */
const TAKING_MANY: ReadonlySet<string> = new Set([
  "audience.assign",
  "list.import",
  "exposure.import",
]);

function bodyLimit(operation: Operation): number {
  if (TAKING_MANY.has(operation.name)) return LIMITS.batchBytes;
  if (operation.name === "campaign.open" || operation.name === "campaign.check") {
    return LIMITS.campaignBytes;
  }
  if (operation.name === "report.add") return LIMITS.reportBytes;
  return LIMITS.bodyBytes;
}

function parseParams(operation: Operation, params: Params): Params {
  for (const name of pathParams(operation.path)) {
    try {
      parse(params[name], PARAM_SCHEMAS[name]!);
    } catch (error) {
      throw error instanceof HongbaoError ? atName(error, name) : error;
    }
  }
  return params;
}

/** The parameter was parsed alone; its error should name it. */
function atName(error: HongbaoError, name: string): HongbaoError {
  const message = error.message.replace("$", `$.${name}`);
  return contractError("invalid_request", message, { ...error.details, path: `$.${name}` });
}

function parseQuery(operation: Operation, query: unknown): unknown {
  const given = { ...(query as Record<string, unknown>) };
  if (operation.query === null) {
    parse(given, emptySchema);
    return null;
  }
  return parse(given, operation.query as z.ZodType<unknown>);
}

function parseBody(operation: Operation, body: unknown): unknown {
  if (body instanceof NdjsonBody) throw notJson();
  if (operation.body === null) {
    if (body === undefined) return null;
    throw noBodyExpected();
  }
  if (body !== undefined) return parse(body, operation.body as z.ZodType<unknown>);
  if ((operation.body as unknown) === emptySchema) return {};
  throw contractError("invalid_json", "expected JSON, found an empty body");
}

/** Fastify leaves the body of a GET unread, and a broken one would be noticed too late. */
function refuseBody({ headers }: FastifyRequest): void {
  const length = headers["content-length"];
  if (headers["transfer-encoding"] === undefined && (length === undefined || length === "0"))
    return;
  throw noBodyExpected();
}

function noBodyExpected(): HongbaoError {
  return invalidRequest("$", "no body", "a body");
}

function notNdjson(): HongbaoError {
  const message = "expected a batch as application/x-ndjson, one JSON object a line";
  return contractError("unsupported_media_type", message);
}

function notJson(): HongbaoError {
  return contractError("unsupported_media_type", "expected application/json, found NDJSON");
}
