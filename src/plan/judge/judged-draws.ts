// All draws of a judgement together, wherever they are from: each counts by how much likelier it is
// as assumed than from all those places together (the balance heuristic of Veach and Guibas 1995),
// so that no draw can count for more than its share, and all serve every question.
import type { JudgeBlock, JudgeJob } from "./judge-block.ts";
import { answerCount } from "./judge-block.ts";
import { logRatio, type Proposal } from "./proposal.ts";

export class JudgedDraws {
  readonly job: JudgeJob;
  /** Scores of a draw. */
  readonly width: number;
  private readonly places: { readonly proposal: Proposal | null; readonly count: number }[] = [];
  private scores = new Float64Array(0);
  private values = new Float64Array(0);
  private numbers = new Float64Array(0);
  private answers = new Float64Array(0);
  /** Of each draw, its density from each place over that as assumed, times the draws from there. */
  private mixed = new Float64Array(0);

  constructor(job: JudgeJob) {
    this.job = job;
    this.width = job.assumptions.filter((each) => each.distribution.kind !== "fixed").length;
  }

  get count(): number {
    return this.mixed.length;
  }

  get allScores(): Float64Array {
    return this.scores;
  }

  /** @param blocks of draws from one place, in their order */
  add(proposal: Proposal | null, blocks: readonly JudgeBlock[]): void {
    const before = this.count;
    this.scores = joined(this.scores, blocks, "scores");
    this.values = joined(this.values, blocks, "values");
    this.numbers = joined(this.numbers, blocks, "numbers");
    this.answers = joined(this.answers, blocks, "answers");
    const count = this.scores.length / this.width - before;
    const mixed = new Float64Array(before + count);
    mixed.set(this.mixed);
    for (let i = 0; i < before; i++) mixed[i] = mixed[i]! + count * this.ratio(proposal, i);
    this.places.push({ proposal, count });
    for (let i = before; i < mixed.length; i++) {
      for (const place of this.places) {
        mixed[i] = mixed[i]! + place.count * this.ratio(place.proposal, i);
      }
    }
    this.mixed = mixed;
  }

  /** ln of what each draw counts for as assumed, before anything was published. */
  logBase(): Float64Array {
    return Float64Array.from(this.mixed, (each) => Math.log(this.count) - Math.log(each));
  }

  /** A number that is held against figures, by its place in the job. */
  number(draw: number, at: number): number {
    return this.numbers[draw * this.job.numbers.length + at]!;
  }

  answer(draw: number, at: number): number {
    return this.answers[draw * answerCount(this.job) + at]!;
  }

  value(draw: number, assumption: number): number {
    return this.values[draw * this.job.assumptions.length + assumption]!;
  }

  /** Something of each draw. */
  column(of: (draw: number) => number): Float64Array {
    return Float64Array.from({ length: this.count }, (_, draw) => of(draw));
  }

  private ratio(proposal: Proposal | null, draw: number): number {
    return proposal === null ? 1 : Math.exp(logRatio(proposal, this.scores, draw * this.width));
  }
}

function joined(
  before: Float64Array,
  blocks: readonly JudgeBlock[],
  key: keyof JudgeBlock,
): Float64Array<ArrayBuffer> {
  const parts = [before, ...blocks.map((block) => block[key])];
  const all = new Float64Array(parts.reduce((sum, part) => sum + part.length, 0));
  let at = 0;
  for (const part of parts) {
    all.set(part, at);
    at += part.length;
  }
  return all;
}
