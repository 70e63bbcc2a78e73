// The Ishigami function: its indices are known in closed form (Ishigami and Homma 1990).
import { expect, test } from "vitest";
import { randomStream } from "../base/keystream.ts";
import { firstOrderShare, ranksOf } from "./variance-shares.ts";

const n = 20_000;
const stream = randomStream("variance-shares", "test");
const inputs = [0, 1, 2, 3].map(() =>
  Float64Array.from({ length: n }, () => Math.PI * (2 * stream.nextFloat() - 1)),
);
const [x1, x2, x3] = inputs;
const ishigami = Float64Array.from(
  { length: n },
  (_, i) => Math.sin(x1![i]!) + 7 * Math.sin(x2![i]!) ** 2 + 0.1 * x3![i]! ** 4 * Math.sin(x1![i]!),
);

test("the shares of the Ishigami function are .314, .442, 0 and, of a bystander, 0", () => {
  const shares = inputs.map((input) => firstOrderShare(input, ishigami));
  [0.3139, 0.4424, 0, 0].forEach((share, i) => {
    expect(shares[i]).toBeGreaterThan(share - 0.02);
    expect(shares[i]).toBeLessThan(share + 0.02);
  });
});

test("an input that does not vary, or an output, explains nothing", () => {
  expect(firstOrderShare(new Float64Array(n).fill(3), ishigami)).toBe(0);
  expect(firstOrderShare(x1!, new Float64Array(n).fill(3))).toBe(0);
});

test("an input that is the output explains all of it", () => {
  expect(firstOrderShare(ishigami, ishigami)).toBeGreaterThan(0.98);
});

test("ranks order what cannot be averaged, endless numbers among it", () => {
  const numbers = Float64Array.from([3, Number.POSITIVE_INFINITY, -1, 3]);
  expect([...ranksOf(numbers)]).toEqual([2, 4, 1, 3]);
});

test("a bystander of an output with long tails explains nothing once ranks are taken", () => {
  const wild = Float64Array.from({ length: n }, () => 1 / stream.nextFloat() ** 2);
  expect(firstOrderShare(x1!, ranksOf(wild))).toBeLessThan(0.005);
});
