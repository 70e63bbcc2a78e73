// A random number of a gamma distribution. Marsaglia and Tsang (2000), ACM Transactions on
// Mathematical Software 26; below shape 1 by a power of a uniform, as they say there.
import type { RandomStream } from "../base/keystream.ts";
import { requireDomain } from "./domain.ts";

/**
 * One draw with scale 1, shape > 0.
 * @example the mean of many draws of shape 3 is 3, and so is their variance
 */
export function gammaDraw(shape: number, stream: RandomStream): number {
  requireDomain(shape > 0, "gamma draw", `a positive shape, got ${shape}`);
  if (shape < 1) return gammaDraw(shape + 1, stream) * (1 - stream.nextFloat()) ** (1 / shape);
  const d = shape - 1 / 3;
  const c = 1 / Math.sqrt(9 * d);
  for (;;) {
    const x = stream.nextNormal();
    const v = (1 + c * x) ** 3;
    if (v <= 0) continue;
    if (Math.log(1 - stream.nextFloat()) < x ** 2 / 2 + d - d * v + d * Math.log(v)) return d * v;
  }
}
