// MCP over standard input and output: how assistants on a person's own machine start it. Nothing
// but the protocol may be written to standard output.
import type { Readable, Writable } from "node:stream";
import { StdioServerTransport } from "@modelcontextprotocol/sdk/server/stdio.js";
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

/** Resolves when the input has ended. */
export async function serveStdio(options: StdioOptions): Promise<void> {
  const { client, session, version, input, output } = options;
  const server = createMcpServer(client, session, version);
  const transport = new StdioServerTransport(input, output);
  const ended = new Promise<void>((resolve) => {
    server.onclose = resolve;
    input.once("end", () => void server.close());
    input.once("close", () => void server.close());
  });
  await server.connect(transport);
  await ended;
}
