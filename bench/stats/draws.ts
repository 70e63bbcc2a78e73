// Random numbers of the shapes that the made data need, from a seeded stream.
import type { RandomStream } from "../../src/base/keystream.ts";

/** Above 0 and at most 1, so that its logarithm is finite. */
function positiveFloat(random: RandomStream): number {
  return 1 - random.nextFloat();
}

/** Box and Muller (1958); the second of each pair is not kept. */
export function normalDraw(random: RandomStream): number {
  const radius = Math.sqrt(-2 * Math.log(positiveFloat(random)));
  return radius * Math.cos(2 * Math.PI * random.nextFloat());
}

/** Gamma with rate 1: Marsaglia and Tsang (2000), ACM TOMS 26. */
export function gammaDraw(random: RandomStream, shape: number): number {
  if (shape < 1) {
    return gammaDraw(random, shape + 1) * positiveFloat(random) ** (1 / shape);
  }
  const d = shape - 1 / 3;
  const c = 1 / Math.sqrt(9 * d);
  for (;;) {
    const x = normalDraw(random);
    const v = (1 + c * x) ** 3;
    if (v <= 0) continue;
    if (Math.log(positiveFloat(random)) < 0.5 * x * x + d * (1 - v + Math.log(v))) return d * v;
  }
}

export function betaDraw(random: RandomStream, a: number, b: number): number {
  const x = gammaDraw(random, a);
  return x / (x + gammaDraw(random, b));
}

export function exponentialDraw(random: RandomStream, rate: number): number {
  return -Math.log(positiveFloat(random)) / rate;
}
