// What all customers may bring within the horizon under each model that was fitted, with bootstrap
// intervals. The replicates of all models go to the pool at once, so that no thread waits.
import { bootstrapOf, type Fit, type GammaGammaParameters } from "../../stats/index.ts";
import { blocksOf, drawBlocks } from "../draw-pool.ts";
import type { CustomerModel } from "./customer-models.ts";
import type { CustomerQuestion } from "./customer-question.ts";
import type { CustomerFile } from "./customer-rows.ts";
import { totalsOf } from "./customer-totals.ts";
import {
  historyColumns,
  REPLICATE_BLOCK,
  type ReplicateTask,
  replicatesOf,
} from "./replicate-draws.ts";

export type PurchaseFile = Extract<CustomerFile, { kind: "log" | "summary" }>;

export interface Ahead {
  readonly estimate: number;
  /** Bootstrap bounds; null where it was not run or too few replicates could be fitted. */
  readonly interval: { readonly lower: number; readonly upper: number } | null;
}

/** Sums over all customers, for the horizon. */
export interface AheadReading {
  readonly purchases: Ahead;
  readonly discountedPurchases: Ahead;
  /** In the file's own money; null without a model of spend. */
  readonly discountedValue: Ahead | null;
}

/** By model; null for one that was not fitted. */
export async function studyAhead(
  file: PurchaseFile,
  models: readonly CustomerModel[],
  fits: readonly Fit<string>[],
  money: GammaGammaParameters | null,
  question: CustomerQuestion,
): Promise<(AheadReading | null)[]> {
  const { seed, replicates, level, workers, onReplicate } = question;
  const { horizon, unit, yearlyDiscount } = question;
  const outlook = { horizon, unit, yearlyDiscount };
  const totals = models.map((model, i) => {
    const fit = fits[i]!;
    return fit.kind === "fitted"
      ? totalsOf(model, fit.parameters, money, file.rows, outlook)
      : null;
  });
  const customers = historyColumns(replicates === 0 ? [] : file.rows);
  const blocks = blocksOf(replicates, REPLICATE_BLOCK);
  const tasks = models.map((model, i): ReplicateTask[] => {
    const [fit, found] = [fits[i]!, totals[i]!];
    if (fit.kind === "unidentified") return [];
    const frame = { seed: String(seed), model: model.id, isPeriods: file.isPeriods, customers };
    const own = { ...frame, near: fit.parameters, money, outlook, figures: found.length };
    return blocks.map((block) => ({ ...own, ...block }));
  });
  const drawn = await drawBlocks("replicates", tasks.flat(), {
    ...(workers === undefined ? {} : { workers }),
    ...(onReplicate === undefined ? {} : { onProgress: onReplicate }),
  });
  return totals.map((found, i) => {
    if (found === null) return null;
    const from = tasks.slice(0, i).flat().length;
    const own = replicatesOf(drawn.slice(from, from + tasks[i]!.length), found.length);
    const intervals = replicates === 0 ? null : (bootstrapOf(own, level)?.intervals ?? null);
    const ahead = (at: number): Ahead => ({
      estimate: found[at]!,
      interval: intervals?.[at] ?? null,
    });
    const discountedValue = found.length > 2 ? ahead(2) : null;
    return { purchases: ahead(0), discountedPurchases: ahead(1), discountedValue };
  });
}
