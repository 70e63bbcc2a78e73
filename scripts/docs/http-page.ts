// docs/reference/http.md: every operation with its fields, an example and its outcomes, from the
// operation table.
import { errorsOf, jsonSchema } from "../../src/contract/openapi.ts";
import {
  fillPath,
  OPERATION_LIST,
  type Operation,
  pathParams,
} from "../../src/contract/operations.ts";
import { code, fence, fieldRows, heading, table } from "./markdown.ts";

const FIELD_HEAD = ["field", "kind", "needed", "meaning"];

export function httpPage(): string {
  return [
    heading("HTTP", "src/contract/operations.ts"),
    INTRODUCTION,
    "## All operations",
    table(["operation", "address", "scopes", ""], OPERATION_LIST.map(overview)),
    ...OPERATION_LIST.map(section),
    "",
  ].join("\n\n");
}

const INTRODUCTION = `\
The server listens on port 8420 unless told otherwise. Send \`Authorization: Bearer KEY\`; a key \
has one scope (\`admin\`, \`app\`, \`merchant\`, \`viewer\`). Bodies are JSON in UTF-8, at most \
64 KiB (8 MiB for batches, NDJSON). Nothing is coerced: unknown keys, numbers as text and \
ill-formed Unicode are refused with \`invalid_request\` and the path of the field.

Money is in whole minor units, time in milliseconds since 1970 UTC, shares from 0 to 1.

Whatever moves money carries an \`id\` that the caller mints before sending. Repeat the same \
request with the same id after a lost answer: it is decided at most once, and the first answer \
comes again with \`replayed: true\`. Every decided outcome is a \`status\` ([statuses and \
errors](errors.md)); it comes with 200, or 404 for what is unknown, or 409 for an id used with \
other content.`;

function overview(operation: Operation): string[] {
  const { name, method, path, scopes, summary } = operation;
  const link = `[${name}](#${name.replaceAll(".", "")})`;
  return [link, code(`${method} ${path}`), scopes.join(", ") || "open", summary];
}

function section(operation: Operation): string {
  const { name, summary, description, method, path, batchPath, outcomes } = operation;
  const manyAtOnce = batchPath === null ? "" : `, many at once: ${code(`POST ${batchPath}`)}`;
  const parts = [
    `## ${name}`,
    `${summary} ${description}`,
    code(`${method} ${path}`) + manyAtOnce,
    ...fields(operation),
    fence("sh", curl(operation)),
    ...answer(operation),
  ];
  if (outcomes.length > 0) parts.push(`Outcomes: ${outcomes.map(code).join(", ")}.`);
  const errors = errorsOf(operation);
  if (errors.length > 0) parts.push(`Errors: ${errors.map(code).join(", ")}.`);
  return parts.join("\n\n");
}

function fields(operation: Operation): string[] {
  const parts: string[] = [];
  const query = operation.query === null ? [] : fieldRows(jsonSchema(operation.query));
  if (query.length > 0) parts.push("Query:", table(FIELD_HEAD, query));
  const body = operation.body === null ? [] : fieldRows(jsonSchema(operation.body));
  if (body.length > 0) parts.push("Body:", table(FIELD_HEAD, body));
  return parts;
}

function curl(operation: Operation): string {
  const { method, path, scopes, body, example } = operation;
  const params = example.params as Record<string, string>;
  const query = new URLSearchParams(Object.entries(example.query ?? {})).toString();
  const filled = pathParams(path).length === 0 ? path : fillPath(path, params);
  const lines = [`curl${method === "GET" ? "" : ` -X ${method}`} http://localhost:8420${filled}`];
  if (query !== "") lines[0] = `curl 'http://localhost:8420${filled}?${query}'`;
  if (scopes.length > 0) lines.push('-H "Authorization: Bearer $HONGBAO_KEY"');
  if (body !== null) {
    lines.push('-H "Content-Type: application/json"', `-d '${JSON.stringify(example.body)}'`);
  }
  return lines.join(" \\\n  ");
}

function answer(operation: Operation): string[] {
  if (!["json", "events"].includes(operation.produces)) return [];
  const value = operation.example.answer;
  if (operation.produces === "events") {
    const event = value as { sequence: number; index: number; type: string };
    const id = `${event.sequence}.${event.index}`;
    return [fence("", `id: ${id}\nevent: ${event.type}\ndata: ${JSON.stringify(value)}`)];
  }
  const rows = fieldRows(jsonSchema(operation.answer));
  const json = fence("json", JSON.stringify(value, null, 2));
  return rows.length === 0 ? [json] : [json, "Answer:", table(FIELD_HEAD, rows)];
}
