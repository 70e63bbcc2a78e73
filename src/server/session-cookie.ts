// The cookie of a session: HttpOnly, so that no script reads it; SameSite=Strict, so that no other
// site uses it. Browsers share cookies among all ports of a host, so its name tells the port.
import type { IncomingMessage } from "node:http";
import type { TLSSocket } from "node:tls";
import type { HongbaoError } from "../base/error.ts";
import { contractError } from "../contract/index.ts";
import type { OpenedSession } from "./sessions.ts";

const FOREIGN_PAGE = contractError(
  "forbidden",
  "a session changes something only from this server's own pages, and programs send the key " +
    "itself; a proxy before the server has to leave the request's Host as it was",
);

/** What the request's cookie carries, or null. */
export function tokenOf({ headers }: IncomingMessage): string | null {
  if (headers.cookie === undefined) return null;
  const name = nameFor(headers.host);
  for (const pair of headers.cookie.split(";")) {
    const at = pair.indexOf("=");
    if (pair.slice(0, at).trim() === name) return pair.slice(at + 1).trim();
  }
  return null;
}

/** The header that sets the cookie. @param session null: takes it away */
export function sessionCookie(request: IncomingMessage, session: OpenedSession | null): string {
  const { headers, socket } = request;
  const isSecure =
    headers["x-forwarded-proto"] === "https" || (socket as TLSSocket).encrypted === true;
  const { token, lastsMs } = session ?? { token: "", lastsMs: 0 };
  const seconds = Math.floor(lastsMs / 1000);
  const parts = [`${nameFor(headers.host)}=${token}`, "Path=/", `Max-Age=${seconds}`];
  parts.push("HttpOnly", "SameSite=Strict");
  if (isSecure) parts.push("Secure");
  return parts.join("; ");
}

/**
 * Why a request that rests on a cookie may not change anything, or null. Browsers say where a
 * request comes from; one that says nothing of it is none.
 */
export function refuseForeignPage({ method, headers }: IncomingMessage): HongbaoError | null {
  if (method === "GET" || method === "HEAD") return null;
  const site = headers["sec-fetch-site"];
  if (site !== undefined) return site === "same-origin" ? null : FOREIGN_PAGE;
  const { origin, host } = headers;
  return origin === `http://${host}` || origin === `https://${host}` ? null : FOREIGN_PAGE;
}

function nameFor(host: string | undefined): string {
  const port = /:(\d{1,5})$/.exec(host ?? "")?.[1];
  return port === undefined ? "hongbao" : `hongbao-${port}`;
}
