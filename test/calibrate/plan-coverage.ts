// Do a plan's 90 % intervals hold what happens? A crowd with known laws plays a campaign against
// the real engine, and a plan made from those laws, not from the play, foretells it.
import { drawCampaigns } from "../../src/plan/monte-carlo/block.ts";
import { CampaignSample, tasksOf } from "../../src/plan/monte-carlo/campaign-sample.ts";
import { type Experiment, holdsTruth, oncePerSeed, type Row } from "./experiment.ts";
import { planOfCrowd } from "./plan-crowd.ts";
import { DESIGNS, type Design } from "./plan-designs.ts";
import { playCampaign } from "./plan-play.ts";
import {
  type Asked,
  LEVEL,
  MISSES,
  type Quantity,
  quantityOf,
  type Worth,
} from "./plan-quantities.ts";

const DRAWS = 4_000;
const ROUNDING = 1e-9;
/** Of the campaigns of a reading in closed form: playing one takes a tenth of a second. */
const PLAYED_PART = 0.25;

export interface CoverageOptions {
  readonly play?: typeof playCampaign;
  /** Of the plan. */
  readonly draws?: number;
  /** By how much intervals are narrowed that must then be found out. */
  readonly narrowedBy?: number;
}

/** One number of a plan in one design. */
interface Question {
  readonly row: Row;
  readonly quantity: Quantity;
  /** Part by which the interval is narrowed. */
  readonly narrowedBy: number;
}

export function coverageOf(
  design: Design,
  { play = playCampaign, draws = DRAWS, narrowedBy = 0.2 }: CoverageOptions = {},
): Experiment {
  const questions = [
    ...design.asks.map(asked),
    ...design.leftOut.map(leftOut),
    ...design.narrow.map((id) => narrow(id, narrowedBy)),
  ];
  const plans = oncePerSeed((seed) => foretold(design, questions, draws, seed));
  return {
    id: `plan/${design.id}`,
    about: design.title,
    isSampled: false,
    partOfCampaigns: PLAYED_PART,
    rows: questions.map(({ row }) => row),
    run: async (seed, campaign) => {
      const { intervals, worth } = plans(seed);
      const name = `${seed}/plan/${design.id}/${campaign}`;
      const played = await play(design.shape, design.campaign, name);
      const outcomes = questions.map(({ row, quantity }, i) => {
        return [row.id, holdsTruth(intervals[i], quantity.of(played, worth))] as const;
      });
      return Object.fromEntries(outcomes);
    },
  };
}

export const PLAN_EXPERIMENTS: readonly Experiment[] = DESIGNS.map((design) => coverageOf(design));

function asked(id: Asked): Question {
  const quantity = quantityOf(id);
  return { row: { id, title: quantity.title, rule: quantity.rule }, quantity, narrowedBy: 0 };
}

function leftOut(id: Asked): Question {
  const quantity = quantityOf(id);
  const title = `control: ${quantity.title}, where the plan leaves something out`;
  return { row: { id: `left-out-${id}`, title, rule: MISSES }, quantity, narrowedBy: 0 };
}

function narrow(id: Asked, narrowedBy: number): Question {
  const quantity = quantityOf(id);
  const title = `control: ${quantity.title}, interval ${100 * narrowedBy} % too narrow`;
  return { row: { id: `narrow-${id}`, title, rule: MISSES }, quantity, narrowedBy };
}

interface Interval {
  readonly lower: number;
  readonly upper: number;
}

/** The plan's intervals, made once a seed, before anything is played. */
function foretold(
  { id, shape, campaign, money }: Design,
  questions: readonly Question[],
  draws: number,
  seed: number,
): { readonly intervals: readonly Interval[]; readonly worth: Worth } {
  const job = planOfCrowd(shape, campaign, money, `${seed}/plan/${id}`);
  const blocks = tasksOf(job, draws).map((task) => drawCampaigns(task));
  const sample = new CampaignSample(job, draws, blocks);
  const kept = sample.number("kept").point;
  const stays = Array.from({ length: job.terms.months }, (_, month) => {
    return sample.number(`active.month.${month}`).point / kept;
  });
  const intervals = questions.map(({ quantity, narrowedBy }) => {
    const { lower, upper } = sample.number(quantity.column, LEVEL);
    const whole = { lower: Math.round(lower), upper: Math.round(upper) };
    const interval = quantity.isWhole === true ? whole : { lower, upper };
    return narrowed(spread(interval, quantity, id), narrowedBy);
  });
  return { intervals, worth: { ...money, stays } };
}

/** An interval that is one number would hold for want of anything to miss. */
function spread({ lower, upper }: Interval, { title }: Quantity, design: string): Interval {
  if (Number.isFinite(upper) && upper - lower > ROUNDING * Math.abs(upper)) return { lower, upper };
  throw new Error(
    `${design}: expected that chance has a say in "${title}", got ${lower} to ${upper}`,
  );
}

function narrowed({ lower, upper }: Interval, by: number): Interval {
  const [middle, half] = [(lower + upper) / 2, ((upper - lower) / 2) * (1 - by)];
  return { lower: middle - half, upper: middle + half };
}
