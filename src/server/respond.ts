// Answers and errors as HTTP, the same on the hot path and behind Fastify.
import type { OutgoingHttpHeaders, ServerResponse } from "node:http";
import { HongbaoError } from "../base/error.ts";
import { contractError, errorBody, errorEntry } from "../contract/index.ts";
import { ANSWER_HEADERS, DATA_HEADERS } from "./answer-headers.ts";
import { retryAfterMs } from "./gate.ts";

export interface ErrorReply {
  http: number;
  headers: OutgoingHttpHeaders;
  json: string;
}

/** Whatever was thrown, as what may travel: a bug shows nothing of itself. */
export function asHongbaoError(error: unknown): HongbaoError {
  if (error instanceof HongbaoError) return error;
  return contractError("internal", "a defect of hongbao; the log has more");
}

/** Errors of the machine begin with a place on its disk: callers are told the file's name alone. */
export function withoutFolders(error: HongbaoError): HongbaoError {
  const { code, retryable, details } = error;
  if (code !== "invalid_file" && code !== "disk_full") return error;
  const message = error.message.replace(/^(?:[A-Z]:)?[^:]*[\\/]/i, "");
  return new HongbaoError({ code, message, retryable, details });
}

/** How an error travels. `http` overrules the catalogue where HTTP has a number of its own. */
export function errorReply(error: HongbaoError, http?: number): ErrorReply {
  const number = http ?? errorEntry(error.code).http ?? 500;
  const json = JSON.stringify(errorBody(withoutFolders(error)));
  const headers: OutgoingHttpHeaders = {
    "content-type": "application/json; charset=utf-8",
    ...ANSWER_HEADERS,
  };
  if (number === 503) {
    const afterMs = retryAfterMs();
    headers["retry-after"] = String(Math.ceil(afterMs / 1000));
    headers["retry-after-ms"] = String(afterMs);
  }
  if (number === 401) headers["www-authenticate"] = "Bearer";
  return { http: number, headers, json };
}

export function sendError(response: ServerResponse, error: HongbaoError, isLast: boolean): void {
  const { http, headers, json } = errorReply(error);
  if (isLast) headers.connection = "close";
  headers["content-length"] = Buffer.byteLength(json);
  response.writeHead(http, headers);
  response.end(json);
}

/** As Node writes them without looking at each. */
const JSON_HEADERS: readonly string[] = [
  ...Object.entries(DATA_HEADERS).flat(),
  ...["content-type", "application/json; charset=utf-8", "content-length"],
];

/** A decided answer. */
export function sendJson(
  response: ServerResponse,
  http: number,
  json: string,
  isLast: boolean,
): void {
  const headers = [...JSON_HEADERS, String(Buffer.byteLength(json))];
  if (isLast) headers.push("connection", "close");
  response.writeHead(http, headers);
  response.end(json);
}
