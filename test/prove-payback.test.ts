// A plan's payback: the horizon is the one that it says, draws are the plan's own, and what was
// asked by hand instead is told.
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { readProject, type Verdict, verdictText } from "../src/prove/index.ts";
import { horizonPeriodsOf } from "../src/prove/project/horizon.ts";
import { PERIODS, planOf, provePayback } from "./prove-payback.fixture.ts";
import { ProveFolder, type ProveMore } from "./prove-project.fixture.ts";

let folder: ProveFolder;
beforeAll(async () => {
  folder = await ProveFolder.make();
});
afterAll(() => folder.remove());

const prove = (within: number, more: ProveMore = {}): Promise<Verdict> =>
  provePayback(folder, within, more);

describe("payback.within", () => {
  it("counts as far as it says, where more was watched", async () => {
    const [study] = (await prove(1)).studies;
    expect(study!.payback!.horizonPeriods).toBe(6);
    const [arm] = study!.payback!.arms;
    expect(arm!.watched.periods).toBe(6);
    expect(arm!.extrapolated).toBeNull();
    expect(study!.retention!.arms[0]!.seen).toHaveLength(PERIODS);
    expect((await prove(3)).studies[0]!.payback).toMatchObject({ horizonPeriods: 18 });
  });

  it("holds whole periods that are over by then; a month is one", () => {
    const all = (
      [
        [12, 30],
        [12, 31],
        [12, 28],
        [12, 7],
        [12, 5],
        [1, 20],
        [1, 45],
      ] as const
    ).map(([months, days]) => horizonPeriodsOf(months, days));
    expect(all).toEqual([12, 12, 12, 51, 72, 1, 0]);
  });

  it.each([
    [24, "5d", /plan\.payback\.within: 24 months are 144 periods of 5 days \(retention\.period\)/],
    [24, "5d", /: expected at most 20 months, or periods of 6 days or more$/],
    [
      12,
      "1d",
      /are 360 periods of 1 day .*: expected at most 4 months, or periods of 3 days or more$/,
    ],
    [
      1,
      "45d",
      /within: 1 month holds no period of 45 days \(retention\.period\): expected more months/,
    ],
  ])("is refused when the plan is read: %s months of %s", async (within, period, message) => {
    const log = { file: "visits.csv", user: "user", at: "at" };
    const sources = { events: "events.parquet", logs: { visits: log } };
    const file = await folder.project({ plan: planOf(within, period), sources });
    expect(await folder.messageOf(readProject(file))).toMatch(message);
    expect(await folder.messageOf(readProject(file))).toMatch(/line \d+, column \d+: /);
  });
});

describe("the draws", () => {
  it("have the plan's own seed: another plan has another, the same the same bytes", async () => {
    const first = await prove(3);
    expect(first.plan!.deviations).toEqual([]);
    const { seed } = first.studies[0]!.payback!;
    expect(seed).toMatch(/^[0-9a-f]{16} users who came$/);
    expect((await prove(3)).studies[0]!.payback).toEqual(first.studies[0]!.payback);
    expect((await prove(4)).studies[0]!.payback!.seed).not.toBe(seed);
    expect(verdictText(first)).not.toContain("DEVIATION");
  });

  it("that somebody asked for are told as a deviation from the plan", async () => {
    const read = await prove(3, { seed: 7, draws: 100 });
    expect(read.plan!.deviations).toEqual([
      "--seed 7 (the plan's own seed is its hash)",
      "--draws 100 (the plan's are 2,000)",
    ]);
    expect(verdictText(read).replace(/\s+/g, " ")).toContain(
      "DEVIATION from the plan, given by hand: --seed 7 (the plan's own seed is its hash); --draws",
    );
    expect((await prove(3, { draws: 2000 })).plan!.deviations).toEqual([]);
  });
});
