// Which assumptions the spread of a result comes from, and which way each of them moves it.
import { firstOrderShare, ranksOf } from "../../stats/variance-shares.ts";
import type { Assumption } from "../assumptions/index.ts";
import { setOf } from "../monte-carlo/block.ts";
import type { CampaignSample } from "../monte-carlo/campaign-sample.ts";

export interface Contribution {
  readonly id: string;
  readonly source: string;
  /** Part of the variance of the result's rank that it explains by itself, 0 .. 1. */
  readonly share: number;
  /** The same in the plan's own draws, with what hangs together with it. */
  readonly shareTogether: number;
  /** Mean of the result over the tenth of the draws in which the assumption is lowest, highest. */
  readonly whenLow: number;
  readonly whenHigh: number;
}

/** An assumption that explains less than this is noise of the estimate. */
const NOISE = 0.005;

export interface Contributions {
  /** Mean of the result where no assumptions hang together: what the bars start from. */
  readonly mean: number;
  /** Largest first; what explains nothing is left out. */
  readonly bars: readonly Contribution[];
}

/**
 * Spread is that of ranks, since a few draws in which all goes right would else be all of it.
 * What an assumption explains by itself shows only where it is drawn apart from the others: of two
 * that hang together each takes credit for the other, also where the result does not depend on it
 * (Mara and Tarantola 2012, "Variance-based sensitivity indices for models with dependent inputs",
 * Reliability Engineering and System Safety 107).
 * @param apart draws of the same plan without correlations
 * @param together the plan's own draws
 * @returns what it is of any output; the inputs are drawn once
 */
export function contributionsIn(
  apart: CampaignSample,
  together: CampaignSample,
): (output: string) => Contributions {
  const { list } = setOf(apart.job);
  const inputs = drawnInputs(apart);
  const ownInputs = apart === together ? inputs : drawnInputs(together);
  return (output) => {
    const [result, own] = [apart.column(output), together.column(output)];
    const [ranks, ownRanks] = [ranksOf(result), ranksOf(own)];
    const bars: Contribution[] = [];
    list.forEach((assumption, place) => {
      if (assumption.distribution.kind === "fixed") return;
      const alone = explained(inputs[place]!, result, ranks);
      if (alone === null) return;
      const shareTogether = firstOrderShare(ownInputs[place]!, ownRanks);
      bars.push({ ...named(assumption), ...alone, shareTogether });
    });
    bars.sort((a, b) => b.share - a.share || (a.id < b.id ? -1 : 1));
    return { mean: result.reduce((sum, each) => sum + each, 0) / result.length, bars };
  };
}

/**
 * What one input explains of a result; null where that is noise.
 * @param ranks of the result: see ranksOf
 */
export function explained(
  input: Float64Array,
  result: Float64Array,
  ranks: Float64Array,
): Pick<Contribution, "share" | "whenLow" | "whenHigh"> | null {
  const share = firstOrderShare(input, ranks);
  return share < NOISE ? null : { share, ...tenths(input, result) };
}

/** Of each assumption its numbers in the kept rows. */
export function drawnInputs(sample: CampaignSample): Float64Array[] {
  const set = setOf(sample.job);
  const columns = set.list.map(() => new Float64Array(sample.rowCount));
  const values = new Float64Array(set.list.length);
  for (let i = 0; i < sample.rowCount; i++) {
    set.draw(i, values);
    for (let place = 0; place < values.length; place++) columns[place]![i] = values[place]!;
  }
  return columns;
}

function named({ id, source }: Assumption): Pick<Contribution, "id" | "source"> {
  return { id, source };
}

function tenths(
  input: Float64Array,
  result: Float64Array,
): Pick<Contribution, "whenLow" | "whenHigh"> {
  const order = Uint32Array.from(input, (_, i) => i).sort((a, b) => input[a]! - input[b]! || a - b);
  const size = Math.max(1, Math.floor(order.length / 10));
  const mean = (rows: Uint32Array): number => {
    let sum = 0;
    for (const row of rows) sum += result[row]!;
    return sum / rows.length;
  };
  return { whenLow: mean(order.subarray(0, size)), whenHigh: mean(order.subarray(-size)) };
}
