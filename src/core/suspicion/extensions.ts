// Grants whose own expiry was moved further away, one by one. They leave the order of their class:
// their new ends come in any order, so that entries wait sorted by them. Columns that a campaign
// without extensions never fills.
import { type Column, WideColumn, WordColumn } from "../tables/columns.ts";

export class Extensions {
  /** By entry, in the order in which they were made: the grant, its new end, and that of before. */
  readonly grants: WordColumn = new WordColumn();
  readonly untilMs: WideColumn = new WideColumn();
  readonly beforeMs: WideColumn = new WideColumn();
  /** Per grant: its last entry + 1; earlier entries count for nothing. */
  readonly place: WordColumn = new WordColumn();
  length = 0;
  /**
   * Entries in the order of their new ends; those before the cursor are done. A new end lies ahead,
   * and so behind the cursor.
   */
  private readonly order: number[] = [];
  cursor = 0;

  push(grant: number, untilMs: number, beforeMs: number): void {
    const entry = this.length;
    this.grants.set(entry, grant);
    this.untilMs.set(entry, untilMs);
    this.beforeMs.set(entry, beforeMs);
    this.length += 1;
    this.place.set(grant, this.length);
    this.order.splice(this.positionFor(untilMs), 0, entry);
  }

  /** The new end of the entry at a position in the order of ends. */
  endAt(position: number): number {
    return this.untilMs.get(this.order[position]!);
  }

  /** The grant of that entry, or -1 when it was extended again. */
  grantAt(position: number): number {
    const entry = this.order[position]!;
    const grant = this.grants.get(entry);
    return this.place.get(grant) === entry + 1 ? grant : -1;
  }

  /** Until when a grant lives at least by its last extension; 0: never extended. */
  untilOf(grant: number): number {
    const place = this.place.get(grant);
    return place === 0 ? 0 : this.untilMs.get(place - 1);
  }

  scalars(): ExtensionScalars {
    return { length: this.length, cursor: this.cursor };
  }

  /** The columns must be restored. */
  restore({ length, cursor }: ExtensionScalars): void {
    this.length = length;
    this.cursor = cursor;
    const ends = Float64Array.from({ length }, (_, entry) => this.untilMs.get(entry));
    const order = Array.from(ends, (_, entry) => entry);
    order.sort((a, b) => ends[a]! - ends[b]! || a - b);
    for (const entry of order) this.order.push(entry);
  }

  /** Behind all that end no later; the last place of all, where many get the same end. */
  private positionFor(untilMs: number): number {
    let [low, high] = [this.cursor, this.order.length];
    if (high === low || this.endAt(high - 1) <= untilMs) return high;
    while (low < high) {
      const middle = (low + high) >>> 1;
      if (this.endAt(middle) <= untilMs) low = middle + 1;
      else high = middle;
    }
    return low;
  }
}

/** What a snapshot keeps beside the columns. */
export interface ExtensionScalars {
  length: number;
  cursor: number;
}

/** Every column, under the name that a snapshot keeps it by. */
export function extensionColumns(extensions: Extensions): [name: string, column: Column][] {
  const { grants, place, untilMs, beforeMs } = extensions;
  return [
    ["extended-grants", grants],
    ["extended-place", place],
    ["extended-until-low", untilMs.low],
    ["extended-until-high", untilMs.high],
    ["extended-before-low", beforeMs.low],
    ["extended-before-high", beforeMs.high],
  ];
}
