// What a campaign remembers of suspicion: holds and releases of grants, and what claw-backs left
// owing. Columns that a campaign without suspicion never fills.
import { type Column, WideColumn, WordColumn } from "../tables/columns.ts";

/** Grants in the order in which something happened to them; the sweep goes through them once. */
export class SuspectQueue {
  readonly grants: WordColumn = new WordColumn();
  length = 0;
  /** Entries before it are done. */
  cursor = 0;
  /** Per grant: its last entry + 1; earlier entries count for nothing. */
  readonly place: WordColumn = new WordColumn();

  push(grant: number): void {
    this.grants.set(this.length, grant);
    this.length += 1;
    this.place.set(grant, this.length);
  }

  /** The grant of an entry, or -1 when a later entry took its place. */
  grantAt(entry: number): number {
    const grant = this.grants.get(entry);
    return this.place.get(grant) === entry + 1 ? grant : -1;
  }
}

export class Suspicion {
  /** In order of being held; those that still are when the campaign closes expire then. */
  readonly held: SuspectQueue = new SuspectQueue();
  /** In order of release, and so of the end of their grace, since all have the same. */
  readonly released: SuspectQueue = new SuspectQueue();
  /** By entry of `released`: until when it lives at least, since the campaign's start. */
  readonly releasedUntil: WideColumn = new WideColumn();

  /** By grant: the receivable as it was clawed back, and what of it is still owing. */
  readonly grantClaimed: WideColumn = new WideColumn();
  readonly grantOwed: WideColumn = new WideColumn();

  /** Money that came in for receivables, in order. */
  receiptCount = 0;
  readonly receiptGrant: WordColumn = new WordColumn();
  readonly receiptAmount: WideColumn = new WideColumn();
  readonly receiptLeft: WideColumn = new WideColumn();

  readonly books: SuspicionBooks = {
    clawedBackMinor: 0,
    receivableMinor: 0,
    receivedMinor: 0,
  };
  readonly counts: SuspicionCounts = {
    held: 0,
    released: 0,
    clawedBack: 0,
  };

  /** What a merchant gives back of a grant that was clawed back is no longer owing. */
  forgive(grant: number, amountMinor: number): void {
    const lessMinor = Math.min(amountMinor, this.grantOwed.get(grant));
    if (lessMinor === 0) return;
    this.grantOwed.add(grant, -lessMinor);
    this.books.receivableMinor -= lessMinor;
  }

  /** Until when a grant lives at least by its last release, since the start; 0: never released. */
  graceOf(grant: number): number {
    const place = this.released.place.get(grant);
    return place === 0 ? 0 : this.releasedUntil.get(place - 1);
  }
}

export interface SuspicionBooks {
  /** Unspent rests that claw-backs returned to the budget. */
  clawedBackMinor: number;
  /** Spent money of grants that were clawed back, which is still owing. */
  receivableMinor: number;
  /** What came in of it. */
  receivedMinor: number;
}

export interface SuspicionCounts {
  held: number;
  released: number;
  clawedBack: number;
}

/** What a snapshot keeps beside the columns. */
export interface SuspicionScalars {
  books: SuspicionBooks;
  counts: SuspicionCounts;
  held: { length: number; cursor: number };
  released: { length: number; cursor: number };
  receiptCount: number;
}

/** Every column, under the name that a snapshot keeps it by. */
export function suspicionColumns(suspicion: Suspicion): [name: string, column: Column][] {
  const { held, released, releasedUntil, grantClaimed, grantOwed } = suspicion;
  const { receiptGrant, receiptAmount, receiptLeft } = suspicion;
  const wide: [string, WideColumn][] = [
    ["released-until", releasedUntil],
    ["grant-claimed", grantClaimed],
    ["grant-owed", grantOwed],
    ["receipt-amount", receiptAmount],
    ["receipt-left", receiptLeft],
  ];
  return [
    ["held-grants", held.grants],
    ["held-place", held.place],
    ["released-grants", released.grants],
    ["released-place", released.place],
    ["receipt-grant", receiptGrant],
    ...wide.flatMap(([name, { low, high }]): [string, Column][] => [
      [`${name}-low`, low],
      [`${name}-high`, high],
    ]),
  ];
}

export function suspicionScalars(suspicion: Suspicion): SuspicionScalars {
  const { books, counts, held, released, receiptCount } = suspicion;
  return {
    books: { ...books },
    counts: { ...counts },
    held: { length: held.length, cursor: held.cursor },
    released: { length: released.length, cursor: released.cursor },
    receiptCount,
  };
}

export function restoreSuspicion(suspicion: Suspicion, scalars: SuspicionScalars): void {
  Object.assign(suspicion.books, scalars.books);
  Object.assign(suspicion.counts, scalars.counts);
  Object.assign(suspicion.held, scalars.held);
  Object.assign(suspicion.released, scalars.released);
  suspicion.receiptCount = scalars.receiptCount;
}
