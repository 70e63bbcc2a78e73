// `npm run --silent bench -- NAME [--json] [--runs N] [--minutes N]`: measures one question, ours
// and the peers in one call. With --json it prints one object and nothing else on stdout.
import { parseArgs } from "node:util";
import type { Bench } from "./contender.ts";
import { printResult } from "./print-result.ts";
import { runBench } from "./runner.ts";

/** `minutes`: of those that watch for so long. */
const BENCHES: Record<string, (minutes: number) => Promise<Bench>> = {
  engine: async () => (await import("./engine/bench.ts")).bench(),
  http: async () => (await import("./http/bench.ts")).bench(),
  postgres: async () => (await import("./postgres/bench.ts")).bench(),
  overload: async () => (await import("./overload/bench.ts")).bench(),
  memory: async () => (await import("./memory/bench.ts")).bench(),
  audience: async () => (await import("./audience/bench.ts")).bench(),
  draw: async () => (await import("./draw/bench.ts")).bench(),
  stats: async () => (await import("./stats/bench.ts")).bench(),
  prove: async () => (await import("./prove/bench.ts")).bench(),
  receipts: async () => (await import("./receipts/bench.ts")).bench(),
  plan: async () => (await import("./plan/bench.ts")).bench(),
  console: async (minutes) => (await import("./console/bench.ts")).bench(minutes),
};
const NAMES = Object.keys(BENCHES).join("|");
const USAGE = `usage: npm run --silent bench -- ${NAMES} [--json] [--runs N] [--minutes N]`;
const RUNS = 5;
const MAX_RUNS = 1000;
const MINUTES = 10;

async function main(): Promise<number> {
  const { positionals, values } = parseArgs({
    allowPositionals: true,
    options: {
      json: { type: "boolean", default: false },
      runs: { type: "string", default: String(RUNS) },
      minutes: { type: "string", default: String(MINUTES) },
    },
  });
  const load = BENCHES[positionals[0] ?? ""];
  const runs = Number(values.runs);
  if (!load || positionals.length !== 1) return usage("expected the name of one benchmark");
  if (!Number.isInteger(runs) || runs < 1 || runs > MAX_RUNS) {
    return usage(`--runs: expected a whole number from 1 to ${MAX_RUNS}, got ${values.runs}`);
  }
  const minutes = Number(values.minutes);
  if (!(minutes > 0)) return usage(`--minutes: expected a number above 0, got ${values.minutes}`);
  const result = await runBench(await load(minutes), runs, (line) => console.error(`  ${line}`));
  if (values.json) console.log(JSON.stringify(result));
  else printResult(result);
  return 0;
}

function usage(problem: string): number {
  console.error(`bench: ${problem}\n${USAGE}`);
  return 2;
}

process.exit(await main());
