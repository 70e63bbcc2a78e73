// What the crash test knows: every request with its answer, if one came. From them alone it adds up
// what the server's books must say once no fate is unknown any more.

import type { MoneyName } from "../../src/client/index.ts";
import type { BodyOf } from "../../src/contract/index.ts";

export interface Sent<N extends MoneyName = MoneyName> {
  operation: N;
  body: BodyOf<N>;
  /** The first answer that wrote an event: it must be repeated for ever. */
  answer: Record<string, unknown> | null;
}

export interface Expected {
  grants: number;
  redemptions: number;
  reversals: number;
  cancellations: number;
  spentMinor: number;
  reservedMinor: number;
}

const BINDING = new Set(["granted", "redeemed", "cancelled", "reversed"]);

export function binds(answer: Record<string, unknown>): boolean {
  return BINDING.has(String(answer.status));
}

export class CrashLedger {
  readonly sent: Sent[] = [];
  /** Requests whose answer never came. */
  unknown: Sent[] = [];

  acknowledged(): Sent[] {
    return this.sent.filter(({ answer }) => answer !== null && binds(answer));
  }

  /** Holds only when nothing is unknown. */
  expected(): Expected {
    const sum: Expected = {
      grants: 0,
      redemptions: 0,
      reversals: 0,
      cancellations: 0,
      spentMinor: 0,
      reservedMinor: 0,
    };
    for (const { answer } of this.acknowledged()) add(sum, answer!);
    return sum;
  }
}

function add(sum: Expected, answer: Record<string, unknown>): void {
  const minor = (name: string): number => Number(answer[name]);
  switch (answer.status) {
    case "granted":
      sum.grants += 1;
      sum.reservedMinor += minor("amountMinor");
      return;
    case "redeemed":
      sum.redemptions += 1;
      sum.spentMinor += minor("redeemedMinor");
      sum.reservedMinor -= minor("redeemedMinor");
      return;
    case "cancelled":
      sum.cancellations += 1;
      sum.reservedMinor -= minor("returnedMinor");
      return;
    case "reversed":
      sum.reversals += 1;
      sum.spentMinor -= minor("reversedMinor");
      if (answer.redeemableAgain === true) sum.reservedMinor += minor("reversedMinor");
  }
}
