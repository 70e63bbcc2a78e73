// Streamable HTTP at /mcp of the server. A session belongs to the key that began it; sessions are
// bounded in number and in idle time.
import { randomUUID } from "node:crypto";
import type { IncomingMessage, ServerResponse } from "node:http";
import { StreamableHTTPServerTransport } from "@modelcontextprotocol/sdk/server/streamableHttp.js";
import { isInitializeRequest } from "@modelcontextprotocol/sdk/types.js";
import { HongbaoError } from "../base/error.ts";
import { LIMITS } from "../base/limits.ts";
import { createClient, type Transport } from "../client/index.ts";
import { contractError, errorBody, errorEntry, type Scope } from "../contract/index.ts";
import { createMcpServer } from "./server.ts";
import { HEADERS, sessionOf } from "./session.ts";

export interface McpMountOptions {
  /** Most sessions, and how long an idle one is kept. */
  sessions?: number;
  sessionMs?: number;
}

/** What the server hands over: a request whose key is known to be good. */
export interface McpCall {
  request: IncomingMessage;
  response: ServerResponse;
  body: unknown;
  /** Straight into the server that it came from. */
  transport: Transport;
  version: string;
  caller: { readonly key: string; readonly scope: Scope; readonly campaign: string | null };
}

export interface McpMount {
  readonly path: string;
  handle(call: McpCall): Promise<void>;
  close(): Promise<void>;
}

interface Kept {
  transport: StreamableHTTPServerTransport;
  key: string;
  user: string | null;
  /** Requests under way, open streams included. */
  busy: number;
  lastUsedAtMs: number;
}

export function createMcpMount(options: McpMountOptions = {}): McpMount {
  const sessions = new Sessions(options);
  return {
    path: "/mcp",
    handle: async (call) => {
      try {
        await sessions.handle(call);
      } catch (error) {
        if (!(error instanceof HongbaoError)) throw error;
        sendError(call.response, error);
      }
    },
    close: () => sessions.close(),
  };
}

class Sessions {
  private readonly options: McpMountOptions;
  private readonly kept = new Map<string, Kept>();
  private readonly sweeper: NodeJS.Timeout;

  constructor(options: McpMountOptions) {
    this.options = options;
    this.sweeper = setInterval(() => this.dropIdle(this.sessionMs), 60_000);
    this.sweeper.unref();
  }

  private get sessionMs(): number {
    return this.options.sessionMs ?? LIMITS.mcpSessionMs;
  }

  async handle(call: McpCall): Promise<void> {
    const { request, response, body } = call;
    const kept = await this.sessionFor(call);
    kept.busy += 1;
    response.once("close", () => {
      kept.busy -= 1;
      kept.lastUsedAtMs = performance.now();
    });
    await kept.transport.handleRequest(request, response, body);
  }

  async close(): Promise<void> {
    clearInterval(this.sweeper);
    for (const { transport } of this.kept.values()) await transport.close();
  }

  private async sessionFor(call: McpCall): Promise<Kept> {
    const { headers } = call.request;
    const id = headers["mcp-session-id"];
    if (id === undefined) {
      if (isInitializeRequest(call.body)) return this.begin(call);
      throw contractError("invalid_request", "expected the header mcp-session-id, or initialize");
    }
    const kept = typeof id === "string" ? this.kept.get(id) : undefined;
    if (kept === undefined || kept.key !== call.caller.key) {
      throw contractError("not_found", "the session is unknown or over; begin another");
    }
    const { user } = sessionOf({ [HEADERS.user]: headers[HEADERS.user] }, call.caller.scope);
    if (user !== null && user !== kept.user) {
      throw contractError("forbidden", `this session belongs to another user than ${HEADERS.user}`);
    }
    return kept;
  }

  private async begin({ request, caller, transport: inside, version }: McpCall): Promise<Kept> {
    this.makeRoom();
    const session = sessionOf(request.headers, caller.scope);
    session.campaign ??= caller.campaign;
    if (caller.scope === "app" && session.user === null) {
      const message = `expected the header ${HEADERS.user}: for whom the assistant acts`;
      throw contractError("invalid_request", message, { path: HEADERS.user });
    }
    const key = /^Bearer +(\S+)$/i.exec(request.headers.authorization ?? "")?.[1] ?? "";
    const server = createMcpServer(createClient({ key, transport: inside }), session, version);
    const transport = new StreamableHTTPServerTransport({
      sessionIdGenerator: () => randomUUID(),
      enableJsonResponse: true,
      onsessioninitialized: (id) => {
        this.kept.set(id, kept);
      },
    });
    const { user } = session;
    const lastUsedAtMs = performance.now();
    const kept: Kept = { transport, key: caller.key, user, busy: 0, lastUsedAtMs };
    transport.onclose = () => {
      if (transport.sessionId !== undefined) this.kept.delete(transport.sessionId);
    };
    // The SDK's own class falls short of its interface under exactOptionalPropertyTypes.
    await server.connect(transport as Parameters<typeof server.connect>[0]);
    return kept;
  }

  private makeRoom(): void {
    const most = this.options.sessions ?? LIMITS.mcpSessions;
    if (this.kept.size < most) return;
    this.dropIdle(this.sessionMs / 30);
    if (this.kept.size < most) return;
    throw contractError("overloaded", `${most} sessions are open, which is the most there may be`);
  }

  private dropIdle(idleMs: number): void {
    const before = performance.now() - idleMs;
    for (const { busy, lastUsedAtMs, transport } of [...this.kept.values()]) {
      if (busy === 0 && lastUsedAtMs < before) void transport.close();
    }
  }
}

function sendError(response: ServerResponse, error: HongbaoError): void {
  const json = JSON.stringify(errorBody(error));
  const headers = {
    "content-type": "application/json; charset=utf-8",
    "content-length": Buffer.byteLength(json),
  };
  response.writeHead(errorEntry(error.code).http ?? 500, headers);
  response.end(json);
}
