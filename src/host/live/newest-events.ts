// The newest events of watched campaigns, a few of each kind, so that a rare one is not lost among
// thousands of grants. They are taken from records as they become durable, and read only when
// somebody looks.
import type { EventView } from "../../contract/index.ts";
import { EVENT_KINDS, HEAD } from "../../core/event.ts";
import { type Definitions, eventFields, payloadWords } from "../../core/event-view.ts";
import type { RecordDraft } from "../../journal/port.ts";
import type { Engine } from "../engine.ts";

const MOST_OF_A_KIND = 3;
/** A kind is a byte. */
const KINDS = 256;
/** They only accompany others, or add up. */
const PASSED: ReadonlySet<number> = new Set([
  EVENT_KINDS.assigned,
  EVENT_KINDS.exposed,
  EVENT_KINDS.totals,
]);

interface KeptEvent {
  sequence: number;
  index: number;
  recordAtMs: number;
  words: Uint32Array;
}

/** Of one campaign. */
class Kept {
  /** Since they were taken last. */
  readonly byKind: Map<number, KeptEvent[]> = new Map();
  seen = 0;
  /** Of the record that is looked at: how many of each kind, and where the last ones are. */
  private readonly counts = new Uint32Array(KINDS);
  private readonly places = new Uint32Array(KINDS * MOST_OF_A_KIND);
  private readonly indexes = new Uint32Array(KINDS * MOST_OF_A_KIND);
  private isMet = false;

  meet(kind: number, at: number, index: number): void {
    if (PASSED.has(kind)) return;
    const slot = kind * MOST_OF_A_KIND + (this.counts[kind]! % MOST_OF_A_KIND);
    this.counts[kind]! += 1;
    this.places[slot] = at;
    this.indexes[slot] = index;
    this.isMet = true;
  }

  /** Copies what is kept of the record, whose words are there for this moment only. */
  keep(sequence: number, recordAtMs: number, words: Uint32Array): void {
    if (!this.isMet) return;
    for (let kind = 0; kind < KINDS; kind++) {
      const count = this.counts[kind]!;
      if (count === 0) continue;
      this.seen += count;
      const all = this.byKind.get(kind) ?? [];
      this.byKind.set(kind, all);
      for (let nth = Math.max(0, count - MOST_OF_A_KIND); nth < count; nth++) {
        const slot = kind * MOST_OF_A_KIND + (nth % MOST_OF_A_KIND);
        const [at, index] = [this.places[slot]!, this.indexes[slot]!];
        const copy = words.slice(at, at + (words[at]! >>> 16));
        all.push({ sequence, index, recordAtMs, words: copy });
        if (all.length > MOST_OF_A_KIND) all.shift();
      }
    }
    this.counts.fill(0);
    this.isMet = false;
  }
}

export class NewestEvents {
  private readonly engine: Engine;
  private readonly kept = new Map<number, Kept>();

  constructor(engine: Engine) {
    this.engine = engine;
  }

  watch(campaign: number): void {
    if (this.kept.has(campaign)) return;
    if (this.kept.size === 0) this.engine.durableListeners.add(this.listen);
    this.kept.set(campaign, new Kept());
  }

  unwatch(campaign: number): void {
    this.kept.delete(campaign);
    if (this.kept.size === 0) this.engine.durableListeners.delete(this.listen);
  }

  /** The newest ones, oldest first, and how many more there were. */
  take(campaign: number): { events: EventView[]; passedOver: number } {
    const kept = this.kept.get(campaign);
    if (kept === undefined) return { events: [], passedOver: 0 };
    const newest = [...kept.byKind.values()].flat().sort(inOrder);
    const passedOver = kept.seen - newest.length;
    kept.byKind.clear();
    kept.seen = 0;
    const definitions: Definitions = this.engine.state.campaigns.map((one) => one.definition);
    const events = newest.map(({ sequence, index, recordAtMs, words }) => {
      return { sequence, index, ...eventFields(words, 0, recordAtMs, definitions) };
    });
    return { events, passedOver };
  }

  private readonly listen = (sequence: number, { atMs, payload }: RecordDraft): void => {
    const words = payloadWords(payload);
    let index = 0;
    for (let at = 0; at < words.length; at += words[at]! >>> 16) {
      const campaign = words[at + HEAD.time]! >>> 16;
      this.kept.get(campaign)?.meet(words[at]! & 0xff, at, index);
      index += 1;
    }
    for (const kept of this.kept.values()) kept.keep(sequence, atMs, words);
  };
}

function inOrder(a: KeptEvent, b: KeptEvent): number {
  return a.sequence - b.sequence || a.index - b.index;
}
