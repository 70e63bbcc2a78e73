// The newest events of watched campaigns, a few of each kind, so that a rare one is not lost among
// thousands of grants. They are taken from records as they become durable, and read only when
// somebody looks.
import type { EventView } from "../../contract/index.ts";
import { EVENT_KINDS, HEAD } from "../../core/event.ts";
import { type Definitions, eventFields, payloadWords } from "../../core/event-view.ts";
import type { RecordDraft } from "../../journal/port.ts";
import type { Engine } from "../engine.ts";

const MOST_OF_A_KIND = 3;
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

/** Of one campaign, since they were taken last. */
interface Kept {
  byKind: Map<number, KeptEvent[]>;
  seen: number;
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
    this.kept.set(campaign, { byKind: new Map(), seen: 0 });
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
    // The first places of the last events of each kind; only those are copied.
    const places = new Map<Kept, Map<number, [at: number, index: number][]>>();
    let index = -1;
    for (let at = 0; at < words.length; at += words[at]! >>> 16) {
      index += 1;
      const kind = words[at]! & 0xff;
      const kept = this.kept.get(words[at + HEAD.time]! >>> 16);
      if (kept === undefined || PASSED.has(kind)) continue;
      kept.seen += 1;
      const kinds = setDefault(places, kept, () => new Map<number, [number, number][]>());
      const last = setDefault(kinds, kind, () => []);
      if (last.length === MOST_OF_A_KIND) last.shift();
      last.push([at, index]);
    }
    for (const [kept, kinds] of places) {
      for (const [kind, last] of kinds) {
        const copies = last.map(([at, index]): KeptEvent => {
          const copy = words.slice(at, at + (words[at]! >>> 16));
          return { sequence, index, recordAtMs: atMs, words: copy };
        });
        const all = [...(kept.byKind.get(kind) ?? []), ...copies];
        kept.byKind.set(kind, all.slice(-MOST_OF_A_KIND));
      }
    }
  };
}

function setDefault<K, V>(map: Map<K, V>, key: K, make: () => V): V {
  let value = map.get(key);
  if (value === undefined) {
    value = make();
    map.set(key, value);
  }
  return value;
}

function inOrder(a: KeptEvent, b: KeptEvent): number {
  return a.sequence - b.sequence || a.index - b.index;
}
