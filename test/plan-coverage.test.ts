// A small version of the coverage of plans: fewer campaigns of each design, judged by the same
// binomial rule. The same plays are held against plans that are wrong, which have to be found out.
// Seeded, so it passes or fails for good.
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import type { Experiment } from "./calibrate/experiment.ts";
import type { Played } from "./calibrate/plan-books.ts";
import { coverageOf } from "./calibrate/plan-coverage.ts";
import { DESIGNS, type Design } from "./calibrate/plan-designs.ts";
import { playCampaign } from "./calibrate/plan-play.ts";
import { countAll, type Plan, type Result, resultsOf } from "./calibrate/run.ts";
import { importsOf, source } from "./tidy/source.ts";

/** Of each design a quarter of these are played. */
const PLAN: Plan = { seed: 20_260_206, campaigns: 96 };
/** Whether what a plan leaves out shows needs as many campaigns as the full run has. */
const SMALL = DESIGNS.filter(({ asks }) => asks.length > 0);
const PLAYING_MS = 300_000;
const DRAWS = 1_000;

describe.each(SMALL.map((design) => [design.title, design] as const))("%s", (_title, design) => {
  const plays = new Map<string, Promise<Played>>();
  const honest = coverageOf(design, { play, draws: DRAWS, narrowedBy: 0.6 });

  it(
    "what is played lies in the plan's intervals as often as it should",
    async () => {
      const results = await judged(honest);
      const [controls, asked] = [
        results.filter(isControl),
        results.filter((one) => !isControl(one)),
      ];
      expect(outside(asked)).toEqual([]);
      const narrow = controls.filter(({ row }) => row.id.startsWith("narrow"));
      expect(narrow).not.toEqual([]);
      expect(outside(narrow)).toEqual([]);
    },
    PLAYING_MS,
  );

  it(
    "control: a plan for a fifth more people is found out by the same plays",
    async () => {
      const { shape } = design;
      const more = { ...shape, usersTried: Math.round(1.2 * shape.usersTried) };
      const wrong = coverageOf({ ...design, shape: more }, { play, draws: DRAWS });
      const results = await judged(wrong);
      const missed = outside(results.filter((one) => !isControl(one))).map(([id]) => id);
      expect(missed).toContain(design.id === "tight" ? "runOutOfEnvelopes" : "grants");
      expect(missed).toContain("kept");
    },
    PLAYING_MS,
  );

  function play(_shape: unknown, campaign: Design["campaign"], name: string): Promise<Played> {
    const known = plays.get(name);
    if (known !== undefined) return known;
    const fresh = playCampaign(design.shape, campaign, name);
    plays.set(name, fresh);
    return fresh;
  }
});

describe("plan and play", () => {
  it("know nothing of each other: neither computes with the other's code", () => {
    for (const file of ["plan-play", "plan-books"]) {
      expect(importedBy(file).filter((path) => /src\/(plan|stats)\//.test(path))).toEqual([]);
    }
    const playing = /src\/(core|host|server|journal)\/|crowd\/crowd|plan-(play|books)/;
    for (const file of ["plan-crowd", "plan-laws", "plan-habits", "plan-hours"]) {
      const played = importedBy(file).filter((path) => playing.test(path));
      expect(played.filter((path) => !path.endsWith("core/definition.ts"))).toEqual([]);
    }
  });

  it("a number in which chance has no say is refused: it would always hold", async () => {
    const roomy = DESIGNS.find(({ id }) => id === "roomy")!;
    const asks = ["rewarded"] as const;
    const options = { play: () => expect.fail("played in vain"), draws: DRAWS };
    const trivial = coverageOf({ ...roomy, asks, narrow: [] }, options);
    await expect(trivial.run(1, 0)).rejects.toThrow("expected that chance has a say");
  });
});

async function judged(experiment: Experiment): Promise<Result[]> {
  return resultsOf([experiment], await countAll([experiment], PLAN), PLAN);
}

function outside(results: readonly Result[]): [string, number, number][] {
  return results
    .filter(({ isHeld }) => !isHeld)
    .map(({ row, hits, answers }) => [row.id, hits, answers]);
}

function isControl({ row }: Result): boolean {
  return row.rule.kind === "control";
}

function importedBy(file: string): string[] {
  const path = `test/calibrate/${file}.ts`;
  const text = readFileSync(join(import.meta.dirname, "..", path), "utf8");
  return importsOf(source(path, text));
}
