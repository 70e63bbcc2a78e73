// Handlers beside the operation table that speak a protocol of their own over HTTP, such as the tools
// for AI assistants. They get a caller whose key is known to be good, and nothing of the engine.
import type { IncomingMessage, ServerResponse } from "node:http";
import type { FastifyInstance } from "fastify";
import { HongbaoError } from "../base/error.ts";
import { contractError } from "../contract/index.ts";
import { NdjsonBody } from "./body.ts";
import type { Caller } from "./keys.ts";
import type { Service } from "./service.ts";

export interface MountRequest {
  request: IncomingMessage;
  response: ServerResponse;
  /** The JSON body, already parsed; undefined where there is none. */
  body: unknown;
  caller: Caller;
}

export interface Mount {
  /** Such as `/mcp`. */
  readonly path: string;
  handle(call: MountRequest): Promise<void>;
  close(): Promise<void>;
}

export function addMounts(app: FastifyInstance, service: Service, mounts: readonly Mount[]): void {
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
        await mount.handle({ request: request.raw, response: reply.raw, body, caller });
      },
    });
  }
}
