// Many lines at once: they are gathered into batches, several are under way at a time, and answers
// come in the order of the lines. Lines that were not decided are sent again with the same id.
import { HongbaoError } from "../base/error.ts";
import type { AnswerOf, BodyOf } from "../contract/operation.ts";
import { fillPath, OPERATIONS } from "../contract/operations.ts";
import { readError, readLine } from "./answers.ts";
import { completed, type LineOf, type MoneyName } from "./inputs.ts";
import { withRetries } from "./retry.ts";
import type { TransportAnswer } from "./transport.ts";

export interface BatchOptions {
  /** Lines of one request. */
  lines?: number;
  /** Requests under way at a time. */
  concurrency?: number;
  /** Longest that a line waits for others before it is sent. */
  gatherMs?: number;
  signal?: AbortSignal;
  totalMs?: number;
}

export type BatchAnswer<N extends MoneyName> = AnswerOf<N> | HongbaoError;

/** Sends one NDJSON body. */
export type SendBatch = (
  path: string,
  body: string,
  signal?: AbortSignal,
) => Promise<TransportAnswer>;

const LINES = 1000;
const CONCURRENCY = 4;
const GATHER_MS = 5;

/** One answer a line, in order. A line that could not be decided yields its error. */
export async function* runBatches<N extends MoneyName>(
  name: N,
  campaign: string,
  lines: Iterable<LineOf<N>> | AsyncIterable<LineOf<N>>,
  send: SendBatch,
  options: BatchOptions & { totalMs: number },
): AsyncGenerator<BatchAnswer<N>> {
  const { concurrency = CONCURRENCY } = options;
  const path = fillPath(OPERATIONS[name].batchPath!, { campaign });
  const underWay: Promise<BatchAnswer<N>[]>[] = [];
  let broken: BrokenSource | null = null;
  for await (const gathered of gather(lines, options)) {
    if (gathered instanceof BrokenSource) {
      broken = gathered;
      break;
    }
    const bodies = gathered.map((line) => completed(name, line));
    const answers = runBatch(name, path, bodies, send, options);
    answers.catch(() => {}); // looked at in its turn
    underWay.push(answers);
    if (underWay.length >= concurrency) yield* await underWay.shift()!;
  }
  for (const answers of underWay) yield* await answers;
  if (broken !== null) throw broken.reason;
}

/** The caller's source threw: what came before is sent and answered first. */
class BrokenSource {
  readonly reason: unknown;

  constructor(reason: unknown) {
    this.reason = reason;
  }
}

function gather<L>(
  lines: Iterable<L> | AsyncIterable<L>,
  { lines: most = LINES, gatherMs = GATHER_MS }: BatchOptions,
): AsyncGenerator<L[] | BrokenSource> {
  return Symbol.iterator in lines
    ? gatherAtHand(lines, most)
    : gatherInTime(lines[Symbol.asyncIterator](), most, gatherMs);
}

async function* gatherAtHand<L>(
  lines: Iterable<L>,
  most: number,
): AsyncGenerator<L[] | BrokenSource> {
  let full: L[] = [];
  let broken: BrokenSource | null = null;
  try {
    for (const line of lines) {
      full.push(line);
      if (full.length < most) continue;
      yield full;
      full = [];
    }
  } catch (reason) {
    broken = new BrokenSource(reason);
  }
  if (full.length > 0) yield full;
  if (broken !== null) yield broken;
}

async function* gatherInTime<L>(
  iterator: AsyncIterator<L>,
  most: number,
  gatherMs: number,
): AsyncGenerator<L[] | BrokenSource> {
  let full: L[] = [];
  let next = nextOf(iterator);
  let dueAtMs = 0;
  let ended = false;
  try {
    for (;;) {
      const waitMs = full.length === 0 ? null : Math.max(0, dueAtMs - Date.now());
      const result = await nextOrLate(next, waitMs);
      if (result === "late") {
        yield full;
        full = [];
        continue;
      }
      ended = result instanceof BrokenSource || result.done === true;
      if (ended && full.length > 0) yield full;
      if (result instanceof BrokenSource) yield result;
      if (result instanceof BrokenSource || result.done === true) return;
      if (full.length === 0) dueAtMs = Date.now() + gatherMs;
      full.push(result.value);
      next = nextOf(iterator);
      if (full.length < most) continue;
      yield full;
      full = [];
    }
  } finally {
    // Whoever breaks out of the loop does not wait for a source that may wait for its next line.
    if (!ended) iterator.return?.().catch(() => {});
  }
}

/** Never rejects: between two batches nobody listens yet. */
function nextOf<L>(iterator: AsyncIterator<L>): Promise<IteratorResult<L> | BrokenSource> {
  return iterator.next().catch((reason: unknown) => new BrokenSource(reason));
}

async function nextOrLate<T>(next: Promise<T>, waitMs: number | null): Promise<T | "late"> {
  if (waitMs === null) return next;
  let timer: ReturnType<typeof setTimeout> | undefined;
  const late = new Promise<"late">((resolve) => {
    timer = setTimeout(() => resolve("late"), waitMs);
  });
  try {
    return await Promise.race([next, late]);
  } finally {
    clearTimeout(timer);
  }
}

/** Sends until every line is decided or its error is final. */
async function runBatch<N extends MoneyName>(
  name: N,
  path: string,
  bodies: BodyOf<N>[],
  send: SendBatch,
  options: BatchOptions & { totalMs: number },
): Promise<BatchAnswer<N>[]> {
  const { signal, totalMs } = options;
  const answers: BatchAnswer<N>[] = new Array<BatchAnswer<N>>(bodies.length);
  let open = bodies.map((_, at) => at);
  const attempt = async (): Promise<void> => {
    const body = open.map((at) => `${JSON.stringify(bodies[at])}\n`).join("");
    const answer = await send(path, body, signal);
    const decided = readLines(name, answer, open.length);
    let again: HongbaoError | null = null;
    open = open.filter((at, i) => {
      const line = decided[i]!;
      answers[at] = line;
      if (!(line instanceof HongbaoError) || !line.retryable) return false;
      again = line;
      return true;
    });
    if (again !== null) throw again;
  };
  const retry = { totalMs, repeatable: true };
  try {
    await withRetries(attempt, signal === undefined ? retry : { ...retry, signal });
  } catch (error) {
    if (!(error instanceof HongbaoError)) throw error;
    for (const at of open) answers[at] = error;
  }
  return answers;
}

function readLines<N extends MoneyName>(
  name: N,
  answer: TransportAnswer,
  expected: number,
): BatchAnswer<N>[] {
  if (answer.http !== 200) throw readError(answer);
  const lines = answer.text.split("\n");
  if (lines.length !== expected + 1) {
    throw new HongbaoError({
      code: "connection_lost",
      message: `expected ${expected} answers, got ${lines.length - 1}`,
      retryable: true,
      details: { fate: "unknown" },
    });
  }
  return lines.slice(0, expected).map((line) => readLine(name, line, answer));
}
