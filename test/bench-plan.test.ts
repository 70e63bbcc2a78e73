// What makes the bench of the plan honest: a peer whose means differ is told, and so are numbers
// that are not the same.
import { expect, test } from "vitest";
import { answersOf, hashOf } from "../bench/plan/answers.ts";
import { meansDiffer } from "../bench/plan/peer.ts";
import { openYear } from "../bench/plan/year.ts";
import { planDrawer } from "../src/cli/plan/draw-plan.ts";
import { CHANCE_PEOPLE_MOST } from "../src/plan/model/hour-chance.ts";

test("means that differ by more than the tolerance, or are not ours, are told", () => {
  const ours = { kept: 1000, net: -5, roi: 0 };
  expect(meansDiffer(ours, { kept: 1000.0009, net: -5, roi: 0 }, 1e-6)).toBeNull();
  expect(meansDiffer(ours, { net: -5.1 }, 1e-6)).toContain("net: ours has a mean of -5");
  expect(meansDiffer(ours, { kept: Number.NaN }, 1e-6)).toContain("kept");
  expect(meansDiffer(ours, { cost: 1 }, 1e-6)).toContain("ours has no such number");
});

test("the year is one of waves, offers and pacing, and of more people than chance", async () => {
  const { terms } = await openYear();
  expect(terms.hourWeights.length).toBeGreaterThan(365 * 24);
  expect([terms.waves.length, terms.offers.length, terms.months]).toEqual([4, 5, 24]);
  for (const { released } of terms.waves) expect(released?.at(-1)).toBe(1);
  const sample = await planDrawer({ workers: 1 })(await openYear(), 200);
  expect(sample.quantile("people", 0)).toBeGreaterThan(CHANCE_PEOPLE_MOST);
  // Otherwise the budgets would decide nothing.
  expect(sample.quantile("refused", 0.1)).toBeGreaterThan(0);
});

test("the hash is that of every number: one draw more is another one", async () => {
  const job = await openYear();
  const draw = planDrawer({ workers: 1 });
  const hashes = await Promise.all(
    [200, 200, 201].map(async (draws) => {
      const sample = await draw(job, draws);
      return hashOf(sample, answersOf(sample));
    }),
  );
  expect(hashes[0]).toBe(hashes[1]);
  expect(hashes[0]).not.toBe(hashes[2]);
});
