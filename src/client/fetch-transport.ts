// Over fetch: browsers and other runtimes. Node has a quicker way (node-transport.ts).
import { HongbaoError } from "../base/error.ts";
import { type Transport, type TransportRequest, transportError } from "./transport.ts";

/** @param cache what a browser's cache may do with answers; for browsers alone */
export function fetchTransport(url: string, cache?: RequestCache): Transport {
  const base = url.replace(/\/+$/, "");
  return {
    send: async (request) => {
      const silence = new Silence(request.timeoutMs);
      try {
        const response = await run(base, request, silence, cache);
        const { headers, status } = response;
        let text = "";
        const decoder = new TextDecoder();
        for await (const chunk of chunksOf(base, request, response, silence)) {
          silence.broken();
          text += decoder.decode(chunk, { stream: true });
        }
        text += decoder.decode();
        return { http: status, header: (name) => headers.get(name), text };
      } finally {
        silence.stop();
      }
    },
    stream: async (request) => {
      const silence = new Silence(request.timeoutMs);
      try {
        const response = await run(base, request, silence, cache);
        const { headers, status } = response;
        const chunks = chunksOf(base, request, response, silence);
        return { http: status, header: (name) => headers.get(name), chunks };
      } finally {
        silence.stop(); // a stream may be silent
      }
    },
    close: async () => {},
  };
}

/** Aborts its signal once nothing came for so long. */
class Silence {
  readonly signal: AbortSignal;
  private readonly late = new AbortController();
  private readonly mostMs: number;
  private timer: ReturnType<typeof setTimeout>;

  constructor(mostMs: number) {
    this.mostMs = mostMs;
    this.signal = this.late.signal;
    this.timer = this.start();
  }

  /** Something came: it begins anew. */
  broken(): void {
    this.stop();
    this.timer = this.start();
  }

  stop(): void {
    clearTimeout(this.timer);
  }

  private start(): ReturnType<typeof setTimeout> {
    return setTimeout(() => this.late.abort(), this.mostMs);
  }
}

async function run(
  base: string,
  request: TransportRequest,
  silence: Silence,
  cache?: RequestCache,
): Promise<Response> {
  const { method, path, headers, body, signal } = request;
  const signals = signal === undefined ? [silence.signal] : [silence.signal, signal];
  try {
    const response = await fetch(`${base}${path}`, {
      method,
      headers,
      ...(body === null ? {} : { body }),
      ...(cache === undefined ? {} : { cache }),
      signal: AbortSignal.any(signals),
    });
    silence.broken();
    return response;
  } catch (cause) {
    throw translate(base, request, silence, cause);
  }
}

async function* chunksOf(
  base: string,
  request: TransportRequest,
  response: Response,
  silence: Silence,
): AsyncGenerator<Uint8Array> {
  const reader = response.body?.getReader();
  if (reader === undefined) return;
  try {
    for (;;) {
      const { done, value } = await reader.read();
      if (done) return;
      yield value;
    }
  } catch (cause) {
    throw translate(base, request, silence, cause);
  } finally {
    await reader.cancel().catch(() => {}); // broken already
  }
}

/** fetch does not say whether the request had left, so its fate is unknown. */
function translate(
  base: string,
  { signal, timeoutMs }: TransportRequest,
  silence: Silence,
  cause: unknown,
): unknown {
  if (signal?.aborted === true) return signal.reason;
  if (silence.signal.aborted) {
    return transportError("timeout", `${base} was silent for ${timeoutMs} ms`, cause);
  }
  if (cause instanceof HongbaoError) return cause;
  return transportError("connection_lost", `the connection to ${base} failed`, cause);
}
