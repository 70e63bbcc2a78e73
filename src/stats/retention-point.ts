// A curve of activity as the point that a search moves: where it begins, and back again.
import { LOG_SHAPE_MAX } from "./retention-bound.ts";
import type { CurveModel, RetentionCurve } from "./retention-models.ts";

/** Cold starts from the first loss: people much alike, much unlike, ageing either way. */
export function starts(shares: readonly number[], model: CurveModel): number[][] {
  const [scale, second] = [inner(shares[0]!), shares[1]!];
  const leaving = inner(1 - Math.min(1, second / scale));
  const start = (spread: number, shape: number): number[] =>
    pointOf({ model, scale, leaving, spread, shape });
  if (model === "sbg") return [start(0.1, 1), start(0.6, 1)];
  return [start(0.6, 1), start(0.1, 0.7), start(0.1, 1.5)];
}

/** Where to begin from another fit: not at an end of a range, which has no slope to leave by. */
export function softened(near: RetentionCurve, model: CurveModel): number[] {
  const soft = (share: number): number => Math.min(1 - 1e-4, Math.max(1e-4, share));
  const [scale, leaving, spread] = [near.scale, near.leaving, near.spread].map(soft);
  const shape = Math.min(10, Math.max(0.1, near.shape));
  return pointOf({ model, scale: scale!, leaving: leaving!, spread: spread!, shape });
}

/** Everything as angles: an optimum at an end of a range is then a level point like any other. */
export function curveOf(point: readonly number[], model: CurveModel): RetentionCurve {
  return {
    model,
    scale: Math.sin(point[0]!) ** 2,
    leaving: Math.sin(point[1]!) ** 2,
    spread: Math.sin(point[2]!) ** 2,
    shape: model === "sbg" ? 1 : Math.exp(LOG_SHAPE_MAX * Math.sin(point[3]!)),
  };
}

/** The point of a curve. */
export function pointOf({ model, scale, leaving, spread, shape }: RetentionCurve): number[] {
  const point = [scale, leaving, spread].map((share) => Math.asin(Math.sqrt(share)));
  return model === "sbg" ? point : [...point, Math.asin(Math.log(shape) / LOG_SHAPE_MAX)];
}

function inner(share: number): number {
  return Math.min(0.98, Math.max(0.02, share));
}
