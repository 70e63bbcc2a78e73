// What Fastify and Node refuse by themselves, in the words of our own catalogue: bodies, addresses,
// methods, broken HTTP. Input never gets a 500.
import type { Socket } from "node:net";
import type { FastifyError, FastifyInstance, FastifyReply, FastifyRequest } from "fastify";
import { HongbaoError } from "../base/error.ts";
import { contractError, OPERATION_LIST } from "../contract/index.ts";
import { NdjsonBody, parseJson } from "./body.ts";
import { sendStrayPage } from "./console-files.ts";
import { asHongbaoError, errorReply } from "./respond.ts";
import type { Service } from "./service.ts";

export function prepare(app: FastifyInstance, service: Service): void {
  addParsers(app);
  app.setErrorHandler((error, request, reply) => {
    const known = translate(error);
    if (known.code === "internal") {
      service.log.error({ err: error, requestId: request.id }, "a defect");
    }
    service.metrics.count(operationOf(request), known.code);
    return replyError(reply, known, service.gate.isClosed);
  });
  app.setNotFoundHandler((request, reply) => {
    if (sendStrayPage(request, reply)) return;
    const allowed = methodsOf(request.url);
    const error = allowed.length === 0 ? noSuchAddress() : wrongMethod(request.method, allowed);
    if (allowed.length > 0) void reply.header("allow", allowed.join(", "));
    service.metrics.count("unknown", error.code);
    return replyError(reply, error, service.gate.isClosed);
  });
}

/** Bodies are taken as bytes: what is not UTF-8 must be refused, not repaired. */
function addParsers(app: FastifyInstance): void {
  app.removeAllContentTypeParsers();
  app.addContentTypeParser(
    "application/json",
    { parseAs: "buffer" },
    async (request: FastifyRequest, body: Buffer) => {
      refuseEncodings(request);
      return body.length === 0 ? undefined : parseJson(body);
    },
  );
  app.addContentTypeParser(
    "application/x-ndjson",
    { parseAs: "buffer" },
    async (request: FastifyRequest, body: Buffer) => {
      refuseEncodings(request);
      return new NdjsonBody(body);
    },
  );
}

const CHARSET = /;\s*charset\s*=\s*"?([^\s;"]*)/i;

/** Bodies are read as they come, as UTF-8: one that says otherwise would be misread. */
function refuseEncodings({ headers }: FastifyRequest): void {
  const encoding = headers["content-encoding"];
  if (encoding !== undefined && encoding !== "identity") {
    throw contractError("unsupported_media_type", "expected a body without content-encoding");
  }
  const charset = CHARSET.exec(headers["content-type"] ?? "")?.[1];
  if (charset === undefined || /^utf-?8$/i.test(charset)) return;
  throw contractError("unsupported_media_type", "expected charset=utf-8, or none");
}

/** Fastify calls it for addresses that cannot be decoded. */
export function frameworkError(
  _error: FastifyError,
  request: FastifyRequest,
  reply: FastifyReply,
): void {
  if (sendStrayPage(request, reply)) return;
  const details = { path: "$", expected: "a percent-encoded address", found: "another" };
  const message = "the address: expected percent-encoded UTF-8";
  void replyError(reply, contractError("invalid_request", message, details), false);
}

function translate(error: unknown): HongbaoError {
  if (error instanceof HongbaoError) return error;
  const { code, statusCode } = error as Partial<FastifyError>;
  switch (code) {
    case "FST_ERR_CTP_INVALID_MEDIA_TYPE":
      return contractError("unsupported_media_type", "expected application/json");
    case "FST_ERR_CTP_BODY_TOO_LARGE":
      return contractError("body_too_large", "the body is larger than this operation takes");
    case "FST_ERR_CTP_INVALID_CONTENT_LENGTH":
      return invalid("as many bytes of body as content-length says");
  }
  if (statusCode !== undefined && statusCode >= 400 && statusCode < 500) {
    return invalid("a request that HTTP allows");
  }
  return asHongbaoError(error);
}

function invalid(expected: string): HongbaoError {
  const details = { path: "$", expected, found: "another" };
  return contractError("invalid_request", `$: expected ${expected}`, details);
}

function replyError(reply: FastifyReply, error: HongbaoError, isLast: boolean): FastifyReply {
  const { http, headers, json } = errorReply(error);
  if (isLast) void reply.header("connection", "close");
  return reply.code(http).headers(headers).header("request-id", reply.request.id).send(json);
}

function operationOf(request: FastifyRequest): string {
  const { url } = request.routeOptions;
  return PATHS.find(({ route }) => route === url)?.name ?? "unknown";
}

const PATHS = OPERATION_LIST.flatMap(({ name, method, path, batchPath }) => {
  const paths = [{ method, path }];
  if (batchPath !== null) paths.push({ method: "POST", path: batchPath });
  return paths.map((one) => ({
    name,
    method: one.method,
    route: one.path.replace(/\{([a-z]+)\}/g, ":$1"),
    pattern: new RegExp(`^${one.path.replaceAll(".", "\\.").replace(/\{[a-z]+\}/g, "[^/]+")}$`),
  }));
});

function methodsOf(url: string): string[] {
  const path = url.split("?", 1)[0]!;
  return [...new Set(PATHS.filter(({ pattern }) => pattern.test(path)).map((row) => row.method))];
}

function noSuchAddress(): HongbaoError {
  return contractError("not_found", "there is no such address; /openapi.json lists them all");
}

function wrongMethod(method: string, allowed: string[]): HongbaoError {
  const message = `expected ${allowed.join(" or ")} at this address, got ${method}`;
  return contractError("method_not_allowed", message);
}

/**
 * Broken HTTP: there is no request yet, only a socket. While an earlier request of the same
 * connection waits for its answer, an error would be taken for that answer: then the connection
 * just ends.
 */
export function onClientError(
  error: NodeJS.ErrnoException,
  socket: Socket,
  isAnswered: boolean,
): void {
  if (error.code === "ECONNRESET" || !socket.writable || !isAnswered) {
    socket.destroy();
    return;
  }
  const { http, known } = clientError(error.code);
  const { headers, json } = errorReply(known, http);
  const lines = Object.entries(headers).map(([name, value]) => `${name}: ${value}\r\n`);
  const length = `content-length: ${Buffer.byteLength(json)}\r\n`;
  socket.end(
    `HTTP/1.1 ${http} Refused\r\n${lines.join("")}${length}connection: close\r\n\r\n${json}`,
  );
}

function clientError(code: string | undefined): { http: number; known: HongbaoError } {
  switch (code) {
    case "HPE_HEADER_OVERFLOW":
      return { http: 431, known: invalid("headers of at most 16 KiB") };
    case "ERR_HTTP_REQUEST_TIMEOUT":
      return { http: 408, known: invalid("a whole request in time") };
    default:
      return { http: 400, known: invalid("HTTP/1.1") };
  }
}
