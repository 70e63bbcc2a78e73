// The server's own operations: event stream, keys, health, metrics, and its description of itself.
import { z } from "zod";
import type { Operation, Rows } from "../operation.ts";
import {
  keyAddAnswerSchema,
  keyInputSchema,
  keyListAnswerSchema,
  keyRevokeAnswerSchema,
} from "../schema/keys.ts";
import { eventsQuerySchema, eventViewSchema, healthAnswerSchema } from "../schema/system.ts";
import { READ } from "./row-shapes.ts";

const KEY = {
  key: "k-3f9a",
  name: "checkout service",
  scope: "merchant",
  merchant: "m-12",
  createdAtMs: 1_770_000_000_000,
} as const;
const QUIET = {
  kind: "read",
  movesMoney: false,
  batchPath: null,
  query: null,
  body: null,
  outcomes: [],
  errors: [],
  mcp: null,
} as const;
const OPEN = { ...QUIET, method: "GET", scopes: [] } as const;
const KEYS = { ...QUIET, scopes: ["admin"], produces: "json", outcomes: ["ok"] } as const;

export const SYSTEM_ROWS: Rows<
  | "events"
  | "keys.add"
  | "keys.list"
  | "keys.revoke"
  | "health.live"
  | "health.ready"
  | "metrics"
  | "openapi"
  | "docs"
> = {
  events: {
    ...QUIET,
    name: "events",
    method: "GET",
    path: "/v1/events",
    scopes: ["viewer", "admin"],
    produces: "events",
    query: eventsQuerySchema,
    answer: eventViewSchema,
    summary: "What happens, as it happens.",
    description:
      "Server-sent events; the id of each is `sequence.index`. Resume with `from` or with the " +
      "header Last-Event-ID; beyond the journal's end that is `invalid_request`. Only durable " +
      "events are sent, of one campaign or of some kinds where asked for. Each 15 s a block of " +
      "an id alone says how far the stream has come, also past events that were not asked for: " +
      "whoever resumes from it rescans nothing.",
    example: {
      params: {},
      query: { from: "4711.0", type: "granted,redeemed" },
      body: null,
      answer: { sequence: 4712, index: 0, atMs: 1_770_339_600_123, type: "granted" },
    },
  },
  "keys.add": {
    ...KEYS,
    name: "keys.add",
    method: "POST",
    path: "/v1/keys",
    kind: "command",
    body: keyInputSchema,
    answer: keyAddAnswerSchema,
    summary: "Makes an API key.",
    description: "The secret is shown this once; only its hash is stored.",
    example: {
      params: {},
      query: null,
      body: { name: KEY.name, scope: KEY.scope, merchant: KEY.merchant },
      answer: { ...READ, key: KEY, secret: "hb_k-3f9a_…" },
    },
  },
  "keys.list": {
    ...KEYS,
    name: "keys.list",
    method: "GET",
    path: "/v1/keys",
    answer: keyListAnswerSchema,
    summary: "All API keys, without their secrets.",
    description: "Revoked ones stay listed.",
    example: { params: {}, query: null, body: null, answer: { ...READ, keys: [KEY] } },
  },
  "keys.revoke": {
    ...KEYS,
    name: "keys.revoke",
    method: "DELETE",
    path: "/v1/keys/{key}",
    kind: "command",
    errors: ["unknown_key"],
    answer: keyRevokeAnswerSchema,
    summary: "Revokes an API key at once.",
    description: "Repeating it changes nothing.",
    example: {
      params: { key: KEY.key },
      query: null,
      body: null,
      answer: { ...READ, key: KEY.key },
    },
  },
  "health.live": health("health.live", "/healthz", "Whether the process runs."),
  "health.ready": health(
    "health.ready",
    "/readyz",
    "Whether it takes requests; else 503, with why.",
  ),
  metrics: page("metrics", "/metrics", "text", "Metrics for Prometheus.", "# HELP …\n"),
  docs: page("docs", "/docs", "html", "The API as a readable page.", "<!doctype html>…"),
  openapi: {
    ...OPEN,
    name: "openapi",
    path: "/openapi.json",
    produces: "json",
    answer: z.record(z.string(), z.unknown()),
    summary: "This API as OpenAPI 3.1.",
    description: "Derived from the same table as the server's routes.",
    example: { params: {}, query: null, body: null, answer: { openapi: "3.1.0" } },
  },
};

function health<N extends "health.live" | "health.ready">(
  name: N,
  path: string,
  summary: string,
): Operation<N>;
function health(
  name: "health.live" | "health.ready",
  path: string,
  summary: string,
): Operation<"health.live" | "health.ready"> {
  return {
    ...OPEN,
    name,
    path,
    produces: "json",
    answer: healthAnswerSchema,
    summary,
    description: "For load balancers and supervisors.",
    example: { params: {}, query: null, body: null, answer: { status: "ok" } },
  };
}

function page<N extends "metrics" | "docs">(
  name: N,
  path: string,
  produces: "text" | "html",
  summary: string,
  answer: string,
): Operation<N>;
function page(
  name: "metrics" | "docs",
  path: string,
  produces: "text" | "html",
  summary: string,
  answer: string,
): Operation<"metrics" | "docs"> {
  return {
    ...OPEN,
    name,
    path,
    produces,
    answer: z.string(),
    summary,
    description: "Open to everybody who can reach the port.",
    example: { params: {}, query: null, body: null, answer },
  };
}
