// OpenAPI 3.1, derived from the operation table; /openapi.json and /docs show it.
import { z } from "zod";
import { ERRORS, type ErrorCode, errorEntry } from "./errors.ts";
import type { Operation } from "./operation.ts";
import { OPERATION_LIST, PARAM_SCHEMAS, pathParams } from "./operations.ts";
import { errorBodySchema } from "./schema/system.ts";
import { statusEntry } from "./statuses.ts";

type Json = Record<string, unknown>;

/** Errors that any operation behind a key can answer. */
const COMMON_ERRORS: readonly ErrorCode[] = [
  "unauthenticated",
  "forbidden",
  "overloaded",
  "deadline_exceeded",
  "not_ready",
  "shutting_down",
  "clock_stopped",
  "quarantined",
  "internal",
];
const BODY_ERRORS: readonly ErrorCode[] = [
  "invalid_json",
  "invalid_request",
  "body_too_large",
  "unsupported_media_type",
];

/** The errors of one operation, common ones included. */
export function errorsOf(operation: Operation): ErrorCode[] {
  const codes: ErrorCode[] = [];
  if (operation.body !== null) codes.push(...BODY_ERRORS);
  else if (operation.query !== null || operation.path.includes("{")) codes.push("invalid_request");
  codes.push(...operation.errors);
  if (operation.scopes.length > 0) codes.push(...COMMON_ERRORS);
  return codes;
}

export function openApi(version: string, serverUrl = "http://localhost:8420"): Json {
  const paths: Record<string, Json> = {};
  for (const operation of OPERATION_LIST) {
    const method = operation.method.toLowerCase();
    paths[operation.path] = { ...paths[operation.path], [method]: describe(operation) };
    if (operation.batchPath !== null) paths[operation.batchPath] = { post: batch(operation) };
  }
  return {
    openapi: "3.1.0",
    info: {
      title: "hongbao",
      version,
      description: "Hands out a fixed budget exactly once. Every decided outcome is a status.",
      license: { name: "Apache-2.0", identifier: "Apache-2.0" },
    },
    servers: [{ url: serverUrl }],
    paths,
    components: {
      securitySchemes: { key: { type: "http", scheme: "bearer" } },
      schemas: { Error: jsonSchema(errorBodySchema) },
    },
  };
}

/** JSON Schema without the dialect line, which OpenAPI 3.1 implies. */
export function jsonSchema(schema: z.ZodType): Json {
  const { $schema: _, ...rest } = z.toJSONSchema(schema, { io: "input", unrepresentable: "any" });
  return rest;
}

function describe(operation: Operation): Json {
  return {
    operationId: operation.name,
    summary: operation.summary,
    description: operation.description,
    tags: [operation.path.split("/")[2] ?? "server"],
    ...security(operation),
    parameters: parameters(operation),
    ...(operation.body === null ? {} : { requestBody: requestBody(operation) }),
    responses: { ...answers(operation), ...errors(operation) },
  };
}

function batch(operation: Operation): Json {
  const line = jsonSchema(operation.body ?? z.never());
  const answer = { anyOf: [jsonSchema(operation.answer), { $ref: "#/components/schemas/Error" }] };
  return {
    operationId: `${operation.name}.batch`,
    summary: `${operation.summary} Many at once.`,
    description:
      "One JSON object a line; one answer a line, in the same order. Lines are independent: a " +
      "bad one is answered by an error and does not touch the others. At most 8 MiB.",
    tags: ["campaigns"],
    ...security(operation),
    parameters: parameters(operation),
    requestBody: { required: true, content: { "application/x-ndjson": { schema: line } } },
    responses: {
      200: {
        description: "Answers, line by line.",
        content: { "application/x-ndjson": { schema: answer } },
      },
      ...errors(operation),
    },
  };
}

function security(operation: Operation): Json {
  if (operation.scopes.length === 0) return { security: [] };
  return { security: [{ key: [] }], "x-scopes": operation.scopes };
}

function parameters(operation: Operation): Json[] {
  const inPath = pathParams(operation.path).map((name) => ({
    name,
    in: "path",
    required: true,
    schema: jsonSchema(PARAM_SCHEMAS[name]!),
  }));
  const shape = operation.query instanceof z.ZodObject ? operation.query.shape : {};
  const inQuery = Object.entries(shape as Record<string, z.ZodType>).map(([name, schema]) => ({
    name,
    in: "query",
    required: !(schema instanceof z.ZodExactOptional),
    schema: jsonSchema(schema instanceof z.ZodExactOptional ? inner(schema) : schema),
  }));
  return [...inPath, ...inQuery];
}

function inner(schema: z.ZodExactOptional): z.ZodType {
  const unwrapped = schema.unwrap();
  return unwrapped instanceof z.ZodType ? unwrapped : schema;
}

function requestBody(operation: Operation): Json {
  const schema = jsonSchema(operation.body!);
  const isOptional = schema.required === undefined && operation.path.includes("{campaign}/");
  const content = { "application/json": { schema, example: operation.example.body } };
  return { required: !isOptional, content };
}

const MEDIA_TYPES: Readonly<Record<Operation["produces"], string>> = {
  json: "application/json",
  events: "text/event-stream",
  text: "text/plain",
  html: "text/html",
  bytes: "application/x-tar",
};

/** Decided outcomes, grouped by their HTTP number. */
function answers(operation: Operation): Json {
  const groups = new Map<number, string[]>();
  for (const status of operation.outcomes) {
    const entry = statusEntry(status);
    const line = `\`${status}\`: ${entry.meaning}`;
    groups.set(entry.http, [...(groups.get(entry.http) ?? []), line]);
  }
  if (groups.size === 0) groups.set(200, [operation.summary]);
  const schema = jsonSchema(operation.answer);
  const responses: Json = {};
  for (const [http, lines] of groups) {
    const example = http === 200 ? { example: operation.example.answer } : {};
    responses[http] = {
      description: lines.join("\n"),
      content: { [MEDIA_TYPES[operation.produces]]: { schema, ...example } },
    };
  }
  return responses;
}

/** Errors, grouped by their HTTP number; a 404 or 409 may also be a decided answer. */
function errors(operation: Operation): Json {
  const taken = new Set(operation.outcomes.map((status) => statusEntry(status).http));
  const groups = new Map<number, string[]>();
  for (const { code } of ERRORS) {
    if (!errorsOf(operation).includes(code)) continue;
    const { http, meaning } = errorEntry(code);
    if (http === null || taken.has(http as 404)) continue;
    groups.set(http, [...(groups.get(http) ?? []), `\`${code}\`: ${meaning}`]);
  }
  const responses: Json = {};
  const content = { "application/json": { schema: { $ref: "#/components/schemas/Error" } } };
  for (const [http, lines] of groups) responses[http] = { description: lines.join("\n"), content };
  return responses;
}
