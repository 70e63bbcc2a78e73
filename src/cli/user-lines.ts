// User ids from a text file, one a line, in parts: files of any size, read once. A line that is no
// id stops the reading with its number; nothing of it is guessed.
import { isAscii } from "node:buffer";
import { createReadStream } from "node:fs";
import type { HongbaoError } from "../base/error.ts";
import { LIMITS } from "../base/limits.ts";
import { fileProblem } from "../contract/file-problem.ts";
import { isText } from "../contract/schema/text.ts";

const CHUNK_BYTES = 1_048_576;
/** Longer than any line that could hold an id, whatever its bytes. */
const LINE_BYTES = 65_536;
const NEWLINE = 0x0a;
const RETURN = 0x0d;

const FIRST = new TextDecoder("utf-8", { fatal: true });
const LATER = new TextDecoder("utf-8", { fatal: true, ignoreBOM: true });

/** A part, and how far in the file it ends. */
export interface UserPart {
  users: string[];
  bytes: number;
}

/** Empty lines are left out. Throws HongbaoError `invalid_file` with the number of the line. */
export async function* userLines(file: string): AsyncGenerator<UserPart> {
  const reader = new LineReader(file);
  let users: string[] = [];
  let bytes = 0;
  const stream = createReadStream(file, { highWaterMark: CHUNK_BYTES });
  for await (const chunk of stream as AsyncIterable<Buffer>) {
    bytes += chunk.length;
    for (const user of reader.take(chunk)) {
      users.push(user);
      if (users.length < LIMITS.listPartUsers) continue;
      yield { users, bytes };
      users = [];
    }
  }
  users.push(...reader.rest());
  yield { users, bytes };
}

class LineReader {
  private readonly file: string;
  private kept: Buffer = Buffer.alloc(0);
  private line = 0;

  constructor(file: string) {
    this.file = file;
  }

  /** The users of all lines that end in the chunk. */
  take(chunk: Buffer): string[] {
    const end = chunk.lastIndexOf(NEWLINE) + 1;
    if (end === 0) {
      this.kept = Buffer.concat([this.kept, chunk]);
      if (this.kept.length > LINE_BYTES) throw this.wrong(this.line + 1, "a longer line");
      return [];
    }
    const block = Buffer.concat([this.kept, chunk.subarray(0, end)]);
    this.kept = Buffer.from(chunk.subarray(end));
    return this.read(block);
  }

  /** What stands behind the last line's end. */
  rest(): string[] {
    return this.kept.length === 0 ? [] : this.read(this.kept);
  }

  private read(block: Buffer): string[] {
    const lines = this.decode(block).split("\n");
    if (block[block.length - 1] === NEWLINE) lines.pop();
    const users: string[] = [];
    for (const raw of lines) {
      this.line += 1;
      const user = raw.endsWith("\r") ? raw.slice(0, -1) : raw;
      if (user === "") continue;
      if (!isText(user, LIMITS.idBytes)) {
        throw this.wrong(this.line, `${Buffer.byteLength(user)} bytes`);
      }
      users.push(user);
    }
    return users;
  }

  private decode(block: Buffer): string {
    if (isAscii(block)) return block.toString("latin1");
    try {
      return (this.line === 0 ? FIRST : LATER).decode(block);
    } catch {
      throw this.wrong(this.line + badLine(block), "bytes that are not UTF-8");
    }
  }

  private wrong(line: number, found: string): HongbaoError {
    const expected = `a user's id of 1 to ${LIMITS.idBytes} bytes of UTF-8`;
    return fileProblem(this.file, `line ${line}`, `expected ${expected}, found ${found}`);
  }
}

/** Which line of a block is not UTF-8, from 1. */
function badLine(block: Buffer): number {
  let line = 1;
  for (let from = 0; from < block.length; line++) {
    const newline = block.indexOf(NEWLINE, from);
    const end = newline < 0 ? block.length : newline;
    try {
      LATER.decode(block.subarray(from, block[end - 1] === RETURN ? end - 1 : end));
    } catch {
      return line;
    }
    from = end + 1;
  }
  return line;
}
