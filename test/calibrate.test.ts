// A small calibration: the experiments of `npm run calibrate` on fewer campaigns, judged by the
// same binomial rule, and controls which show that a broken reading would not pass. Seeded, so it
// passes or fails for good.
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { createCrowd } from "../src/crowd/crowd.ts";
import { retentionAt } from "../src/crowd/retention.ts";
import { qwenShape, scaledShape } from "../src/crowd/shape.ts";
import { retainedAt, retentionThrough } from "../src/plan/model/two-point-retention.ts";
import { effectSentence, effectsOf, type Grade } from "../src/prove/index.ts";
import { allowedBy, holds } from "./calibrate/bounds.ts";
import { drawUsers, keptStudy } from "./calibrate/campaign.ts";
import {
  AT_MOST,
  CONTROL,
  COVERS,
  type Experiment,
  holdsTruth,
  oncePerSeed,
  streamOf,
} from "./calibrate/experiment.ts";
import { EXPERIMENTS } from "./calibrate/experiments.ts";
import { OUTLOOK } from "./calibrate/outlook-coverage.ts";
import { PLAN_EXPERIMENTS } from "./calibrate/plan-coverage.ts";
import { planTables } from "./calibrate/plan-table.ts";
import { createPopulation, QUESTIONS, trueEffect } from "./calibrate/population.ts";
import { addCounts, countAll, resultsOf } from "./calibrate/run.ts";
import { markdownTables, withTables } from "./calibrate/table.ts";

const SEED = 20_260_206;
const CAMPAIGNS = 100;
/** Its bootstraps take longer than all the rest; the full run has it. */
const LEFT_OUT = ["buyers"];

const concept = (name: string): string =>
  readFileSync(join(import.meta.dirname, "../docs/concepts", name), "utf8");
const page = concept("evidence.md");
const planning = concept("planning.md");
const exposure = concept("../guides/know-your-exposure.md");

describe("what chance allows", () => {
  it("is what the rules for measuring state for 2,000 and for 200 campaigns", () => {
    expect(allowedBy(COVERS, 2000)).toEqual({ lower: 0.936, upper: 0.964 });
    expect(allowedBy(COVERS, 200)).toEqual({ lower: 0.905, upper: 0.985 });
    expect(allowedBy(AT_MOST, 2000).upper).toBeCloseTo(0.064, 12);
  });

  it("is narrower the more campaigns there are, and holds the promise itself", () => {
    const widths = [50, 500, 5000].map((campaigns) => {
      const { lower, upper } = allowedBy(COVERS, campaigns);
      expect(lower).toBeLessThan(0.95);
      expect(upper).toBeGreaterThan(0.95);
      return upper - lower;
    });
    expect(widths).toEqual([...widths].sort((a, b) => b - a));
  });

  it("fails a control that is inside, and a test that never speaks", () => {
    expect(holds(CONTROL, 1900, 2000)).toBe(false);
    expect(holds(CONTROL, 1800, 2000)).toBe(true);
    expect(holds({ kind: "speaks", share: 0.8 }, 0, 2000)).toBe(false);
  });
});

describe("the population", () => {
  it.each(QUESTIONS)("has the crowd's own truth about %s", (question) => {
    const population = createPopulation(question, 5);
    const truth = createCrowd({ seed: 5, shape: scaledShape(0.2) }).truth();
    const { users, metrics } = question === "reach" ? truth.reach : truth.reward;
    const isReach = question === "reach";
    // Bots, who are in the crowd's default audience of rewards, are no people.
    if (isReach) expect(population.users).toBe(users);
    const kept = trueEffect(population, "kept");
    expect(kept * population.users).toBeCloseTo(metrics.d30.effect * users, 6);
    const paid = trueEffect(population, "ordersPaid") * population.users;
    expect(paid).toBeCloseTo(metrics.ordersPaid.effect * users, 6);
  });
});

describe("a small calibration", () => {
  const small = EXPERIMENTS.filter(({ id }) => !LEFT_OUT.includes(id));

  it.each(small.map((experiment) => [experiment.id, experiment] as const))(
    "%s is where chance allows it to be",
    async (_id, experiment) => {
      const plan = { seed: SEED, campaigns: CAMPAIGNS };
      const results = resultsOf([experiment], await countAll([experiment], plan), plan);
      // Whether a control shows needs as many campaigns as the full run has; see below.
      const judged = results.filter(({ row }) => row.rule.kind !== "control");
      const outside = judged.filter(({ isHeld }) => !isHeld);
      expect(outside.map(({ row, hits, answers }) => [row.id, hits, answers])).toEqual([]);
    },
  );

  it("finds that a claim-time holdout, read as reach, is wrong nearly always", async () => {
    const experiment = EXPERIMENTS.find(({ id }) => id === "wrong question")!;
    const { misread } = (await countAll([experiment], { seed: SEED, campaigns: 100 }))[
      experiment.id
    ]!;
    expect(misread!.hits / misread!.answers).toBeLessThan(0.25);
  });

  it("does not depend on who runs which campaign", async () => {
    const one = EXPERIMENTS.filter(({ id }) => id.startsWith("credible"));
    const plan = { seed: 3, campaigns: 20 };
    const parts = [0, 1, 2].map((at) => countAll(one, { ...plan, part: { at, of: 3 } }));
    expect(addCounts(await Promise.all(parts))).toEqual(await countAll(one, plan));
    expect(await countAll(one, { ...plan, seed: 4 })).not.toEqual(await countAll(one, plan));
  });
});

describe("controls at full size", () => {
  it("an honest interval passes; one a fifth too narrow, one off its place do not", async () => {
    const population = oncePerSeed((seed) => createPopulation("reach", seed));
    const rows = ["honest", "narrow", "biased"].map((id) => ({ id, title: id, rule: COVERS }));
    const experiment: Experiment = {
      ...{ id: "controls", about: "reach", isSampled: false, rows },
      run: (seed, campaign) => {
        const of = population(seed);
        const drawn = drawUsers(of, streamOf(seed, "controls", campaign), {
          ...{ users: 2_000, holdout: 0.5 },
        });
        const { absolute } = effectsOf(keptStudy(of, drawn, 0.5))[0]!;
        const { estimate, lower, upper, standardError } = absolute!;
        const [half, truth] = [0.8 * (upper - estimate), trueEffect(of, "kept")];
        const narrow = { lower: estimate - half, upper: estimate + half };
        const biased = { lower: lower + 0.6 * standardError, upper: upper + 0.6 * standardError };
        return {
          honest: holdsTruth(absolute, truth),
          narrow: holdsTruth(narrow, truth),
          biased: holdsTruth(biased, truth),
        };
      },
    };
    const plan = { seed: SEED, campaigns: 2_000 };
    const results = resultsOf([experiment], await countAll([experiment], plan), plan);
    expect(results.map(({ isHeld }) => isHeld)).toEqual([true, false, false]);
  });

  it("a reading that is silent in more than one campaign in twenty is no reading", () => {
    const rows = [{ id: "row", title: "row", rule: COVERS }];
    const experiment: Experiment = {
      ...{ id: "x", about: "reach", isSampled: false, rows, run: () => ({}) },
    };
    const counts = (answers: number) => ({ x: { row: { hits: 0.95 * answers, answers } } });
    const plan = { seed: 1, campaigns: 2_000 };
    expect(resultsOf([experiment], counts(2_000), plan)[0]!.isHeld).toBe(true);
    expect(resultsOf([experiment], counts(1_800), plan)[0]!.isHeld).toBe(false);
  });
});

describe("the pages with figures", () => {
  it.each([
    ["evidence", page, EXPERIMENTS],
    ["planning", planning, PLAN_EXPERIMENTS],
    ["know your exposure", exposure, [OUTLOOK]],
  ] as const)("%s: every row as it was measured, those outside counted, the seed", (_, of, all) => {
    for (const { row, about } of all.flatMap(({ rows, about }) =>
      rows.map((row) => ({ row, about })),
    )) {
      const isThere = [row.title, `${row.title} (${about})`].some((t) => of.includes(`| ${t} |`));
      expect(isThere, row.title).toBe(true);
    }
    const count = all.reduce((sum, { rows }) => sum + rows.length, 0);
    const outside = of.match(/\(outside[;)]/g)?.length ?? 0;
    expect(of).toContain(`Seed ${SEED}: ${count - outside} of ${count} figures`);
    expect(of).not.toMatch(/NaN|Infinity|no answer/);
  });

  it("allows the words that a report of each grade uses", () => {
    const population = createPopulation("reach", 5);
    const drawn = drawUsers(population, streamOf(5, "words", 0), { users: 9_000, holdout: 0.5 });
    const row = effectsOf(keptStudy(population, drawn, 0.5))[0]!;
    for (const grade of ["A", "B", "C", "D", "E", "F"] as const satisfies readonly Grade[]) {
      const [, verb] = /^card (.+?) [+−-]/.exec(effectSentence(row, grade))!;
      expect(page).toContain(`| **${grade}** | `);
      expect(page).toContain(`| "${verb}" |`);
    }
  });

  it("planning says how far the curve of a plan is from the crowd's law", () => {
    const points = qwenShape.retentionRewarded;
    const shape = retentionThrough(retentionAt(points, 1), retentionAt(points, 30));
    const [curve, law] = [retainedAt(shape, 60), retentionAt(points, 60)];
    const percent = (share: number): string => `${(100 * share).toFixed(1)} %`;
    const said = `${percent(curve)} active, the crowd's own law ${percent(law)}`;
    expect(planning.replace(/\s+/g, " ")).toContain(said);
  });

  it("control: a table takes the place of the one before, and nothing else", () => {
    const tables = markdownTables([], 1);
    const written = withTables(page, tables);
    expect(withTables(written, markdownTables([], 1))).toBe(written);
    expect(written.startsWith(page.slice(0, 200))).toBe(true);
    expect(() => withTables("no place", tables)).toThrow("expected the lines");
    expect(withTables(planning, planTables([], 1)).startsWith(planning.slice(0, 200))).toBe(true);
  });
});
