// The journal as one archive, for whoever wants to verify it elsewhere: read in the log's thread, a
// piece at a time, and sent as fast as it is taken.
import type { ServerResponse } from "node:http";
import { LIMITS } from "../base/limits.ts";
import { contractError } from "../contract/index.ts";
import {
  COPY_BYTES,
  type CopiedFile,
  type JournalCopy,
  type Stretch,
} from "../transparency/journal-copy.ts";
import type { LogFollower } from "../transparency/log-follower.ts";
import { ANSWER_HEADERS } from "./answer-headers.ts";
import type { OperationCall } from "./operation-call.ts";
import { logOf } from "./receipt-handlers.ts";
import type { Service } from "./service.ts";
import { drained, dropAfter } from "./slow-readers.ts";
import { TAR_END, tarBytes, tarHead, tarPadding } from "./tar.ts";

const UNDER_WAY = new WeakMap<Service, number>();
const ZEROS = new Uint8Array(COPY_BYTES);

export async function exportJournal({ service, reply }: OperationCall): Promise<void> {
  const log = logOf(service);
  if (service.gate.isClosed) {
    throw contractError("shutting_down", "the server is stopping; no copy was begun");
  }
  const others = UNDER_WAY.get(service) ?? 0;
  if (others >= LIMITS.journalCopies) {
    const message = `${others} copies of the journal are under way, the most there may be`;
    throw contractError("overloaded", message);
  }
  UNDER_WAY.set(service, others + 1);
  try {
    const copy = await log.ask("copy", null);
    reply.hijack();
    service.metrics.count("journal.export", "ok");
    await send(log, copy, reply.raw, service.closing);
  } finally {
    UNDER_WAY.set(service, UNDER_WAY.get(service)! - 1);
  }
}

async function send(
  log: LogFollower,
  copy: JournalCopy,
  response: ServerResponse,
  closing: AbortSignal,
): Promise<void> {
  const gone = new AbortController();
  response.on("close", () => gone.abort());
  if (response.destroyed) gone.abort(); // while the log was asked
  const signal = AbortSignal.any([gone.signal, closing]);
  dropAfter(response, LIMITS.journalCopyMs);
  response.writeHead(200, {
    "content-type": "application/x-tar",
    "content-length": tarBytes(copy.files.map(({ bytes }) => bytes)),
    "content-disposition": `attachment; filename="${nameOf(copy)}"`,
    ...ANSWER_HEADERS,
    "hongbao-sequence": String(copy.sequence),
  });
  try {
    for await (const bytes of archive(log, copy)) {
      if (signal.aborted) break;
      if (!response.write(bytes)) await drained(response);
    }
  } catch {
    // The head promised more: whoever reads must not take the rest for whole.
    response.destroy();
    return;
  }
  if (signal.aborted) response.destroy();
  else response.end();
}

function nameOf({ ledgerId, sequence }: JournalCopy): string {
  return `hongbao-${ledgerId.replace(/[^\w-]/g, "")}-${sequence}.tar`;
}

async function* archive(log: LogFollower, copy: JournalCopy): AsyncGenerator<Uint8Array> {
  for (const file of copy.files) {
    yield tarHead(file.name, file.bytes, copy.atMs);
    for (const stretch of file.stretches) yield* bytesOf(log, file, stretch);
    yield ZEROS.subarray(0, tarPadding(file.bytes));
  }
  yield TAR_END;
}

async function* bytesOf(
  log: LogFollower,
  { name }: CopiedFile,
  stretch: Stretch,
): AsyncGenerator<Uint8Array> {
  if (stretch.kind === "given") {
    yield stretch.content;
    return;
  }
  for (let done = 0; done < stretch.bytes; done += COPY_BYTES) {
    const bytes = Math.min(COPY_BYTES, stretch.bytes - done);
    if (stretch.kind === "zeros") {
      yield ZEROS.subarray(0, bytes);
      continue;
    }
    const from = stretch.from + done;
    const read = await log.ask("copyBytes", { name, from, bytes });
    if (read.length < bytes) throw new Error(`${name} ended at byte ${from + read.length}`);
    yield read;
  }
}
