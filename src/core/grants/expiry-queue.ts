// When the grants of one offer expire. They wait in the order of granting, in classes that expire
// by one rule each: within a class the order of granting is the order of expiring, so that a sweep
// is one cursor a class, and another instant for millions of grants is another rule of their class.

import type { ExpiryDefinition } from "../definition.ts";
import { WordColumn } from "../tables/columns.ts";

/** Consecutive grants of an offer that expire by one rule. */
export interface ExpiryClass {
  /** Position of its first grant in the offer's order, and that grant's ordinal. */
  from: number;
  firstGrant: number;
  /** Grants before this position are swept. */
  cursor: number;
  expiry: ExpiryDefinition;
}

export class ExpiryQueue {
  /** The offer's grants in order. */
  readonly grants: WordColumn = new WordColumn();
  length = 0;
  /** At least one; the last one takes new grants. */
  classes: ExpiryClass[];

  constructor(expiry: ExpiryDefinition) {
    this.classes = [{ from: 0, firstGrant: 0, cursor: 0, expiry }];
  }

  push(grant: number): void {
    this.grants.set(this.length, grant);
    this.length += 1;
  }

  /** The rule for grants to come. */
  get expiry(): ExpiryDefinition {
    return this.classes[this.classes.length - 1]!.expiry;
  }

  /** The rule of a grant of this offer. */
  ruleOf(grant: number): ExpiryDefinition {
    return ruleIn(this.classes, grant);
  }

  /** Whether the sweep of a grant's class has passed it. */
  hasPassed(grant: number): boolean {
    const { cursor } = this.classes[classIn(this.classes, grant)]!;
    return cursor > 0 && this.grants.get(cursor - 1) >= grant;
  }

  /** The position behind the last grant of a class. */
  endOf(ordinal: number): number {
    return this.classes[ordinal + 1]?.from ?? this.length;
  }
}

/** The rule of a grant in the classes of its offer. */
export function ruleIn(classes: readonly ExpiryClass[], grant: number): ExpiryDefinition {
  return classes[classIn(classes, grant)]!.expiry;
}

function classIn(classes: readonly ExpiryClass[], grant: number): number {
  let i = classes.length - 1;
  while (i > 0 && classes[i]!.firstGrant > grant) i -= 1;
  return i;
}

/** When a grant made at `grantedAtMs` expires by a rule; at the latest when the campaign closes. */
export function expiryAt(
  expiry: ExpiryDefinition,
  grantedAtMs: number,
  closesAtMs: number,
): number {
  return Math.min(expiry.kind === "at" ? expiry.atMs : grantedAtMs + expiry.afterMs, closesAtMs);
}

export function sameExpiry(a: ExpiryDefinition, b: ExpiryDefinition): boolean {
  if (a.kind === "at") return b.kind === "at" && a.atMs === b.atMs;
  return b.kind === "after" && a.afterMs === b.afterMs;
}
