// The tools, derived from the operation table: names, descriptions, inputs and answers are the
// table's.
import type { Tool } from "@modelcontextprotocol/sdk/types.js";
import type { z } from "zod";
import type { MethodName } from "../client/index.ts";
import { flatInput, OPERATION_LIST, type Operation } from "../contract/index.ts";
import { jsonSchema } from "../contract/openapi.ts";
import type { Session } from "./session.ts";

export interface DerivedTool {
  readonly name: string;
  readonly operation: Operation<MethodName>;
  /** What the model may say. */
  readonly input: z.ZodType<Record<string, unknown>>;
  /** What the session says instead. */
  readonly bound: readonly string[];
  readonly description: Tool;
}

/** What a session may use: a user's tools or a manager's, less those that its key may not call. */
export function toolsOf(session: Session): DerivedTool[] {
  const audience = session.user === null ? "manager" : "user";
  const tools: DerivedTool[] = [];
  for (const operation of OPERATION_LIST) {
    if (operation.mcp?.audience !== audience) continue;
    if (session.scope !== null && !operation.scopes.includes(session.scope)) continue;
    tools.push(derive(operation as Operation<MethodName>, operation.mcp.tool, session));
  }
  return tools;
}

function derive(operation: Operation<MethodName>, name: string, session: Session): DerivedTool {
  const bound = boundBy(operation, session);
  const input = flatInput(operation as unknown as Operation, bound);
  const description: Tool = {
    name,
    title: operation.summary.replace(/\.$/, ""),
    description: operation.mcp!.description,
    inputSchema: jsonSchema(input) as Tool["inputSchema"],
    outputSchema: jsonSchema(operation.answer as z.ZodType) as NonNullable<Tool["outputSchema"]>,
    annotations: {
      readOnlyHint: operation.kind === "read",
      // Money that is granted or spent can be given back, and a repeated call changes nothing.
      destructiveHint: false,
      idempotentHint: true,
      openWorldHint: false,
    },
  };
  return { name, operation, input, bound, description };
}

/** The campaign is the model's to name only where the session does not. */
function boundBy(operation: Operation<MethodName>, session: Session): string[] {
  const bound = new Set(operation.mcp!.bound);
  if (session.campaign === null) bound.delete("campaign");
  else if (operation.path.includes("{campaign}")) bound.add("campaign");
  return [...bound];
}
