// A benchmark's result for people: ours and the peers in one table, and a table of further figures
// where there are too many of them for a line.
import { type BenchResult, formatFigure } from "./runner.ts";

type Side = BenchResult["ours"] | BenchResult["peers"][number];

/** More further figures than this are a table of their own. */
const FIGURES_INLINE = 5;

export function printResult(result: BenchResult): void {
  const { ours, peers } = result;
  const further = furtherRows(result);
  const inline = further.length <= FIGURES_INLINE;
  const moreText = (side: Side): string => {
    if (!inline || "absent" in side) return "";
    const entries = Object.entries(side.more ?? {});
    return entries.map(([name, value]) => `${name} ${formatFigure(value)}`).join(", ");
  };
  const last = inline ? "further figures" : "";
  const rows = [["", `median ${result.unit}`, "min … max", "ours / peer", last]];
  if ("absent" in ours) rows.push(["hongbao", "absent", ours.absent, "", ""]);
  else rows.push(["hongbao", ...figureColumns(ours), "", moreText(ours)]);
  for (const peer of peers) {
    if ("absent" in peer) rows.push([peer.name, "absent", peer.absent, "", ""]);
    else {
      const ratio = peer.ratio === null ? "-" : `${formatFigure(peer.ratio)} ×`;
      rows.push([peer.name, ...figureColumns(peer), ratio, moreText(peer)]);
    }
  }
  console.log(`\n${result.name}: ${result.runs} runs each, in turns\n`);
  printRows(rows);
  if (!inline) {
    console.log("\nfurther figures, medians\n");
    printRows([["", "hongbao", ...peers.map((peer) => peer.name)], ...further]);
  }
  console.log(`\n${result.method}\n${result.machine}`);
}

/** One row a figure, one column a contender; a figure that somebody does not give is a dash. */
function furtherRows({ ours, peers }: BenchResult): string[][] {
  const figures = [ours, ...peers].map((side) => ("absent" in side ? {} : (side.more ?? {})));
  const names = new Set(figures.flatMap((more) => Object.keys(more)));
  return [...names].map((name) => [
    name,
    ...figures.map((more) => (more[name] === undefined ? "-" : formatFigure(more[name]))),
  ]);
}

function figureColumns(figures: { median: number; min: number; max: number }): string[] {
  const range = `${formatFigure(figures.min)} … ${formatFigure(figures.max)}`;
  return [formatFigure(figures.median), range];
}

function printRows(rows: readonly (readonly string[])[]): void {
  const widths = rows[0]!.map((_, at) => Math.max(...rows.map((row) => row[at]!.length)));
  for (const row of rows) {
    const cells = row.map((cell, at) => cell.padEnd(widths[at]!));
    console.log(cells.join("  ").trimEnd());
  }
}
