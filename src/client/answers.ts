// From what came back to an answer or a HongbaoError.
import { HongbaoError } from "../base/error.ts";
import type { ErrorBody } from "../contract/index.ts";
import type { TransportAnswer } from "./transport.ts";

/** Numbers with which proxies say that they know nothing of the request's fate. */
const PROXY_UNKNOWN = new Set([502, 504]);

/** The decided answer. Throws HongbaoError: the server's own, or `bad_answer`. */
export function readAnswer<A>(answer: TransportAnswer): A {
  const value = parseObject(answer.text);
  if (value !== null && isErrorBody(value)) throw errorOf(value, answer);
  if (value !== null && (answer.http === 200 || hasStatus(value))) return value as A;
  throw badAnswer(answer);
}

/** An error as the server sent it. */
export function errorOf(
  { error }: ErrorBody,
  answer: Pick<TransportAnswer, "http" | "header">,
): HongbaoError {
  const { code, message, retryable, next: _, ...details } = error;
  const retryAfterMs = retryAfter(answer);
  return new HongbaoError({
    code,
    message,
    retryable,
    details: {
      ...details,
      http: answer.http,
      fate: "undecided",
      ...(retryAfterMs === null ? {} : { retryAfterMs }),
    },
  });
}

export function isErrorBody(value: object): value is ErrorBody {
  if (!("error" in value)) return false;
  const { error } = value;
  return typeof error === "object" && error !== null && "code" in error && "message" in error;
}

function hasStatus(value: object): boolean {
  return "status" in value && typeof value.status === "string";
}

function parseObject(text: string): object | null {
  try {
    const value: unknown = JSON.parse(text);
    return typeof value === "object" && value !== null ? value : null;
  } catch (error) {
    if (!(error instanceof SyntaxError)) throw error;
    return null;
  }
}

function retryAfter({ header }: Pick<TransportAnswer, "header">): number | null {
  const ms = Number(header("retry-after-ms") ?? Number.NaN);
  if (ms >= 0) return ms;
  const seconds = Number(header("retry-after") ?? Number.NaN);
  return seconds >= 0 ? seconds * 1000 : null;
}

/** Something between answered. A 502 to 504 passes, and then asking again helps. */
function badAnswer(answer: TransportAnswer): HongbaoError {
  const passing = PROXY_UNKNOWN.has(answer.http) || answer.http === 503;
  const retryAfterMs = retryAfter(answer);
  return new HongbaoError({
    code: "bad_answer",
    message: `expected an answer of hongbao, got HTTP ${answer.http} without one`,
    retryable: passing,
    details: {
      http: answer.http,
      fate: answer.http === 503 ? "undecided" : "unknown",
      ...(retryAfterMs === null ? {} : { retryAfterMs }),
    },
  });
}
