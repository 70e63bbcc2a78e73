// Campaigns drawn for a judgement, block by block: a block depends on its task alone, so that
// threads may share the work and the result stays the same to the last bit.
import { normalScore } from "../../stats/normal.ts";
import { SobolSequence, unitOf } from "../../stats/sobol.ts";
import { type Assumption, type Correlation, createAssumptionSet } from "../assumptions/index.ts";
import { CampaignModel } from "../model/campaign.ts";
import type { CampaignInputs } from "../model/inputs.ts";
import type { CampaignOutputs } from "../model/outputs.ts";
import type { HourlyTerms } from "../model/terms.ts";
import { Binding } from "../monte-carlo/bind.ts";
import { NumberReader, type PlanNumber } from "./plan-number.ts";
import { move, type Proposal } from "./proposal.ts";
import { SPENDABLE } from "./question.ts";
import { ScoreSpace } from "./score-space.ts";

/** Plain data, since threads send it. */
export interface JudgeJob {
  readonly terms: HourlyTerms;
  /** The plan's, chance itself, and what could be spent. */
  readonly assumptions: readonly Assumption[];
  readonly correlations: readonly Correlation[];
  readonly seed: string;
  readonly numbers: readonly PlanNumber[];
  readonly within: readonly number[];
}

export interface JudgeTask {
  readonly job: JudgeJob;
  /** Null: as assumed. */
  readonly proposal: Proposal | null;
  readonly from: number;
  readonly count: number;
}

/** Rows of draws, one after another. */
export interface JudgeBlock {
  readonly scores: Float64Array;
  /** Of all assumptions. */
  readonly values: Float64Array;
  /** Those that are held against figures, in the job's order. */
  readonly numbers: Float64Array;
  readonly answers: Float64Array;
}

/** What a row of answers begins with; then, by months of the job, net and margin needed. */
const ANSWERS = ["payback", "people", "kept", "cost", "spent"] as const;
export type AnswerId = (typeof ANSWERS)[number];

export function answerAt(id: AnswerId): number {
  return ANSWERS.indexOf(id);
}

export function netAt(within: number): number {
  return ANSWERS.length + 2 * within;
}

export function marginNeededAt(within: number): number {
  return ANSWERS.length + 2 * within + 1;
}

export function answerCount({ within }: Pick<JudgeJob, "within">): number {
  return ANSWERS.length + 2 * within.length;
}

export function drawJudged({ job, proposal, from, count }: JudgeTask): JudgeBlock {
  const { assumptions, correlations, seed, numbers, within } = job;
  const space = new ScoreSpace(assumptions, correlations);
  const width = space.varying.length;
  const set = createAssumptionSet(assumptions, correlations, seed);
  const terms = spendableTerms(job.terms);
  const binding = new Binding(set, terms, []);
  const model = new CampaignModel(terms);
  const reader = new NumberReader(numbers);
  const sequence = new SobolSequence({ dimensions: space.varying, seed });
  const point = new Uint32Array(width);
  const one = new Float64Array(assumptions.length);
  const spendable = set.ordinal(SPENDABLE);
  const block = {
    scores: new Float64Array(count * width),
    values: new Float64Array(count * assumptions.length),
    numbers: new Float64Array(count * numbers.length),
    answers: new Float64Array(count * answerCount(job)),
  };
  for (let i = 0; i < count; i++) {
    sequence.point(from + i, point);
    for (let c = 0; c < width; c++) block.scores[i * width + c] = normalScore(unitOf(point[c]!));
    if (proposal !== null) move(proposal, block.scores, i * width);
    space.values(block.scores, i * width, one);
    block.values.set(one, i * assumptions.length);
    spend(terms, job.terms, one[spendable]!);
    const inputs = binding.fill(one);
    const out = model.run(inputs);
    reader.read(inputs, out, block.numbers, i * numbers.length);
    writeAnswers(inputs, out, within, block.answers, i * answerCount(job));
  }
  return block;
}

export type Spendable = { -readonly [K in keyof HourlyTerms]: HourlyTerms[K] };

/** A copy whose budgets change from draw to draw; what was announced stays what people heard. */
export function spendableTerms(terms: HourlyTerms): Spendable {
  return { ...terms, waves: terms.waves.map((wave) => ({ ...wave })) };
}

export function spend(into: Spendable, announced: HourlyTerms, ratio: number): void {
  into.budget = announced.budget * ratio;
  for (let wave = 0; wave < announced.waves.length; wave++) {
    const own = into.waves[wave] as { budget: number };
    own.budget = announced.waves[wave]!.budget * ratio;
  }
}

function writeAnswers(
  inputs: CampaignInputs,
  out: Readonly<CampaignOutputs>,
  within: readonly number[],
  into: Float64Array,
  at: number,
): void {
  ANSWERS.forEach((id, i) => {
    into[at + i] = out[id];
  });
  let contribution = 0;
  let month = 0;
  within.forEach((months, i) => {
    // Of a margin of 1.
    for (; month < months; month++) {
      contribution += out.activeOfMonth[month]! * (1 + inputs.discount) ** (-(month + 1) / 12);
    }
    const net = out.netOfMonth[months - 1]!;
    const cost = contribution * inputs.margin - net;
    into[at + netAt(i)] = net;
    into[at + marginNeededAt(i)] = contribution > 0 ? cost / contribution : Infinity;
  });
}
