// One attempt: a signed POST, and what came of it. Redirects are not followed, the answer's body is
// thrown away unseen, and nothing waits longer than the time it has.
import { Agent, type Dispatcher, request } from "undici";
import { LIMITS } from "../base/limits.ts";
import { guardedConnector, openConnector } from "./address-guard.ts";
import { type Endpoint, secretsInForce } from "./endpoints.ts";
import type { Message } from "./message.ts";
import { retryAfterMs } from "./retry-delay.ts";
import { signatures } from "./signature.ts";

export type Outcome =
  | { kind: "delivered" }
  /** 410: the receiver wants no more. */
  | { kind: "gone" }
  | { kind: "failed"; why: string; retryAfterMs: number | null; isBusy: boolean }
  /** The sender stopped before there was an answer. */
  | { kind: "stopped" };

export interface PostOptions {
  dispatcher: Dispatcher;
  signal: AbortSignal;
  timeoutMs?: number;
  userAgent?: string;
}

const KEEP_ALIVE_MS = 10_000;
/** Statuses by which a receiver says that it has too much to do. */
const BUSY: ReadonlySet<number> = new Set([429, 502, 503, 504]);

/** Connections to one endpoint, as many as messages may be under way. */
export function openDispatcher({ allowPrivate }: Pick<Endpoint, "allowPrivate">): Dispatcher {
  return new Agent({
    connect: allowPrivate ? openConnector() : guardedConnector(),
    connections: LIMITS.webhooksInFlight,
    pipelining: 1,
    keepAliveTimeout: KEEP_ALIVE_MS,
    // The attempt's own clock counts; these only must not be shorter.
    headersTimeout: 0,
    bodyTimeout: 0,
  });
}

export async function post(
  message: Message,
  endpoint: Endpoint,
  { dispatcher, signal, timeoutMs = LIMITS.webhookTimeoutMs, userAgent = "hongbao" }: PostOptions,
): Promise<Outcome> {
  const atMs = Date.now();
  const timestamp = Math.floor(atMs / 1000);
  const timeout = AbortSignal.timeout(timeoutMs);
  try {
    const answer = await request(endpoint.url, {
      method: "POST",
      headers: {
        "content-type": "application/json",
        "user-agent": userAgent,
        "webhook-id": message.id,
        "webhook-timestamp": String(timestamp),
        "webhook-signature": signatures(
          secretsInForce(endpoint, atMs),
          message.id,
          timestamp,
          message.body,
        ),
      },
      body: message.body,
      dispatcher,
      signal: AbortSignal.any([signal, timeout]),
    });
    const { statusCode, headers } = answer;
    // What it says counts from here on, whatever becomes of the rest.
    await answer.body.dump({ limit: LIMITS.webhookAnswerBytes, signal: timeout }).catch(() => {});
    if (statusCode >= 200 && statusCode < 300) return { kind: "delivered" };
    if (statusCode === 410) return { kind: "gone" };
    const after = retryAfterMs([headers["retry-after"]].flat()[0], Date.now());
    const isBusy = BUSY.has(statusCode);
    return { kind: "failed", why: `status ${statusCode}`, retryAfterMs: after, isBusy };
  } catch (error) {
    if (signal.aborted) return { kind: "stopped" };
    const why = timeout.aborted ? `no answer within ${timeoutMs} ms` : reasonOf(error);
    return { kind: "failed", why, retryAfterMs: null, isBusy: false };
  }
}

/** The system's word, or the guard's; addresses tried one after the other fail together. */
function reasonOf(error: unknown): string {
  const { name, code, message } = error as NodeJS.ErrnoException;
  if (name === "PrivateAddress") return message;
  return code ?? message;
}
