// One cap is everything that can run out: budget of a wave, stock of an offer, what a user, a
// device or a merchant may have in a day. A cap counts money or grants in cells: one a value of its
// dimension, in the current window. Only the current window is open, since time never runs back.

import { assert } from "../../base/assert.ts";
import {
  type CampaignDefinition,
  type CapDefinition,
  potCapId,
  type WaveDefinition,
} from "../definition.ts";
import { Pace } from "../pacing/pace.ts";
import { CHUNK_ROWS, WideColumn } from "../tables/columns.ts";
import { PER, type Per } from "./windows.ts";

/** How the cell of a cap is found. */
export type Dimension = "single" | "wave" | "offer" | "user" | "attribute";

export class Cap {
  readonly ordinal: number;
  readonly id: string;
  definition: CapDefinition;
  readonly dimension: Dimension;
  /** Ordinal of the attribute, when that is the dimension; else -1. */
  readonly attribute: number;
  readonly money: boolean;
  readonly per: Per;
  readonly skipsMissing: boolean;
  /** Whether nothing is given to whoever lacks the attribute. */
  readonly refusesMissing: boolean;
  /** The limit in force, and the highest one that ever was: what was charged by it stays. */
  limit: number;
  highest: number;
  /** What limits the cap instead, where its money is let out by a curve. */
  readonly pace: Pace | null;
  /** Window of the cells; older windows are closed and forgotten. */
  window = 0;
  private readonly cells = new WideColumn();
  /** The window in which each chunk of cells was last cleared. */
  private readonly chunkWindows: number[] = [];

  constructor(ordinal: number, definition: CapDefinition, attributes: readonly string[]) {
    this.ordinal = ordinal;
    this.id = definition.id;
    this.definition = definition;
    this.attribute = attributes.indexOf(definition.dimension);
    this.dimension = dimensionOf(definition, this.attribute);
    this.money = definition.counts === "money";
    this.per = PER[definition.per];
    this.skipsMissing = definition.missing === "skip";
    this.refusesMissing = this.attribute >= 0 && definition.missing === "refuse";
    const { curve, limit } = definition;
    this.pace = curve === undefined ? null : new Pace(curve, limit);
    this.limit = this.pace === null ? limit : Number.MAX_SAFE_INTEGER;
    this.highest = this.limit;
  }

  /** Another limit; how the cap counts never changes. */
  revise(definition: CapDefinition): void {
    this.definition = definition;
    if (this.pace !== null && definition.curve !== undefined) {
      this.pace.curve = definition.curve;
      return;
    }
    this.limit = definition.limit;
    this.highest = Math.max(this.highest, definition.limit);
  }

  /** What the cell holds in `window`. */
  used(row: number, window: number): number {
    if (window !== this.window) return 0;
    if (this.chunkWindows[row >>> 16] !== window) return 0;
    return this.cells.get(row);
  }

  /** Adds to a cell; a newer window closes the one before it, an older one is gone. */
  add(row: number, window: number, delta: number): void {
    if (window < this.window) return;
    if (window > this.window) this.window = window;
    const chunk = row >>> 16;
    if (this.chunkWindows[chunk] !== window) {
      this.cells.low.chunks[chunk]?.fill(0);
      this.cells.high.chunks[chunk]?.fill(0);
      this.chunkWindows[chunk] = window;
    }
    this.cells.add(row, delta);
  }

  /** Cells below zero or above every limit that there was, in words. */
  violations(): string[] {
    const found: string[] = [];
    this.cells.low.chunks.forEach((chunk, index) => {
      if (chunk === undefined || this.chunkWindows[index] !== this.window) return;
      for (let i = 0; i < chunk.length; i++) {
        const row = index * CHUNK_ROWS + i;
        const used = this.cells.get(row);
        if (used < 0 || used > this.highest) {
          found.push(`cap ${this.id}, cell ${row}: ${used} of ${this.highest}`);
        }
      }
    });
    return found;
  }

  /** The columns and scalars that a snapshot keeps. */
  parts(): { columns: WideColumn; chunkWindows: number[]; highest: number } {
    return { columns: this.cells, chunkWindows: this.chunkWindows, highest: this.highest };
  }

  restoreHighest(limit: number): void {
    this.highest = limit;
  }
}

function dimensionOf(definition: CapDefinition, attribute: number): Dimension {
  const name = definition.dimension;
  if (name === "wave" || name === "offer" || name === "user") return name;
  if (name.startsWith(INVITER)) return "user";
  if (name === "campaign" || name.startsWith("wave:") || name.startsWith("offer:")) return "single";
  assert(attribute >= 0, `cap ${definition.id}: expected a declared attribute, got ${name}`);
  return "attribute";
}

/** By wave: the cap that lets its money out by a curve, or null. */
export function pacesOf(caps: readonly Cap[], waves: readonly WaveDefinition[]): (Cap | null)[] {
  const paced = caps.filter((cap) => cap.pace !== null);
  return waves.map(({ id }) => {
    return paced.find((cap) => cap.definition.dimension === `wave:${id}`) ?? null;
  });
}
/** What the dimension of a cap on inviters begins with. */
export const INVITER = "inviter:";

/** Whether claims of an offer are charged to the cap (`wave:…` and `offer:…` limit it). */
export function capApplies(
  cap: CapDefinition,
  definition: CampaignDefinition,
  offer: number,
): boolean {
  const { id, wave, draw, reward } = definition.offers[offer]!;
  if (cap.dimension.startsWith(INVITER)) return false;
  // A prize is no claim: its draw limits it, and nothing but its stock is charged.
  if (draw !== undefined && cap.on === "claim") return cap.id === potCapId(id);
  // What is made good is owed beside every limit but the line's own.
  if (reward.kind === "compensation" && cap.on === "claim") return cap.dimension === `offer:${id}`;
  if (cap.dimension.startsWith("wave:"))
    return cap.dimension.slice(5) === definition.waves[wave]!.id;
  if (cap.dimension.startsWith("offer:")) return cap.dimension.slice(6) === id;
  return true;
}

/** Caps that a decision charges together, and which attributes they count by (one bit each). */
export class CapSet {
  readonly caps: readonly Cap[];
  /** Attributes whose values are interned. */
  readonly counted: number;
  /** Attributes that share one cell when they are missing. */
  readonly shared: number;
  /** The one of them that is let out by a curve, or null. */
  readonly paced: Cap | null;

  /** @param kept attributes whose values are interned although no cap may count by them */
  constructor(caps: readonly Cap[], kept = 0) {
    this.caps = caps;
    this.paced = caps.find((cap) => cap.pace !== null) ?? null;
    let counted = kept;
    let shared = 0;
    for (const cap of caps) {
      if (cap.attribute < 0) continue;
      counted |= 1 << cap.attribute;
      if (cap.definition.missing === "shared") shared |= 1 << cap.attribute;
    }
    this.counted = counted;
    this.shared = shared;
  }
}
