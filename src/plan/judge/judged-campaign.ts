// The campaign as published figures leave it likely, for the company's figures: the plan's draws,
// each as often as it fits what was published, played again in full. Nobody was held out: grade F.
import { HongbaoError } from "../../base/error.ts";
import type { Uncertain } from "../../stats/draws.ts";
import { createAssumptionSet } from "../assumptions/index.ts";
import type { CampaignDraws } from "../campaign-draws.ts";
import { CampaignModel } from "../model/campaign.ts";
import { Binding } from "../monte-carlo/bind.ts";
import { HOURS_KEPT } from "../monte-carlo/block.ts";
import { columnsOf, writeRow } from "../monte-carlo/columns.ts";
import { type DrawnInput, handOver } from "../study/study-draws.ts";
import { EFFECTIVE_LEAST } from "./believe.ts";
import { type JudgeJob, spend, spendableTerms } from "./judge-block.ts";
import type { JudgedDraws } from "./judged-draws.ts";
import { jobOf } from "./judgement.ts";
import { type JudgeQuestion, SPENDABLE } from "./question.ts";
import { type DrawJudged, logLikelihoods, refine } from "./refine.ts";
import { SourceFits, variantsOf } from "./variants.ts";
import { powerFor, type Weighed, WeightedDraws } from "./weights.ts";

/**
 * Throws HongbaoError `invalid_file` where no draw of the plan comes near what was published.
 * @param starts the local day on which the campaign begins, as 2026-02-06
 * @param count draws that are handed on
 */
export async function judgedCampaign(
  question: JudgeQuestion,
  draw: DrawJudged,
  starts: string,
  count: number,
): Promise<CampaignDraws> {
  const job = jobOf(question);
  const target = new SourceFits(question).targetOf(variantsOf(question)[0]!);
  const draws = await refine(job, [target], draw);
  const fit = powerFor(EFFECTIVE_LEAST, draws.logBase(), logLikelihoods(draws, target));
  if (fit === null) {
    const near = `no draw of ${question.plan.title} comes near what was published`;
    throw new HongbaoError({ code: "invalid_file", message: `${question.title}: ${near}` });
  }
  const campaign = play(question, job, draws, fit.weighed, starts, count);
  const power =
    fit.power === 1 ? "" : `, which count only to the power ${Number(fit.power.toPrecision(2))}`;
  const says =
    `the plan's draws count by how far they fit the published figures${power}: together they are ` +
    `worth ${Math.round(fit.weighed.effective)} plain ones`;
  return {
    ...campaign,
    title: question.title,
    assumptions: [{ id: "published", says }, ...(campaign.assumptions ?? [])],
  };
}

function play(
  { plan }: JudgeQuestion,
  job: JudgeJob,
  draws: JudgedDraws,
  { weights }: Weighed,
  starts: string,
  count: number,
): CampaignDraws {
  const { assumptions, correlations, seed } = job;
  const terms = spendableTerms(job.terms);
  const set = createAssumptionSet(assumptions, correlations, seed);
  const binding = new Binding(set, terms, []);
  const model = new CampaignModel(terms);
  const spendable = set.ordinal(SPENDABLE);
  const places = new Map(columnsOf(terms).list.map(({ id }, i) => [id, i]));
  const width = terms.hourWeights.length;
  const hours = new Float64Array(Math.min(count, HOURS_KEPT) * width);
  const run = (values: Float64Array, row: Float64Array): Float64Array => {
    spend(terms, job.terms, values[spendable]!);
    const out = model.run(binding.fill(values));
    writeRow(out, row);
    return out.spentByHour;
  };
  const chosen = byWeight(weights, count);
  const inputs = assumptions.map((assumption, a): DrawnInput => {
    const values = draws.column((d) => draws.value(d, a));
    const point = new WeightedDraws(values, weights).quantile(0.5);
    return { assumption, point, draws: Float64Array.from(chosen, (d) => values[d]!) };
  });
  const rows = Array.from(chosen, (d, i) => {
    const row = new Float64Array(places.size);
    const spent = run(
      Float64Array.from(assumptions, (_, a) => draws.value(d, a)),
      row,
    );
    if ((i + 1) * width <= hours.length) hours.set(spent, i * width);
    return row;
  });
  // At the median of each assumption, as the plan's own points are.
  const points = new Float64Array(places.size);
  run(
    Float64Array.from(inputs, ({ point }) => point),
    points,
  );
  const uncertain = (id: string): Uncertain => {
    const at = places.get(id)!;
    return { point: points[at]!, draws: Float64Array.from(rows, (row) => row[at]!) };
  };
  return handOver(plan, starts, { terms, count, inputs, hours, uncertain });
}

/**
 * So many draws, each about as often as its weight says: by equal steps through their running sum
 * (systematic resampling: Kitagawa 1996), strided so that the first ones are of everywhere.
 */
export function byWeight(weights: Float64Array, count: number): Uint32Array {
  const found = new Uint32Array(count);
  let [draw, sum] = [0, weights[0]!];
  for (let i = 0; i < count; i++) {
    const wanted = (i + 0.5) / count;
    while (sum < wanted && draw < weights.length - 1) sum += weights[++draw]!;
    found[i] = draw;
  }
  const stride = strideOf(count);
  return Uint32Array.from(found, (_, i) => found[(i * stride) % count]!);
}

/** Near the golden section of `count`, and without a common divisor with it. */
function strideOf(count: number): number {
  const divisor = (a: number, b: number): number => (b === 0 ? a : divisor(b, a % b));
  let stride = Math.max(1, Math.round(count * 0.618));
  while (divisor(stride, count) !== 1) stride += 1;
  return stride;
}
