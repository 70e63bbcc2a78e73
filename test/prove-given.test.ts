// The real campaign of examples/hillstrom, from its rows and from its counts by arm: both reproduce
// the published effects to the printed digits, and each other.
import { existsSync } from "node:fs";
import { mkdtemp, readFile, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";
import { afterAll, beforeAll, describe, expect, it, type TestContext } from "vitest";
import {
  headline,
  type ProjectOptions,
  populationFromCounts,
  proveProject,
  type RunFile,
  readPopulation,
  readProject,
  readRunFile,
  type Verdict,
  verdictText,
} from "../src/prove/index.ts";

const ROOT = resolve(import.meta.dirname, "..");
const EXAMPLE = join(ROOT, "examples/hillstrom");
const ROWS = resolve(ROOT, "../shared/data/hillstrom/hillstrom.csv");

/** Skips a test, with its reason, where the rows are not beside the checkout. */
function needRows({ skip }: TestContext): void {
  if (!existsSync(ROWS)) skip("the rows of hillstrom are absent; they do not ship with hongbao");
}

const PUBLISHED = [
  ["visit", "mens", "7.66"],
  ["visit", "womens", "4.52"],
  ["conversion", "mens", "0.68"],
  ["conversion", "womens", "0.31"],
  ["spend", "mens", "0.770"],
  ["spend", "womens", "0.424"],
] as const;

let run: RunFile;
beforeAll(async () => {
  run = await readRunFile(join(EXAMPLE, "run.yaml"));
});

async function proveExample(table?: string, options?: ProjectOptions): Promise<Verdict> {
  const rows = table === undefined ? {} : { table };
  const project = await readProject(join(EXAMPLE, "prove.yaml"), rows);
  return await proveProject(project, null, options);
}

function effectOf(verdict: Verdict, metric: string, arm: string) {
  const rows = verdict.studies[0]!.effects;
  const row = rows.find((each) => each.metric.id === metric && each.arm === arm);
  expect(row?.absolute).toBeTruthy();
  return row!;
}

function expectPublished(verdict: Verdict): void {
  for (const [metric, arm, digits] of PUBLISHED) {
    const { absolute } = effectOf(verdict, metric, arm);
    const shown = metric === "spend" ? absolute!.estimate : 100 * absolute!.estimate;
    expect(shown.toFixed(metric === "spend" ? 3 : 2)).toBe(digits);
  }
  const mens = effectOf(verdict, "spend", "mens").absolute!;
  expect([mens.lower.toFixed(3), mens.upper.toFixed(3)]).toEqual(["0.485", "1.055"]);
  const womens = effectOf(verdict, "spend", "womens").absolute!;
  expect([womens.lower.toFixed(3), womens.upper.toFixed(3)]).toEqual(["0.169", "0.680"]);
  expect(verdict.grade).toBe("A");
  expect(verdict.comparisons).toHaveLength(6);
  expect(verdict.comparisons.every((each) => each.agrees)).toBe(true);
}

describe("the verdict on a real campaign with given assignment", () => {
  it("reproduces the published effects from counts by arm, and says it had no rows", async () => {
    const verdict = await proveExample();
    expectPublished(verdict);
    expect(verdict.notes[0]).toContain("counts.yaml");
    expect(verdictText(verdict)).toContain("Mens caused +7.66 points in visits");
  });

  it("reproduces them from the rows, equal to the counts", async (test) => {
    needRows(test);
    const [rows, counts] = [await proveExample(ROWS), await proveExample()];
    expectPublished(rows);
    for (const [metric, arm] of PUBLISHED) {
      const [a, b] = [effectOf(rows, metric, arm), effectOf(counts, metric, arm)];
      expect(a.absolute!.estimate).toBeCloseTo(b.absolute!.estimate, 12);
      expect(a.absolute!.standardError).toBeCloseTo(b.absolute!.standardError, 12);
      expect(a.relative!.estimate).toBeCloseTo(b.relative!.estimate, 12);
    }
  });

  it("gives the same bytes however many threads read the rows", async (test) => {
    needRows(test);
    const one = await proveExample(ROWS, { warehouse: { threads: 1 } });
    const two = await proveExample(ROWS, { warehouse: { threads: 2 } });
    expect(JSON.stringify(one)).toBe(JSON.stringify(two));
  });

  it("streams the customers in the order of the rows", async (test) => {
    needRows(test);
    const arms: Record<string, number> = {};
    let rows = 0;
    for await (const { user, arm } of readPopulation(run, ROWS)) {
      rows += 1;
      expect(user).toBe(String(rows));
      arms[arm.id] = (arms[arm.id] ?? 0) + 1;
    }
    expect(arms).toEqual({ holdout: 21306, mens: 21307, womens: 21387 });
  });

  it("draws as many customers from the counts", async () => {
    const arms = new Map<string, number>();
    for await (const { arm } of populationFromCounts(run)) {
      arms.set(arm.id, (arms.get(arm.id) ?? 0) + 1);
    }
    expect(Object.fromEntries(arms)).toEqual({ holdout: 21306, mens: 21307, womens: 21387 });
  });
});

describe("a verdict on a broken randomisation", () => {
  let folder: string;
  beforeAll(async () => {
    folder = await mkdtemp(join(tmpdir(), "hongbao-given-"));
  });
  afterAll(async () => {
    await rm(folder, { recursive: true, force: true });
  });

  /** The example with something replaced in its plan or its counts. */
  async function proveChanged(
    plan: readonly [string, string],
    counts: readonly [string, string],
  ): Promise<Verdict> {
    for (const [name, [from, to]] of Object.entries({
      "prove.yaml": plan,
      "counts.yaml": counts,
    })) {
      const text = await readFile(join(EXAMPLE, name), "utf8");
      expect(text).toContain(from);
      await writeFile(join(folder, name), text.replace(from, to));
    }
    return await proveProject(await readProject(join(folder, "prove.yaml")), null);
  }

  it("says so first, is graded B and never says caused", async () => {
    const verdict = await proveChanged(["plan:", "plan:"], ["n: 21307", "n: 19307"]);
    expect(verdict.grade).toBe("B");
    const text = verdictText(verdict);
    expect(headline(verdict)).toMatch(/^Randomisation broken \(sample ratio/);
    expect(text.indexOf("Randomisation broken")).toBeLessThan(text.indexOf("went with"));
    expect(text).not.toContain("caused");
    expect(verdict.comparisons.some((each) => !each.agrees)).toBe(true);
  });

  it("is graded F and says coincided when nothing was randomised", async () => {
    const verdict = await proveChanged(["randomised: true", "randomised: false"], ["n: ", "n: "]);
    expect(verdict.grade).toBe("F");
    expect(verdictText(verdict)).toContain("coincided with");
    expect(verdictText(verdict)).not.toContain("caused");
  });
});
