// The ONE table of operations. What is outside is derived from it: routes, OpenAPI, SDK methods,
// MCP tools, command line verbs and docs/reference/http.md.
import { z } from "zod";
import type { Operation, OperationName } from "./operation.ts";
import { AUDIT_ROWS } from "./operation-rows/audit.ts";
import { BLOCK_ROWS } from "./operation-rows/blocks.ts";
import { CAMPAIGN_TEXT_ROWS } from "./operation-rows/campaign-text.ts";
import { CAMPAIGN_ROWS } from "./operation-rows/campaigns.ts";
import { COMPENSATION_ROWS } from "./operation-rows/compensation.ts";
import { DRAW_ROWS } from "./operation-rows/draws.ts";
import { ELIGIBILITY_ROWS } from "./operation-rows/eligibility.ts";
import { EXPOSURE_ROWS } from "./operation-rows/exposures.ts";
import { HISTORY_ROWS } from "./operation-rows/history.ts";
import { INVITE_ROWS } from "./operation-rows/invites.ts";
import { LIVE_ROWS } from "./operation-rows/live.ts";
import { LUCK_ROWS } from "./operation-rows/luck.ts";
import { MONEY_ROWS } from "./operation-rows/money.ts";
import { OUTLOOK_ROWS } from "./operation-rows/outlook.ts";
import { RECEIPT_ROWS } from "./operation-rows/receipts.ts";
import { REPORT_ROWS } from "./operation-rows/reports.ts";
import { REVISION_ROWS } from "./operation-rows/revisions.ts";
import { SESSION_ROWS } from "./operation-rows/sessions.ts";
import { SETTLEMENT_ROWS } from "./operation-rows/settlement.ts";
import { SUSPECTS_ROWS } from "./operation-rows/suspects.ts";
import { SUSPICION_ROWS } from "./operation-rows/suspicion.ts";
import { SYSTEM_ROWS } from "./operation-rows/system.ts";
import { USER_ROWS } from "./operation-rows/users.ts";
import { WEBHOOK_ROWS } from "./operation-rows/webhooks.ts";
import { campaignIdSchema, idSchema } from "./schema/text.ts";

export type { Operation, OperationName } from "./operation.ts";

export const OPERATIONS: { readonly [N in OperationName]: Operation<N> } = {
  ...MONEY_ROWS,
  ...INVITE_ROWS,
  ...USER_ROWS,
  ...HISTORY_ROWS,
  ...EXPOSURE_ROWS,
  ...DRAW_ROWS,
  ...ELIGIBILITY_ROWS,
  ...CAMPAIGN_ROWS,
  ...CAMPAIGN_TEXT_ROWS,
  ...OUTLOOK_ROWS,
  ...LIVE_ROWS,
  ...REVISION_ROWS,
  ...SUSPICION_ROWS,
  ...SUSPECTS_ROWS,
  ...COMPENSATION_ROWS,
  ...BLOCK_ROWS,
  ...SETTLEMENT_ROWS,
  ...LUCK_ROWS,
  ...RECEIPT_ROWS,
  ...REPORT_ROWS,
  ...AUDIT_ROWS,
  ...WEBHOOK_ROWS,
  ...SESSION_ROWS,
  ...SYSTEM_ROWS,
};

/** The rows as a list, in the table's order. */
export const OPERATION_LIST: readonly Operation[] = Object.values(OPERATIONS);

/** Every parameter that a path can have. */
export const PARAM_SCHEMAS: Readonly<Record<string, z.ZodType<string>>> = {
  campaign: campaignIdSchema,
  user: idSchema("The caller's id of the user, percent-encoded in the address."),
  grant: idSchema("The id of the grant."),
  id: idSchema("An id as a request carried it, percent-encoded."),
  redemption: idSchema("The id that the redemption was made with, percent-encoded."),
  audience: campaignIdSchema,
  draw: campaignIdSchema,
  list: campaignIdSchema,
  surface: campaignIdSchema,
  key: idSchema("The public id of the key."),
  endpoint: idSchema("The id of the endpoint."),
  report: idSchema("The id of the report."),
};

/** The names in `{…}` of a path, in order. */
export function pathParams(path: string): string[] {
  return [...path.matchAll(/\{([a-z]+)\}/g)].map((match) => match[1]!);
}

/** The path with its parameters filled in and percent-encoded. */
export function fillPath(path: string, params: Readonly<Record<string, string>>): string {
  return path.replace(/\{([a-z]+)\}/g, (_, name: string) => encodeURIComponent(params[name]!));
}

/**
 * One flat object of everything that an operation takes (parameters, query, body), less what is
 * `bound`: the input of an MCP tool.
 */
export function flatInput(
  operation: Operation,
  bound: readonly string[] = [],
): z.ZodType<Record<string, unknown>> {
  const shape: Record<string, z.ZodType> = {};
  for (const name of pathParams(operation.path)) shape[name] = PARAM_SCHEMAS[name]!;
  for (const part of [operation.query, operation.body]) {
    if (part instanceof z.ZodObject) Object.assign(shape, part.shape);
  }
  for (const name of bound) delete shape[name];
  return z.strictObject(shape);
}

/** Splits a flat input again into what goes into path, query and body. */
export function splitInput(
  operation: Operation,
  input: Readonly<Record<string, unknown>>,
): {
  params: Record<string, string>;
  query: Record<string, unknown>;
  body: Record<string, unknown>;
} {
  const params: Record<string, string> = {};
  const query: Record<string, unknown> = {};
  const body: Record<string, unknown> = {};
  const names = new Set(pathParams(operation.path));
  for (const [name, value] of Object.entries(input)) {
    if (names.has(name)) params[name] = String(value);
    else if (operation.body === null) query[name] = value;
    else body[name] = value;
  }
  return { params, query, body };
}
