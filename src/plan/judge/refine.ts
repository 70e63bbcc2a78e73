// Draws where the published figures are. What was published may lie so far from what was assumed
// that hardly any draw comes near it; then more are taken from where the nearest ones are, in a few
// steps in which the figures count ever more. (Adaptive importance sampling, tempered: Cappé,
// Guillin, Marin and Robert 2004; with the steps' draws pooled: Cornuet, Marin, Mira and Robert
// 2012.) Weights correct for where a draw is from, so this changes the error and not the answer.
import type { JudgeBlock, JudgeJob, JudgeTask } from "./judge-block.ts";
import { JudgedDraws } from "./judged-draws.ts";
import { fitProposal, type Proposal } from "./proposal.ts";
import { powerFor, type Weighed, weigh } from "./weights.ts";

/** What one reading of the published figures makes of each draw: ln of its likelihood. */
export interface JudgeTarget {
  readonly id: string;
  readonly logLikelihood: (draws: JudgedDraws, draw: number) => number;
  /** Plain draws that the weighted ones should be worth. */
  readonly goal: number;
}

/** Draws the tasks, in their order; whoever calls says where. */
export type DrawJudged = (tasks: readonly JudgeTask[]) => Promise<JudgeBlock[]>;

export interface RefineOptions {
  readonly first?: number;
  readonly step?: number;
  /** Further steps at most, of all targets together. */
  readonly steps?: number;
}

const FIRST = 8_192;
const STEP = 2_048;
const STEPS = 48;
/** What a judgement draws at most. */
export const MOST_DRAWS: number = FIRST + STEPS * STEP;
/** Of one target. */
const STEPS_OF_ONE = 10;
/** Of a block. */
const BLOCK = 512;
/** Plain draws from which a new place to draw from is guessed. */
const GUESSED_FROM = 160;

export async function refine(
  job: JudgeJob,
  targets: readonly JudgeTarget[],
  draw: DrawJudged,
  options: RefineOptions = {},
): Promise<JudgedDraws> {
  const { first = FIRST, step = STEP, steps = STEPS } = options;
  const draws = new JudgedDraws(job);
  const take = async (proposal: Proposal | null, count: number): Promise<void> => {
    draws.add(proposal, await draw(tasksOf(job, proposal, draws.count, count)));
  };
  await take(null, first);
  let left = steps;
  for (const target of targets) {
    for (let own = 0; own < STEPS_OF_ONE && left > 0; own++) {
      const base = draws.logBase();
      const fit = logLikelihoods(draws, target);
      const whole = weighLikelihood(base, fit);
      if (whole !== null && whole.effective >= target.goal) break;
      const tempered = powerFor(GUESSED_FROM, base, fit);
      if (tempered === null) break;
      const { weights, effective } = tempered.weighed;
      await take(fitProposal(draws.allScores, draws.width, weights, effective), step);
      left -= 1;
    }
  }
  return draws;
}

export function logLikelihoods(draws: JudgedDraws, target: JudgeTarget): Float64Array {
  return draws.column((draw) => target.logLikelihood(draws, draw));
}

function weighLikelihood(base: Float64Array, fit: Float64Array): Weighed | null {
  return weigh(Float64Array.from(base, (each, i) => each + fit[i]!));
}

/** Blocks of draws, which go on in one sequence wherever they are from. */
export function tasksOf(
  job: JudgeJob,
  proposal: Proposal | null,
  from: number,
  count: number,
): JudgeTask[] {
  return Array.from({ length: Math.ceil(count / BLOCK) }, (_, i) => ({
    ...{ job, proposal, from: from + i * BLOCK },
    count: Math.min(BLOCK, count - i * BLOCK),
  }));
}
