// The unit economics cut by wave and by how people came: a table and a chart each beside the whole.
import { type Block, noteBlock, tableBlock } from "../report/document.ts";
import { fittingChart } from "../report/fitting-chart.ts";
import { formatLevel, formatNumber } from "../report/format.ts";
import { intervalChart } from "../report/interval-chart.ts";
import { intervalLines } from "../report/interval-lines.ts";
import { bareAmount, eachNumber, openTexts, unitText, usersNumber } from "./report-words.ts";
import type { UnitEconomics } from "./unit-economics.ts";
import type { Valuation } from "./valuation.ts";

const LINE_COLUMNS = 44;
const times = (value: number): string => formatNumber(value, 2);

export function cohortBlocks(
  valuation: Valuation,
  whole: UnitEconomics,
  cohorts: readonly UnitEconomics[],
): Block[] {
  const cuts = [...new Set(cohorts.map(({ by }) => by))];
  if (cuts.length === 0) return [];
  const blocks = cuts.flatMap((by): Block[] => {
    const own = cohorts.filter((each) => each.by === by);
    return [
      cohortTable(valuation, own, whole, `${by}`),
      ratioChart(valuation, own, whole, `${by}`),
    ];
  });
  return [...blocks, noteBlock(COHORT_WORDS)];
}

const COHORT_WORDS =
  "Cohorts of one kind add up to the campaign. A wave's cost is all that was spent in it, on " +
  "those who had come before, too; marketing goes to people who came by themselves; an invite " +
  "costs the rewards of both sides; what bots take is everybody's burden.";

function cohortTable(
  valuation: Valuation,
  cohorts: readonly UnitEconomics[],
  whole: UnitEconomics,
  by: string,
): Block {
  const right = "right" as const;
  const cell = ([estimate, bounds]: readonly [string, string]): string =>
    bounds === "" ? estimate : `${estimate} (${bounds})`;
  const never = `> ${whole.payback.months}`;
  return tableBlock(
    [
      { title: by },
      { title: `cost, ${unitText(valuation)}`, align: right },
      { title: "kept users", align: right },
      { title: `CAC, ${valuation.currency}`, align: right },
      { title: "value over CAC", align: right },
      { title: "paid back, month", align: right },
    ],
    [...cohorts, whole].map(({ title, by: cut, cost, kept, cac, valueToCac, payback }) => [
      cut === null ? "all" : title,
      bareAmount(valuation)(cost.estimate),
      usersNumber(kept.estimate),
      cell(openTexts(cac, eachNumber, "nobody kept")),
      cell(openTexts(valueToCac, times, "no cost")),
      cell(openTexts(payback.month, (value) => `${value}`, never)),
    ]),
    `By ${by}, with ${formatLevel(valuation.level)} intervals`,
  );
}

/** Where each cohort stands against a value of just its cost. */
function ratioChart(
  { level }: Valuation,
  cohorts: readonly UnitEconomics[],
  whole: UnitEconomics,
  by: string,
): Block {
  const rows = [...cohorts, whole].flatMap(({ title, by: cut, valueToCac }) => {
    const { estimate, lower, upper } = valueToCac;
    const label = cut === null ? "all" : title;
    return estimate === null || lower === null || upper === null
      ? []
      : [{ label, estimate, lower, upper }];
  });
  const from = Math.min(0, ...rows.map(({ lower }) => lower));
  const to = Math.max(1, ...rows.map(({ upper }) => upper));
  const lines = {
    rows: rows.map((row) => ({ ...row, text: times(row.estimate) })),
    axis: { from, to },
    ends: [times(from), times(to)] as const,
    columns: LINE_COLUMNS,
  };
  const id = `cohorts-${by.replace(/ /g, "-")}`;
  return fittingChart(
    id,
    `Lifetime value over CAC by ${by}: at 1 a user brings what he cost, ${formatLevel(level)} ` +
      "intervals",
    (isNarrow) => intervalChart({ rows, xName: "value over CAC", isNarrow }),
    (width) => intervalLines(lines, width),
  );
}
