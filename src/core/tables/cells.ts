// Where the cells of a decision lie: which caps, which rows, which windows. decide names them in
// the event, apply adds to what the event names; this file is the naming.

import { assert } from "../../base/assert.ts";
import { LIMITS } from "../../base/limits.ts";
import type { Cap } from "../caps/caps.ts";
import { MAX_ATTRIBUTES } from "../command.ts";
import type { EventWriter } from "../event.ts";

const WINDOW_BITS = 24;
const WINDOW_LIMIT = 2 ** WINDOW_BITS;

/**
 * An event counts its cells in eight bits, and a cell names its cap in eight. A decision charges at
 * most one cell of each cap, and a campaign has at most `LIMITS.caps`.
 */
const MOST_CELLS = 255;
assert(LIMITS.caps <= MOST_CELLS, "an event's cell count is too narrow for a cell of every cap");

/** The cells that one decision charges or refunds, as its event will name them. Reused. */
export class CellList {
  /** Two words a cell: cap << 24 | window, row. */
  private readonly words = new Uint32Array(2 * MOST_CELLS);
  length = 0;
  /** By attribute: the row of the value that the cells were found by. */
  readonly rows: Float64Array = new Float64Array(MAX_ATTRIBUTES);

  clear(): void {
    this.length = 0;
  }

  push(cap: Cap, row: number, window: number): void {
    assert(window >= 0 && window < WINDOW_LIMIT, "a window does not fit into 24 bits");
    assert(this.length < MOST_CELLS, "one decision charges too many cells");
    const at = 2 * this.length;
    this.words[at] = (cap.ordinal << WINDOW_BITS) | window;
    this.words[at + 1] = row;
    this.length += 1;
  }

  /** Whether the cell is one of them. */
  has(cap: Cap, row: number, window: number): boolean {
    const first = ((cap.ordinal << WINDOW_BITS) | window) >>> 0;
    for (let i = 0; i < 2 * this.length; i += 2) {
      if (this.words[i] === first && this.words[i + 1] === row) return true;
    }
    return false;
  }

  write(out: EventWriter, at: number): void {
    const { words } = this;
    const to = out.words;
    for (let i = 0; i < 2 * this.length; i++) to[at + i] = words[i]!;
  }
}

/** Adds `sign` times what the event says to the cells that it names. */
export function addCells(
  caps: readonly Cap[],
  words: Uint32Array,
  at: number,
  count: number,
  amountMinor: number,
  sign: 1 | -1,
): void {
  for (let i = at; i < at + 2 * count; i += 2) {
    const cap = caps[words[i]! >>> WINDOW_BITS]!;
    const window = words[i]! & (WINDOW_LIMIT - 1);
    cap.add(words[i + 1]!, window, sign * (cap.money ? amountMinor : 1));
  }
}
