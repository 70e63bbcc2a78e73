// Webhooks over HTTP: the files that the sender reads, changed by whoever may. Where they lie the
// server does not know; whoever starts it hands in a desk.
import {
  contractError,
  type OperationName,
  type WebhookDeadQuery,
  type WebhookDesk,
  type WebhookInput,
  type WebhookLettersInput,
  type WebhookPauseInput,
} from "../contract/index.ts";
import { type OperationCall, send, stamp } from "./operation-call.ts";
import { engineOf, type Service } from "./service.ts";

type Handler = (call: OperationCall) => Promise<void>;

export const WEBHOOK_HANDLERS: { readonly [N in OperationName]?: Handler } = {
  "webhooks.list": async (call) => {
    const base = await stamp(engineOf(call.service));
    send(call, { ...base, webhooks: await deskOf(call.service).list() });
  },
  "webhooks.add": async (call) => {
    const { service, body } = call;
    const engine = engineOf(service);
    const base = await stamp(engine);
    const { lastSequence } = engine.journal;
    const made = await deskOf(service).add(body as WebhookInput, lastSequence, base.atMs);
    send(call, { ...base, ...made });
  },
  "webhooks.remove": async (call) => {
    const { service, params } = call;
    const base = await stamp(engineOf(service));
    await deskOf(service).remove(params.endpoint!);
    send(call, { ...base, endpoint: params.endpoint! });
  },
  "webhooks.pause": async (call) => {
    const { service, params, body } = call;
    const base = await stamp(engineOf(service));
    const paused = { atMs: base.atMs, why: (body as WebhookPauseInput).why };
    send(call, { ...base, webhook: await deskOf(service).pause(params.endpoint!, paused) });
  },
  "webhooks.resume": async (call) => {
    const { service, params } = call;
    const base = await stamp(engineOf(service));
    send(call, { ...base, webhook: await deskOf(service).pause(params.endpoint!, null) });
  },
  "webhooks.dead": async (call) => {
    const { service, params, query } = call;
    const base = await stamp(engineOf(service));
    const { after = null } = query as WebhookDeadQuery;
    send(call, { ...base, ...(await deskOf(service).dead(params.endpoint!, after)) });
  },
  "webhooks.replay": (call) => answerLetters(call, "replay"),
  "webhooks.drop": (call) => answerLetters(call, "drop"),
};

async function answerLetters(call: OperationCall, verb: "replay" | "drop"): Promise<void> {
  const { service, params, body } = call;
  const base = await stamp(engineOf(service));
  const { places = null } = body as WebhookLettersInput;
  const endpoint = params.endpoint!;
  send(call, { ...base, endpoint, letters: await deskOf(service)[verb](endpoint, places) });
}

function deskOf({ webhooks }: Service): WebhookDesk {
  if (webhooks !== null) return webhooks;
  const message = "this server was started without a data directory that webhooks could lie in";
  throw contractError("webhooks_unavailable", message);
}
