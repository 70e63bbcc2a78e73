// The bootstrap of what is to come, in blocks: customers are drawn again with replacement, models
// are fitted again, and the totals are computed again. Worker threads draw it (see draw-pool.ts).
import { randomStream } from "../../base/keystream.ts";
import {
  bootstrapReplicates,
  fitGammaGamma,
  type GammaGammaParameters,
  historyTable,
  type ReplicateFigures,
} from "../../stats/index.ts";
import { customerModels, type NamedParameters } from "./customer-models.ts";
import { type CustomerHistory, type Outlook, spendOf, totalsOf } from "./customer-totals.ts";

/** Replicates of one block: few, since one of a large file may take seconds. */
export const REPLICATE_BLOCK = 5;

/** All customers, in memory that threads share, since every task needs them. */
export type HistoryColumns = Readonly<Record<keyof CustomerHistory, Float64Array>>;

export interface ReplicateTask {
  readonly seed: string;
  /** A model's id; times are of periods or of a clock. */
  readonly model: string;
  readonly isPeriods: boolean;
  /** 0, 1, …: which stream. */
  readonly block: number;
  readonly count: number;
  readonly customers: HistoryColumns;
  /** The fits of the file itself, near which those of replicates are looked for; null: no money. */
  readonly near: NamedParameters;
  readonly money: GammaGammaParameters | null;
  readonly outlook: Outlook;
  /** How many totals the file has: value has none where its mean is infinite. */
  readonly figures: number;
}

/** Per replicate `figures` totals; NaN where it was not identified. */
export type ReplicateBlock = Float64Array;

export function drawReplicates(task: ReplicateTask): ReplicateBlock {
  const { seed, block, count, near, money, outlook, figures } = task;
  const model = customerModels(task.isPeriods).find(({ id }) => id === task.model)!;
  const totals = (rows: readonly CustomerHistory[]): ReplicateFigures => {
    const again = model.fit(historyTable(rows), near);
    const spent = money === null ? null : fitGammaGamma(spendOf(rows), money);
    if (again.kind !== "fitted" || spent?.kind === "unidentified") return null;
    const found = totalsOf(model, again.parameters, spent?.parameters ?? null, rows, outlook);
    return found.length < figures ? null : found.slice(0, figures);
  };
  const stream = randomStream(seed, `clv/${model.id}/${block}`);
  const drawn = bootstrapReplicates(historiesOf(task.customers), totals, { count, stream });
  const all = new Float64Array(count * figures).fill(Number.NaN);
  for (const [i, found] of drawn.entries()) if (found !== null) all.set(found, i * figures);
  return all;
}

/** The replicates of a model's blocks, one after the other. */
export function replicatesOf(
  blocks: readonly ReplicateBlock[],
  figures: number,
): ReplicateFigures[] {
  return blocks.flatMap((block) =>
    Array.from({ length: block.length / figures }, (_, i) => {
      const found = [...block.subarray(i * figures, (i + 1) * figures)];
      return found.some(Number.isNaN) ? null : found;
    }),
  );
}

export function historyColumns(rows: readonly CustomerHistory[]): HistoryColumns {
  const column = (of: (row: CustomerHistory) => number): Float64Array => {
    const bytes = rows.length * Float64Array.BYTES_PER_ELEMENT;
    const shared = new Float64Array(new SharedArrayBuffer(bytes));
    for (const [i, row] of rows.entries()) shared[i] = of(row);
    return shared;
  };
  return {
    repeats: column(({ repeats }) => repeats),
    recency: column(({ recency }) => recency),
    age: column(({ age }) => age),
    customers: column(({ customers }) => customers),
    meanValue: column(({ meanValue }) => meanValue ?? Number.NaN),
  };
}

function historiesOf(columns: HistoryColumns): CustomerHistory[] {
  return Array.from(columns.age, (age, i) => {
    const meanValue = columns.meanValue[i]!;
    return {
      repeats: columns.repeats[i]!,
      recency: columns.recency[i]!,
      age,
      customers: columns.customers[i]!,
      meanValue: Number.isNaN(meanValue) ? null : meanValue,
    };
  });
}
