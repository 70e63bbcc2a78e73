// Signing in and out, and who is asking.
import type { HongbaoError } from "../base/error.ts";
import {
  contractError,
  type OperationName,
  type SessionAnswer,
  type SessionInput,
  SIGN_IN_SCOPES,
} from "../contract/index.ts";
import type { Caller } from "./keys.ts";
import { type OperationCall, send, stamp } from "./operation-call.ts";
import { engineOf, type Service } from "./service.ts";
import { refuseForeignPage, sessionCookie, tokenOf } from "./session-cookie.ts";

const UNKNOWN_KEY = contractError("unauthenticated", "$.key: the key is unknown or revoked");
const STALE_CODE = contractError(
  "unauthenticated",
  "$.code: the code was used, is too old or was never given; ask for another, or give the key",
);

type Handler = (call: OperationCall) => Promise<void>;

export const SESSION_HANDLERS: { readonly [N in OperationName]?: Handler } = {
  "session.open": async (call) => {
    const { service, request, reply, body } = call;
    const { key, code } = body as SessionInput;
    // Programs without a browser's headers may sign in, too; a foreign page may not. Over plain
    // HTTP browsers tell the origin alone.
    const { "sec-fetch-site": site, origin } = request.headers;
    const isPage = site !== undefined || origin !== undefined;
    const foreign = isPage ? refuseForeignPage(request.raw) : null;
    if (foreign !== null) throw foreign;
    engineOf(service);
    const { sessions, keys } = service;
    const program = key === undefined ? null : refuseProgram(keys.authenticate(key));
    if (program !== null) throw program;
    const session =
      key === undefined ? await sessions.startByCode(code!) : await sessions.start(key);
    if (session === null) throw key === undefined ? STALE_CODE : UNKNOWN_KEY;
    void reply.header("set-cookie", sessionCookie(request.raw, session));
    send(call, await shown(service, session.caller, session.expiresAtMs));
  },
  "session.code": async (call) => {
    const { service, caller } = call;
    const base = await stamp(engineOf(service));
    const given = service.sessions.makeCode(caller!.key, askingToken(call));
    send(call, { ...base, ...given });
  },
  "session.show": async (call) => {
    const { service, caller } = call;
    const token = askingToken(call);
    const session = token === null ? null : service.sessions.find(token);
    send(call, await shown(service, caller!, session?.expiresAtMs ?? null));
  },
  "session.end": async (call) => {
    const { service, request, reply } = call;
    const token = tokenOf(request.raw);
    if (token !== null) await service.sessions.end(token);
    void reply.header("set-cookie", sessionCookie(request.raw, null));
    send(call, await stamp(engineOf(service)));
  },
};

/** A program sends its key with each request: signed in, it could use next to nothing here. */
function refuseProgram(caller: Caller | null): HongbaoError | null {
  if (caller === null || SIGN_IN_SCOPES.includes(caller.scope)) return null;
  const expected = `a key of scope ${SIGN_IN_SCOPES.join(" or ")}`;
  const message = `$.key: expected ${expected} to sign in, found one of scope ${caller.scope}`;
  const next = "programs send such a key with each request";
  const details = { path: "$.key", expected, found: caller.scope };
  return contractError("forbidden", `${message}: ${next}`, details);
}

/** What the cookie carries, where no key came along: a key counts before it. */
function askingToken({ request }: OperationCall): string | null {
  return request.headers.authorization === undefined ? tokenOf(request.raw) : null;
}

async function shown(
  service: Service,
  caller: Caller,
  expiresAtMs: number | null,
): Promise<SessionAnswer> {
  const key = service.keys.view(caller.key)!;
  return { ...(await stamp(engineOf(service))), key, expiresAtMs };
}
