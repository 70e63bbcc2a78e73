// `hongbao serve`: a data directory behind HTTP, from the lock to the last answer. Starts that
// cannot succeed say why and what to do; stops answer what was accepted.
import type { Logger } from "pino";
import type { HongbaoError } from "../base/error.ts";
import { DrivenClock, type Engine, open } from "../host/index.ts";
import { createMcpMount } from "../mcp/index.ts";
import {
  fileKeyStore,
  fileReportStore,
  fileSessionStore,
  Keys,
  type RunningServer,
  startServer,
} from "../server/index.ts";
import type { LogFollower } from "../transparency/log-follower.ts";
import { webhookDesk } from "../webhooks/index.ts";
import { EXIT, type ExitCode, exitCodeOf } from "./exit-codes.ts";
import { nextStep } from "./failure.ts";
import { whenIdle } from "./idle-stop.ts";
import { openLog } from "./log.ts";
import { givenMasterKey } from "./master-key.ts";
import { resolveSettings, strayVariables } from "./resolve-settings.ts";
import { readWitnesses, startFollower } from "./serve-receipts.ts";
import { sayStarted } from "./serve-words.ts";
import type { SettingKey, Settings } from "./settings.ts";
import { watchStopSignals } from "./stop-signals.ts";
import type { VerbCall } from "./verb.ts";

const KEYS = [
  "port",
  "host",
  "data",
  "durable",
  "masterKey",
  "masterKeyFile",
  "logLevel",
  "logFormat",
  "requestTimeoutMs",
  "queueLines",
  "trustClock",
  "takeOver",
  "acceptBitFlip",
  "withoutLists",
  "clock",
  "receipts",
  "checkpointSeconds",
  "witnesses",
  "stopWhenIdle",
] as const satisfies readonly SettingKey[];

type ServeSettings = Pick<Settings, (typeof KEYS)[number]>;

/** What ends a server: a signal or its idleness, in words, or what stopped the engine. */
type StopReason = string | HongbaoError;

/** Ends the reading of the journal at its next step; nothing has been decided yet. */
class StartGivenUp extends Error {
  override name = "StartGivenUp";
}

export async function serve(call: VerbCall): Promise<ExitCode> {
  const settings = await resolveSettings(KEYS, call);
  const log = openLog({ level: settings.logLevel, format: settings.logFormat }, call.terminal);
  for (const stray of strayVariables(call.env)) log.warn(stray);
  const masterKey = await givenMasterKey(settings);
  const clock = settings.clock === "driven" ? new DrivenClock(0) : null;
  const keys = await Keys.open(fileKeyStore(settings.data));
  const signals = watchStopSignals();
  const stop = new AbortController();
  void signals.first.then((signal) => stop.abort(new StartGivenUp(signal)));
  try {
    let onStop: (error: HongbaoError) => void = () => {};
    const failure = new Promise<HongbaoError>((resolve) => {
      onStop = resolve;
    });
    // The port first: where it is taken, the data directory is not even made.
    let begin: () => void = () => {};
    const listening = new Promise<void>((resolve) => {
      begin = resolve;
    });
    const onNotice = (text: string): void => log.warn(text);
    const given = { masterKey, clock, onStop, onNotice, stop: stop.signal };
    const opening = listening.then(() => openEngine(call, settings, given));
    const witnesses = await readWitnesses(settings.witnesses);
    const follower = opening.then((engine) => {
      return settings.receipts ? startFollower(engine, settings, { witnesses, onNotice }) : null;
    });
    follower.catch(() => {}); // told by the server's start
    const server = await listen(settings, { keys, opening, follower, clock, log });
    begin();
    const engine = await readyOrClose(server, opening, follower, signals.first);
    if (engine === null) {
      log.info(`${await signals.first}: the start was given up`);
      return EXIT.ok;
    }
    await sayReady(call, settings, { server, keys, log });
    const idle = whenIdle(server, settings.stopWhenIdle);
    return await stopWhenTold(await Promise.race([signals.first, failure, idle]), {
      server,
      engine,
      follower: await follower,
      log,
    });
  } finally {
    signals.forget();
    keys.close();
  }
}

async function openEngine(
  call: VerbCall,
  settings: ServeSettings,
  given: {
    masterKey: Uint8Array | null;
    clock: DrivenClock | null;
    onStop: (error: HongbaoError) => void;
    onNotice: (text: string) => void;
    stop: AbortSignal;
  },
): Promise<Engine> {
  const { data, durable, takeOver, acceptBitFlip, queueLines, trustClock, withoutLists } = settings;
  given.stop.throwIfAborted();
  const progress = call.terminal.progress("reading the journal", 1);
  try {
    return await open({
      directory: data,
      durable,
      takeOver,
      acceptBitFlip,
      withoutLists,
      queueLines,
      // A driven clock stands at 0 until it is set: the journal's last instant counts.
      trustClock: trustClock || given.clock !== null,
      ...(given.masterKey === null ? {} : { masterKey: given.masterKey }),
      ...(given.clock === null ? {} : { clock: given.clock }),
      onProgress: (sequence, last) => {
        given.stop.throwIfAborted();
        progress.update(sequence, last);
      },
      onStop: given.onStop,
      onNotice: given.onNotice,
    });
  } finally {
    progress.stop();
  }
}

/** Listens while the journal is still read: until then everything gets `not_ready`. */
async function listen(
  settings: ServeSettings,
  given: {
    keys: Keys;
    opening: Promise<Engine>;
    follower: Promise<LogFollower | null>;
    clock: DrivenClock | null;
    log: Logger;
  },
): Promise<RunningServer> {
  const { keys, opening, follower, clock, log } = given;
  const { port, host, requestTimeoutMs } = settings;
  // What Fastify itself has to say matters only when it is a warning.
  const serverLog = log.child({}, { level: log.level === "info" ? "warn" : log.level });
  const options = { engine: opening, follower, keys, port, host, requestTimeoutMs, log: serverLog };
  const drill = clock === null ? {} : { clock };
  const kept = {
    sessions: fileSessionStore(settings.data),
    reports: fileReportStore(settings.data),
    webhooks: webhookDesk(settings.data),
  };
  return await startServer({ ...options, ...kept, mounts: [createMcpMount()], ...drill });
}

/** Null: told to stop before the journal was read. */
async function readyOrClose(
  server: RunningServer,
  opening: Promise<Engine>,
  follower: Promise<LogFollower | null>,
  stopped: Promise<string>,
): Promise<Engine | null> {
  try {
    const signal = await Promise.race([server.ready, stopped]);
    if (signal === undefined) return await opening;
  } catch (error) {
    await server.close();
    throw error;
  }
  await server.close();
  const engine = await opening.catch((error: unknown) => {
    if (error instanceof StartGivenUp) return null;
    throw error;
  });
  await engine?.close();
  await (await follower.catch(() => null))?.close();
  return null;
}

async function sayReady(
  call: VerbCall,
  settings: ServeSettings,
  { server, keys, log }: { server: RunningServer; keys: Keys; log: Logger },
): Promise<void> {
  const made = keys.isEmpty ? await keys.add({ name: "admin", scope: "admin" }, Date.now()) : null;
  sayStarted(call, { url: server.url, data: settings.data, adminKey: made?.secret ?? null });
  log.info({ url: server.url, data: settings.data }, "ready");
  if (!settings.durable) log.warn("durability is off: a crash forgets acknowledged answers");
  if (settings.clock === "driven") log.warn("the clock is set from outside: for drills only");
}

async function stopWhenTold(
  reason: StopReason,
  running: {
    server: RunningServer;
    engine: Engine;
    follower: LogFollower | null;
    log: Logger;
  },
): Promise<ExitCode> {
  const { server, engine, follower, log } = running;
  if (typeof reason === "string") log.info(`${reason}: answering what was accepted`);
  else
    log.fatal({ code: reason.code, next: nextStep(reason, "serve") ?? undefined }, reason.message);
  await server.close();
  await engine.close();
  await follower?.close();
  if (typeof reason === "string") {
    log.info("stopped; a snapshot is kept");
    return EXIT.ok;
  }
  return exitCodeOf(reason.code);
}
