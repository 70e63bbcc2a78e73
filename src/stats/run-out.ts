// When money that is taken at an uneven pace will be gone: the recent past is drawn again, in runs,
// and played forward.
import type { RandomStream } from "../base/keystream.ts";
import { gammaDraw } from "./gamma-draw.ts";

export interface RunOutQuestion {
  /** What is left to take. */
  readonly left: number;
  /** Taken in each of the last steps of equal length, oldest first. */
  readonly taken: readonly number[];
  /** How many such steps there are until claims end. */
  readonly horizon: number;
  /** In a draw, by step: money out now that comes back. */
  readonly returns: (draw: number) => ReadonlyMap<number, number>;
  /** After so many steps what is taken from now on comes back, too, as far as nobody redeems it. */
  readonly life: number;
  /** Draws of the share of it that nobody redeems. */
  readonly lapseShare: Float64Array;
  /**
   * No more can be taken by the end of a step, all in all, unless more comes back: that re-enters
   * the rest of the curve in proportion. Absent: no such limit.
   */
  readonly released?: (step: number) => number;
}

/** So many steps are played at most, each as long as several where there are more. */
const MOST_STEPS = 150;
/** Runs that a past is cut into: few and long, so that one hardly hangs together with the next. */
const RUNS = 3;
/** What runs say of their spread when there is no saying. */
const ANY_DEVIATION = 0.5;
/** Less money is none: the smallest unit. */
const LEAST = 1;

/**
 * Draws of the time, in steps from now, at which nothing is left; Infinity: not before claims end.
 * The future is made of runs of the seen past (moving-block bootstrap, Künsch 1989), the first of
 * the last ones, for what is lively now stays so for a while; its level is as uncertain as the mean
 * of so few runs is. Lively hours come together, so that many short runs would look surer than they
 * are; of few long ones the spread is itself uncertain, and is drawn, too: Student's t with two
 * degrees of freedom (Ibragimov and Müller, 2010, Journal of Business & Economic Statistics 28).
 */
export function runOutDraws(
  question: RunOutQuestion,
  count: number,
  stream: RandomStream,
): Float64Array {
  const { taken, horizon } = question;
  const draws = new Float64Array(count).fill(Number.POSITIVE_INFINITY);
  if (taken.length === 0 || !(horizon > 0)) return draws;
  const run = Math.max(1, Math.round(taken.length / RUNS));
  const { mean, deviation } = levelOf(taken, run);
  const stride = Math.max(1, horizon / MOST_STEPS);
  const curve = curveOf(question, stride);
  const back = new Float64Array(Math.ceil(horizon / stride) + 2);
  for (let draw = 0; draw < count; draw++) {
    const freedom = RUNS - 1;
    const spread = Math.sqrt(freedom / (2 * gammaDraw(freedom / 2, stream)));
    let level = Math.exp(spread * deviation * stream.nextNormal());
    // Of a demand that its curve cuts off only the least is known; twice as much is half as likely.
    if (curve !== null && curve.open < mean) level /= 1 - stream.nextFloat();
    draws[draw] = playOne(
      question,
      { run, mean, spread, level, stride, back, draw, curve },
      stream,
    );
  }
  return draws;
}

interface Play {
  run: number;
  mean: number;
  /** Hours differ from the mean by so much more than they did. */
  spread: number;
  level: number;
  stride: number;
  /** Scratch: what comes back, by step that is played. */
  back: Float64Array;
  draw: number;
  curve: Curve | null;
}

/** What can be taken at once, what the rest of the curve lets out, and which part of it by step. */
interface Curve {
  readonly open: number;
  readonly rest: number;
  readonly parts: readonly number[];
}

function curveOf({ released, horizon }: RunOutQuestion, stride: number): Curve | null {
  if (released === undefined) return null;
  const open = released(0);
  const rest = released(horizon) - open;
  const parts: number[] = [];
  for (let step = 0; step < horizon; step += stride) {
    const left = open + rest - released(step);
    const next = released(Math.min(horizon, step + stride)) - released(step);
    parts.push(left > 0 ? Math.min(1, next / left) : 1);
  }
  return { open, rest, parts };
}

function playOne(
  { left, taken, horizon, returns, life, lapseShare }: RunOutQuestion,
  { run, mean, spread, level, stride, back, draw, curve }: Play,
  stream: RandomStream,
): number {
  const share = lapseShare[draw]!;
  back.fill(0);
  for (const [step, minor] of returns(draw)) {
    const at = Math.ceil(step / stride);
    if (at < back.length) back[at]! += minor;
  }
  const { length } = taken;
  let rest = left;
  let [open, unreleased] = [curve?.open ?? 0, curve?.rest ?? 0];
  let place = length - run + stream.nextInt(run);
  for (let played = 0; played * stride < horizon; played++) {
    rest += back[played]!;
    const step = played * stride;
    const size = Math.min(stride, horizon - step);
    const asked = Math.max(0, mean + (taken[place]! - mean) * spread) * size * level;
    let wanted = asked;
    // What is not let out before the step lasts to its end.
    let lasts = asked > 0 ? rest / asked : 0;
    if (curve !== null) {
      if (open <= rest - LEAST) lasts = 1;
      unreleased += back[played]!;
      const out = unreleased * (curve.parts[played] ?? 1);
      unreleased -= out;
      wanted = Math.min(wanted, open + out);
      open += out - wanted;
    }
    if (asked > 0 && wanted > rest - LEAST) {
      return step + size * Math.min(1, Math.max(0, lasts));
    }
    rest -= wanted;
    const again = Math.ceil((step + life) / stride);
    if (again < back.length) back[again]! += wanted * share;
    const isRunOver = (played + 1) % Math.max(1, Math.round(run / stride)) === 0;
    place = isRunOver ? stream.nextInt(length) : (place + 1) % length;
  }
  return Number.POSITIVE_INFINITY;
}

/** The mean of a step, and how far that of so few runs may be off, as a share of it. */
function levelOf(taken: readonly number[], run: number): { mean: number; deviation: number } {
  const means: number[] = [];
  for (let i = 0; i + run <= taken.length; i += run) {
    means.push(taken.slice(i, i + run).reduce((sum, one) => sum + one, 0) / run);
  }
  const mean = means.reduce((sum, one) => sum + one, 0) / means.length;
  if (!(mean > 0) || means.length < 2) return { mean, deviation: ANY_DEVIATION };
  const variance = means.reduce((sum, one) => sum + (one - mean) ** 2, 0) / (means.length - 1);
  return { mean, deviation: Math.sqrt(variance / means.length) / mean };
}
