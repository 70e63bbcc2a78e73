// Caps as verify keeps them: which cells a claim or a redemption must be charged to, by the
// definition alone, what each cell holds, and whether an event names exactly these cells.
import type { CampaignDefinition, CapDefinition } from "../../core/definition.ts";
import { moneyColumn, type VerifyColumn, wordColumn } from "./columns.ts";
import type { Findings, VerifyCheck } from "./findings.ts";
import { PaceBook } from "./pacing.ts";

export class CapBook {
  readonly ordinal: number;
  /** Its limit may be revised, and nothing else. */
  definition: CapDefinition;
  /** Ordinal of the attribute that it counts by, or -1. */
  readonly attribute: number;
  /** What limits it instead, where it has a curve. */
  readonly pace: PaceBook | null;
  private readonly held = moneyColumn();
  /** Window + 1 in which each cell was last charged; null for caps without windows. */
  private readonly windows: VerifyColumn<Uint32Array> | null;

  constructor(ordinal: number, definition: CapDefinition, attributes: readonly string[]) {
    this.ordinal = ordinal;
    this.definition = definition;
    const reserved = /^(campaign|wave|offer|user)$|:/.test(definition.dimension);
    this.attribute = reserved ? -1 : attributes.indexOf(definition.dimension);
    this.pace = definition.curve === undefined ? null : new PaceBook(definition);
    this.windows = definition.per === "total" ? null : wordColumn();
  }

  /** Another limit, or another curve for the time ahead. */
  take(definition: CapDefinition, atMs: number): void {
    this.definition = definition;
    if (definition.curve !== undefined) this.pace?.take(definition, atMs);
  }

  /** What it may hold at most; a curve is judged for itself. */
  get limit(): number {
    return this.pace === null ? this.definition.limit : Number.POSITIVE_INFINITY;
  }

  /** What a charge of an amount counts for. */
  weight(amountMinor: number): number {
    return this.definition.counts === "money" ? amountMinor : 1;
  }

  /** What the cell holds in a window; a window in which it was never charged holds nothing. */
  used(row: number, window: number): number {
    if (this.windows !== null && this.windows.get(row) !== window + 1) return 0;
    return this.held.get(row);
  }

  add(row: number, window: number, delta: number): void {
    const before = this.used(row, window);
    this.windows?.set(row, window + 1);
    this.held.set(row, before + delta);
  }
}

/** Whether claims of an offer count for a cap at all. */
export function capConcerns(
  cap: CapDefinition,
  definition: CampaignDefinition,
  offer: number,
): boolean {
  const { id, wave, draw, reward } = definition.offers[offer]!;
  // What a draw grants is charged to its stock alone.
  if (draw !== undefined && cap.on === "claim") return cap.id === `pot:${id}`;
  const [kind, name] = cap.dimension.split(":", 2);
  // Compensation is charged to the line's own money, and to nothing that limits claims.
  if (reward.kind === "compensation" && cap.on === "claim") return kind === "offer" && name === id;
  if (name === undefined) return true;
  if (kind === "inviter") return false; // charged by acceptances alone
  return kind === "offer" ? name === id : name === definition.waves[wave]!.id;
}

/** Cells in the order of the caps; one object serves all events. */
export class ExpectedCells {
  readonly caps: CapBook[] = [];
  readonly rows: number[] = [];
  readonly windows: number[] = [];
  length = 0;

  push(cap: CapBook, row: number, window: number): void {
    this.caps[this.length] = cap;
    this.rows[this.length] = row;
    this.windows[this.length] = window;
    this.length += 1;
  }
}

/** Checks that an event's cells, two words each from `at` on, are the expected ones. */
export function compareCells(
  check: VerifyCheck,
  expected: ExpectedCells,
  words: Uint32Array,
  at: number,
  count: number,
  caps: readonly CapBook[],
  findings: Findings,
): void {
  findings.made(check);
  for (let i = 0; i < Math.max(count, expected.length); i++) {
    const inEvent = i < count;
    const cap = inEvent ? words[at + 2 * i]! >>> 24 : -1;
    const window = inEvent ? words[at + 2 * i]! & 0xffffff : -1;
    const row = inEvent ? words[at + 2 * i + 1]! : -1;
    const due = i < expected.length;
    if (
      due &&
      cap === expected.caps[i]!.ordinal &&
      window === expected.windows[i] &&
      row === expected.rows[i]
    ) {
      continue;
    }
    findings.wrong(
      check,
      due
        ? inWords(expected.caps[i]!.definition.id, expected.windows[i]!, expected.rows[i]!)
        : "no further cell",
      inEvent ? inWords(caps[cap]?.definition.id ?? `number ${cap}`, window, row) : "no cell",
    );
    return;
  }
}

function inWords(cap: string, window: number, row: number): string {
  return `a cell of cap ${cap}, window ${window}, row ${row}`;
}

/** Adds a charge to its cells and checks their limits. */
export function chargeCells(cells: ExpectedCells, amountMinor: number, findings: Findings): void {
  for (let i = 0; i < cells.length; i++) {
    const cap = cells.caps[i]!;
    cap.add(cells.rows[i]!, cells.windows[i]!, cap.weight(amountMinor));
    const used = cap.used(cells.rows[i]!, cells.windows[i]!);
    findings.counts.limits += 1;
    if (used <= cap.limit) continue;
    const where = inWords(cap.definition.id, cells.windows[i]!, cells.rows[i]!);
    findings.wrong("limits", `${where} with at most ${cap.limit}`, `${used}`);
  }
}

/** Takes a refund out of its cells; none may fall below zero. */
export function refundCells(cells: ExpectedCells, amountMinor: number, findings: Findings): void {
  for (let i = 0; i < cells.length; i++) {
    const cap = cells.caps[i]!;
    const row = cells.rows[i]!;
    const window = cells.windows[i]!;
    cap.add(row, window, -cap.weight(amountMinor));
    const used = cap.used(row, window);
    if (used >= 0) continue;
    findings.wrong("refunds", `${inWords(cap.definition.id, window, row)} of 0 or more`, `${used}`);
  }
}
