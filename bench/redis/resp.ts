// The little of Redis's protocol that the peers need, without a client library's cost: commands go
// out as ready bytes, and every answer asked for here is a single line.
import { connect, type Socket } from "node:net";

type Line = (line: string) => void;

export class RespConnection {
  private readonly socket: Socket;
  private readonly waiting: Line[] = [];
  private head = 0;
  private rest = "";
  /** Set, it gets every line, and nobody waits for one. */
  onLine: Line | null = null;

  private constructor(socket: Socket) {
    this.socket = socket;
    socket.on("data", (chunk: Buffer) => this.received(chunk));
  }

  static open(socketPath: string): Promise<RespConnection> {
    return new Promise((resolve, reject) => {
      const socket = connect(socketPath);
      socket.once("error", reject);
      socket.once("connect", () => resolve(new RespConnection(socket)));
    });
  }

  write(bytes: Uint8Array): void {
    this.socket.write(bytes);
  }

  /** Sends commands that were encoded before; `answer` is called once for each, in order. */
  pipeline(commands: string, answers: Line[]): void {
    this.waiting.push(...answers);
    this.socket.write(commands);
  }

  /** One command whose answer is one line, such as `+OK`, `:1` or `-ERR …`. */
  call(words: string[]): Promise<string> {
    return new Promise((resolve) => this.pipeline(encodeCommand(words), [resolve]));
  }

  close(): void {
    this.socket.destroy();
  }

  private received(chunk: Buffer): void {
    const text = this.rest + chunk.toString("latin1");
    let from = 0;
    for (;;) {
      const to = text.indexOf("\r\n", from);
      if (to < 0) break;
      this.answered(text.slice(from, to));
      from = to + 2;
    }
    this.rest = text.slice(from);
  }

  private answered(line: string): void {
    if (this.onLine !== null) {
      this.onLine(line);
      return;
    }
    this.waiting[this.head++]?.(line);
    if (this.head === this.waiting.length) {
      this.waiting.length = 0;
      this.head = 0;
    }
  }
}

export function encodeCommand(words: readonly string[]): string {
  let text = `*${words.length}\r\n`;
  for (const word of words) text += `$${Buffer.byteLength(word)}\r\n${word}\r\n`;
  return text;
}
