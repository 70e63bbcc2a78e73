// The console's only way to the server: the same client as everybody's, resting on the browser's
// session cookie.
import { type Client, createClient, fetchTransport, HongbaoError } from "../client/index.ts";
import { shownTransport } from "./shown-text.ts";

/** Every answer says whose session it was: a request that nobody is signed in for ends here. */
export const client: Client = createClient({
  url: location.origin,
  key: null,
  transport: shownTransport(fetchTransport(location.origin, "no-store")),
});

export function isSignedOut(error: unknown): boolean {
  return error instanceof HongbaoError && error.code === "unauthenticated";
}

/** Whether the same question may be answered later. */
export function isPassing(error: unknown): error is HongbaoError {
  return error instanceof HongbaoError && error.retryable;
}

/** Whether the server itself said so, so that it is not silent. */
export function isAnswered(error: unknown): error is HongbaoError {
  return isAnswer(error) && error.code !== "bad_answer";
}

function isAnswer(error: unknown): error is HongbaoError {
  return error instanceof HongbaoError && error.details.http !== undefined;
}

/** When to ask again: as the server asked for, else twice as late each time. */
export function askAgainMs(tries: number, error: unknown): number {
  const asked = isAnswer(error) ? error.details.retryAfterMs : undefined;
  return typeof asked === "number" ? Math.min(asked, MOST_MS) : 1_000 * 2 ** tries;
}

const MOST_MS = 30_000;

/**
 * Whether nothing has that id: none is known, or none could be.
 * @param field what the id was sent as
 */
export function isUnknown(error: unknown, field: "campaign" | "report"): boolean {
  if (!isAnswered(error)) return false;
  const isNoId = error.code === "invalid_request" && error.details.path === `$.${field}`;
  return isNoId || error.code === `unknown_${field}`;
}

/** What to tell people of a failure: what came, in the server's words. */
export function failureText(error: unknown): string {
  return error instanceof Error ? error.message : String(error);
}
