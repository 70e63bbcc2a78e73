// What the server acknowledged survives SIGKILL at any moment, and nothing else is spent.
import { expect, test } from "vitest";
import { runCrashes } from "./crash-run.ts";

test("25 kills under load lose no acknowledged answer and spend not a cent too many", async () => {
  const report = await runCrashes({ kills: 25, seed: 20_260_206 });
  expect(report.kills).toBe(25);
  // The test would say little if nothing was under way when the kills came.
  expect(report.unknown).toBeGreaterThan(25);
  expect(report.acknowledged).toBeGreaterThan(2500);
  expect(report.killedInStart).toBe(4);
}, 180_000);
