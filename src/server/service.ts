// What the parts of the server share: the engine once it is there, keys, gate, metrics, settings.
import type { FastifyBaseLogger } from "fastify";
import { contractError, type WebhookDesk } from "../contract/index.ts";
import type { DrivenClock } from "../host/clock.ts";
import type { Engine } from "../host/engine.ts";
import type { LogFollower } from "../transparency/log-follower.ts";
import type { Access } from "./access.ts";
import type { Gate } from "./gate.ts";
import type { Keys } from "./keys.ts";
import type { Metrics } from "./metrics.ts";
import type { Reports } from "./reports.ts";
import type { Sessions } from "./sessions.ts";

export interface Service {
  /** Null while the journal is being replayed. */
  engine: Engine | null;
  readonly keys: Keys;
  readonly sessions: Sessions;
  readonly reports: Reports;
  /** Null where no data directory is known. */
  readonly webhooks: WebhookDesk | null;
  readonly access: Access;
  readonly gate: Gate;
  readonly metrics: Metrics;
  /** Clients of the event stream. */
  readonly eventStreams: () => number;
  /** How long a request may wait for the writer. */
  readonly requestTimeoutMs: number;
  /** Aborts when the server closes: streams end. */
  readonly closing: AbortSignal;
  /** Set only in drills: then time is set from outside. */
  readonly clock: DrivenClock | null;
  /** Null where the server runs without receipts, and until the journal is read. */
  follower: LogFollower | null;
  readonly version: string;
  readonly log: FastifyBaseLogger;
}

const NOT_READY = contractError(
  "not_ready",
  "the journal is still being read; nothing was decided",
);

/** The engine, or the error of a server that is not ready. */
export function engineOf(service: Service): Engine {
  if (service.engine === null) throw NOT_READY;
  return service.engine;
}
