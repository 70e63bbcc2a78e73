// `npm run --silent bench -- NAME [--json] [--runs N]`: measures one question, ours and the peers
// in one call. With --json it prints one object and nothing else on stdout.
import { parseArgs } from "node:util";
import type { Bench } from "./contender.ts";
import { type BenchResult, formatFigure, runBench } from "./runner.ts";

const BENCHES: Record<string, () => Promise<Bench>> = {
  engine: async () => (await import("./engine/bench.ts")).bench(),
  http: async () => (await import("./http/bench.ts")).bench(),
  postgres: async () => (await import("./postgres/bench.ts")).bench(),
  overload: async () => (await import("./overload/bench.ts")).bench(),
  memory: async () => (await import("./memory/bench.ts")).bench(),
};
const NAMES = Object.keys(BENCHES).join("|");
const USAGE = `usage: npm run --silent bench -- ${NAMES} [--json] [--runs N]`;
const RUNS = 5;
const MAX_RUNS = 1000;

async function main(): Promise<number> {
  const { positionals, values } = parseArgs({
    allowPositionals: true,
    options: {
      json: { type: "boolean", default: false },
      runs: { type: "string", default: String(RUNS) },
    },
  });
  const load = BENCHES[positionals[0] ?? ""];
  const runs = Number(values.runs);
  if (!load || positionals.length !== 1) return usage("expected the name of one benchmark");
  if (!Number.isInteger(runs) || runs < 1 || runs > MAX_RUNS) {
    return usage(`--runs: expected a whole number from 1 to ${MAX_RUNS}, got ${values.runs}`);
  }
  const result = await runBench(await load(), runs, (line) => console.error(`  ${line}`));
  if (values.json) console.log(JSON.stringify(result));
  else printTable(result);
  return 0;
}

function usage(problem: string): number {
  console.error(`bench: ${problem}\n${USAGE}`);
  return 2;
}

function printTable(result: BenchResult): void {
  const rows = [["", `median ${result.unit}`, "min … max", "ours / peer", "further figures"]];
  const { ours } = result;
  if ("absent" in ours) rows.push(["hongbao", "absent", ours.absent, "", ""]);
  else rows.push(["hongbao", ...figureColumns(ours), "", moreText(ours.more)]);
  for (const peer of result.peers) {
    if ("absent" in peer) rows.push([peer.name, "absent", peer.absent, "", ""]);
    else {
      const ratio = peer.ratio === null ? "-" : `${formatFigure(peer.ratio)} ×`;
      rows.push([peer.name, ...figureColumns(peer), ratio, moreText(peer.more)]);
    }
  }
  const widths = rows[0]?.map((_, column) =>
    Math.max(...rows.map((row) => (row[column] ?? "").length)),
  );
  console.log(`\n${result.name}: ${result.runs} runs each, in turns\n`);
  for (const row of rows) {
    console.log(
      row
        .map((cell, column) => cell.padEnd(widths?.[column] ?? 0))
        .join("  ")
        .trimEnd(),
    );
  }
  console.log(`\n${result.method}\n${result.machine}`);
}

function figureColumns(figures: { median: number; min: number; max: number }): string[] {
  const range = `${formatFigure(figures.min)} … ${formatFigure(figures.max)}`;
  return [formatFigure(figures.median), range];
}

function moreText(more: Record<string, number> | undefined): string {
  const entries = Object.entries(more ?? {});
  return entries.map(([name, value]) => `${name} ${formatFigure(value)}`).join(", ");
}

process.exit(await main());
