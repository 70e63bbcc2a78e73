// How a client's requests travel: over fetch in browsers, over a pool of connections in Node, or
// straight into a server of the same process.
import { HongbaoError } from "../base/error.ts";

export interface TransportRequest {
  method: "GET" | "POST" | "DELETE";
  /** With its query, from the first slash on. */
  path: string;
  headers: Record<string, string>;
  body: string | null;
  /** Longest silence before the answer counts as lost. */
  timeoutMs: number;
  signal?: AbortSignal;
}

export interface TransportAnswer {
  http: number;
  /** A header by its lower-case name. */
  header(name: string): string | null;
  text: string;
}

export interface TransportStream {
  http: number;
  header(name: string): string | null;
  /** The body as it comes. Rejects as `send` does. */
  chunks: AsyncIterable<Uint8Array>;
}

/** Rejects with HongbaoError `unreachable`, `connection_lost` or `timeout` when no answer came. */
export interface Transport {
  send(request: TransportRequest): Promise<TransportAnswer>;
  stream(request: TransportRequest): Promise<TransportStream>;
  close(): Promise<void>;
}

/** `fate`: whether the request may have been decided although no answer came. */
export function transportError(
  code: "unreachable" | "connection_lost" | "timeout",
  message: string,
  cause: unknown,
): HongbaoError {
  const fate = code === "unreachable" ? "undecided" : "unknown";
  return new HongbaoError({ code, message, retryable: true, cause, details: { fate } });
}
