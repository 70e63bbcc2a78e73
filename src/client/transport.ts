// How a client's requests travel: over fetch in browsers, over a pool of connections in Node, or
// straight into a server of the same process.

export interface TransportRequest {
  method: "GET" | "POST" | "DELETE";
  /** With its query, from the first slash on. */
  path: string;
  headers: Record<string, string>;
  body: string | null;
  signal?: AbortSignal;
}

export interface TransportAnswer {
  http: number;
  /** A header by its lower-case name. */
  header(name: string): string | null;
  /** The whole body. Rejects when it breaks off. */
  text(): Promise<string>;
  /** The body as it comes. */
  chunks(): AsyncIterable<Uint8Array>;
}

/** Rejects when no answer came; what has become of the request is then unknown. */
export interface Transport {
  send(request: TransportRequest): Promise<TransportAnswer>;
  close(): Promise<void>;
}
