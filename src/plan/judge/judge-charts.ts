// The pictures of a judgement: kept users by whom one believes, and what margin and retention would
// have to be.
import type { Block } from "../../report/document.ts";
import { fittingChart } from "../../report/fitting-chart.ts";
import { formatPercent } from "../../report/format.ts";
import { heatMap } from "../../report/heat-map.ts";
import { intervalChart } from "../../report/interval-chart.ts";
import { intervalLine } from "../../report/interval-line.ts";
import { textWidth } from "../../report/paint.ts";
import { renderTextTable } from "../../report/text-table.ts";
import { moneyWord } from "../study/study-words.ts";
import { chanceCell } from "./judge-words.ts";
import type { Judgement } from "./judged.ts";
import type { Needs } from "./needs.ts";

const MILLION = 1e6;
const LINE_COLUMNS = 48;

export function believedChart({ variants }: Judgement): Block {
  const rows = variants.flatMap(({ title, kept }) =>
    kept === null
      ? []
      : [
          {
            label: title,
            estimate: kept.median / MILLION,
            lower: kept.lower / MILLION,
            upper: kept.upper / MILLION,
          },
        ],
  );
  const axis = { from: 0, to: Math.max(1, ...rows.map(({ upper }) => upper)) };
  const width = Math.max(0, ...rows.map(({ label }) => textWidth(label)));
  const xName = "million kept users, as assumed";
  return fittingChart(
    "judge-kept",
    "Kept users, by whom one believes",
    (isNarrow) => intervalChart({ rows, xName, isNarrow }),
    rows
      .map((row) => {
        const gap = " ".repeat(width - textWidth(row.label));
        return `${row.label}${gap}  ${intervalLine(row, axis, LINE_COLUMNS)}`;
      })
      .join("\n"),
  );
}

/** Chances by D30 retention and margin. */
export function needsChart({ grid, months }: Needs, currency: string): Block {
  const name = `${moneyWord(currency)} of a kept user and month`;
  const across = { name, labels: grid.margins.map(String) };
  const down = {
    name: "D30 retention",
    labels: grid.retentions.map((share) => formatPercent(share, isWhole(share) ? 0 : 1)),
  };
  const chart = { across, down, cells: grid.chances, format: shortChance };
  const right = (title: string) => ({ title, align: "right" as const });
  const text = renderTextTable(
    [right("D30 \\ margin"), ...across.labels.map(right)],
    grid.chances.map((row, i) => [down.labels[i]!, ...row.map(shortChance)]),
  );
  return fittingChart(
    `judge-needs-${months}`,
    `Chance that it paid off within ${months} months, if margin and retention were these`,
    (isNarrow) => heatMap({ ...chart, isNarrow }),
    text,
  );
}

function isWhole(share: number): boolean {
  return Math.round(1_000 * share) % 10 === 0;
}

/** Short, and never certain. */
function shortChance(chance: number): string {
  if (chance > 0.995) return "> 99 %";
  return chance < 0.0995 ? chanceCell(chance) : formatPercent(chance, 0);
}
