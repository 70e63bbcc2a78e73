// When to ask again, and when to give up. Every money-moving request carries an id, so asking again
// is safe; waiting is exponential with full jitter, so that callers refused together come back
// apart.
import { HongbaoError } from "../base/error.ts";

export interface RetryOptions {
  /** How long to go on in all. */
  totalMs: number;
  /** Whether a request whose fate is unknown may be sent again. */
  repeatable: boolean;
  signal?: AbortSignal;
}

const FIRST_MS = 50;
const LONGEST_MS = 5000;

/** Runs `attempt` until it answers, fails for good, or the time is up. */
export async function withRetries<T>(
  attempt: () => Promise<T>,
  { totalMs, repeatable, signal }: RetryOptions,
): Promise<T> {
  const until = Date.now() + totalMs;
  let unknown = false;
  for (let attempts = 1; ; attempts++) {
    signal?.throwIfAborted();
    try {
      return await attempt();
    } catch (error) {
      if (!(error instanceof HongbaoError)) throw error;
      unknown ||= error.details.fate === "unknown";
      const waitMs = waitBefore(attempts, error);
      const goesOn = error.retryable && (repeatable || error.details.fate !== "unknown");
      if (!goesOn || Date.now() + waitMs > until) throw withFate(error, unknown, attempts);
      await sleep(waitMs, signal);
    }
  }
}

/** Full jitter, but never before the server asked to be asked again. */
export function waitBefore(attempts: number, error: HongbaoError): number {
  const most = Math.min(LONGEST_MS, FIRST_MS * 2 ** (attempts - 1));
  const asked = error.details.retryAfterMs;
  return (typeof asked === "number" ? asked : 0) + most * random();
}

/**
 * An earlier attempt may have been decided although the last one was refused: then the fate of the
 * request is unknown, and only repeating the same id can tell.
 */
function withFate(error: HongbaoError, unknown: boolean, attempts: number): HongbaoError {
  const { code, message, retryable, cause, details } = error;
  const fate = unknown ? "unknown" : "undecided";
  return new HongbaoError({
    code,
    message: attempts === 1 ? message : `${message} (after ${attempts} attempts)`,
    retryable,
    cause,
    details: { ...details, fate, attempts },
  });
}

/** 0 to 1; retries need spread, not secrecy. */
function random(): number {
  return crypto.getRandomValues(new Uint32Array(1))[0]! / 2 ** 32;
}

export function sleep(ms: number, signal?: AbortSignal): Promise<void> {
  return new Promise((resolve, reject) => {
    const abort = (): void => {
      clearTimeout(timer);
      reject(signal!.reason as Error);
    };
    const timer = setTimeout(() => {
      signal?.removeEventListener("abort", abort);
      resolve();
    }, ms);
    signal?.addEventListener("abort", abort, { once: true });
  });
}
