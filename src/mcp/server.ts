// The MCP server of one session: it lists the derived tools and calls them through the client, so
// that an assistant meets the same admission, caps and journal as everybody else.
import { Server } from "@modelcontextprotocol/sdk/server/index.js";
import {
  CallToolRequestSchema,
  type CallToolResult,
  ErrorCode,
  ListToolsRequestSchema,
  McpError,
} from "@modelcontextprotocol/sdk/types.js";
import { toHex, utf8, utf8Length } from "../base/bytes.ts";
import { HongbaoError } from "../base/error.ts";
import { sha256 } from "../base/hash.ts";
import { LIMITS } from "../base/limits.ts";
import type { Client, InputOf } from "../client/index.ts";
import { type AnswerBase, errorBody, parse } from "../contract/index.ts";
import type { Session } from "./session.ts";
import { type DerivedTool, toolsOf } from "./tools.ts";
import { wordsOf } from "./words.ts";

const USER_WORDS =
  "Rewards of one user. Amounts are in minor units (cents). Ask the user before you claim or " +
  "spend. A refusal is an answer: say why, and do not try again unless its text says so.";
const MANAGER_WORDS = "The campaigns of a reward ledger, to read only. Amounts are in minor units.";

export function createMcpServer(client: Client, session: Session, version: string): Server {
  const tools = new Map(toolsOf(session).map((tool) => [tool.name, tool]));
  const instructions = session.user === null ? MANAGER_WORDS : USER_WORDS;
  const server = new Server(
    { name: "hongbao", version },
    { capabilities: { tools: {} }, instructions },
  );
  server.setRequestHandler(ListToolsRequestSchema, async () => ({
    tools: [...tools.values()].map((tool) => tool.description),
  }));
  server.setRequestHandler(CallToolRequestSchema, async ({ params }, { signal }) => {
    const tool = tools.get(params.name);
    if (tool === undefined) {
      const known = [...tools.keys()].join(", ");
      throw new McpError(ErrorCode.InvalidParams, `no tool ${params.name}; there are ${known}`);
    }
    return callTool(client, session, tool, params.arguments ?? {}, signal);
  });
  return server;
}

async function callTool(
  client: Client,
  session: Session,
  tool: DerivedTool,
  given: unknown,
  signal: AbortSignal,
): Promise<CallToolResult> {
  const { name } = tool.operation;
  try {
    const input = { ...parse(given, tool.input), ...boundInput(tool, session) };
    if (tool.operation.movesMoney) input.id = ownId(session, String(input.id));
    if (name === "redeem") await requireOwnGrant(client, session, input, signal);
    const call = input as InputOf<typeof name>;
    const answer = (await client.call(name, call, { signal })) as AnswerBase;
    return {
      content: [{ type: "text", text: wordsOf(name, answer) }],
      structuredContent: { ...answer },
    };
  } catch (error) {
    if (!(error instanceof HongbaoError)) throw error;
    return refused(error);
  }
}

/** What the session fills in; inputs that neither side gives stay absent. */
function boundInput({ bound }: DerivedTool, session: Session): Record<string, unknown> {
  const filled: Record<string, unknown> = {};
  if (bound.includes("campaign")) filled.campaign = session.campaign;
  if (bound.includes("user")) filled.user = session.user;
  const hasAttributes = Object.keys(session.attributes).length > 0;
  if (bound.includes("attributes") && hasAttributes) filled.attributes = session.attributes;
  const hasFacts = Object.keys(session.facts).length > 0;
  if (bound.includes("facts") && hasFacts) filled.facts = session.facts;
  return filled;
}

/**
 * Models like short ids, such as "1". Joined with the user they cannot meet those of other users,
 * and a repeated call is still the same request.
 */
function ownId(session: Session, id: string): string {
  const joined = `mcp:${session.user}:${id}`;
  if (utf8Length(joined) <= LIMITS.idBytes) return joined;
  return `mcp:${toHex(sha256(utf8(joined)))}`;
}

/** To know the id of somebody else's reward is not enough to spend it through this assistant. */
async function requireOwnGrant(
  client: Client,
  session: Session,
  input: Record<string, unknown>,
  signal: AbortSignal,
): Promise<void> {
  const campaign = String(input.campaign);
  const user = session.user!;
  let after: string | undefined;
  for (;;) {
    const page = { campaign, user, ...(after === undefined ? {} : { after }) };
    const { grants, more } = await client.user.grants(page, { signal });
    if (grants.some(({ grant }) => grant === input.grant)) return;
    after = grants.at(-1)?.grant;
    if (!more || after === undefined) break;
  }
  throw new HongbaoError({
    code: "forbidden",
    message: "$.grant: expected a reward of this user; my_rewards lists them",
    details: { path: "$.grant" },
  });
}

/** Nothing was decided; the model reads why and what to do next. */
function refused(error: HongbaoError): CallToolResult {
  const { error: shown } = errorBody(error);
  const text = `${shown.code}: ${shown.message}. ${shown.next}`;
  return { isError: true, content: [{ type: "text", text }] };
}
