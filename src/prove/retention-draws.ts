// The curves of a study's arms and the draws around them, made once for everything that is read
// from them. Draws of (shares by period, mean outlay) are normal, as means of many users are;
// those of an arm of few who came back are of what these few did; each draw has its curve fitted
// again, so that what is foretold carries what is not known today.
import { HongbaoError } from "../base/error.ts";
import {
  CURVE_PARAMETERS,
  type CurveFit,
  type CurveModel,
  covarianceFactor,
  curveCriterion,
  curveShares,
  fitRetentionCurve,
  type Uncertain,
} from "../stats/index.ts";
import {
  type ActivityStudy,
  type ActivitySummary,
  requireStudy,
  summarizeActivity,
} from "./activity.ts";
import { ACTIVITY_BLOCK, type ActivityBlock, type ActivityTask } from "./activity-draws.ts";
import { type ActivityPatterns, patternsOf } from "./activity-patterns.ts";
import { blocksOf, type DrawPoolOptions, drawBlocks } from "./draw-pool.ts";

export interface DrawQuestion {
  /** Periods to look at from the anchor on, watched ones included. */
  readonly horizonPeriods: number;
  readonly seed: string | number;
  /** Default 2,000. */
  readonly draws?: number;
}

export interface ArmDraws {
  readonly id: string;
  readonly summary: ActivitySummary;
  readonly fit: CurveFit;
  /** Fitted to the periods before the hold-out; null: too few of them. */
  readonly checkFit: CurveFit | null;
  /** By period that was watched: the share active. */
  readonly seen: readonly Uncertain[];
  readonly outlay: Uncertain;
  /** The curve in periods after the last watched; null: no curve. */
  readonly beyond: readonly Uncertain[] | null;
  /** What the check's curve says of the periods held out; null alike. */
  readonly heldOut: readonly Uncertain[] | null;
}

export interface StudyDraws {
  readonly study: ActivityStudy;
  readonly horizonPeriods: number;
  readonly seed: string;
  readonly draws: number;
  readonly model: CurveModel;
  /** The first period that curves are fitted to: 1 where the anchor itself is activity. */
  readonly firstPeriod: number;
  /** The first period that is held out by the check. */
  readonly checkedFrom: number;
  /** The control first. */
  readonly arms: readonly ArmDraws[];
}

export const DEFAULT_DRAWS = 2_000;
export const HORIZON_MAX = 120;
const DRAWS_MIN = 100;
const DRAWS_MAX = 100_000;

/** Fits and draws; the same study, question and seed give the same numbers on any machine. */
export async function drawStudy(
  study: ActivityStudy,
  question: DrawQuestion,
  pool: DrawPoolOptions = {},
): Promise<StudyDraws> {
  requireStudy(study);
  const { horizonPeriods, draws = DEFAULT_DRAWS } = question;
  const horizon =
    Number.isInteger(horizonPeriods) && horizonPeriods >= 1 && horizonPeriods <= HORIZON_MAX;
  check(horizon, `a horizon of 1 to ${HORIZON_MAX} whole periods, got ${horizonPeriods}`);
  const many = Number.isInteger(draws) && draws >= DRAWS_MIN && draws <= DRAWS_MAX;
  check(many, `${DRAWS_MIN} to ${DRAWS_MAX} draws, got ${draws}`);
  const seed = String(question.seed);
  const arms = [study.control, ...study.treatments];
  const summaries = arms.map((arm) => summarizeActivity(arm, study.periods));
  // Where the anchor itself is activity its period tells nothing of who comes back.
  const firstPeriod = summaries.every(({ means }) => means[0] === 1) ? 1 : 0;
  const checkedFrom = firstPeriod + Math.round(((study.periods - firstPeriod) * 2) / 3);
  const { model, fits } = chosenModel(summaries, firstPeriod, checkedFrom);
  const sources = arms.map(({ id }, a): PatternedSource => {
    const summary = summaries[a]!;
    const before = summary.means.slice(firstPeriod, checkedFrom);
    const patterns = patternsOf(arms[a]!, arms, firstPeriod);
    const isCheckable = before.length >= CURVE_PARAMETERS[model];
    const checkFit = isCheckable ? forCheck(fitRetentionCurve(before, model)) : null;
    return { id, summary, patterns, fit: fits[a]!, checkFit };
  });
  const frame = { firstPeriod, checkedFrom, horizonPeriods, seed };
  const perArm = Math.ceil(draws / ACTIVITY_BLOCK);
  const tasks = sources.flatMap((source) => tasksOf(source, frame, draws));
  const blocks = await drawBlocks("activity", tasks, pool);
  return {
    study,
    horizonPeriods,
    seed,
    draws,
    model,
    firstPeriod,
    checkedFrom,
    arms: sources.map((source, a) =>
      armDraws(source, frame, blocks.slice(a * perArm, (a + 1) * perArm)),
    ),
  };
}

type ArmSource = Pick<ArmDraws, "id" | "summary" | "fit" | "checkFit">;

interface PatternedSource extends ArmSource {
  readonly patterns: ActivityPatterns | null;
}

interface Frame {
  readonly firstPeriod: number;
  readonly checkedFrom: number;
  readonly horizonPeriods: number;
  readonly seed: string;
}

/** One model for all arms, so that their difference is not one of models: the better fit of two. */
function chosenModel(
  summaries: readonly ActivitySummary[],
  firstPeriod: number,
  checkedFrom: number,
): { readonly model: CurveModel; readonly fits: readonly CurveFit[] } {
  // A model that the periods before the hold-out cannot pin down could not be checked.
  const models = (["sbg", "bdw"] as const).filter(
    (model) => model === "sbg" || checkedFrom - firstPeriod >= CURVE_PARAMETERS[model],
  );
  const tried = models.map((model) => {
    const fits = summaries.map(({ means }) =>
      fitRetentionCurve(means.slice(firstPeriod, -1), model),
    );
    const criteria = fits.map((fit, a) => {
      const { covariance, users } = summaries[a]!;
      const own = covariance.slice(firstPeriod, -1).map((row) => row.slice(firstPeriod, -1));
      return fit.kind === "fitted" ? curveCriterion(fit, own, users) : Number.POSITIVE_INFINITY;
    });
    return { model, fits, criterion: criteria.reduce((sum, each) => sum + each, 0) };
  });
  return tried.reduce((best, each) => (each.criterion < best.criterion ? each : best));
}

/** The check foretells a few periods: there a curve at the end of its range is as good as any. */
function forCheck(fit: CurveFit): CurveFit {
  return fit.kind === "unidentified" && fit.reason === "at_bound" ? (fit.limit ?? fit) : fit;
}

function tasksOf(source: PatternedSource, frame: Frame, draws: number): ActivityTask[] {
  const { id, summary, patterns, fit, checkFit } = source;
  const own = summary.covariance.map((row) => row.map((value) => value / summary.users));
  const factor = covarianceFactor(own);
  return blocksOf(draws, ACTIVITY_BLOCK).map((block) => ({
    ...frame,
    ...block,
    arm: id,
    means: summary.means,
    ...{ factor, patterns },
    curve: fit.kind === "fitted" ? fit.curve : null,
    checkCurve: checkFit?.kind === "fitted" ? checkFit.curve : null,
  }));
}

function armDraws(source: ArmSource, frame: Frame, blocks: readonly ActivityBlock[]): ArmDraws {
  const { summary, fit, checkFit } = source;
  const { firstPeriod, checkedFrom, horizonPeriods } = frame;
  const periods = summary.means.length - 1;
  const columns = (key: keyof ActivityBlock, points: readonly number[]): Uncertain[] => {
    const rows = blocks.map((block) => block[key]);
    return points.map((point, c) => ({ point, draws: column(rows, points.length, c) }));
  };
  const curve = (of: CurveFit | null, from: number, to: number): number[] | null =>
    of?.kind === "fitted"
      ? curveShares(of.curve, Math.max(from, to) - firstPeriod).slice(from - firstPeriod)
      : null;
  const seen = columns("seen", summary.means);
  const beyond = curve(fit, periods, horizonPeriods);
  const heldOut = curve(checkFit, checkedFrom, periods);
  return {
    ...source,
    seen: seen.slice(0, periods),
    outlay: seen[periods]!,
    beyond: beyond === null ? null : columns("beyond", beyond),
    heldOut: heldOut === null ? null : columns("heldOut", heldOut),
  };
}

/** Column `c` of rows of `width` numbers that lie in several pieces. */
function column(pieces: readonly Float64Array[], width: number, c: number): Float64Array {
  const total = pieces.reduce((sum, piece) => sum + piece.length, 0);
  const values = new Float64Array(total / width);
  let i = 0;
  for (const piece of pieces) {
    for (let at = c; at < piece.length; at += width) values[i++] = piece[at]!;
  }
  return values;
}

function check(holds: boolean, expected: string): asserts holds {
  if (holds) return;
  throw new HongbaoError({ code: "invalid_data", message: `retention: expected ${expected}` });
}
