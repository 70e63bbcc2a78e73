// Node's HTTP server with our bounds, in our own words where it refuses by itself.
import { createServer, type IncomingMessage, type Server, type ServerResponse } from "node:http";
import type { Socket } from "node:net";
import { LIMITS } from "../base/limits.ts";
import { contractError } from "../contract/index.ts";
import { onClientError } from "./framework.ts";
import { sendError } from "./respond.ts";

const NO_HOST = contractError("invalid_request", "expected the header host, found none", {
  path: "host",
});
const ODD_EXPECTATION = contractError("invalid_request", "expected no other than 100-continue", {
  path: "expect",
});

/** Connections that never sent a request, by server. */
const UNUSED = new WeakMap<Server, Set<Socket>>();

export function createHttpServer(
  handle: (request: IncomingMessage, response: ServerResponse) => void,
): Server {
  // The newest answer of each connection: while it is open, whatever else comes may not be
  // answered.
  const answers = new WeakMap<Socket, ServerResponse>();
  const unused = new Set<Socket>();
  const server = createServer(
    {
      keepAliveTimeout: LIMITS.keepAliveMs,
      headersTimeout: LIMITS.headersTimeoutMs,
      requestTimeout: LIMITS.bodyTimeoutMs,
      connectionsCheckingInterval: 5000,
      noDelay: true,
      // Refused below, in our own words.
      requireHostHeader: false,
    },
    (request, response) => {
      if (!answers.has(request.socket)) unused.delete(request.socket);
      answers.set(request.socket, response);
      if (request.headers.host === undefined) return sendError(response, NO_HOST, true);
      handle(request, response);
    },
  );
  server.maxConnections = LIMITS.connections;
  UNUSED.set(server, unused);
  server.on("connection", (socket: Socket) => {
    unused.add(socket);
    socket.once("close", () => unused.delete(socket));
  });
  server.on("checkExpectation", (_request, response: ServerResponse) => {
    sendError(response, ODD_EXPECTATION, true);
  });
  server.on("clientError", (error: NodeJS.ErrnoException, socket: Socket) => {
    onClientError(error, socket, answers.get(socket)?.writableFinished ?? true);
  });
  return server;
}

/** Node counts them as busy until their first request; a server that closes should not wait. */
export function closeUnused(server: Server): void {
  for (const socket of UNUSED.get(server) ?? []) socket.destroy();
}
