// Over a pool of keep-alive connections in Node. Measured with 64 requests at a time against the
// same server: undici's dispatch 5.2, its request and node:http's agent 4.2, fetch 1 (in
// proportion).
import type { Dispatcher } from "undici";
import { HongbaoError } from "../base/error.ts";
import {
  type Transport,
  type TransportAnswer,
  type TransportRequest,
  transportError,
} from "./transport.ts";

type Undici = typeof import("undici");

const CONNECTIONS = 64;
/** Shorter than the server's, so that a connection is not used while the server closes it. */
const KEEP_ALIVE_MS = 30_000;
const CONNECT_MS = 5000;

/** The module is loaded at the first request, so that browsers never see it. */
export function nodeTransport(url: string, load: () => Promise<Undici>): Transport {
  const origin = new URL(url).origin;
  let pool: Promise<Dispatcher> | null = null;
  const open = (): Promise<Dispatcher> => {
    pool ??= load().then(
      ({ Pool }) =>
        new Pool(origin, {
          connections: CONNECTIONS,
          keepAliveTimeout: KEEP_ALIVE_MS,
          connect: { timeout: CONNECT_MS },
        }),
    );
    return pool;
  };
  return {
    send: async (request) => dispatch(await open(), origin, request),
    stream: async (request) => {
      const options = { ...optionsOf(request), headersTimeout: request.timeoutMs };
      const { signal } = request;
      const dispatcher = await open();
      const answer = await dispatcher
        .request(signal === undefined ? options : { ...options, signal })
        .catch((cause: unknown) => {
          throw translate(origin, request, cause);
        });
      const header = (name: string): string | null => first(answer.headers[name]);
      return { http: answer.statusCode, header, chunks: chunksOf(origin, request, answer.body) };
    },
    close: async () => {
      if (pool !== null) await (await pool).destroy();
    },
  };
}

/** undici's own timers are right to a second only: the client keeps time itself. */
function optionsOf({ method, path, headers, body }: TransportRequest) {
  return { method, path, headers, body, headersTimeout: 0, bodyTimeout: 0 } as const;
}

/** Gives up on a request after a silence or at its signal, also while it waits for a connection. */
function dispatch(
  dispatcher: Dispatcher,
  origin: string,
  request: TransportRequest,
): Promise<TransportAnswer> {
  return new Promise((resolve, reject) => {
    const { signal, timeoutMs } = request;
    let controller: Dispatcher.DispatchController | null = null;
    let given: Error | null = null;
    const giveUp = (reason: Error): void => {
      given = reason;
      end();
      reject(reason);
      controller?.abort(reason);
    };
    const aborted = (): void => giveUp(signal!.reason as Error);
    const timer = setTimeout(() => giveUp(late(origin, timeoutMs)), timeoutMs);
    const end = (): void => {
      clearTimeout(timer);
      signal?.removeEventListener("abort", aborted);
    };
    signal?.addEventListener("abort", aborted);
    let http = 0;
    let headers: Record<string, string | string[] | undefined> = {};
    let text = "";
    const decoder = new TextDecoder();
    dispatcher.dispatch(optionsOf(request), {
      onRequestStart: (started) => {
        controller = started;
        if (given !== null) started.abort(given);
      },
      onResponseStart: (_controller, statusCode, received) => {
        timer.refresh();
        http = statusCode;
        headers = received;
      },
      onResponseData: (_controller, chunk) => {
        timer.refresh();
        text += decoder.decode(chunk, { stream: true });
      },
      onResponseEnd: () => {
        end();
        text += decoder.decode();
        resolve({ http, header: (name) => first(headers[name]), text });
      },
      onResponseError: (_controller, error) => {
        end();
        reject(translate(origin, request, error));
      },
    });
  });
}

function late(origin: string, timeoutMs: number): HongbaoError {
  return transportError("timeout", `${origin} was silent for ${timeoutMs} ms`, null);
}

async function* chunksOf(
  origin: string,
  request: TransportRequest,
  body: AsyncIterable<Uint8Array>,
): AsyncGenerator<Uint8Array> {
  try {
    yield* body;
  } catch (cause) {
    throw translate(origin, request, cause);
  }
}

function first(value: string | string[] | undefined): string | null {
  return (Array.isArray(value) ? value[0] : value) ?? null;
}

const NEVER_SENT = new Set([
  "ECONNREFUSED",
  "ENOTFOUND",
  "EAI_AGAIN",
  "EHOSTUNREACH",
  "ENETUNREACH",
  "UND_ERR_CONNECT_TIMEOUT",
]);
const LATE = new Set(["UND_ERR_HEADERS_TIMEOUT", "UND_ERR_BODY_TIMEOUT"]);

function translate(origin: string, request: TransportRequest, cause: unknown): unknown {
  if (request.signal?.aborted === true) return request.signal.reason;
  if (cause instanceof HongbaoError) return cause;
  const code = codeOf(cause);
  if (NEVER_SENT.has(code)) {
    return transportError("unreachable", `${origin} cannot be reached (${code})`, cause);
  }
  if (LATE.has(code)) return late(origin, request.timeoutMs);
  const message = `the connection to ${origin} broke before the answer (${code})`;
  return transportError("connection_lost", message, cause);
}

function codeOf(cause: unknown): string {
  if (cause instanceof AggregateError) return codeOf(cause.errors[0]);
  if (!(cause instanceof Error)) return "unknown";
  const { code } = cause as NodeJS.ErrnoException;
  return code ?? (cause.cause === undefined ? cause.name : codeOf(cause.cause));
}
