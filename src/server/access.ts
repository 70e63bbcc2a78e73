// Who may do what: the key of a request, its scope, and the campaign and merchant that it is bound
// to.
import type { IncomingMessage } from "node:http";
import type { Socket } from "node:net";
import { HongbaoError } from "../base/error.ts";
import { contractError, type Operation, type RedeemInput, type Scope } from "../contract/index.ts";
import type { Engine } from "../host/engine.ts";
import type { Caller, Keys } from "./keys.ts";
import { refuseForeignPage, tokenOf } from "./session-cookie.ts";
import type { Sessions } from "./sessions.ts";

const NO_KEY = contractError(
  "unauthenticated",
  "expected the header `Authorization: Bearer hb_…`, found none",
);
const BAD_KEY = contractError("unauthenticated", "the key is unknown or revoked");
const NO_SESSION = contractError(
  "unauthenticated",
  "the session has ended, or its key was revoked: sign in again",
);
const BEARER = /^Bearer +(\S{1,200})$/i;

interface Seen {
  header: string;
  caller: Caller;
}

export class Access {
  private readonly keys: Keys;
  private readonly sessions: Sessions;
  /** A keep-alive connection sends the same header again and again: it is hashed once. */
  private readonly seen = new WeakMap<Socket, Seen>();

  constructor(keys: Keys, sessions: Sessions) {
    this.keys = keys;
    this.sessions = sessions;
  }

  /** The caller of a request, or why there is none. */
  identify(request: IncomingMessage): Caller | HongbaoError {
    const header = request.headers.authorization;
    if (header === undefined) return this.identifySession(request);
    const seen = this.seen.get(request.socket);
    if (seen?.header === header && this.keys.isCurrent(seen.caller)) return seen.caller;
    const token = BEARER.exec(header)?.[1];
    const caller = token === undefined ? null : this.keys.authenticate(token);
    if (caller === null) return BAD_KEY;
    this.seen.set(request.socket, { header, caller });
    return caller;
  }

  /** Whether a request's key or session still counts; a stream goes on for longer than either. */
  isTrusted(request: IncomingMessage): boolean {
    return !(this.identify(request) instanceof HongbaoError);
  }

  /** Who is signed in, where no key came along. */
  private identifySession(request: IncomingMessage): Caller | HongbaoError {
    const token = tokenOf(request);
    if (token === null) return NO_KEY;
    const session = this.sessions.find(token);
    if (session === null) return NO_SESSION;
    return refuseForeignPage(request) ?? session.caller;
  }
}

/** Null when a caller may use an operation on that campaign; undefined: it names none. */
export function refuseScope(
  caller: Caller,
  operation: Operation,
  campaign: string | undefined,
): HongbaoError | null {
  if (!operation.scopes.includes(caller.scope)) return wrongScope(caller.scope, operation);
  if (caller.campaign === null || caller.campaign === campaign) return null;
  // Without a campaign in its path an operation concerns the whole ledger; lists are filtered.
  if (campaign === undefined && BOUND_ANYWAY.has(operation.name)) return null;
  const message = `this key is bound to the campaign ${caller.campaign}`;
  return contractError("forbidden", message, { path: "$.campaign" });
}

const BOUND_ANYWAY: ReadonlySet<string> = new Set([
  "campaign.list",
  "campaign.check",
  "report.list",
  "report.show",
  "events",
  "server.status",
  "session.code",
  "session.show",
  "session.end",
]);

function wrongScope(scope: Scope, operation: Operation): HongbaoError {
  const needed = operation.scopes.join(" or ");
  const message = `${operation.name} needs a key of scope ${needed}, this one is ${scope}`;
  return contractError("forbidden", message);
}

/** A merchant's key names its own merchant, wherever the campaign counts by merchant. */
export function refuseMerchant(
  caller: Caller,
  engine: Engine,
  campaign: string,
  input: RedeemInput,
): HongbaoError | null {
  if (caller.merchant === null) return null;
  const named = input.attributes?.merchant;
  if (named === caller.merchant) return null;
  const declared = engine.find(campaign)?.state.definition.attributes.includes("merchant");
  if (named === undefined && declared !== true) return null;
  const message = "this key may redeem for its own merchant only: set $.attributes.merchant to it";
  return contractError("forbidden", message, { path: "$.attributes.merchant" });
}
