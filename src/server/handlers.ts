// What each operation does once its input is valid: most go to the engine; keys, health, streams
// and pages belong to the server itself.
import { HongbaoError } from "../base/error.ts";
import {
  type CampaignListAnswer,
  contractError,
  type DryRunInput,
  type EventsQuery,
  errorEntry,
  type HealthAnswer,
  type KeyInput,
  type OperationName,
  openApi,
  type RedeemInput,
  type ReverseInput,
} from "../contract/index.ts";
import { type EngineOperation, execute } from "../host/operations.ts";
import { refuseMerchant } from "./access.ts";
import { DOCS_HEADERS, docsPage } from "./docs-page.ts";
import { streamEvents } from "./event-route.ts";
import { HISTORY_HANDLERS } from "./history-handlers.ts";
import { exportJournal } from "./journal-export.ts";
import type { Caller } from "./keys.ts";
import { streamLive } from "./live-route.ts";
import { type OperationCall, send, stamp } from "./operation-call.ts";
import { RECEIPT_HANDLERS } from "./receipt-handlers.ts";
import { REPORT_HANDLERS } from "./report-handlers.ts";
import { engineOf, type Service } from "./service.ts";
import { SESSION_HANDLERS } from "./session-handlers.ts";
import { showStatus } from "./status.ts";
import { WEBHOOK_HANDLERS } from "./webhook-handlers.ts";

type Handler = (call: OperationCall) => Promise<void> | void;

export async function answerOperation(call: OperationCall): Promise<void> {
  const handler = HANDLERS[call.operation.name];
  if (handler !== undefined) return handler(call);
  const { service, operation, caller, params, query, body } = call;
  const name = operation.name as EngineOperation;
  const by = caller === null ? {} : { by: caller.key };
  const input = { params, query, body, ...by } as Parameters<typeof execute<typeof name>>[2];
  send(call, await execute(engineOf(service), name, input, service.requestTimeoutMs));
}

const HANDLERS: { readonly [N in OperationName]?: Handler } = {
  ...RECEIPT_HANDLERS,
  ...REPORT_HANDLERS,
  ...HISTORY_HANDLERS,
  ...SESSION_HANDLERS,
  ...WEBHOOK_HANDLERS,
  "journal.export": exportJournal,
  "server.status": showStatus,
  redeem: async (call) => {
    const { service, caller, params, body } = call;
    const engine = engineOf(service);
    const input = body as RedeemInput;
    const refused = refuseMerchant(caller!, engine, params.campaign!, input);
    if (refused !== null) throw refused;
    send(call, await engine.money("redeem", params.campaign!, input, service.requestTimeoutMs));
  },
  reverse: async (call) => {
    const { service, caller, params, body } = call;
    const merchant = caller!.merchant ?? undefined;
    const inputs = [body as ReverseInput];
    const { requestTimeoutMs } = service;
    const engine = engineOf(service);
    const campaign = params.campaign!;
    const answers = await engine.batch("reverse", campaign, inputs, requestTimeoutMs, merchant);
    if (answers[0] instanceof HongbaoError) throw answers[0];
    send(call, answers[0]!);
  },
  "dryrun.claim": async (call) => {
    const { service, caller, params, body } = call;
    const input = { params: { campaign: params.campaign! }, query: null };
    const toldArms = caller!.scope !== "app";
    const asked = { ...input, body: body as DryRunInput, toldArms };
    const { requestTimeoutMs } = service;
    send(call, await execute(engineOf(service), "dryrun.claim", asked, requestTimeoutMs));
  },
  "campaign.list": async (call) => {
    const { service, caller } = call;
    const input = { params: {}, query: null, body: null };
    const answer: CampaignListAnswer = await execute(engineOf(service), "campaign.list", input);
    const own = caller!.campaign;
    const campaigns = answer.campaigns.filter((one) => own === null || one.campaign === own);
    send(call, { ...answer, campaigns });
  },
  events: async ({ service, caller, query, request, reply }) => {
    await streamEvents(service, caller!, query as EventsQuery, request, reply);
  },
  live: streamLive,
  "keys.add": async (call) => {
    const { service, body } = call;
    const base = await stamp(engineOf(service));
    const { key, secret } = await service.keys.add(body as KeyInput, base.atMs);
    send(call, { ...base, key, secret });
  },
  "keys.list": async (call) => {
    const base = await stamp(engineOf(call.service));
    send(call, { ...base, keys: call.service.keys.list() });
  },
  "keys.revoke": async (call) => {
    const { service, params } = call;
    const base = await stamp(engineOf(service));
    const { key } = await service.keys.revoke(params.key!, base.atMs);
    send(call, { ...base, key });
  },
  "health.live": ({ service, reply }) => {
    const failure = service.engine?.failure ?? null;
    const health = failure === null ? OK : notWell("stopped", failure.code);
    void reply.code(failure === null ? 200 : 503).send(health);
  },
  "health.ready": ({ service, reply }) => {
    const health = readiness(service);
    void reply.code(health.status === "ok" ? 200 : 503).send(health);
  },
  metrics: async ({ service, reply }) => {
    const text = await service.metrics.render();
    void reply.header("content-type", service.metrics.contentType).send(text);
  },
  openapi: ({ service, request, reply }) => {
    void reply.send(openApi(service.version, `${request.protocol}://${request.host}`));
  },
  docs: ({ service, reply }) => {
    void reply.headers(DOCS_HEADERS).send(docsPage(service.version));
  },
};

const OK: HealthAnswer = { status: "ok" };

function readiness({ engine, gate }: Service): HealthAnswer {
  if (gate.isClosed) return notWell("stopping", "shutting_down");
  if (engine === null) return notWell("starting", "not_ready");
  if (engine.failure !== null) return notWell("stopped", engine.failure.code);
  return engine.room.lack === null ? OK : notWell("disk_full", engine.room.lack.code);
}

/** The reason in the words of the catalogue: those of the error may name folders. */
function notWell(status: HealthAnswer["status"], code: string): HealthAnswer {
  return { status, reason: errorEntry(code).meaning };
}

/** For addresses beside the table. */
export function requireAdmin(caller: Caller): void {
  if (caller.scope === "admin" && caller.campaign === null) return;
  throw contractError("forbidden", `this needs a key of scope admin, this one is ${caller.scope}`);
}
