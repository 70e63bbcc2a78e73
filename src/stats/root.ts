// Where a continuous function crosses zero: false position with the staying end halved (the
// Illinois method; Dowell and Jarratt 1971, BIT 11), and a bisection wherever that is slow. Takes a
// quarter of the calls of bisection where the function is smooth, at a kink up to twice as many.

/** Part of the root by which it may be off. */
const PRECISION = 1e-13;

/**
 * The root between two places at which `f` has different signs; f need not be smooth.
 * @example rootBetween((x) => x * x - 2, 0, 2) // 1.414213562373095
 */
export function rootBetween(f: (x: number) => number, from: number, to: number): number {
  let [a, b] = [from, to];
  let [fa, fb] = [f(a), f(b)];
  let goal = Math.abs(b - a) / 2;
  for (let step = 1; step <= 500 && fb !== 0; step++) {
    const width = b - a;
    const tiny = PRECISION * Math.max(Math.abs(a), Math.abs(b));
    if (Math.abs(width) <= 2 * tiny) break;
    const isSlow = step % 3 === 0 && Math.abs(width) > goal;
    if (step % 3 === 0) goal = Math.abs(width) / 2;
    // At least a little from the end, so that the bracket closes on a root that is all but there.
    const part = isSlow ? 0.5 : Math.max(fb / (fb - fa), tiny / Math.abs(width));
    const next = b - part * width;
    const there = f(next);
    if (there * fb < 0) [a, fa] = [b, fb];
    else fa /= 2;
    [b, fb] = [next, there];
  }
  return b;
}
