// From what came back to an answer or a HongbaoError. What stands between client and server answers
// in JSON too, with a status of its own: only what the contract knows counts as decided.
import { HongbaoError } from "../base/error.ts";
import { type ErrorBody, errorEntry } from "../contract/errors.ts";
import type { AnswerOf, OperationName } from "../contract/operation.ts";
import { OPERATIONS } from "../contract/operations.ts";
import { type Status, statusHttp } from "../contract/statuses.ts";
import type { TransportAnswer } from "./transport.ts";

/** Numbers of what passes: then asking again helps. */
const PASSING = new Set([502, 503, 504]);

/** The decided answer. Throws HongbaoError: the server's own, or `bad_answer`. */
export function readAnswer<N extends OperationName>(name: N, answer: TransportAnswer): AnswerOf<N> {
  const value = parseObject(answer.text);
  if (value !== null && isAnswer(name, value, answer.http)) return value as AnswerOf<N>;
  throw errorIn(value, answer);
}

/** One line of a batch: its answer, or its error. */
export function readLine<N extends OperationName>(
  name: N,
  line: string,
  answer: TransportAnswer,
): AnswerOf<N> | HongbaoError {
  const value = parseObject(line);
  const status = value === null ? null : statusOf(name, value);
  return status === null ? errorIn(value, answer) : (value as AnswerOf<N>);
}

/** What an answer without a decision says. */
export function readError(answer: TransportAnswer): HongbaoError {
  return errorIn(parseObject(answer.text), answer);
}

function isAnswer(name: OperationName, value: object, http: number): boolean {
  const { outcomes, answer } = OPERATIONS[name];
  if (outcomes.length > 0) {
    const status = statusOf(name, value);
    return status !== null && http === statusHttp(status);
  }
  // Nothing is decided there; a server that is not well says so with 503.
  const isWell = http === 200 || (http === 503 && "status" in value);
  return isWell && answer.safeParse(value).success;
}

function statusOf(name: OperationName, value: object): Status | null {
  const { outcomes } = OPERATIONS[name];
  return "status" in value ? (outcomes.find((status) => status === value.status) ?? null) : null;
}

function errorIn(value: object | null, answer: TransportAnswer): HongbaoError {
  return value !== null && isErrorBody(value) ? errorOf(value, answer) : badAnswer(answer);
}

/** An error as the server sent it. */
function errorOf(
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
      fate: errorEntry(code).fate,
      ...(retryAfterMs === null ? {} : { retryAfterMs }),
    },
  });
}

/** Proxies put things under `error` too, but not these four. */
function isErrorBody(value: object): value is ErrorBody {
  const { error } = value as { error?: Partial<ErrorBody["error"]> | null };
  if (typeof error !== "object" || error === null) return false;
  const texts = [error.code, error.message, error.next];
  return texts.every((text) => typeof text === "string") && typeof error.retryable === "boolean";
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

/** Something between answered, which knows nothing of the request's fate. */
function badAnswer(answer: TransportAnswer): HongbaoError {
  const retryAfterMs = retryAfter(answer);
  return new HongbaoError({
    code: "bad_answer",
    message: `expected an answer of hongbao, got HTTP ${answer.http} without one`,
    retryable: PASSING.has(answer.http),
    details: {
      http: answer.http,
      fate: errorEntry("bad_answer").fate,
      ...(retryAfterMs === null ? {} : { retryAfterMs }),
    },
  });
}
