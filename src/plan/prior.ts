// Draws from a stated assumption. Each assumption has a stream of its own name, so that adding one
// changes no other's draws.
import { assertNever } from "../base/assert.ts";
import { type RandomStream, randomStream } from "../base/keystream.ts";
import type { Uncertain } from "../stats/draws.ts";
import type { Assumption } from "./published.ts";

/** Standard normal quantile of .95: of a lognormal, 90 % lie within the stated range. */
const z95 = 1.6448536269514722;

export function drawPrior(
  id: string,
  assumption: Assumption,
  seed: string | number,
  count: number,
): Uncertain {
  const stream = randomStream(seed, `plan/prior/${id}`);
  const draws = new Float64Array(count);
  for (let i = 0; i < count; i++) draws[i] = drawOnce(assumption, stream);
  return { point: assumption.point, draws };
}

function drawOnce(assumption: Assumption, stream: RandomStream): number {
  const [low, high] = assumption.range;
  switch (assumption.shape) {
    case "uniform":
      return low + (high - low) * stream.nextFloat();
    case "triangular":
      return triangular(low, assumption.point, high, stream.nextFloat());
    case "lognormal": {
      const centre = (Math.log(low) + Math.log(high)) / 2;
      const spread = (Math.log(high) - Math.log(low)) / (2 * z95);
      return Math.exp(centre + spread * stream.nextNormal());
    }
    default:
      return assertNever(assumption.shape);
  }
}

/** Inverse of the triangular distribution's cumulative function. */
function triangular(low: number, mode: number, high: number, share: number): number {
  const width = high - low;
  const cut = (mode - low) / width;
  return share < cut
    ? low + Math.sqrt(share * width * (mode - low))
    : high - Math.sqrt((1 - share) * width * (high - mode));
}
