// The sequence equals SciPy's before it is scrambled, keeps its balance afterwards, and pays.
import { createHash } from "node:crypto";
import { expect, test } from "vitest";
import { randomStream } from "../base/keystream.ts";
import { SobolSequence, unitOf } from "./sobol.ts";

function points(count: number, dimensions: number, seed: string | null): Uint32Array[] {
  const sequence = new SobolSequence({ dimensions, seed });
  return Array.from({ length: count }, (_, index) => {
    const into = new Uint32Array(dimensions);
    sequence.point(index, into);
    return into;
  });
}

test("unscrambled, 1,024 points of 256 dimensions are SciPy's to the bit", () => {
  // scipy 1.17.1: qmc.Sobol(256, scramble=False, bits=32).random(1024), times 2^32, as <u4
  const all = points(1024, 256, null);
  const chosen = [0, 1, 2, 10, 63, 127, 255];
  expect(chosen.map((d) => all[777]![d])).toEqual([
    2973761536, 4022337536, 700448768, 3200253952, 1832910848, 507510784, 2730491904,
  ]);
  expect(chosen.map((d) => all[1023]![d])).toEqual([
    4194304, 3233808384, 2629828608, 2915041280, 171966464, 3007315968, 3619684352,
  ]);
  const hash = createHash("sha256");
  for (const point of all) hash.update(new Uint8Array(point.buffer));
  expect(hash.digest("hex")).toBe(
    "396a6784edbd91f22de739d7c16c575a854a1f20d26f37d3f606d31abc74dc12",
  );
});

test("a point is the same whatever was asked before, and whichever dimensions are chosen", () => {
  const all = points(300, 40, "seed");
  const some = new SobolSequence({ dimensions: [39, 3, 17], seed: "seed" });
  const into = new Uint32Array(3);
  for (const index of [299, 0, 17, 128, 17]) {
    some.point(index, into);
    expect([...into]).toEqual([39, 3, 17].map((d) => all[index]![d]));
  }
});

/** Points in each box of 2^-a by 2^-b of two coordinates. */
function boxes(all: Uint32Array[], [x, y]: [number, number], a: number, b: number): number[] {
  const counts = new Array<number>(2 ** (a + b)).fill(0);
  for (const point of all) {
    const [i, j] = [Math.floor(point[x]! / 2 ** (32 - a)), Math.floor(point[y]! / 2 ** (32 - b))];
    counts[i * 2 ** b + j]! += 1;
  }
  return counts;
}

test("every elementary interval holds its one point, scrambled or not", () => {
  for (const seed of [null, "1", "2", "3"]) {
    const all = points(4096, 64, seed);
    const block = all.slice(2048, 4096);
    for (let d = 0; d < 64; d++) {
      expect(new Set(block.map((point) => Math.floor(point[d]! / 2 ** 21))).size).toBe(2048);
    }
    // The first two dimensions are a (0, 2)-sequence: boxes of every shape.
    for (let a = 0; a <= 11; a++) {
      expect(boxes(block, [0, 1], a, 11 - a).every((count) => count === 1)).toBe(true);
    }
  }
});

test("control: random points leave intervals empty", () => {
  const stream = randomStream("control", "sobol");
  const seen = new Set(Array.from({ length: 2048 }, () => stream.nextU32() >>> 21));
  expect(seen.size).toBeLessThan(1500);
});

test("scrambled, each point is uniform over the seeds, and seeds give different points", () => {
  const bins = new Array<number>(16).fill(0);
  const into = new Uint32Array(8);
  for (let seed = 0; seed < 1000; seed++) {
    new SobolSequence({ dimensions: 8, seed }).point(5, into);
    for (const coordinate of into) bins[coordinate >>> 28]! += 1;
  }
  const chiSquare = bins.reduce((sum, count) => sum + (count - 500) ** 2 / 500, 0);
  expect(chiSquare).toBeLessThan(37.7); // 15 degrees of freedom, p = .001
});

test("an average over 4,096 points comes out 100 times closer than over random ones", () => {
  const dimensions = 8;
  // Mean 1; a product, so that dimensions act together.
  const product = (unit: (d: number) => number): number => {
    let value = 1;
    for (let d = 0; d < dimensions; d++) value *= 1 + (unit(d) - 0.5) / (d + 1);
    return value;
  };
  const errors = { sobol: 0, random: 0 };
  const runs = 20;
  for (let run = 0; run < runs; run++) {
    const stream = randomStream(run, "random");
    let [sobol, random] = [0, 0];
    for (const point of points(4096, dimensions, `run ${run}`)) {
      sobol += product((d) => unitOf(point[d]!)) / 4096;
      random += product(() => stream.nextFloat()) / 4096;
    }
    errors.sobol += (sobol - 1) ** 2 / runs;
    errors.random += (random - 1) ** 2 / runs;
  }
  const factor = Math.sqrt(errors.random / errors.sobol);
  expect(factor).toBeGreaterThan(100);
});

test("a coordinate as a number lies strictly between 0 and 1", () => {
  expect(unitOf(0)).toBe(2 ** -33);
  expect(unitOf(2 ** 32 - 1)).toBe(1 - 2 ** -33);
});

test("dimensions that have no direction numbers are refused", () => {
  expect(() => new SobolSequence({ dimensions: 257, seed: 1 })).toThrow(/1 to 256 dimensions/);
  expect(() => new SobolSequence({ dimensions: 0, seed: 1 })).toThrow(/got 0/);
});
