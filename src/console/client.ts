// The console's only way to the server: the same client as everybody's, resting on the browser's
// session cookie.
import { type Client, createClient, fetchTransport, HongbaoError } from "../client/index.ts";
import { shownTransport } from "./shown-text.ts";

/** Every answer says whose session it was: a request that nobody is signed in for ends here. */
export const client: Client = createClient({
  url: location.origin,
  key: null,
  transport: shownTransport(fetchTransport(location.origin)),
});

export function isSignedOut(error: unknown): boolean {
  return error instanceof HongbaoError && error.code === "unauthenticated";
}

/** What to tell people of a failure: what came, in the server's words. */
export function failureText(error: unknown): string {
  return error instanceof Error ? error.message : String(error);
}
