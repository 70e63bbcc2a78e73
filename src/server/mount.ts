// Handlers beside the operation table that speak a protocol of their own over HTTP, such as the
// tools for AI assistants. They get a caller whose key is known to be good, and nothing of the
// engine.
import type { IncomingMessage, ServerResponse } from "node:http";
import type { FastifyInstance } from "fastify";
import { HongbaoError } from "../base/error.ts";
import type { Transport } from "../client/transport.ts";
import { contractError } from "../contract/index.ts";
import { ANSWER_HEADERS } from "./answer-headers.ts";
import { NdjsonBody } from "./body.ts";
import { injectTransport } from "./inject-transport.ts";
import type { Caller } from "./keys.ts";
import type { Service } from "./service.ts";

export interface MountRequest {
  request: IncomingMessage;
  response: ServerResponse;
  /** The JSON body, already parsed; undefined where there is none. */
  body: unknown;
  caller: Caller;
  /** A client's way into this server, for what the mount wants to ask with the caller's key. */
  transport: Transport;
  version: string;
}

export interface Mount {
  /** Such as `/mcp`. */
  readonly path: string;
  handle(call: MountRequest): Promise<void>;
  close(): Promise<void>;
}

export function addMounts(app: FastifyInstance, service: Service, mounts: readonly Mount[]): void {
  const transport = injectTransport(app);
  const { version } = service;
  for (const mount of mounts) {
    app.route({
      method: ["GET", "POST", "DELETE"],
      url: mount.path,
      handler: async (request, reply) => {
        if (service.gate.isClosed) {
          throw contractError("shutting_down", "the server is stopping; nothing was decided");
        }
        const caller = service.access.identify(request.raw);
        if (caller instanceof HongbaoError) throw caller;
        const { body } = request;
        if (body instanceof NdjsonBody) {
          throw contractError("unsupported_media_type", "expected application/json");
        }
        reply.hijack();
        for (const [name, value] of Object.entries(ANSWER_HEADERS))
          reply.raw.setHeader(name, value);
        const { raw } = request;
        await mount.handle({ request: raw, response: reply.raw, body, caller, transport, version });
      },
    });
  }
}
