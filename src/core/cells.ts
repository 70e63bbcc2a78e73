// Where the cells of a decision lie: which caps, which rows, which windows. decide names them in
// the event, apply adds to what the event names; this file is the naming.

import { assert } from "../base/assert.ts";
import type { Cap } from "./caps.ts";
import type { EventWriter } from "./event.ts";

const WINDOW_BITS = 24;
const WINDOW_LIMIT = 2 ** WINDOW_BITS;

/** The cells that one decision charges or refunds, in the order of the caps. Reused. */
export class CellList {
  readonly caps: Cap[] = [];
  readonly rows: number[] = [];
  readonly windows: number[] = [];
  length = 0;

  clear(): void {
    this.length = 0;
  }

  push(cap: Cap, row: number, window: number): void {
    this.caps[this.length] = cap;
    this.rows[this.length] = row;
    this.windows[this.length] = window;
    this.length += 1;
  }

  /** Writes two words a cell: cap << 24 | window, row. */
  write(out: EventWriter, at: number): void {
    for (let i = 0; i < this.length; i++) {
      const window = this.windows[i]!;
      assert(window >= 0 && window < WINDOW_LIMIT, "a window does not fit into 24 bits");
      out.words[at + 2 * i] = (this.caps[i]!.ordinal << WINDOW_BITS) | window;
      out.words[at + 2 * i + 1] = this.rows[i]!;
    }
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
