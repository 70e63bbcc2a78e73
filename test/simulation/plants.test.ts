// The simulation is trusted only as long as it finds every planted bug, with the core's assertions
// off.
import { describe, expect, it } from "vitest";
import { ASSERTIONS_OFF } from "./plant.ts";
import { changed, knownSeeds, readSource, runPlant } from "./plant-run.ts";
import { PLANTS, RARE_PLANTS } from "./plants.ts";

const AT_ONCE = 2;

describe("planted bugs", () => {
  it("are at least sixteen, and each finds its place exactly once", () => {
    expect(PLANTS.length).toBeGreaterThanOrEqual(16);
    const names = PLANTS.map(({ name }) => name);
    expect(new Set(names).size).toBe(PLANTS.length);
    expect(names).toEqual(expect.arrayContaining([...RARE_PLANTS]));
    for (const { changes } of PLANTS) {
      for (const change of changes) changed(readSource(change.file), change);
    }
  });

  it("are found, first of all by the seeds that found them before", async () => {
    const missed: string[] = [];
    const seeds = knownSeeds();
    const waiting = PLANTS.filter(({ name }) => !RARE_PLANTS.has(name));
    const work = async (): Promise<void> => {
      for (let plant = waiting.shift(); plant !== undefined; plant = waiting.shift()) {
        const { found, output } = await runPlant(plant, { first: seeds[plant.name] });
        if (!found) missed.push(`${plant.name}: ${output.slice(-300)}`);
      }
    };
    await Promise.all(Array.from({ length: AT_ONCE }, work));
    expect(missed).toEqual([]);
  }, 1_200_000);

  it("control: without a bug, and assertions off, nothing is found", async () => {
    const nothing = { name: "nothing", changes: [ASSERTIONS_OFF] };
    const { found, output } = await runPlant(nothing, { schedules: 200 });
    expect(found, output).toBe(false);
    expect(output).toContain("200 schedules");
  }, 60_000);
});
