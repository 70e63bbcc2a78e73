// Who is blocked: users and values of attributes (a device, a household, a block of addresses),
// each until an instant. A campaign that blocks nobody keeps nothing and looks nothing up.

import { USER_AT } from "../command.ts";
import { type Column, WideColumn } from "../tables/columns.ts";
import { KeyTable } from "../tables/key-table.ts";

/** A block without an end. */
export const FOR_GOOD: number = Number.MAX_SAFE_INTEGER;

/** Of whom a block is: the user, else 1 + the ordinal of an attribute. */
export const USER_SUBJECT = 0;

/** Where a command has the key of a subject. */
export function subjectAt(subject: number): number {
  return USER_AT + 4 * subject;
}

/** Keys of one kind of subject that were ever blocked, in the order in which they first were. */
export class BlockedKeys {
  readonly keys: KeyTable;
  /** The block's end in ms UTC, exclusive; 0: not blocked. */
  readonly untilMs: WideColumn = new WideColumn();

  constructor(hashBits: number) {
    this.keys = new KeyTable(hashBits);
  }

  untilOf(words: Uint32Array, at: number): number {
    const row = this.keys.find(words, at);
    return row < 0 ? 0 : this.untilMs.get(row);
  }
}

/** How many blocks and unblocks there were. */
export interface BlockCounts {
  /** By an operator's list. */
  listed: number;
  /** By a cap that somebody asked beyond. */
  byCap: number;
  lifted: number;
}

export class Blocks {
  /** By subject: users, then one for each attribute. */
  readonly of: BlockedKeys[] = [];
  readonly counts: BlockCounts = { listed: 0, byCap: 0, lifted: 0 };

  get isEmpty(): boolean {
    return this.counts.listed === 0 && this.counts.byCap === 0;
  }

  /** Makes room for the attributes of a definition. */
  meet(attributes: number, hashBits: number): void {
    while (this.of.length <= attributes) this.of.push(new BlockedKeys(hashBits));
  }
}

/** Every column but the keys' own, under the name that a snapshot keeps it by. */
export function blockColumns({ of }: Blocks): [name: string, column: Column][] {
  return of.flatMap(({ untilMs }, subject): [string, Column][] => [
    [`blocked-${subject}-until-low`, untilMs.low],
    [`blocked-${subject}-until-high`, untilMs.high],
  ]);
}
