// The score tests of shares: duality, symmetry, the extremes, and how often they are wrong.
import { describe, expect, it } from "vitest";
import { randomStream } from "../base/keystream.ts";
import { binomialCdf } from "./binomial.ts";
import { differenceInMeans } from "./difference-in-means.ts";
import { summarizeShare } from "./moments.ts";
import { normalCdf } from "./normal.ts";
import { differenceByScore, differenceScore, liftByScore } from "./shares-by-score.ts";

const share = (successes: number, n: number) => ({ successes, n });

describe("the difference of shares by score", () => {
  it("has bounds at which the score is the critical one", () => {
    const [a, b] = [share(3, 1000), share(20_000, 999_000)];
    const { lower, upper, level } = differenceByScore(a, b);
    expect(differenceScore(a, b, lower)).toBeCloseTo(1.959963984540054, 9);
    expect(differenceScore(a, b, upper)).toBeCloseTo(-1.959963984540054, 9);
    expect(level).toBe(0.95);
  });

  it("is mirrored when arms change places, and when with and without do", () => {
    const found = differenceByScore(share(1, 34), share(7, 34));
    const swapped = differenceByScore(share(7, 34), share(1, 34));
    const without = differenceByScore(share(33, 34), share(27, 34));
    for (const other of [swapped, without]) {
      expect(other.lower).toBeCloseTo(-found.upper, 12);
      expect(other.upper).toBeCloseTo(-found.lower, 12);
      expect(other.p).toBeCloseTo(found.p, 12);
    }
  });

  it("is Wald's where users are many", () => {
    const [a, b] = [share(70_500, 300_000), share(70_000_000, 297_000_000)];
    const [found, wald] = [
      differenceByScore(a, b),
      differenceInMeans(summarizeShare(a.successes, a.n), summarizeShare(b.successes, b.n)),
    ];
    expect(found.lower).toBeCloseTo(wald.lower, 5);
    expect(found.upper).toBeCloseTo(wald.upper, 5);
    expect(found.standardError / wald.standardError).toBeCloseTo(1, 3);
  });

  it("measures all against none, and is unsure where nobody was seen among few", () => {
    const all = differenceByScore(share(0, 5_000), share(5_000, 5_000));
    expect([all.estimate, all.upper]).toEqual([1, 1]);
    expect(all.lower).toBeGreaterThan(0.999);
    expect(all.p).toBeLessThan(1e-12);
    const few = differenceByScore(share(0, 300), share(989, 299_700));
    expect(few.lower).toBeLessThan(0);
    expect(few.p).toBeGreaterThan(0.05);
  });

  it("agrees with its own p value about zero, and with the lift about no lift", () => {
    const random = randomStream(5, "shares");
    let [clear, unclear] = [0, 0];
    for (let i = 0; i < 2_000; i++) {
      const [n, m] = [2 + random.nextInt(60), 2 + random.nextInt(4_000)];
      const [a, b] = [
        random.nextInt(n + 1),
        random.nextInt(Math.ceil(m / (1 + random.nextInt(9)))),
      ];
      const part = (a + b) / (n + m);
      if (Math.min(n, m) * Math.min(part, 1 - part) < 3) continue;
      const level = [0.8, 0.95, 0.99][random.nextInt(3)]!;
      const found = differenceByScore(share(a, n), share(b, m), level);
      const said = `${a} of ${n}, ${b} of ${m}`;
      expect(found.lower <= found.estimate && found.estimate <= found.upper, said).toBe(true);
      const isApart = found.lower > 0 || found.upper < 0;
      expect(isApart, said).toBe(found.p < 1 - level);
      isApart ? clear++ : unclear++;
      if (a === 0) continue;
      const lift = liftByScore(share(a, n), share(b, m), level);
      expect(lift.p, said).toBeCloseTo(found.p, 10);
      expect(lift.lower > 0 || lift.upper < 0, said).toBe(isApart);
    }
    expect(Math.min(clear, unclear)).toBeGreaterThan(200);
  });

  it("refuses arms in which nobody differs", () => {
    expect(() => differenceByScore(share(0, 5), share(0, 9))).toThrow("some with and some without");
    expect(() => differenceByScore(share(6, 5), share(0, 9))).toThrow("0 <= successes <= n");
    expect(() => liftByScore(share(0, 5), share(1, 9))).toThrow("a control user with the outcome");
  });
});

/** How often each method excludes no effect, held-out users' counts summed up exactly. */
function falseAlarms(heldOut: number, treated: number, p: number) {
  // The treated users' count at its mean and two standard deviations either side.
  const spread = Math.sqrt(treated * p * (1 - p));
  const places = [-2, -1, 0, 1, 2].map((z) => Math.round(treated * p + z * spread));
  const weights = [-2, -1, 0, 1, 2].map((z) => normalCdf(z + 0.5) - normalCdf(z - 0.5));
  const total = weights.reduce((sum, each) => sum + each, 0);
  const found = { score: 0, wald: 0 };
  const most = Math.ceil(heldOut * p + 12 * Math.sqrt(heldOut * p) + 20);
  for (let a = 0; a <= Math.min(heldOut, most); a++) {
    const chance = binomialCdf(a, heldOut, p) - (a === 0 ? 0 : binomialCdf(a - 1, heldOut, p));
    places.forEach((b, i) => {
      const weight = (chance * weights[i]!) / total;
      if (differenceByScore(share(a, heldOut), share(b, treated)).p < 0.05) found.score += weight;
      const [x, y] = [summarizeShare(a, heldOut), summarizeShare(b, treated)];
      if (x.variance + y.variance > 0 && differenceInMeans(x, y).p < 0.05) found.wald += weight;
    });
  }
  return found;
}

describe("rare shares and few held out", () => {
  it.each([
    [1_000, 999_000, 0.005],
    [1_000, 99_000, 0.01],
    [300, 29_700, 0.02],
    [300, 299_700, 0.235],
    [1_000, 999_000, 0.993],
  ])("%i of %i more, a share of %f: wrong in 5 % or less, and a control is not", (n, m, p) => {
    const { score, wald } = falseAlarms(n, m, p);
    expect(score).toBeLessThan(0.058);
    expect(score).toBeGreaterThan(0.02);
    if (p < 0.02) expect(wald).toBeGreaterThan(0.064);
  });
});
