// MCP over standard input and output: how assistants on a person's own machine start it. Nothing
// but the protocol may be written to standard output.
import type { Readable, Writable } from "node:stream";
import { StdioServerTransport } from "@modelcontextprotocol/sdk/server/stdio.js";
import type { JSONRPCMessage } from "@modelcontextprotocol/sdk/types.js";
import type { Client } from "../client/index.ts";
import { createMcpServer } from "./server.ts";
import type { Session } from "./session.ts";

export interface StdioOptions {
  client: Client;
  session: Session;
  version: string;
  input: Readable;
  output: Writable;
}

/** Resolves when the input has ended and what was asked before is answered. */
export async function serveStdio(options: StdioOptions): Promise<void> {
  const { client, session, version, input, output } = options;
  const server = createMcpServer(client, session, version);
  const transport = new PatientTransport(input, output);
  const closed = new Promise<void>((resolve) => {
    server.onclose = resolve;
  });
  const ended = new Promise<void>((resolve) => {
    input.once("end", resolve);
    input.once("close", resolve);
  });
  await server.connect(transport);
  // A caller may close right behind its last request: a claim that is under way is answered first.
  void ended.then(() => transport.answered()).then(() => server.close());
  await closed;
}

/** Knows which requests wait for their answer; the client's own deadlines bound how long. */
class PatientTransport extends StdioServerTransport {
  readonly #open = new Set<string | number>();
  #onIdle: (() => void) | null = null;

  /** Resolves once no request waits. */
  async answered(): Promise<void> {
    if (this.#open.size === 0) return;
    await new Promise<void>((resolve) => {
      this.#onIdle = resolve;
    });
  }

  override async start(): Promise<void> {
    const deliver = this.onmessage;
    this.onmessage = (message) => {
      this.#note(message);
      deliver?.(message);
    };
    await super.start();
  }

  override async send(message: JSONRPCMessage): Promise<void> {
    await super.send(message);
    if ("method" in message || message.id === undefined) return;
    this.#settle(message.id);
  }

  #note(message: JSONRPCMessage): void {
    if (!("method" in message)) return;
    if ("id" in message) this.#open.add(message.id);
    // A cancelled request gets no answer.
    const cancelled = message.method === "notifications/cancelled" && message.params?.requestId;
    if (typeof cancelled === "string" || typeof cancelled === "number") this.#settle(cancelled);
  }

  #settle(id: string | number): void {
    this.#open.delete(id);
    if (this.#open.size === 0) this.#onIdle?.();
  }
}
