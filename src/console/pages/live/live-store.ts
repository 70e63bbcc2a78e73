// What a Live page knows: the newest snapshot, rates of the last minutes and a few events, each in
// room of a fixed size. It lies outside of React, so that a part is drawn anew only when what it
// shows has changed.
import type { Client, EventView, LiveView } from "../../../client/index.ts";
import { RateRing } from "./rate-ring.ts";
import { type Refusal, refusalsOf, totalsOf } from "./refusals.ts";

/**
 * Charts and tables follow one snapshot in four, each another one: all of them at once would keep
 * the browser's thread for longer than people notice.
 */
export const BEAT = { rest: 0, burn: 1, rates: 2, tables: 3 } as const;
export type Beat = keyof typeof BEAT;
const BEATS = 4;
const MOST_EVENTS = 16;
/** Of each kind, so that a rare one stays while thousands of grants go by. */
const MOST_OF_A_KIND = 5;
/** So many snapshots reach over all that is "lately". */
const KEPT_VIEWS = 20;

export class LiveStore {
  readonly rates: RateRing = new RateRing();
  /** The newest snapshot. */
  fast: LiveView | null = null;
  /** Newest first. */
  feed: readonly EventView[] = [];
  refusals: readonly Refusal[] = [];
  /** Why it does not go on; null: it does. */
  error: unknown = null;
  /** Why it waits before it asks again; null: it does not. */
  trouble: unknown = null;
  /** When the newest snapshot came, by the browser's own clock; and by people's. */
  cameMs = 0;
  cameAtMs = 0;
  private readonly beats: LiveView[] = new Array<LiveView>(BEATS);
  private taken = 0;
  private readonly views: LiveView[] = [];
  /** The second up to which refusals are told. */
  private toldMs = Number.NaN;
  private readonly listeners = new Set<() => void>();

  readonly subscribe = (listener: () => void): (() => void) => {
    this.listeners.add(listener);
    return () => this.listeners.delete(listener);
  };

  /** Goes on until the signal; whatever asking again does not help is kept as the error. */
  async follow(client: Client, campaign: string, signal: AbortSignal): Promise<void> {
    this.error = null;
    const onRetry = (trouble: unknown): void => {
      this.trouble = trouble;
      this.tell();
    };
    try {
      for await (const view of client.live({ campaign, signal, onRetry })) this.take(view);
    } catch (error) {
      if (signal.aborted) return;
      this.error = error;
      this.tell();
    }
  }

  take(view: LiveView): void {
    this.fast = view;
    this.trouble = null;
    this.cameMs = performance.now();
    this.cameAtMs = Date.now();
    this.rates.add(view.atMs, totalsOf(view));
    if (view.events.length > 0 && !view.isLate) {
      this.feed = newestOf([...[...view.events].reverse(), ...this.feed]);
    }
    // While the server is too busy to read the books, the same ones come again.
    if (this.views.at(-1)?.atMs === view.atMs) this.views.pop();
    this.views.push(view);
    if (this.views.length > KEPT_VIEWS) this.views.shift();
    const beat = this.taken % BEATS;
    if (this.taken === 0) this.beats.fill(view, 0, BEATS);
    this.taken += 1;
    this.beats[beat] = view;
    this.tellRefusals(beat === BEAT.tables || this.taken === 1);
    this.tell();
  }

  /** The snapshot that a part shows; null before the first one. */
  at(beat: Beat): LiveView | null {
    return this.beats[BEAT[beat]] ?? null;
  }

  /** With the tables, and when the rate of all refusals is another one: it is their sum. */
  private tellRefusals(isDue: boolean): void {
    const lately = this.rates.lately();
    if (!isDue && lately.toMs === this.toldMs) return;
    this.toldMs = lately.toMs;
    const isKnown = !Number.isNaN(this.rates.now("refusals"));
    this.refusals = refusalsOf(this.views, isKnown ? lately : null);
  }

  private tell(): void {
    for (const listener of this.listeners) listener();
  }
}

function newestOf(events: readonly EventView[]): EventView[] {
  const seen = new Map<string, number>();
  const kept = events.filter(({ type }) => {
    const before = seen.get(type) ?? 0;
    seen.set(type, before + 1);
    return before < MOST_OF_A_KIND;
  });
  return kept.slice(0, MOST_EVENTS);
}
