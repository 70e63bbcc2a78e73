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

interface Exchange {
  request: IncomingMessage;
  response: ServerResponse;
}

/** The newest exchange of each connection, null before the first one; by server. */
const CONNECTIONS = new WeakMap<Server, Map<Socket, Exchange | null>>();

export function createHttpServer(
  handle: (request: IncomingMessage, response: ServerResponse) => void,
): Server {
  const connections = new Map<Socket, Exchange | null>();
  const queued = new Map<Socket, Set<ServerResponse>>();
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
      connections.set(request.socket, { request, response });
      if (response.socket === null) enqueue(queued, request.socket, response);
      if (request.headers.host === undefined) return sendError(response, NO_HOST, true);
      handle(request, response);
    },
  );
  server.maxConnections = LIMITS.connections;
  CONNECTIONS.set(server, connections);
  server.on("connection", (socket: Socket) => {
    connections.set(socket, null);
    socket.once("close", () => {
      connections.delete(socket);
      endQueued(queued, socket);
    });
  });
  server.on("checkExpectation", (_request, response: ServerResponse) => {
    sendError(response, ODD_EXPECTATION, true);
  });
  server.on("clientError", (error: NodeJS.ErrnoException, socket: Socket) => {
    // While the newest answer is open, whatever else comes may not be answered.
    const isAnswered = connections.get(socket)?.response.writableFinished ?? true;
    onClientError(error, socket, isAnswered);
  });
  return server;
}

/** Notes an answer that waits for an earlier one of its connection. */
function enqueue(
  queued: Map<Socket, Set<ServerResponse>>,
  socket: Socket,
  response: ServerResponse,
): void {
  const waiting = queued.get(socket) ?? new Set();
  queued.set(socket, waiting.add(response));
  response.once("socket", () => waiting.delete(response));
}

/** Node tells only the answer whose turn it was that the connection is gone. */
function endQueued(queued: Map<Socket, Set<ServerResponse>>, socket: Socket): void {
  const waiting = queued.get(socket);
  queued.delete(socket);
  for (const response of waiting ?? []) {
    response.destroyed = true;
    response.emit("close");
  }
}

/** Ends connections on which no answer is owed, whatever else Node may wait for on them. */
export function closeUnowed(server: Server): void {
  for (const [socket, exchange] of CONNECTIONS.get(server) ?? []) {
    if (exchange === null || !isOwed(exchange)) socket.destroy();
  }
}

/**
 * A request of which a part is missing was not accepted. An answer that has no socket yet waits for
 * that of an earlier request.
 */
function isOwed({ request, response }: Exchange): boolean {
  if (response.writableFinished) return false;
  return request.complete || response.headersSent || response.socket === null;
}

/** How long a server has had no connection, in milliseconds; 0 while it has one. */
export function idleClock(server: Server): () => number {
  const connections = CONNECTIONS.get(server)!;
  let sinceMs = performance.now();
  server.on("connection", (socket: Socket) => {
    socket.once("close", () => {
      sinceMs = performance.now();
    });
  });
  return () => (connections.size > 0 ? 0 : performance.now() - sinceMs);
}
