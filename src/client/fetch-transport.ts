// Over fetch: browsers and other runtimes. Node has a quicker way (node-transport.ts).
import { HongbaoError } from "../base/error.ts";
import { type Transport, type TransportRequest, transportError } from "./transport.ts";

export function fetchTransport(url: string): Transport {
  const base = url.replace(/\/+$/, "");
  return {
    send: async (request) => {
      const response = await run(base, request);
      const text = await response.text().catch((cause: unknown) => {
        throw lost(base, cause);
      });
      const { headers, status } = response;
      return { http: status, header: (name) => headers.get(name), text };
    },
    stream: async (request) => {
      const response = await run(base, request);
      const { headers, status } = response;
      return {
        http: status,
        header: (name) => headers.get(name),
        chunks: chunksOf(base, response),
      };
    },
    close: async () => {},
  };
}

async function run(base: string, request: TransportRequest): Promise<Response> {
  const { method, path, headers, body, timeoutMs, signal } = request;
  const late = new AbortController();
  const timer = setTimeout(() => late.abort(), timeoutMs);
  const signals = signal === undefined ? [late.signal] : [late.signal, signal];
  try {
    return await fetch(`${base}${path}`, {
      method,
      headers,
      ...(body === null ? {} : { body }),
      signal: AbortSignal.any(signals),
    });
  } catch (cause) {
    if (signal?.aborted === true) throw signal.reason;
    if (late.signal.aborted) {
      throw transportError("timeout", `no answer from ${base} within ${timeoutMs} ms`, cause);
    }
    throw lost(base, cause);
  } finally {
    clearTimeout(timer);
  }
}

async function* chunksOf(base: string, response: Response): AsyncGenerator<Uint8Array> {
  const reader = response.body?.getReader();
  if (reader === undefined) return;
  try {
    for (;;) {
      const { done, value } = await reader.read();
      if (done) return;
      yield value;
    }
  } catch (cause) {
    throw cause instanceof HongbaoError ? cause : lost(base, cause);
  } finally {
    await reader.cancel().catch(() => {}); // broken already
  }
}

/** fetch does not say whether the request had left, so its fate is unknown. */
function lost(base: string, cause: unknown): HongbaoError {
  return transportError("connection_lost", `the connection to ${base} failed`, cause);
}
