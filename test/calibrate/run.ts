// Runs experiments campaign by campaign and counts what happened. A share of the campaigns may run
// elsewhere: counts add up, whoever made them.
import type { Allowed } from "./bounds.ts";
import { allowedBy, holds } from "./bounds.ts";
import type { Experiment, Row } from "./experiment.ts";

/** By experiment and row. */
export type Counts = Record<string, Record<string, { hits: number; answers: number }>>;

export interface Plan {
  readonly seed: number;
  /** Of readings in closed form; a tenth of them for those that sample. */
  readonly campaigns: number;
  /** Every n-th campaign, from the k-th on. */
  readonly part?: { readonly at: number; readonly of: number };
}

export interface Result {
  readonly about: string;
  readonly row: Row;
  readonly campaigns: number;
  /** Campaigns whose reading gave an answer. */
  readonly answers: number;
  readonly hits: number;
  readonly allowed: Allowed;
  readonly isHeld: boolean;
  /** The row in many more campaigns, where it lay outside in these. */
  readonly again?: Result;
}

/** Times the campaigns, for experiments of which a row lay outside: chance does not stay there. */
export const AGAIN = 10;

/** Outside, and still there in many more campaigns: no chance, a defect. */
export function isDefect({ isHeld, again }: Result): boolean {
  return !isHeld && (again === undefined || !again.isHeld);
}

/** Experiments with a row outside. */
export function doubtful(
  experiments: readonly Experiment[],
  results: readonly Result[],
): Experiment[] {
  const outside = results.filter(({ isHeld }) => !isHeld).map(({ row }) => row);
  return experiments.filter(({ rows }) => rows.some((row) => outside.includes(row)));
}

/** Results that lay outside, with what many more campaigns say of them. */
export function withRepeats(results: readonly Result[], repeats: readonly Result[]): Result[] {
  return results.map((result) => {
    if (result.isHeld) return result;
    const again = repeats.find(({ row }) => row === result.row);
    return again === undefined ? result : { ...result, again };
  });
}

export function campaignsOf(experiment: Experiment, { campaigns }: Plan): number {
  const part = experiment.isSampled ? 0.1 : (experiment.partOfCampaigns ?? 1);
  return Math.max(1, Math.round(campaigns * part));
}

export async function countAll(
  experiments: readonly Experiment[],
  plan: Plan,
  onCampaign: (experiment: Experiment) => void = () => {},
): Promise<Counts> {
  const counts: Counts = {};
  const { at, of } = plan.part ?? { at: 0, of: 1 };
  for (const experiment of experiments) {
    const own: Counts[string] = {};
    counts[experiment.id] = own;
    for (const { id } of experiment.rows) own[id] = { hits: 0, answers: 0 };
    for (let campaign = at; campaign < campaignsOf(experiment, plan); campaign += of) {
      const outcome = await experiment.run(plan.seed, campaign);
      for (const { id } of experiment.rows) {
        const happened = outcome[id];
        if (happened === undefined) throw new Error(`${experiment.id}: no outcome of row "${id}"`);
        if (happened === null) continue;
        own[id]!.answers += 1;
        if (happened) own[id]!.hits += 1;
      }
      onCampaign(experiment);
    }
  }
  return counts;
}

export function addCounts(parts: readonly Counts[]): Counts {
  const sum: Counts = {};
  for (const part of parts) {
    for (const [experiment, rows] of Object.entries(part)) {
      sum[experiment] ??= {};
      const own = sum[experiment];
      for (const [id, { hits, answers }] of Object.entries(rows)) {
        const before = own[id] ?? { hits: 0, answers: 0 };
        own[id] = { hits: before.hits + hits, answers: before.answers + answers };
      }
    }
  }
  return sum;
}

/** Readings that give no answer in more than this share of the campaigns are no readings. */
const SILENT_SHARE_MAX = 0.05;

export function resultsOf(
  experiments: readonly Experiment[],
  counts: Counts,
  plan: Plan,
): Result[] {
  return experiments.flatMap((experiment) => {
    const campaigns = campaignsOf(experiment, plan);
    return experiment.rows.map((row): Result => {
      const { hits, answers } = counts[experiment.id]![row.id]!;
      const isHeard = answers > 0 && answers >= (1 - SILENT_SHARE_MAX) * campaigns;
      return {
        about: experiment.about,
        row,
        campaigns,
        answers,
        hits,
        allowed: allowedBy(row.rule, Math.max(1, answers)),
        isHeld: isHeard && holds(row.rule, hits, answers),
      };
    });
  });
}
