// What a campaign granted and redeemed, added up over steps of time from the columns of its state:
// each row is looked at once, and steps double in length so that there are never many.
import { LIMITS } from "../../base/limits.ts";
import type { CampaignState } from "../../core/state.ts";

const FIRST_STEP_MS = 1000;

interface Column {
  /** Rows before it are added up. */
  next: number;
  readonly counts: Float64Array;
  readonly minor: Float64Array;
}

export class StepSums {
  stepMs: number = FIRST_STEP_MS;
  /** When the first step begins, since the campaign's start: with the first grant. */
  beginsMs = 0;
  readonly grants: Column = emptyColumn();
  readonly redemptions: Column = emptyColumn();

  /** Adds up at most so many rows of each. False: there are more. */
  catchUp(campaign: CampaignState, mostRows: number): boolean {
    const { grantCount, redemptionCount, grantAt, redemptionAt } = campaign;
    const { grants, redemptions } = this;
    if (grants.next === 0 && grantCount > 0) {
      this.beginsMs = Math.floor(grantAt.get(0) / FIRST_STEP_MS) * FIRST_STEP_MS;
    }
    const grantsTo = Math.min(grantCount, grants.next + mostRows);
    for (; grants.next < grantsTo; grants.next++) {
      this.add(grants, grantAt.get(grants.next), campaign.grantAmount.get(grants.next));
    }
    const redemptionsTo = Math.min(redemptionCount, redemptions.next + mostRows);
    for (; redemptions.next < redemptionsTo; redemptions.next++) {
      const amountMinor = campaign.redemptionAmount.get(redemptions.next);
      this.add(redemptions, redemptionAt.get(redemptions.next), amountMinor);
    }
    return grantsTo === grantCount && redemptionsTo === redemptionCount;
  }

  /** Steps from the first one to an instant, the one of that instant included. */
  stepsUntil(sinceStartMs: number): number {
    return this.grants.next === 0 ? 0 : this.stepAt(sinceStartMs) + 1;
  }

  private add({ counts, minor }: Column, sinceStartMs: number, amountMinor: number): void {
    const step = this.stepAt(sinceStartMs);
    counts[step]! += 1;
    minor[step]! += amountMinor;
  }

  /** Where the steps do not reach so far they become longer. */
  private stepAt(sinceStartMs: number): number {
    const sinceMs = Math.max(0, sinceStartMs - this.beginsMs);
    while (sinceMs >= this.stepMs * LIMITS.historySteps) {
      for (const { counts, minor } of [this.grants, this.redemptions]) {
        halve(counts);
        halve(minor);
      }
      this.stepMs *= 2;
    }
    return Math.floor(sinceMs / this.stepMs);
  }
}

function emptyColumn(): Column {
  const steps = LIMITS.historySteps;
  return { next: 0, counts: new Float64Array(steps), minor: new Float64Array(steps) };
}

/** Two steps become one. */
function halve(sums: Float64Array): void {
  const half = sums.length / 2;
  for (let i = 0; i < half; i++) sums[i] = sums[2 * i]! + sums[2 * i + 1]!;
  sums.fill(0, half);
}
