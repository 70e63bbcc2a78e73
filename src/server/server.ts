// The server: Fastify on Node's own HTTP server, the hot path before it. Starting and stopping it
// are functions; signals, settings and files are the command line's.
import type { Server } from "node:http";
import { createRequire } from "node:module";
import type { AddressInfo } from "node:net";
import fastify, { type FastifyBaseLogger, type FastifyInstance, LogController } from "fastify";
import { destination, pino } from "pino";
import { HongbaoError } from "../base/error.ts";
import { LIMITS } from "../base/limits.ts";
import type { Transport } from "../client/transport.ts";
import type { WebhookDesk } from "../contract/index.ts";
import type { DrivenClock } from "../host/clock.ts";
import type { Engine } from "../host/engine.ts";
import type { LogFollower } from "../transparency/log-follower.ts";
import { Access } from "./access.ts";
import { addClockRoute } from "./clock-route.ts";
import { addConsole } from "./console-files.ts";
import { openStreams } from "./event-route.ts";
import { frameworkError, prepare } from "./framework.ts";
import { Gate, type GateLimits } from "./gate.ts";
import { hotPath } from "./hot-path.ts";
import { closeUnowed, createHttpServer, idleClock } from "./http-server.ts";
import { injectTransport } from "./inject-transport.ts";
import type { Keys } from "./keys.ts";
import { liveStreams } from "./live-route.ts";
import { Metrics } from "./metrics.ts";
import { addMounts, type Mount } from "./mount.ts";
import { memoryReportStore, type ReportStore, Reports } from "./reports.ts";
import { logLackOfRoom } from "./room-log.ts";
import { addRoutes } from "./routes.ts";
import type { Service } from "./service.ts";
import { memorySessionStore, type SessionStore, Sessions } from "./sessions.ts";

export type LogLevel = "silent" | "error" | "warn" | "info";

export interface ServerOptions {
  /** A promise: the server answers `not_ready` until the journal is read. */
  engine: Engine | Promise<Engine>;
  keys: Keys;
  /** Where it is kept who is signed in; else nowhere beyond the server's life. */
  sessions?: SessionStore;
  /** Where reports are kept; else nowhere beyond the server's life. */
  reports?: ReportStore;
  /** Where events are sent, to be changed over HTTP; else nobody can. */
  webhooks?: WebhookDesk;
  /** 0: any free port. */
  port?: number;
  host?: string;
  /** JSON lines on standard error. */
  logLevel?: LogLevel;
  /** Takes the log instead of standard error. */
  log?: FastifyBaseLogger;
  /** How long a request may wait for the writer before it is dropped undecided. */
  requestTimeoutMs?: number;
  limits?: Partial<GateLimits>;
  /** Only for drills: time is then set by POST /v1/clock. */
  clock?: DrivenClock;
  /** The log that receipts come from, once the engine is open; null: without receipts. */
  follower?: Promise<LogFollower | null>;
  /** More handlers, such as the tools for AI assistants at /mcp. */
  mounts?: readonly Mount[];
}

/** A server that also answers without a port. */
export interface RunningServer {
  readonly port: number;
  readonly url: string;
  /** Resolves when requests are decided; rejects when the engine could not be opened. */
  readonly ready: Promise<void>;
  /** For clients in the same process. */
  readonly transport: Transport;
  /** How long nobody has been connected; 0 while somebody is. */
  idleMs(): number;
  /** Answers what was accepted, then closes everything. The engine stays open. */
  close(): Promise<void>;
}

const DEFAULT_PORT = 8420;
/** For what was accepted, in all. */
const GRACE_MS = 10_000;
/** For the rest of bodies that are on their way. */
const BODY_GRACE_MS = 500;

/** Listens, and resolves when it does. Throws `port_in_use`. */
export async function startServer(options: ServerOptions): Promise<RunningServer> {
  const { host = "127.0.0.1", port = DEFAULT_PORT } = options;
  const closing = new AbortController();
  const service = await serviceOf(options, closing.signal);
  const { app, http } = await build(service, options.mounts ?? []);
  const ready = whenReady(service, options);
  await listen(app, host, port);
  const address = http.address() as AddressInfo;
  const shown = address.family === "IPv6" ? `[${address.address}]` : address.address;
  let closed: Promise<void> | null = null;
  return {
    port: address.port,
    url: `http://${shown}:${address.port}`,
    ready,
    transport: injectTransport(app),
    idleMs: idleClock(http),
    close: () => {
      closed ??= close(service, app, http, closing, options.mounts ?? []);
      return closed;
    },
  };
}

/** A server without a port, for clients in the same process. */
export async function createInProcessServer(
  options: ServerOptions,
): Promise<Pick<RunningServer, "ready" | "transport" | "close">> {
  const closing = new AbortController();
  const service = await serviceOf(options, closing.signal);
  const { app } = await build(service, options.mounts ?? []);
  const ready = whenReady(service, options);
  return {
    ready,
    transport: injectTransport(app),
    close: async () => {
      await service.gate.close();
      closing.abort();
      await app.close();
    },
  };
}

async function serviceOf(options: ServerOptions, closing: AbortSignal): Promise<Service> {
  const { logLevel = "warn", requestTimeoutMs = LIMITS.requestTimeoutMs } = options;
  const limits = {
    requests: LIMITS.requestsInFlight,
    batches: LIMITS.batchesInFlight,
    ...options.limits,
  };
  const gate = new Gate(limits);
  const metrics = new Metrics({
    engine: () => service.engine,
    gate,
    eventStreams: () => openStreams(service),
    liveStreams: () => liveStreams(service),
  });
  const sessions = await Sessions.open(options.sessions ?? memorySessionStore(), options.keys);
  const service: Service = {
    engine: null,
    follower: null,
    keys: options.keys,
    sessions,
    webhooks: options.webhooks ?? null,
    reports: new Reports(options.reports ?? memoryReportStore()),
    access: new Access(options.keys, sessions),
    gate,
    metrics,
    eventStreams: () => openStreams(service),
    requestTimeoutMs,
    closing,
    clock: options.clock ?? null,
    version: packageVersion(),
    log: options.log ?? pino({ level: logLevel, base: null }, destination({ dest: 2, sync: true })),
  };
  return service;
}

async function whenReady(service: Service, options: ServerOptions): Promise<void> {
  const { engine, follower } = options;
  service.engine = engine instanceof Promise ? null : engine;
  service.engine = await engine;
  service.follower = (await follower) ?? null;
  logLackOfRoom(service.engine.room, service.log);
}

async function build(
  service: Service,
  mounts: readonly Mount[],
): Promise<{ app: FastifyInstance; http: Server }> {
  const hot = hotPath(service);
  let http: Server | null = null;
  const app = fastify({
    loggerInstance: service.log,
    logController: new LogController({ disableRequestLogging: true }),
    exposeHeadRoutes: false,
    return503OnClosing: false,
    // An id of 128 bytes, percent-encoded.
    routerOptions: { maxParamLength: 384 },
    bodyLimit: LIMITS.bodyBytes,
    frameworkErrors: frameworkError,
    serverFactory: (handler) => {
      http = createHttpServer((request, response) => {
        if (!hot(request, response)) handler(request, response);
      });
      return http;
    },
  });
  prepare(app, service);
  addConsole(app);
  addRoutes(app, service);
  if (service.clock !== null) addClockRoute(app, service, service.clock);
  addMounts(app, service, mounts);
  await app.ready();
  return { app, http: http! };
}

async function listen(app: FastifyInstance, host: string, port: number): Promise<void> {
  try {
    await app.listen({ host, port });
  } catch (cause) {
    if ((cause as NodeJS.ErrnoException).code !== "EADDRINUSE") throw cause;
    const message = `another program listens on ${host}:${port}; choose another port`;
    throw new HongbaoError({ code: "port_in_use", message, cause });
  }
}

async function close(
  service: Service,
  app: FastifyInstance,
  http: Server,
  closing: AbortController,
  mounts: readonly Mount[],
): Promise<void> {
  const closed = new Promise<void>((resolve) => http.once("close", resolve));
  const drained = service.gate.close();
  const untilMs = performance.now() + GRACE_MS;
  http.close();
  await within(BODY_GRACE_MS, drained);
  // Connections close when their last answer is out: nothing that was accepted may be cut off.
  closeUnowed(http);
  const sweep = setInterval(() => closeUnowed(http), 20);
  await within(untilMs - performance.now(), drained);
  closing.abort();
  for (const mount of mounts) await mount.close();
  await within(untilMs - performance.now(), closed);
  clearInterval(sweep);
  http.closeAllConnections();
  await app.close();
}

function within(ms: number, promise: Promise<void>): Promise<void> {
  let timer: NodeJS.Timeout;
  const late = new Promise<void>((resolve) => {
    timer = setTimeout(resolve, ms);
  });
  return Promise.race([promise, late]).finally(() => clearTimeout(timer));
}

function packageVersion(): string {
  const manifest: unknown = createRequire(import.meta.url)("hongbao/package.json");
  return (manifest as { version: string }).version;
}
