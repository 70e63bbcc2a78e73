import { describe, expect, test } from "vitest";
import { z } from "zod";
import { errorsOf, openApi } from "./openapi.ts";
import {
  fillPath,
  flatInput,
  OPERATION_LIST,
  OPERATIONS,
  type OperationName,
  PARAM_SCHEMAS,
  pathParams,
  splitInput,
} from "./operations.ts";
import { parse } from "./parse.ts";

const NAMES = Object.keys(OPERATIONS) as OperationName[];

describe.each(NAMES)("operation %s", (name) => {
  const operation = OPERATIONS[name];

  test("is filed under its own name, and its path is its own", () => {
    expect(operation.name).toBe(name);
    const address = `${operation.method} ${operation.path}`;
    const all = OPERATION_LIST.map((one) => `${one.method} ${one.path}`);
    expect(all.filter((one) => one === address)).toHaveLength(1);
  });

  test("has an example that its own schemas accept", () => {
    const { params, query, body, answer } = operation.example;
    expect(Object.keys(params).sort()).toEqual(pathParams(operation.path).sort());
    for (const [param, value] of Object.entries(params)) parse(value, PARAM_SCHEMAS[param]!);
    if (operation.query === null) expect(query).toBeNull();
    else expect(parse<unknown>(query, operation.query)).toEqual(query);
    if (operation.body === null) expect(body).toBeNull();
    else expect(parse<unknown>(body, operation.body)).toEqual(body);
    expect(parse<unknown>(answer, operation.answer)).toEqual(answer);
  });

  test("answers its example with one of its outcomes", () => {
    const { answer } = operation.example;
    if (operation.outcomes.length === 0) return;
    expect(operation.outcomes).toContain((answer as { status: string }).status);
    expect(new Set(operation.outcomes).size).toBe(operation.outcomes.length);
  });

  test("refuses unknown keys in its body", () => {
    if (operation.body === null) return;
    const body = { ...operation.example.body, surprise: 1 };
    expect(() => parse<unknown>(body, operation.body as z.ZodType)).toThrow("$.surprise");
  });
});

test("what moves money carries an id, exists in batches, and is behind a key", () => {
  const money = OPERATION_LIST.filter((operation) => operation.movesMoney);
  expect(money.map((operation) => operation.name)).toEqual([
    "claim",
    "redeem",
    "cancel",
    "reverse",
    "invite.create",
    "invite.accept",
  ]);
  for (const operation of money) {
    expect(operation.batchPath).toBe(`${operation.path}/batch`);
    expect(operation.scopes.length).toBeGreaterThan(0);
    expect(operation.outcomes).toContain("id_conflict");
    expect(operation.body instanceof z.ZodObject && "id" in operation.body.shape).toBe(true);
  }
});

test("a manager's tools only read", () => {
  for (const { kind, mcp } of OPERATION_LIST) {
    if (mcp?.audience === "manager") expect(kind).toBe("read");
  }
  const tools = OPERATION_LIST.flatMap(({ mcp }) => (mcp === null ? [] : [mcp.tool]));
  expect(new Set(tools).size).toBe(tools.length);
});

test("a tool's bound inputs exist and are not asked of the model", () => {
  for (const operation of OPERATION_LIST) {
    if (operation.mcp === null) continue;
    const all = flatInput(operation);
    const asked = flatInput(operation, operation.mcp.bound);
    for (const name of operation.mcp.bound) {
      expect(all instanceof z.ZodObject && name in all.shape).toBe(true);
      expect(asked instanceof z.ZodObject && name in asked.shape).toBe(false);
    }
  }
  const claim = flatInput(OPERATIONS.claim, OPERATIONS.claim.mcp!.bound);
  expect(claim instanceof z.ZodObject && Object.keys(claim.shape)).toEqual(["id", "offer"]);
});

test("a flat input splits into path, query and body", () => {
  const claim = { campaign: "a", id: "c", user: "u", offer: "o" };
  expect(splitInput(OPERATIONS.claim, claim)).toEqual({
    params: { campaign: "a" },
    query: {},
    body: { id: "c", user: "u", offer: "o" },
  });
  const grants = { campaign: "a", user: "u/1", after: "g" };
  const { params, query } = splitInput(OPERATIONS["user.grants"], grants);
  expect(query).toEqual({ after: "g" });
  expect(fillPath(OPERATIONS["user.grants"].path, params)).toBe(
    "/v1/campaigns/a/users/u%2F1/grants",
  );
});

test("OpenAPI has every operation and batch, with its outcomes and errors", () => {
  const api = openApi("0.0.0") as {
    openapi: string;
    paths: Record<string, Record<string, unknown>>;
  };
  expect(api.openapi).toBe("3.1.0");
  for (const operation of OPERATION_LIST) {
    const described = api.paths[operation.path]?.[operation.method.toLowerCase()];
    const text = JSON.stringify(described);
    for (const status of operation.outcomes) expect(text).toContain(`\`${status}\``);
    expect(text).toContain(operation.name);
    if (operation.batchPath !== null) expect(api.paths[operation.batchPath]).toHaveProperty("post");
  }
  expect(JSON.stringify(api)).not.toContain('"$schema"');
});

test("every operation with a body can answer that the body is wrong", () => {
  expect(errorsOf(OPERATIONS.claim)).toEqual(
    expect.arrayContaining(["invalid_json", "invalid_request", "body_too_large", "overloaded"]),
  );
  expect(errorsOf(OPERATIONS["health.live"])).toEqual([]);
});
