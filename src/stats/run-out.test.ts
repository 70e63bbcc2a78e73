// Running out where it can be worked out by hand: an even pace has no spread, so that every draw is
// the same.
import { describe, expect, it } from "vitest";
import { randomStream } from "../base/keystream.ts";
import { type RunOutQuestion, runOutDraws } from "./run-out.ts";

const EVEN = new Array<number>(24).fill(10);
const NOTHING: ReadonlyMap<number, number> = new Map();

function drawsOf(more: Partial<RunOutQuestion>, count = 8): Float64Array {
  const question: RunOutQuestion = {
    ...{ left: 100, taken: EVEN, horizon: 40, returns: () => NOTHING, life: 1000 },
    lapseShare: new Float64Array(count).fill(1),
    ...more,
  };
  return runOutDraws(question, count, randomStream(1, "run-out"));
}

const same = (step: number): Float64Array => new Float64Array(8).fill(step);

describe("run-out of an even pace", () => {
  it("is what is left by what is taken", () => {
    expect(drawsOf({})).toEqual(same(10));
    expect(drawsOf({ left: 95 })).toEqual(same(9.5));
    expect(drawsOf({ left: 0 })).toEqual(same(0));
  });

  it("never comes where there is enough, nothing is taken or no time is left", () => {
    expect(drawsOf({ left: 401 })).toEqual(same(Infinity));
    expect(drawsOf({ taken: new Array<number>(24).fill(0) })).toEqual(same(Infinity));
    expect(drawsOf({ horizon: 0 })).toEqual(same(Infinity));
  });

  it("is later by what comes back before, and not by what comes back after", () => {
    expect(drawsOf({ returns: () => new Map([[5, 20]]) })).toEqual(same(12));
    expect(drawsOf({ returns: () => new Map([[11, 20]]) })).toEqual(same(10));
    const some = (draw: number) => new Map([[5, 10 * draw]]);
    expect([...drawsOf({ returns: some }, 3)]).toEqual([10, 11, 12]);
  });

  it("is later by what lapses of what is taken from now on", () => {
    // From step 4 on half of what is taken comes back each time: 60 are left then, 5 go a step.
    const lapseShare = same(0.5);
    expect(drawsOf({ life: 4, lapseShare })).toEqual(same(16));
  });

  it("is that of longer steps where there are very many", () => {
    expect(drawsOf({ left: 1000, horizon: 600 })).toEqual(same(100));
  });
});

describe("run-out under a curve", () => {
  it("is not before the curve has let all out", () => {
    expect(drawsOf({ released: (step) => 100 * Math.min(1, step / 20) })).toEqual(same(20));
    expect(drawsOf({ released: (step) => Math.min(100, 50 + 5 * step) })).toEqual(same(10));
  });

  it("takes what was not used before", () => {
    const released = (step: number): number => (step > 10 ? 130 : 30);
    // Thirty at once, then nothing up to the tenth step, then the rest at the pace of before.
    expect(drawsOf({ left: 130, released })).toEqual(same(20));
  });

  it("lets what comes back out along its rest", () => {
    // 40 come back at half-time: the second half lets out 90 instead of 50.
    const released = (step: number): number => 5 * Math.min(20, step);
    const returns = () => new Map([[10, 40]]);
    expect(drawsOf({ released, returns })).toEqual(same(20));
  });

  it("of a demand that is cut off goes on at least as it did, or faster", () => {
    // 40 come back in the last step of the curve, which lets out half of what is asked for.
    const released = (step: number): number => 5 * Math.min(20, step);
    const draws = drawsOf({ released, returns: () => new Map([[19, 40]]) }, 8).sort();
    expect(draws[0]).toBeGreaterThanOrEqual(19);
    expect(draws[7]).toBeLessThanOrEqual(23.5);
    expect(draws[7]! - draws[0]!).toBeGreaterThan(1);
    // Control: one that has more open than is asked for is known.
    const open = (step: number): number => 20 + 4 * Math.min(20, step);
    const known = drawsOf({ released: open, returns: () => new Map([[19, 40]]) });
    for (const draw of known) expect(draw).toBeCloseTo(23.4, 9);
  });

  it("has come where nothing is left, whatever the curve says", () => {
    expect(drawsOf({ left: 0, released: () => 0 })).toEqual(same(0));
  });
});

describe("run-out of an uneven pace", () => {
  it("is less certain the more stretches of it differ", () => {
    const waves = (by: number) => EVEN.map((minor, i) => minor + by * Math.sin(i / 4));
    const width = (by: number): number => {
      const draws = drawsOf({ taken: waves(by), lapseShare: same(0), left: 150 }, 8).sort();
      return draws[7]! - draws[0]!;
    };
    expect(width(1)).toBeGreaterThan(width(0));
    expect(width(5)).toBeGreaterThan(2 * width(1));
  });
});
