// Live snapshots: while somebody listens, one is made of each campaign that is listened to, several
// times a second, and sent to all. Whoever has not taken the last one is passed over; nothing waits
// in memory for a slow reader.
import type { ServerResponse } from "node:http";
import { HongbaoError } from "../base/error.ts";
import { LIMITS } from "../base/limits.ts";
import type { LiveOutlook, LiveServer, LiveView } from "../contract/index.ts";
import { liveBooks } from "../host/live/live-books.ts";
import { NewestEvents } from "../host/live/newest-events.ts";
import { execute } from "../host/operations.ts";
import { LatencyWindow } from "./latency-window.ts";
import { LATENCY_BOUNDS } from "./metrics.ts";
import { engineOf, type Service } from "./service.ts";

/** Latency is of the last five seconds. */
const LATENCY_TICKS = 20;
/** A forecast is drawn that often, and takes at most that share of the time. */
const OUTLOOK_MS = 5000;
const OUTLOOK_SHARE = 0.02;
/** Whether a listener's key still holds is asked every so many ticks. */
const TICKS_TRUSTED = 20;
/** A read that waits longer than this is given up: the next one is due. */
const READ_MS = 1000;

export interface Listener {
  readonly response: ServerResponse;
  /** Whether he may still listen. */
  readonly isTrusted: () => boolean;
}

interface Waiting extends Listener {
  /** Since when he has taken nothing; null: he has taken all. */
  sinceMs: number | null;
}

interface Watched {
  readonly campaign: string;
  readonly ordinal: number;
  readonly listeners: Set<Waiting>;
  last: LiveView | null;
  outlook: LiveOutlook | null;
  outlookDueMs: number;
}

export class LiveHub {
  private readonly service: Service;
  private readonly watched = new Map<string, Watched>();
  private readonly newest: NewestEvents;
  private readonly latency: LatencyWindow = new LatencyWindow(LATENCY_BOUNDS, LATENCY_TICKS);
  private isRunning = false;
  private ticks = 0;

  constructor(service: Service) {
    this.service = service;
    this.newest = new NewestEvents(engineOf(service));
    service.closing.addEventListener("abort", () => {
      for (const watched of this.watched.values()) end(watched);
    });
  }

  get streams(): number {
    let sum = 0;
    for (const { listeners } of this.watched.values()) sum += listeners.size;
    return sum;
  }

  /** Sends snapshots until the connection ends or the server closes. */
  add(campaign: string, ordinal: number, listener: Listener): void {
    const watched = this.watchedOf(campaign, ordinal);
    const waiting = { ...listener, sinceMs: null };
    watched.listeners.add(waiting);
    listener.response.on("close", () => {
      watched.listeners.delete(waiting);
      if (watched.listeners.size > 0) return;
      this.watched.delete(campaign);
      this.newest.unwatch(ordinal);
    });
    if (!this.isRunning) void this.run();
  }

  private watchedOf(campaign: string, ordinal: number): Watched {
    const known = this.watched.get(campaign);
    if (known !== undefined) return known;
    const fresh = { campaign, ordinal, listeners: new Set<Waiting>(), last: null };
    const watched: Watched = { ...fresh, outlook: null, outlookDueMs: 0 };
    this.watched.set(campaign, watched);
    this.newest.watch(ordinal);
    return watched;
  }

  private async run(): Promise<void> {
    this.isRunning = true;
    try {
      while (this.watched.size > 0) {
        const startedMs = performance.now();
        await this.tick();
        const restMs = LIMITS.liveMs - (performance.now() - startedMs);
        await new Promise((resolve) => setTimeout(resolve, Math.max(LIMITS.liveMs / 5, restMs)));
      }
    } finally {
      this.isRunning = false;
      this.latency.forget();
    }
  }

  private async tick(): Promise<void> {
    this.ticks += 1;
    const server = this.serverNow();
    for (const watched of [...this.watched.values()]) {
      try {
        await this.renew(watched, server);
      } catch (error) {
        if (!(error instanceof HongbaoError)) this.service.log.error({ err: error }, "a defect");
        const passes = error instanceof HongbaoError && error.retryable;
        if (!passes) end(watched);
        else if (watched.last !== null) watched.last = { ...watched.last, isLate: true, server };
      }
      if (watched.last !== null) this.send(watched, watched.last);
    }
  }

  private async renew(watched: Watched, server: LiveServer): Promise<void> {
    const engine = engineOf(this.service);
    const { campaign, ordinal } = watched;
    const { books, issuedMinor, redeemedMinor, answers, atMs, sequence } = await liveBooks(
      engine,
      campaign,
      READ_MS,
    );
    await this.renewOutlook(watched);
    const { outlook } = watched;
    const { events, passedOver } = this.newest.take(ordinal);
    const money = { books, issuedMinor, redeemedMinor };
    const told = { answers, outlook, server, events, passedOver };
    watched.last = { atMs, sequence, isLate: false, ...money, ...told };
  }

  /** Drawn anew now and then: it looks at thousands of grants. */
  private async renewOutlook(watched: Watched): Promise<void> {
    const startedMs = performance.now();
    if (startedMs < watched.outlookDueMs) return;
    const params = { campaign: watched.campaign };
    const asked = { params, query: null, body: null };
    const answer = await execute(engineOf(this.service), "campaign.outlook", asked, READ_MS);
    const tookMs = performance.now() - startedMs;
    watched.outlookDueMs = startedMs + Math.max(OUTLOOK_MS, tookMs / OUTLOOK_SHARE);
    const { atMs, expected, runOut = null } = answer;
    watched.outlook = expected === undefined ? null : { atMs, expected, runOut };
  }

  private serverNow(): LiveServer {
    const { gate, metrics } = this.service;
    const { load, room } = engineOf(this.service);
    return {
      ...{ waitingLines: load.waiting, decidedLines: load.decided },
      ...{ requests: gate.requests, batches: gate.batches },
      latency: this.latency.note(metrics.latencyCounts()),
      diskFull: room.lack !== null,
    };
  }

  private send({ listeners }: Watched, view: LiveView): void {
    const frame = `id: ${view.sequence}\ndata: ${JSON.stringify(view)}\n\n`;
    const nowMs = performance.now();
    for (const listener of listeners) {
      const { response } = listener;
      if (this.ticks % TICKS_TRUSTED === 0 && !listener.isTrusted()) response.end();
      else if (response.writableLength > 0) {
        listener.sinceMs ??= nowMs;
        if (nowMs - listener.sinceMs > LIMITS.bodyTimeoutMs) response.destroy();
      } else {
        listener.sinceMs = null;
        response.write(frame);
      }
    }
  }
}

/** They come back, and hear then why it does not go on. */
function end({ listeners }: Watched): void {
  for (const { response } of listeners) response.end();
}
