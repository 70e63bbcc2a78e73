// `prove plan`: what a holdout can see, against published figures and by simulation.
import { describe, expect, it } from "vitest";
import { randomStream } from "../src/base/keystream.ts";
import { type DetectableQuestion, detectable, detectableReport } from "../src/prove/index.ts";
import { renderTextReport } from "../src/report/text-report.ts";
import { confidenceSequence, differenceInMeans, summarizeShare } from "../src/stats/index.ts";

const ask = (more: Partial<DetectableQuestion> = {}) =>
  detectable({ users: 20_000, holdout: 0.1, outcome: { share: 0.2 }, weeks: 4, ...more });

describe("what a holdout can see", () => {
  it("is 0.07 points of 300 million users at 1 %, and 0.22 at 0.1 %", () => {
    const design = { users: 300e6, outcome: { share: 0.235 } };
    const points = (holdout: number) => 100 * ask({ ...design, holdout }).weekly.at(-1)!.fixed;
    expect([points(0.01).toFixed(2), points(0.001).toFixed(2)]).toEqual(["0.07", "0.22"]);
  });

  it("grows finer week by week, and is coarser when it is looked at all the time", () => {
    const { weekly, byHoldout } = ask();
    for (const [i, { fixed, sequential }] of weekly.entries()) {
      expect(sequential).toBeGreaterThan(fixed);
      if (i > 0) expect(fixed).toBeLessThan(weekly[i - 1]!.fixed);
    }
    expect(byHoldout.map(({ holdout }) => holdout)).toContain(0.1);
    expect(byHoldout.at(-1)!.fixed).toBeLessThan(byHoldout[0]!.fixed);
  });

  it("is seen in 80 % of experiments, read once or by the sequence", () => {
    const reading = ask({ users: 4000, holdout: 0.5, outcome: { share: 0.3 } });
    const { fixed, sequential } = reading.weekly.at(-1)!;
    const random = randomStream(5, "detectable");
    const kept = (n: number, share: number): number => {
      let count = 0;
      for (let i = 0; i < n; i++) if (random.nextFloat() < share) count += 1;
      return count;
    };
    const runs = 400;
    let [seenFixed, seenSequential] = [0, 0];
    for (let i = 0; i < runs; i++) {
      const control = summarizeShare(kept(2000, 0.3), 2000);
      const once = differenceInMeans(control, summarizeShare(kept(2000, 0.3 + fixed), 2000));
      if (once.lower > 0) seenFixed += 1;
      const often = differenceInMeans(control, summarizeShare(kept(2000, 0.3 + sequential), 2000));
      if (confidenceSequence(often, 4000, { tuning: 4000 }).lower > 0) seenSequential += 1;
    }
    // Four standard errors of a share of .8 in 400 runs.
    for (const seen of [seenFixed, seenSequential]) {
      expect(Math.abs(seen / runs - 0.8)).toBeLessThan(0.08);
    }
  });

  it("says whether it can tell that the campaign pays", () => {
    const say = (costPerTreated: number) =>
      renderTextReport(detectableReport(ask({ worth: { marginPerUnit: 20, costPerTreated } })));
    expect(say(4)).toContain("large enough to tell");
    expect(say(0.1)).toMatch(/cannot tell\s+whether it pays/);
  });

  it("says how large the holdout must be for a wanted effect", () => {
    const { wanted } = ask({ wanted: 0.03 });
    const again = (holdout: number) => ask({ holdout }).weekly.at(-1)!;
    expect(again(wanted!.fixed!).fixed).toBeCloseTo(0.03, 4);
    expect(again(wanted!.sequential!).sequential).toBeCloseTo(0.03, 4);
    const say = (effect: number) =>
      renderTextReport(detectableReport(ask({ wanted: effect }))).replace(/\s+/g, " ");
    expect(say(0.03)).toContain(
      "To see +3.0 points, 8.2 % have to be held out, 18 % to look at it",
    );
    expect(say(0.017)).toContain("looked at all the time, no holdout of so few users is enough");
    expect(say(0.001)).toContain("20,000 users cannot show +0.1 points, whoever is held out");
  });

  it("refuses designs that are none", () => {
    const cases: [Partial<DetectableQuestion>, RegExp][] = [
      [{ users: 3 }, /--users/],
      [{ users: Number.NaN }, /--users/],
      [{ holdout: 0 }, /--holdout/],
      [{ holdout: 1 }, /--holdout/],
      [{ holdout: 0.00001 }, /at least 2 users/],
      [{ weeks: 0 }, /--weeks/],
      [{ outcome: { share: 1 } }, /--base/],
      [{ outcome: { deviation: 0 } }, /--deviation/],
      [{ wanted: 0 }, /--detect/],
      [{ worth: { marginPerUnit: 0, costPerTreated: 1 } }, /--margin/],
    ];
    for (const [more, message] of cases) expect(() => ask(more)).toThrow(message);
  });
});
