// npm run calibrate -- [--seed N] [--campaigns N] [--workers N] [--only NAME] [--json] [--write]:
// simulates campaigns of known truth and counts how often readings are right. A row that is not
// where chance allows it to be is tried on ten times the campaigns; if it is not there either, it
// is a defect, and the exit code 1.
import { spawn } from "node:child_process";
import { readFileSync, writeFileSync } from "node:fs";
import { availableParallelism } from "node:os";
import { join } from "node:path";
import { createInterface } from "node:readline";
import { parseArgs } from "node:util";
import type { Experiment } from "./experiment.ts";
import { EXPERIMENTS } from "./experiments.ts";
import { OUTLOOK } from "./outlook-coverage.ts";
import { PLAN_EXPERIMENTS } from "./plan-coverage.ts";
import { planTables } from "./plan-table.ts";
import {
  AGAIN,
  addCounts,
  type Counts,
  campaignsOf,
  countAll,
  doubtful,
  isDefect,
  type Plan,
  type Result,
  resultsOf,
  withRepeats,
} from "./run.ts";
import { markdownTables, terminalTable, withTables } from "./table.ts";

const DEFAULT_SEED = 20_260_206;
const DEFAULT_CAMPAIGNS = 2_000;
const PROGRESS_MS = 5_000;
const DOCS = join(import.meta.dirname, "../../docs");
/** Where the results stand. */
const PAGES = [
  { file: "concepts/evidence.md", experiments: EXPERIMENTS, tables: markdownTables },
  { file: "concepts/planning.md", experiments: PLAN_EXPERIMENTS, tables: planTables },
  { file: "guides/know-your-exposure.md", experiments: [OUTLOOK], tables: planTables },
];
const ALL = PAGES.flatMap((page) => page.experiments);

const { values } = parseArgs({
  options: {
    seed: { type: "string" },
    /** Of readings in closed form; a tenth of them for those that sample. */
    campaigns: { type: "string" },
    /** Processes to share the campaigns; the result does not depend on it. */
    workers: { type: "string" },
    /** Experiments whose name holds this. */
    only: { type: "string" },
    json: { type: "boolean" },
    /** Put the tables into the pages whose experiments all run. */
    write: { type: "boolean" },
    /** Internal: every n-th campaign from the k-th on, as k/n. */
    part: { type: "string" },
  },
});

const seed = wholeNumber("seed", values.seed ?? String(DEFAULT_SEED));
const campaigns = wholeNumber("campaigns", values.campaigns ?? String(DEFAULT_CAMPAIGNS));
const only = values.only ?? "";
const experiments = ALL.filter(({ id }) => id.includes(only));
if (experiments.length === 0) {
  const known = ALL.map(({ id }) => id).join("\n  ");
  fail(`--only: expected a part of one of these names, found "${values.only}":\n  ${known}`);
}
const whole = PAGES.filter((page) => page.experiments.every((one) => experiments.includes(one)));
if (values.write === true && (whole.length === 0 || campaigns !== DEFAULT_CAMPAIGNS)) {
  fail("--write: expected all experiments of a page, on all campaigns");
}

if (values.part === undefined) await main();
else await runPart(values.part);

async function main(): Promise<void> {
  const startedAtMs = performance.now();
  const workers = wholeNumber("workers", values.workers ?? String(availableParallelism()));
  const plan = { seed, campaigns };
  const total = experiments.reduce((sum, each) => sum + workOf(each, plan), 0);
  const say = progress(total);
  const first = resultsOf(experiments, await shared(workers, campaigns, only, say), plan);
  const repeats: Result[] = [];
  for (const experiment of doubtful(experiments, first)) {
    console.error(`${experiment.id}: a row is outside; ${AGAIN} times the campaigns`);
    const more = { seed, campaigns: AGAIN * campaigns };
    const tell = progress(workOf(experiment, more));
    const counts = await shared(workers, more.campaigns, experiment.id, tell);
    repeats.push(...resultsOf([experiment], counts, more));
  }
  const results = withRepeats(first, repeats);
  const seconds = Math.round((performance.now() - startedAtMs) / 1000);
  if (values.json === true) console.log(JSON.stringify({ seed, results }, null, 2));
  else console.log(terminalTable(results));
  const outside = results.filter(({ isHeld }) => !isHeld).length;
  const defects = results.filter(isDefect).length;
  const told = `${outside} outside, ${defects} also in ${AGAIN} times the campaigns`;
  const said = `${results.length} rows, ${told}, seed ${seed}, ${seconds} s`;
  if (values.json === true) console.error(said);
  else console.log(said);
  for (const page of values.write === true ? whole : []) {
    const path = join(DOCS, page.file);
    const own = results.filter(({ row }) =>
      page.experiments.some(({ rows }) => rows.includes(row)),
    );
    writeFileSync(path, withTables(readFileSync(path, "utf8"), page.tables(own, seed)));
  }
  process.exitCode = defects > 0 ? 1 : 0;
}

/** The campaigns of the experiments whose name holds `named`, shared by some processes. */
async function shared(
  workers: number,
  count: number,
  named: string,
  say: (part: string, work: number) => void,
): Promise<Counts> {
  const parts = Array.from({ length: workers }, (_, at) => `${at}/${workers}`);
  return addCounts(await Promise.all(parts.map((part) => elsewhere(part, count, named, say))));
}

/** Campaigns that sample take about ten times as long as others, and are a tenth as many. */
function workOf(experiment: Experiment, plan: Plan): number {
  return campaignsOf(experiment, plan) * (experiment.isSampled ? 10 : 1);
}

async function runPart(part: string): Promise<void> {
  const [at, of] = part.split("/").map(Number) as [number, number];
  let [work, spokeAtMs] = [0, performance.now()];
  const counts = await countAll(experiments, { seed, campaigns, part: { at, of } }, (each) => {
    work += each.isSampled ? 10 : 1;
    if (performance.now() - spokeAtMs < PROGRESS_MS / 2) return;
    spokeAtMs = performance.now();
    console.log(JSON.stringify({ part, work }));
  });
  console.log(JSON.stringify({ counts }));
}

type Told = { readonly part: string; readonly work: number } | { readonly counts: Counts };

function elsewhere(
  part: string,
  count: number,
  named: string,
  say: (part: string, work: number) => void,
): Promise<Counts> {
  const args = [...process.execArgv, import.meta.filename, `--part=${part}`, `--seed=${seed}`];
  args.push(`--campaigns=${count}`, `--only=${named}`);
  const child = spawn(process.execPath, args, { stdio: ["ignore", "pipe", "inherit"] });
  let counts: Counts | null = null;
  createInterface({ input: child.stdout }).on("line", (line) => {
    const told = JSON.parse(line) as Told;
    if ("counts" in told) counts = told.counts;
    else say(told.part, told.work);
  });
  return new Promise((resolve, reject) => {
    child.on("error", reject);
    child.on("close", (code) => {
      if (counts !== null) resolve(counts);
      else reject(new Error(`part ${part} ended with ${code} and without a result`));
    });
  });
}

/** On stderr, so that a table or JSON can be piped. */
function progress(total: number): (part: string, work: number) => void {
  const done = new Map<string, number>();
  let spokeAtMs = performance.now();
  return (part, work) => {
    done.set(part, work);
    if (performance.now() - spokeAtMs < PROGRESS_MS) return;
    spokeAtMs = performance.now();
    const sum = [...done.values()].reduce((a, b) => a + b, 0);
    console.error(`… ${Math.round((100 * sum) / total)} %`);
  };
}

function wholeNumber(name: string, text: string): number {
  const value = Number(text);
  const isNatural = /^\d+$/.test(text) && Number.isSafeInteger(value);
  if (!isNatural || (name !== "seed" && value === 0)) {
    fail(`--${name}: expected a whole number${name === "seed" ? "" : " above 0"}, found "${text}"`);
  }
  return value;
}

function fail(message: string): never {
  console.error(message);
  process.exit(2);
}
