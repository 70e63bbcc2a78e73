// Two thousand schedules in every run of the tests; npm run simulate goes on where this stops.
import { describe, expect, it } from "vitest";
import { missedCells } from "./coverage.ts";
import { runSchedule } from "./schedule.ts";

const SEEDS = 2000;

describe("the engine on failing disks", () => {
  it("keeps every promise in 2,000 schedules, which between them meet every case", async () => {
    const visited = new Set<string>();
    let commands = 0;
    for (let seed = 1; seed <= SEEDS; seed++) {
      const report = await runSchedule(seed).catch((error: unknown) => {
        const message = error instanceof Error ? error.message : String(error);
        throw new Error(`seed ${seed}: ${message} (npm run simulate -- --seed ${seed})`, {
          cause: error,
        });
      });
      commands += report.commands;
      for (const cell of report.cells.keys()) visited.add(cell);
    }
    expect(missedCells(visited, SEEDS)).toEqual([]);
    expect(commands).toBeGreaterThan(SEEDS * 20);
  }, 240_000);

  it("control: a run of three schedules does not meet every case", async () => {
    const visited = new Set<string>();
    for (let seed = 1; seed <= 3; seed++) {
      for (const cell of (await runSchedule(seed)).cells.keys()) visited.add(cell);
    }
    expect(missedCells(visited, SEEDS).length).toBeGreaterThan(50);
  });
});
