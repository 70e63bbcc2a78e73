// One HTTP/1.1 keep-alive connection of the load generator, on a bare socket: it writes requests
// that were made before and finds the end of each answer, which is all that a generator must do.
// Cheap, so that on two cores the server is what is measured.
import { connect, type Socket } from "node:net";

const HEAD_END = Buffer.from("\r\n\r\n");
const STATUS = Buffer.from('"status":"');
const QUOTE = 0x22;

export type Answered = (connection: Connection, code: number, status: string) => void;

export class Connection {
  private readonly socket: Socket;
  private readonly answered: Answered;
  private rest: Buffer | null = null;
  underWay = 0;
  /** When the requests under way were due, oldest first, from `head` on. */
  readonly dueAtMs: number[] = [];
  head = 0;

  private constructor(socket: Socket, answered: Answered) {
    this.socket = socket;
    this.answered = answered;
    socket.setNoDelay(true);
    socket.on("data", (chunk: Buffer) => this.received(chunk));
  }

  static open(port: number, answered: Answered, failed: (why: Error) => void): Promise<Connection> {
    return new Promise((resolve, reject) => {
      const socket = connect(port, "127.0.0.1");
      socket.once("error", reject);
      socket.once("connect", () => {
        socket.off("error", reject);
        socket.on("error", failed);
        socket.on("close", () => failed(new Error("the server closed a connection")));
        resolve(new Connection(socket, answered));
      });
    });
  }

  send(requests: Uint8Array, dueAtMs: number): void {
    this.dueAtMs.push(dueAtMs);
    this.underWay += 1;
    this.socket.write(requests);
  }

  nextDueAtMs(): number {
    const due = this.dueAtMs[this.head++] ?? Number.NaN;
    this.underWay -= 1;
    if (this.underWay === 0) {
      this.dueAtMs.length = 0;
      this.head = 0;
    }
    return due;
  }

  /** Bytes that the socket could not pass on yet. */
  get backlog(): number {
    return this.socket.writableLength;
  }

  close(): void {
    this.socket.removeAllListeners("close");
    this.socket.destroy();
  }

  private received(chunk: Buffer): void {
    let bytes = this.rest === null ? chunk : Buffer.concat([this.rest, chunk]);
    this.rest = null;
    while (bytes.length > 0) {
      const headEnd = bytes.indexOf(HEAD_END);
      if (headEnd < 0) break;
      const bodyAt = headEnd + HEAD_END.length;
      const end = bodyAt + contentLength(bytes, headEnd);
      if (bytes.length < end) break;
      this.answered(this, codeOf(bytes), statusOf(bytes, bodyAt, end));
      bytes = bytes.subarray(end);
    }
    if (bytes.length > 0) this.rest = bytes;
  }
}

// "HTTP/1.1 200 …"
function codeOf(bytes: Buffer): number {
  const digit = (at: number): number => (bytes[at] ?? 0) - 0x30;
  return digit(9) * 100 + digit(10) * 10 + digit(11);
}

function contentLength(bytes: Buffer, headEnd: number): number {
  const head = bytes.toString("latin1", 0, headEnd);
  const match = /\r\ncontent-length: *(\d+)/i.exec(head);
  if (match === null) throw new Error(`the generator needs a content-length, got:\n${head}`);
  return Number(match[1]);
}

function statusOf(bytes: Buffer, from: number, to: number): string {
  const at = bytes.indexOf(STATUS, from);
  if (at < 0 || at >= to) return "";
  const start = at + STATUS.length;
  return bytes.toString("latin1", start, bytes.indexOf(QUOTE, start));
}
