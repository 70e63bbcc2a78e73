// The event stream as server-sent events. It is pulled from the journal: a client that reads slowly
// falls behind without costing memory, and one that does not read at all is dropped. It comes back
// with Last-Event-ID and misses nothing.
import type { ServerResponse } from "node:http";
import type { FastifyReply, FastifyRequest } from "fastify";
import type { HongbaoError } from "../base/error.ts";
import { LIMITS } from "../base/limits.ts";
import { contractError, type EventsQuery, invalidRequest } from "../contract/index.ts";
import { EVENT_KINDS } from "../core/event.ts";
import type { Engine } from "../host/engine.ts";
import { followEvents, type StreamedEvent } from "../host/event-stream.ts";
import { ANSWER_HEADERS } from "./answer-headers.ts";
import type { Caller } from "./keys.ts";
import type { Listener } from "./live-hub.ts";
import { engineOf, type Service } from "./service.ts";
import { drained } from "./slow-readers.ts";

const FROM = /^(\d{1,15})(?:\.(\d{1,6}))?$/;
/** Between two turns of the event loop; a record can hold thousands of events. */
const EVENTS_A_TURN = 200;

/** Behind an event; an index of infinity: behind a whole record. */
interface Position {
  sequence: number;
  index: number;
}

const OPEN = new WeakMap<Service, number>();

export function openStreams(service: Service): number {
  return OPEN.get(service) ?? 0;
}

export async function streamEvents(
  service: Service,
  caller: Caller,
  query: EventsQuery,
  request: FastifyRequest,
  reply: FastifyReply,
): Promise<void> {
  const engine = engineOf(service);
  if (caller.campaign !== null && query.campaign !== caller.campaign) {
    const message = `this key is bound to the campaign ${caller.campaign}: ask for it`;
    throw contractError("forbidden", message, { path: "$.campaign" });
  }
  const after = startOf(engine, request.headers["last-event-id"] ?? query.from);
  const wanted = { campaign: query.campaign ?? null, types: typesOf(query.type) };
  if (service.gate.isClosed) {
    throw contractError("shutting_down", "the server is stopping; no stream was opened");
  }
  if (openStreams(service) >= LIMITS.eventStreams) {
    const message = `${LIMITS.eventStreams} event streams are open, which is the most there may be`;
    throw contractError("overloaded", message);
  }
  reply.hijack();
  service.metrics.count("events", "ok");
  OPEN.set(service, openStreams(service) + 1);
  try {
    const isTrusted = (): boolean => service.access.isTrusted(request.raw);
    await pump(engine, { response: reply.raw, isTrusted }, after, wanted, service.closing);
  } finally {
    OPEN.set(service, openStreams(service) - 1);
  }
}

/** Null: all kinds. */
function typesOf(text: string | undefined): ReadonlySet<string> | null {
  if (text === undefined) return null;
  const types = new Set(text.split(","));
  const unknown = [...types].find((type) => !Object.hasOwn(EVENT_KINDS, type));
  if (unknown === undefined) return types;
  const expected = `kinds of events (${Object.keys(EVENT_KINDS).join(", ")})`;
  throw invalidRequest("$.type", expected, unknown);
}

/** Where to begin: behind an event, behind a whole record, or now. */
function startOf(engine: Engine, from: string | string[] | undefined): Position {
  if (from === undefined) {
    return { sequence: engine.journal.lastSequence, index: Number.POSITIVE_INFINITY };
  }
  const match = typeof from === "string" ? FROM.exec(from) : null;
  if (match === null) {
    throw invalidRequest("$.from", "sequence or sequence.index", "other text");
  }
  const sequence = Number(match[1]);
  const { lastSequence } = engine.journal;
  if (sequence > lastSequence) throw beyondEnd(sequence, lastSequence);
  const index = match[2] === undefined ? Number.POSITIVE_INFINITY : Number(match[2]);
  return { sequence, index };
}

/** Such as from another server's stream: waiting for it in silence would look like a quiet day. */
function beyondEnd(sequence: number, lastSequence: number): HongbaoError {
  const expected = `a sequence of at most ${lastSequence}, the journal's last`;
  return invalidRequest("$.from", expected, String(sequence));
}

async function pump(
  engine: Engine,
  { response, isTrusted }: Listener,
  after: Position,
  { campaign, types }: { campaign: string | null; types: ReadonlySet<string> | null },
  closing: AbortSignal,
): Promise<void> {
  const gone = new AbortController();
  response.on("close", () => gone.abort());
  response.writeHead(200, {
    "content-type": "text/event-stream; charset=utf-8",
    ...ANSWER_HEADERS,
    "x-accel-buffering": "no",
    // Where it begins: a client that loses the stream before its first event resumes from here.
    "hongbao-sequence": String(after.sequence),
  });
  response.write("retry: 1000\n\n");
  /** The last event that was sent or passed over. */
  let position = after;
  const heartbeat = setInterval(() => {
    if (!isTrusted()) gone.abort();
    // Two heartbeats in a row that could not even be sent: nobody is reading.
    else if (response.writableLength > LIMITS.eventStreamBytes) response.destroy();
    else response.write(alive(position));
  }, LIMITS.heartbeatMs);
  const signal = AbortSignal.any([gone.signal, closing]);
  try {
    let passed = 0;
    for await (const event of followEvents(engine, { after, signal })) {
      const isWanted =
        (campaign === null || event.campaign === campaign) && (types?.has(event.type) ?? true);
      const isFull = isWanted && !response.write(frame(event));
      position = event;
      if (isFull) await drainedOrGone(response, signal);
      passed += 1;
      if (passed % EVENTS_A_TURN === 0) await new Promise((resolve) => setImmediate(resolve));
    }
  } finally {
    clearInterval(heartbeat);
    response.end();
  }
}

/**
 * An id without data: browsers take it for their last event's and tell nobody; our client reads the
 * comment.
 */
function alive({ sequence, index }: Position): string {
  const id = index === Number.POSITIVE_INFINITY ? `${sequence}` : `${sequence}.${index}`;
  return `: at ${id}\nid: ${id}\n\n`;
}

function frame(event: StreamedEvent): string {
  const { sequence, index, type } = event;
  return `id: ${sequence}.${index}\nevent: ${type}\ndata: ${JSON.stringify(event)}\n\n`;
}

/** Waits for a slow reader, as long as the stream goes on. */
async function drainedOrGone(response: ServerResponse, signal: AbortSignal): Promise<void> {
  if (signal.aborted) return;
  const closing = (): void => {
    response.destroy();
  };
  signal.addEventListener("abort", closing);
  await drained(response);
  signal.removeEventListener("abort", closing);
}
