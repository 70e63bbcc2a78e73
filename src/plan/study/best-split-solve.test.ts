// The split that the solver finds against brute force: an optimum of piecewise linear responses
// whose shares add up to 1 has all waves but one at a point.
import { beforeAll, describe, expect, test } from "vitest";
import { randomStream } from "../../base/keystream.ts";
import {
  type SharePoint,
  type SolveSplit,
  type SplitBranch,
  type SplitProblem,
  splitSolver,
  valueAt,
} from "./best-split-solve.ts";

let solve: SolveSplit;
beforeAll(async () => {
  solve = await splitSolver();
});

/** Every choice with all waves but one at a point, the last one taking what is left. */
function bruteForce({ branches }: SplitProblem): number | null {
  let best: number | null = null;
  for (const { constant, waves } of branches) {
    const options = waves.map(({ options: all }) => all);
    for (const choice of choices(options.map((all) => all.length))) {
      const points = choice.map((option, w) => options[w]![option]!);
      for (let free = 0; free < waves.length; free++) {
        const others = points.map((each, w) => (w === free ? [null] : [...each]));
        for (const at of choices(others.map((each) => each.length))) {
          let [value, left] = [constant, 1];
          at.forEach((p, w) => {
            const point = others[w]![p]!;
            if (point === null) return;
            value += point.value;
            left -= point.share;
          });
          const own = points[free]!;
          if (left < own[0]!.share - 1e-9 || left > own.at(-1)!.share + 1e-9) continue;
          value += valueAt(own, left);
          if (best === null || value > best) best = value;
        }
      }
    }
  }
  return best;
}

function choices(sizes: readonly number[]): number[][] {
  return sizes.reduce<number[][]>(
    (all, size) => all.flatMap((one) => Array.from({ length: size }, (_, i) => [...one, i])),
    [[]],
  );
}

function randomProblem(seed: number): SplitProblem {
  const stream = randomStream(seed, "test/split");
  const waves = 1 + stream.nextInt(3);
  const options = Array.from({ length: waves }, () => 1 + stream.nextInt(2));
  const ranges = options.map(() => {
    const low = stream.nextInt(8) / 20;
    return { low, high: Math.max(low, 1 - stream.nextInt(9) / 20) };
  });
  const scale = 10 ** (stream.nextInt(9) - 2);
  const points = ({ low, high }: { low: number; high: number }): SharePoint[] => {
    const inner = Array.from({ length: 3 }, () => low + (high - low) * stream.nextFloat());
    const shares = [...new Set([low, ...inner, high])].sort((a, b) => a - b);
    return shares.map((share) => ({ share, value: scale * (stream.nextFloat() - 0.5) }));
  };
  const branch = (): SplitBranch => ({
    constant: scale * stream.nextFloat(),
    waves: options.map((count, w) => ({
      options: Array.from({ length: count }, () => points(ranges[w]!)),
    })),
  });
  return { branches: Array.from({ length: 1 + stream.nextInt(3) }, branch) };
}

describe("the split that is found", () => {
  test("is the best of all, in 80 random problems that are not concave", () => {
    let feasible = 0;
    for (let seed = 0; seed < 80; seed++) {
      const problem = randomProblem(seed);
      const [found, wanted] = [solve(problem), bruteForce(problem)];
      if (wanted === null || found === null) {
        expect(found, `seed ${seed}`).toBe(wanted);
        continue;
      }
      feasible += 1;
      const size = Math.max(1e-12, Math.abs(wanted));
      expect(Math.abs(found.value - wanted) / size, `seed ${seed}`).toBeLessThan(1e-6);
      expect(found.waves.reduce((sum, { share }) => sum + share, 0)).toBeCloseTo(1, 6);
      found.waves.forEach(({ option, share }, w) => {
        const points = problem.branches[found.branch]!.waves[w]!.options[option]!;
        expect(share).toBeGreaterThanOrEqual(points[0]!.share);
        expect(share).toBeLessThanOrEqual(points.at(-1)!.share);
      });
    }
    // Otherwise the test would have compared nothing.
    expect(feasible).toBeGreaterThan(40);
  });

  test("control: is not that of the concave hull, which a linear programme would find", () => {
    const dip = [
      { share: 0, value: 0 },
      { share: 0.5, value: 0 },
      { share: 0.75, value: 6 },
    ];
    const problem = {
      branches: [{ constant: 0, waves: [{ options: [dip] }, { options: [dip] }] }],
    };
    // The hull rises by 8 a whole budget, wherever it goes; in truth one wave alone brings 6.
    expect(solve(problem)!.value).toBeCloseTo(6, 9);
  });

  test("is none where least shares add up to more than 1, or greatest to less", () => {
    const wave = (low: number, high: number) => ({
      options: [
        [
          { share: low, value: 0 },
          { share: high, value: 1 },
        ],
      ],
    });
    const problem = (low: number, high: number) => ({
      branches: [{ constant: 0, waves: [wave(low, high), wave(low, high)] }],
    });
    expect(solve(problem(0.6, 0.9))).toBeNull();
    expect(solve(problem(0.1, 0.4))).toBeNull();
    expect(solve(problem(0.1, 0.6))).not.toBeNull();
  });
});
