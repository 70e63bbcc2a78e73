// Where events are sent, what waits, and what was given up. A sender of its own (`hongbao webhooks
// run`) does the sending; these only change what it reads.
import type { Operation, Rows } from "../operation.ts";
import { emptySchema } from "../schema/system.ts";
import {
  type WebhookView,
  webhookAddAnswerSchema,
  webhookAnswerSchema,
  webhookDeadAnswerSchema,
  webhookDeadQuerySchema,
  webhookInputSchema,
  webhookLettersAnswerSchema,
  webhookLettersSchema,
  webhookListAnswerSchema,
  webhookPauseSchema,
  webhookRemoveAnswerSchema,
} from "../schema/webhook-desk.ts";
import { ADMIN_COMMAND, PLAIN_READ, READ } from "./row-shapes.ts";

const VIEW: WebhookView = {
  endpoint: "we-3v7k2q9x",
  url: "https://shop.example/hooks",
  types: ["granted", "redeemed"],
  createdAtMs: 1_770_300_000_000,
  ...{ pending: 2, failing: 0, delivered: 96_000, dead: 1, readSequence: 4710 },
};
const PARAMS = { endpoint: VIEW.endpoint };
const HERE = "/v1/webhooks/{endpoint}";
const COMMAND = {
  ...ADMIN_COMMAND,
  outcomes: ["ok"],
  errors: ["unknown_webhook", "webhooks_unavailable", "disk_full"],
  mcp: null,
} as const satisfies Partial<Operation>;
const QUESTION = {
  ...PLAIN_READ,
  scopes: ["admin"],
  outcomes: ["ok"],
  errors: ["unknown_webhook", "webhooks_unavailable"],
  mcp: null,
} as const satisfies Partial<Operation>;

export const WEBHOOK_ROWS: Rows<
  | "webhooks.list"
  | "webhooks.add"
  | "webhooks.remove"
  | "webhooks.pause"
  | "webhooks.resume"
  | "webhooks.dead"
  | "webhooks.replay"
  | "webhooks.drop"
> = {
  "webhooks.list": {
    ...QUESTION,
    name: "webhooks.list",
    path: "/v1/webhooks",
    answer: webhookListAnswerSchema,
    summary: "All endpoints that events are sent to, with what waits for them.",
    description: "Without their secrets. Sending is done by `hongbao webhooks run`.",
    example: { params: {}, query: null, body: null, answer: { ...READ, webhooks: [VIEW] } },
  },
  "webhooks.add": {
    ...COMMAND,
    name: "webhooks.add",
    path: "/v1/webhooks",
    body: webhookInputSchema,
    answer: webhookAddAnswerSchema,
    summary: "Makes an endpoint: it gets events from now on.",
    description:
      "The secret, which signs every message, is shown this once. Only https and public " +
      "addresses are taken here: an endpoint in the operator's own network is made on the " +
      "server's machine, with `hongbao webhooks add --allow-private`.",
    example: {
      params: {},
      query: null,
      body: { url: VIEW.url, types: ["granted", "redeemed"] },
      answer: { ...READ, webhook: VIEW, secret: "whsec_…" },
    },
  },
  "webhooks.remove": {
    ...COMMAND,
    name: "webhooks.remove",
    method: "DELETE",
    path: HERE,
    body: null,
    answer: webhookRemoveAnswerSchema,
    summary: "Forgets an endpoint, with its dead letters.",
    description: "What waits for it is not sent any more.",
    example: {
      ...{ params: PARAMS, query: null, body: null },
      answer: { ...READ, endpoint: VIEW.endpoint },
    },
  },
  "webhooks.pause": {
    ...COMMAND,
    name: "webhooks.pause",
    path: `${HERE}/pause`,
    body: webhookPauseSchema,
    answer: webhookAnswerSchema,
    summary: "Stops sending to an endpoint.",
    description: "What happens meanwhile waits for it in the journal.",
    example: {
      ...{ params: PARAMS, query: null, body: { why: "The shop moves house" } },
      answer: { ...READ, webhook: VIEW },
    },
  },
  "webhooks.resume": {
    ...COMMAND,
    name: "webhooks.resume",
    path: `${HERE}/resume`,
    body: emptySchema,
    answer: webhookAnswerSchema,
    summary: "Goes on with an endpoint that was paused, from where it stopped.",
    description: "Repeating it changes nothing.",
    example: { params: PARAMS, query: null, body: {}, answer: { ...READ, webhook: VIEW } },
  },
  "webhooks.dead": {
    ...QUESTION,
    name: "webhooks.dead",
    path: `${HERE}/dead`,
    query: webhookDeadQuerySchema,
    answer: webhookDeadAnswerSchema,
    summary: "Messages that were given up after their last attempt.",
    description: "In the journal's order, at most 1,000 a page.",
    example: {
      ...{ params: PARAMS, query: {}, body: null },
      answer: {
        ...READ,
        dead: [
          {
            ...{ place: "4411.3", type: "granted", campaign: "qwen-2026", attempts: 11 },
            ...{ atMs: 1_770_339_600_123, deadAtMs: 1_770_600_000_000, last: "503" },
          },
        ],
        more: false,
      },
    },
  },
  "webhooks.replay": letters(
    "webhooks.replay",
    "Sends dead letters again, from their first attempt on.",
    "The sender does it within a second, or when it is started.",
  ),
  "webhooks.drop": letters(
    "webhooks.drop",
    "Throws dead letters away.",
    "They are not sent any more; the events stay in the journal.",
  ),
};

function letters<N extends "webhooks.replay" | "webhooks.drop">(
  name: N,
  summary: string,
  description: string,
): Operation<N>;
function letters(
  name: "webhooks.replay",
  summary: string,
  description: string,
): Operation<"webhooks.replay"> {
  return {
    ...COMMAND,
    errors: [...COMMAND.errors, "webhooks_waiting"],
    name,
    path: `${HERE}/${name.slice("webhooks.".length)}`,
    body: webhookLettersSchema,
    answer: webhookLettersAnswerSchema,
    summary,
    description,
    example: {
      ...{ params: PARAMS, query: null, body: { places: ["4411.3"] } },
      answer: { ...READ, endpoint: VIEW.endpoint, letters: 1 },
    },
  };
}
