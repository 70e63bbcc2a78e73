// Our server for the benches over HTTP: the built command line in a process of its own, with a
// fresh data folder and the bench's campaign open.

export interface OurServer {
  port: number;
  pid: number;
  /** Path of the claims. */
  path: string;
  /** The key's header. */
  headers: Record<string, string>;
  stop(): Promise<void>;
}

/** A text says why it cannot be started. */
export async function startOurServer(): Promise<OurServer | string> {
  return "the server is not wired into this bench";
}
