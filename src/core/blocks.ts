// Who is blocked: users and values of attributes (a device, a household, a block of addresses),
// each until an instant. A campaign that blocks nobody keeps nothing and looks nothing up.
import { type Column, WideColumn } from "./columns.ts";
import { type Command, USER_AT } from "./command.ts";
import { KeyTable } from "./key-table.ts";
import type { CampaignState } from "./state.ts";

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

/** Whether the user of a command, or any value that came with it, is blocked now. */
export function isBlocked(campaign: CampaignState, command: Command, atMs: number): boolean {
  const { blocks } = campaign;
  if (blocks.isEmpty) return false;
  for (let subject = 0; subject < blocks.of.length; subject++) {
    if (blocks.of[subject]!.keys.count === 0 || !names(command, subject)) continue;
    if (atMs < blocks.of[subject]!.untilOf(command.keys, subjectAt(subject))) return true;
  }
  return false;
}

/** Whether a command says who or what the subject is. */
export function names({ attributes }: Command, subject: number): boolean {
  return subject === USER_SUBJECT || ((attributes >>> (subject - 1)) & 1) === 1;
}

/** Whether a user is blocked now, whatever he comes with. */
export function isUserBlocked(
  { blocks, users }: CampaignState,
  user: number,
  atMs: number,
): boolean {
  if (blocks.isEmpty) return false;
  users.keys.read(user, KEY, 0);
  return atMs < blocks.of[USER_SUBJECT]!.untilOf(KEY, 0);
}

/** Whether a value that a grant was charged by, such as its device, is blocked now. */
export function isGrantBlocked(
  { blocks, attributes, grantAttribute }: CampaignState,
  grant: number,
  atMs: number,
): boolean {
  if (blocks.isEmpty) return false;
  return grantAttribute.some((column, attribute) => {
    const row = (column?.get(grant) ?? 0) - 1;
    if (row < 0) return false;
    attributes[attribute]!.keys.read(row, KEY, 0);
    return atMs < blocks.of[1 + attribute]!.untilOf(KEY, 0);
  });
}

const KEY = new Uint32Array(4);

/** Every column but the keys' own, under the name that a snapshot keeps it by. */
export function blockColumns({ of }: Blocks): [name: string, column: Column][] {
  return of.flatMap(({ untilMs }, subject): [string, Column][] => [
    [`blocked-${subject}-until-low`, untilMs.low],
    [`blocked-${subject}-until-high`, untilMs.high],
  ]);
}
