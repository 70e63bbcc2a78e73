// When a message that was not taken is sent again: the schedule that Standard Webhooks gives as an
// example, over three days, each wait made up to a quarter longer by chance so that what failed
// together does not come back together.
import { randomInt } from "node:crypto";

const SECOND = 1000;
const MINUTE = 60 * SECOND;
const HOUR = 60 * MINUTE;

/** Waits between attempts; with the first one, at once, that makes ten. */
export const RETRY_MS: readonly number[] = [
  5 * SECOND,
  5 * MINUTE,
  30 * MINUTE,
  2 * HOUR,
  5 * HOUR,
  10 * HOUR,
  14 * HOUR,
  20 * HOUR,
  24 * HOUR,
];

/** A receiver may ask for patience, but not for ever. */
const RETRY_AFTER_MAX_MS = 24 * HOUR;
const JITTER_STEPS = 1000;

/** The wait, at least as long as asked for. */
export function jittered(waitMs: number): number {
  return Math.round(waitMs * (1 + randomInt(JITTER_STEPS) / JITTER_STEPS / 4));
}

/** What a header Retry-After asks for, in ms: seconds, or a date; null where it says neither. */
export function retryAfterMs(header: string | undefined, nowMs: number): number | null {
  if (header === undefined) return null;
  const asked = /^\d{1,10}$/.test(header) ? Number(header) * SECOND : Date.parse(header) - nowMs;
  return Number.isNaN(asked) ? null : Math.max(0, Math.min(RETRY_AFTER_MAX_MS, asked));
}
