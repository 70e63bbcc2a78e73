// One HTTP/1.1 connection on a bare socket: it sends any bytes whatever, as no proper client would,
// and reads one answer to them.
import { connect, type Socket } from "node:net";

export interface RawAnswer {
  http: number;
  headers: Map<string, string>;
  body: string;
}

/** `closed`: the server hung up without an answer. `silent`: it waits for more. */
export type RawOutcome = RawAnswer | "closed" | "silent";

export class RawConnection {
  private readonly port: number;
  private socket: Socket | null = null;
  private received: Buffer = Buffer.alloc(0);
  private over = false;
  private wake: () => void = () => {};

  constructor(port: number) {
    this.port = port;
  }

  /** Sends a request and reads its answer. With `half`, says that nothing more will come. */
  async exchange(request: Buffer, how: { head: boolean; half: boolean }): Promise<RawOutcome> {
    const socket = await this.open();
    this.received = Buffer.alloc(0);
    socket.write(request);
    if (how.half) socket.end();
    const untilMs = Date.now() + 10_000;
    for (;;) {
      const answer = readAnswer(this.received, how.head, this.over);
      if (answer !== null) {
        if (answer.headers.get("connection") === "close" || how.half) this.close();
        return answer;
      }
      if (this.over) {
        this.close();
        return "closed";
      }
      if (Date.now() > untilMs) {
        this.close();
        return "silent";
      }
      await this.more();
    }
  }

  close(): void {
    this.socket?.destroy();
    this.socket = null;
  }

  private async open(): Promise<Socket> {
    if (this.socket !== null && !this.over) return this.socket;
    const socket = connect({ port: this.port, host: "127.0.0.1", allowHalfOpen: true });
    this.over = false;
    this.received = Buffer.alloc(0);
    socket.setNoDelay(true);
    socket.on("data", (chunk: Buffer) => {
      if (this.socket !== socket) return;
      this.received = this.received.length === 0 ? chunk : Buffer.concat([this.received, chunk]);
      this.wake();
    });
    const ended = (): void => {
      if (this.socket !== socket) return;
      this.over = true;
      this.wake();
    };
    socket.on("end", ended);
    socket.on("close", ended);
    socket.on("error", ended); // how the server hangs up is its own affair
    await new Promise<void>((resolve, reject) => {
      socket.once("connect", resolve);
      socket.once("error", reject);
    });
    this.socket = socket;
    return socket;
  }

  private more(): Promise<void> {
    return new Promise((resolve) => {
      const timer = setTimeout(resolve, 1000);
      this.wake = () => {
        clearTimeout(timer);
        resolve();
      };
    });
  }
}

function readAnswer(bytes: Buffer, isHead: boolean, over: boolean): RawAnswer | null {
  const headEnd = bytes.indexOf("\r\n\r\n");
  if (headEnd < 0) return null;
  const [first, ...lines] = bytes.toString("latin1", 0, headEnd).split("\r\n");
  const http = Number(first!.split(" ")[1]);
  const bodyAt = headEnd + 4;
  if (http === 100) return readAnswer(bytes.subarray(bodyAt), isHead, over);
  const headers = new Map(
    lines.map((line) => {
      const colon = line.indexOf(":");
      return [line.slice(0, colon).toLowerCase(), line.slice(colon + 1).trim()] as const;
    }),
  );
  const isStream = headers.get("content-type")?.startsWith("text/event-stream") === true;
  if (isHead || isStream) return { http, headers, body: "" };
  const body = readBody(bytes.subarray(bodyAt), headers, over);
  return body === null ? null : { http, headers, body };
}

function readBody(bytes: Buffer, headers: Map<string, string>, over: boolean): string | null {
  const length = headers.get("content-length");
  if (length !== undefined) {
    return bytes.length < Number(length) ? null : bytes.toString("utf8", 0, Number(length));
  }
  if (headers.get("transfer-encoding") !== "chunked") return over ? bytes.toString("utf8") : null;
  const parts: Buffer[] = [];
  let at = 0;
  for (;;) {
    const lineEnd = bytes.indexOf("\r\n", at);
    if (lineEnd < 0) return null;
    const size = Number.parseInt(bytes.toString("latin1", at, lineEnd), 16);
    const from = lineEnd + 2;
    if (bytes.length < from + size + 2) return null;
    if (size === 0) return Buffer.concat(parts).toString("utf8");
    parts.push(bytes.subarray(from, from + size));
    at = from + size + 2;
  }
}
