// /docs: the operation table as one readable page, made once at the first request. It loads
// nothing, so that it works on a machine without a network.
import { z } from "zod";
import {
  ERRORS,
  OPERATION_LIST,
  type Operation,
  PARAM_SCHEMAS,
  pathParams,
  STATUSES,
  statusEntry,
} from "../contract/index.ts";
import { errorsOf, jsonSchema } from "../contract/openapi.ts";
import { DOCS_STYLE } from "./docs-style.ts";

/** It loads and runs nothing, and nobody frames it. */
export const DOCS_HEADERS: Readonly<Record<string, string>> = {
  "content-type": "text/html; charset=utf-8",
  "content-security-policy":
    "default-src 'none'; style-src 'unsafe-inline'; base-uri 'none'; form-action 'none'; " +
    "frame-ancestors 'none'",
  "x-frame-options": "DENY",
  "x-content-type-options": "nosniff",
};

let made: { version: string; html: string } | null = null;

export function docsPage(version: string): string {
  if (made?.version !== version) made = { version, html: render(version) };
  return made.html;
}

type Belongs = (operation: Operation) => boolean;

/** In the order in which somebody new needs them; null: what belongs nowhere else. */
const SECTIONS: readonly [string, Belongs | null][] = [
  ["Money", (operation) => operation.movesMoney],
  ["Users and grants", null],
  ["Campaigns", ({ name }) => name.startsWith("campaign.")],
  ["Proof", ({ name }) => /^checkpoint\.|\.(receipt|luck)$/.test(name)],
  ["Server", ({ name }) => /^(events|keys|session|health|metrics|openapi|docs)/.test(name)],
];

function isElsewhere(operation: Operation): boolean {
  return SECTIONS.some(([, belongs]) => belongs?.(operation));
}

function render(version: string): string {
  const sections = SECTIONS.map(([title, belongs]) => ({
    title,
    operations: OPERATION_LIST.filter(belongs ?? ((operation) => !isElsewhere(operation))),
  }));
  const links = sections.map(
    ({ title, operations }) =>
      `<h2>${title}</h2>${operations.map(({ name }) => link(name, name)).join("")}`,
  );
  const bodies = sections.map(
    ({ title, operations }) => `<h2>${title}</h2>${operations.map(article).join("")}`,
  );
  return `<!doctype html>
<html lang="en"><head><meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>hongbao ${escaped(version)}: API</title>
<style>${DOCS_STYLE}</style></head>
<body><div class="page">
<nav aria-label="Operations"><a class="name" href="#top">hongbao</a>${links.join("")}
<h2>Tables</h2>${link("statuses", "Statuses")}${link("errors", "Errors")}
<h2>Machines</h2><a href="/openapi.json">OpenAPI</a><a href="/metrics">Metrics</a></nav>
<main id="top">${introduction(version)}${bodies.join("")}${statusTable()}${errorTable()}</main>
</div></body></html>`;
}

function introduction(version: string): string {
  return `<header><h1>The API of hongbao</h1>
<p>Version ${escaped(version)}. Every decided request is answered by a
<a href="#statuses">status</a>, refusals included; an <a href="#errors">error</a> says that
nothing was decided. Send <code>Authorization: Bearer hb_…</code>. Money is in minor units,
instants are milliseconds since 1970 UTC. Everything that moves money carries an
<code>id</code> of yours: repeat the request with the same id whenever an answer was lost, and it
happens once.</p></header>`;
}

function link(anchor: string, text: string): string {
  return `<a href="#${escaped(anchor)}">${escaped(text)}</a>`;
}

function article(operation: Operation): string {
  const { name, summary, description, scopes, batchPath } = operation;
  const tags = scopes.map((scope) => `<span class="tag">${scope}</span>`).join("");
  const open = '<span class="tag">open to everybody</span>';
  const batch =
    batchPath === null ? "" : call("POST", batchPath, '<span class="tag">NDJSON</span>');
  return `<article id="${escaped(name)}"><h3>${escaped(name)}</h3>
<p>${escaped(summary)} ${escaped(description)}</p>
${call(operation.method, operation.path, scopes.length === 0 ? open : tags)}${batch}
${inputTable(operation)}${answerTable(operation)}${example(operation)}</article>`;
}

function call(method: string, path: string, tags: string): string {
  return `<div class="call"><span class="method ${method.toLowerCase()}">${method}</span>
<code class="path">${escaped(path)}</code><span class="scopes">${tags}</span></div>`;
}

interface Field {
  name: string;
  where: string;
  type: string;
  required: boolean;
  description: string;
}

function inputTable(operation: Operation): string {
  const fields = [
    ...pathParams(operation.path).map((name) => fieldOf(name, "path", PARAM_SCHEMAS[name]!)),
    ...shapeOf(operation.query).map(([name, schema]) => fieldOf(name, "query", schema)),
    ...shapeOf(operation.body).map(([name, schema]) => fieldOf(name, "body", schema)),
  ];
  if (fields.length === 0) return "";
  const rows = fields.map(
    ({ name, where, type, required, description }) =>
      `<tr><td><code>${escaped(name)}</code></td><td>${where}</td><td>${escaped(type)}</td>` +
      `<td>${required ? "yes" : ""}</td><td>${escaped(description)}</td></tr>`,
  );
  return `<table><thead><tr><th>Input</th><th>In</th><th>Type</th><th>Required</th><th></th></tr>
</thead><tbody>${rows.join("")}</tbody></table>`;
}

function shapeOf(schema: unknown): [string, z.ZodType][] {
  return schema instanceof z.ZodObject
    ? (Object.entries(schema.shape) as [string, z.ZodType][])
    : [];
}

function fieldOf(name: string, where: string, schema: z.ZodType): Field {
  const required = !(schema instanceof z.ZodExactOptional);
  const inner = schema instanceof z.ZodExactOptional ? (schema.unwrap() as z.ZodType) : schema;
  const json = jsonSchema(inner);
  const type = Array.isArray(json.enum) ? json.enum.join(" | ") : String(json.type ?? "object");
  return { name, where, type, required, description: String(json.description ?? "") };
}

function answerTable(operation: Operation): string {
  const decided = operation.outcomes.map((status) => {
    const { http, meaning } = statusEntry(status);
    return row(String(http), status, meaning);
  });
  const errors = ERRORS.filter(({ code }) => errorsOf(operation).includes(code)).map(
    ({ http, code, meaning }) => row(String(http ?? ""), code, meaning),
  );
  if (decided.length + errors.length === 0) return "";
  return `<details><summary>Answers: ${decided.length} statuses, ${errors.length} errors</summary>
<table><tbody>${decided.join("")}${errors.join("")}</tbody></table></details>`;
}

function row(http: string, name: string, meaning: string): string {
  const cells = `<td><code>${escaped(name)}</code></td><td>${escaped(meaning)}</td>`;
  return `<tr><td class="number">${http}</td>${cells}</tr>`;
}

function example({ example, produces }: Operation): string {
  if (produces !== "json" && produces !== "events") return "";
  const { body, answer } = example;
  const sent = body === null ? "" : `<div><pre>${json(body)}</pre></div>`;
  return `<details><summary>Example</summary><div class="pair">${sent}
<div><pre>${json(answer)}</pre></div></div></details>`;
}

function json(value: unknown): string {
  return escaped(JSON.stringify(value, null, 2));
}

function statusTable(): string {
  const rows = STATUSES.map(
    ({ status, http, retry, meaning }) =>
      `<tr><td class="number">${http}</td><td><code>${status}</code></td>` +
      `<td>${retry.replace("_", " ")}</td><td>${escaped(meaning)}</td></tr>`,
  );
  return `<h2 id="statuses">Statuses</h2><table><thead><tr><th>HTTP</th><th>Status</th>
<th>Ask again</th><th>Meaning</th></tr></thead><tbody>${rows.join("")}</tbody></table>`;
}

function errorTable(): string {
  const rows = ERRORS.filter(({ http }) => http !== null).map(
    ({ code, http, retryable, meaning, next }) =>
      `<tr><td class="number">${http}</td><td><code>${code}</code></td>` +
      `<td>${retryable ? "yes" : "no"}</td><td>${escaped(meaning)} ${escaped(next)}</td></tr>`,
  );
  return `<h2 id="errors">Errors</h2><table><thead><tr><th>HTTP</th><th>Code</th>
<th>Ask again</th><th>Meaning and next step</th></tr></thead>
<tbody>${rows.join("")}</tbody></table>`;
}

const ENTITIES: Readonly<Record<string, string>> = {
  "&": "&amp;",
  "<": "&lt;",
  ">": "&gt;",
  '"': "&quot;",
};

function escaped(text: string): string {
  return text.replace(/[&<>"]/g, (sign) => ENTITIES[sign]!);
}
