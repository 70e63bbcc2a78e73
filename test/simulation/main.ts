// npm run simulate -- --seeds N [--from K] | --seed K: runs schedules and says what it found.
import { parseArgs } from "node:util";
import { runSchedule } from "./schedule.ts";

const { values } = parseArgs({
  options: { seeds: { type: "string" }, from: { type: "string" }, seed: { type: "string" } },
});
const one = values.seed !== undefined;
const from = Number(values.seed ?? values.from ?? 1);
const count = one ? 1 : Number(values.seeds ?? 2000);
let commands = 0;
let failures = 0;
const startedAtMs = performance.now();
for (let seed = from; seed < from + count; seed++) {
  try {
    commands += (await runSchedule(seed)).commands;
  } catch (error) {
    failures += 1;
    const message = error instanceof Error ? (one ? error.stack : error.message) : String(error);
    console.log(`seed ${seed}: ${message}\n  again: npm run simulate -- --seed ${seed}`);
    if (failures >= 10) break;
  }
}
const seconds = (performance.now() - startedAtMs) / 1000;
console.log(
  `${count} schedules, ${commands} commands, ${failures} failures (${seconds.toFixed(1)} s)`,
);
process.exitCode = failures > 0 ? 1 : 0;
