// npm run simulate -- --seeds N [--from K] | --seed K | --plant NAME | --plants: runs schedules and
// says what it found; every failure with the one command that repeats it. `--plants` looks for
// every planted bug, first by the seed that found it before, and writes down what found them now.
import { spawn } from "node:child_process";
import { parseArgs } from "node:util";
import { missedCells } from "./coverage.ts";
import type { Plant } from "./plant.ts";
import { keepSeeds, knownSeeds, runPlant, WITHIN } from "./plant-run.ts";
import { PLANTS } from "./plants.ts";
import { Schedule } from "./schedule.ts";
import { TRAITS, type Trait } from "./traits.ts";

const PROGRESS_MS = 10_000;
const MOST_FAILURES = 10;
/** For one planted bug, where time is no matter. */
const SEARCH_MS = 3_600_000;
/** Runs of so many seeds must visit every cell. */
const COVERING_SEEDS = 2000;

interface Totals {
  schedules: number;
  commands: number;
  failures: number;
  missed: number;
}

const { values } = parseArgs({
  options: {
    seeds: { type: "string" },
    from: { type: "string" },
    seed: { type: "string" },
    plant: { type: "string" },
    plants: { type: "boolean" },
    /** A seed to run before the others. */
    try: { type: "string" },
    /** Processes to share the seeds. */
    workers: { type: "string" },
    /** Stop at the first failure. */
    first: { type: "boolean" },
    /** Only schedules that have this trait count, and run. */
    having: { type: "string" },
  },
});

const having = values.having === undefined ? undefined : traitOf(values.having);

function traitOf(name: string): Trait {
  if (Object.hasOwn(TRAITS, name)) return name as Trait;
  throw new Error(`--having: expected one of ${Object.keys(TRAITS).join(", ")}, got "${name}"`);
}

async function runSeeds(from: number, count: number): Promise<Totals> {
  const totals = { schedules: 0, commands: 0, failures: 0, missed: 0 };
  const visited = new Set<string>();
  let spokeAtMs = performance.now();
  const tried = values.try === undefined ? [] : [Number(values.try)];
  for (let next = from; totals.schedules < count; ) {
    const known = tried.shift();
    const seed = known ?? next++;
    try {
      const schedule = new Schedule(seed);
      if (known === undefined && having !== undefined && !schedule.has(having)) continue;
      const { commands, cells } = await schedule.run();
      totals.commands += commands;
      for (const cell of cells.keys()) visited.add(cell);
    } catch (error) {
      totals.failures += 1;
      const one = values.seed !== undefined && error instanceof Error;
      const message = one ? error.stack : error instanceof Error ? error.message : String(error);
      console.log(`seed ${seed}: ${message}\n  again: npm run simulate -- --seed ${seed}`);
      if (values.first === true || totals.failures >= MOST_FAILURES) break;
    }
    totals.schedules += 1;
    if (performance.now() - spokeAtMs < PROGRESS_MS) continue;
    spokeAtMs = performance.now();
    console.log(`… ${totals.schedules} of ${count}, ${totals.commands} commands`);
  }
  if (count < COVERING_SEEDS || having !== undefined || totals.failures > 0) return totals;
  const missed = missedCells(visited, count);
  totals.missed = missed.length;
  for (const cell of missed) console.log(`never visited: ${cell}`);
  return totals;
}

async function share(from: number, count: number, workers: number): Promise<Totals> {
  const each = Math.ceil(count / workers);
  const parts = Array.from({ length: workers }, (_, n) => n * each).map((offset) =>
    runElsewhere(from + offset, Math.min(each, count - offset)),
  );
  const totals = { schedules: 0, commands: 0, failures: 0, missed: 0 };
  for (const part of await Promise.all(parts)) {
    totals.schedules += part.schedules;
    totals.commands += part.commands;
    totals.failures += part.failures;
    totals.missed += part.missed;
  }
  return totals;
}

function runElsewhere(from: number, count: number): Promise<Totals> {
  const args = [...process.execArgv, import.meta.filename, `--seeds=${count}`, `--from=${from}`];
  const child = spawn(process.execPath, args, { stdio: ["ignore", "pipe", "inherit"] });
  let output = "";
  child.stdout.on("data", (part: Buffer) => {
    output += part.toString();
    process.stdout.write(part);
  });
  return new Promise((resolve, reject) => {
    child.on("error", reject);
    child.on("close", (code) => {
      const last = /(\d+) schedules, (\d+) commands, (\d+) failures/.exec(output);
      if (last === null) return reject(new Error(`seeds from ${from} ended without a result`));
      const [schedules, commands, failures] = last.slice(1).map(Number) as [number, number, number];
      resolve({ schedules, commands, failures, missed: code === 0 || failures > 0 ? 0 : 1 });
    });
  });
}

async function lookFor(plant: Plant): Promise<{ seed: number; output: string }> {
  const schedules = Number(values.seeds ?? WITHIN);
  const first = knownSeeds()[plant.name];
  const options = { schedules, first, patienceMs: SEARCH_MS };
  const { found, seed, output } = await runPlant(plant, options);
  const how = found ? `found by seed ${seed || "that never ended"}` : "NOT FOUND";
  console.log(`${plant.name}: ${how} (of ${schedules} schedules)`);
  if (!found) process.exitCode = 1;
  return { seed, output };
}

async function lookForOne(name: string): Promise<void> {
  const plant = PLANTS.find((one) => one.name === name);
  if (plant === undefined) throw new Error(`--plant: no planted bug is called "${name}"`);
  console.log((await lookFor(plant)).output);
}

async function lookForAll(workers: number): Promise<void> {
  const seeds = new Map<string, number>();
  const waiting = [...PLANTS];
  const work = async (): Promise<void> => {
    for (let plant = waiting.shift(); plant !== undefined; plant = waiting.shift()) {
      seeds.set(plant.name, (await lookFor(plant)).seed);
    }
  };
  await Promise.all(Array.from({ length: workers }, work));
  const known = PLANTS.map(({ name }): [string, number] => [name, seeds.get(name) ?? 0]);
  keepSeeds(Object.fromEntries(known.filter(([, seed]) => seed > 0)));
}

const workers = Number(values.workers ?? 1);
if (values.plant !== undefined) await lookForOne(values.plant);
else if (values.plants === true) await lookForAll(workers);
else {
  const from = Number(values.seed ?? values.from ?? 1);
  const count = values.seed === undefined ? Number(values.seeds ?? 2000) : 1;
  if (workers > 1 && having !== undefined) throw new Error("--having: runs in one process");
  const totals = workers > 1 ? await share(from, count, workers) : await runSeeds(from, count);
  const { schedules, commands, failures } = totals;
  console.log(`${schedules} schedules, ${commands} commands, ${failures} failures`);
  process.exitCode = failures > 0 || totals.missed > 0 ? 1 : 0;
}
