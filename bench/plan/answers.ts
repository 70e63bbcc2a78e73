// Everything that a plan says of its draws, read once, and a hash of it: what is not read is not
// known to be there.
import { createHash, type Hash } from "node:crypto";
import type { CampaignSample } from "../../src/plan/monte-carlo/campaign-sample.ts";
import { columnsOf } from "../../src/plan/monte-carlo/columns.ts";
import { type FanPoint, monthlyFan, spendingFan } from "../../src/plan/study/fan.ts";

/** Point, median and interval by number, and the fans. */
export interface Answers {
  readonly numbers: Readonly<Record<string, readonly number[]>>;
  readonly means: Readonly<Record<string, number>>;
  readonly fans: readonly (readonly FanPoint[])[];
}

export function answersOf(sample: CampaignSample): Answers {
  const { summed } = columnsOf(sample.job.terms);
  const numbers: Record<string, readonly number[]> = {};
  const means: Record<string, number> = {};
  for (const { id } of sample.columns.slice(0, summed)) {
    const { point, median, lower, upper } = sample.number(id);
    numbers[id] = [point, median, lower, upper];
    means[id] = sample.mean(id);
  }
  const fans = [monthlyFan(sample, "active"), monthlyFan(sample, "net"), spendingFan(sample)];
  return { numbers, means, fans };
}

/** Of the bits of every answer, of the rows that are kept, and of each number's distribution. */
export function hashOf(sample: CampaignSample, answers: Answers): string {
  const hash = createHash("sha256");
  hash.update(sample.rows);
  for (const [id, numbers] of Object.entries(answers.numbers)) {
    addNumbers(hash, [...numbers, answers.means[id]!]);
    addNumbers(
      hash,
      GRID.map((q) => sample.quantile(id, q)),
    );
  }
  for (const fan of answers.fans) {
    for (const { at, quantiles } of fan) addNumbers(hash, [at, ...quantiles]);
  }
  return hash.digest("hex").slice(0, 16);
}

const GRID = Array.from({ length: 201 }, (_, i) => i / 200);

function addNumbers(hash: Hash, numbers: readonly number[]): void {
  hash.update(Float64Array.from(numbers));
}
