// What happens by itself, ten times a second: expired grants are swept, settled money is freed, and
// the journal is sealed when nothing has happened for a second.
import { HongbaoError } from "../../base/error.ts";

const TICK_MS = 100;
const SEAL_AFTER_MS = 1000;

export interface TickerOptions {
  sweep: () => Promise<void>;
  seal: () => Promise<void>;
  /** ms since the last record became durable. */
  idleMs: () => number;
  /** Whether the writer has stopped for good. */
  stopped: () => boolean;
}

export class Ticker {
  private readonly options: TickerOptions;
  private timer: NodeJS.Timeout | null = null;
  private busy = false;

  constructor(options: TickerOptions) {
    this.options = options;
  }

  start(): void {
    this.timer = setInterval(() => this.tick(), TICK_MS);
    this.timer.unref();
  }

  stop(): void {
    if (this.timer !== null) clearInterval(this.timer);
    this.timer = null;
  }

  private tick(): void {
    const { sweep, seal, idleMs, stopped } = this.options;
    if (this.busy || stopped()) return;
    this.busy = true;
    const idle = idleMs() >= SEAL_AFTER_MS;
    sweep()
      .then(() => (idle ? seal() : undefined))
      .catch((error: unknown) => {
        // Overload or a stopped writer: the next tick tries again, requests get the reason.
        if (!(error instanceof HongbaoError)) throw error;
      })
      .finally(() => {
        this.busy = false;
      });
  }
}
