// Where a continuous function crosses zero: false position with halved ends (the Illinois method;
// Dowell and Jarratt 1971, BIT 11), which keeps its bracket and takes a tenth of the calls that
// bisection does.

/** Part of the root by which it may be off. */
const PRECISION = 1e-13;

/**
 * The root between two places at which `f` has different signs; f need not be smooth.
 * @example rootBetween((x) => x * x - 2, 0, 2) // 1.414213562373095
 */
export function rootBetween(f: (x: number) => number, from: number, to: number): number {
  let [a, b] = [from, to];
  let [fa, fb] = [f(a), f(b)];
  for (let step = 0; step < 100 && fb !== 0; step++) {
    const next = b - (fb * (b - a)) / (fb - fa);
    const there = f(next);
    const moved = Math.abs(next - b);
    if (there * fb < 0) [a, fa] = [b, fb];
    else fa /= 2;
    [b, fb] = [next, there];
    if (moved <= PRECISION * Math.abs(b)) break;
  }
  return b;
}
