// The charts of the demo's page.
import type { EffectRow, Verdict } from "../../prove/index.ts";
import type { Block } from "../../report/document.ts";
import { fittingChart } from "../../report/fitting-chart.ts";
import { intervalChart } from "../../report/interval-chart.ts";
import { lineChart } from "../../report/line-chart.ts";
import type { RunFacts } from "./result.ts";
import { campaignTime } from "./run-words.ts";

/** 28 days of four points: from the opening until what expired is settled. */
const SHOWN_POINTS = 112;

/** What was promised and what was spent, against the budget. */
export function moneyChart(run: RunFacts, timeZone: string): Block {
  const { money, books } = run;
  const first = money.findIndex((point) => point.reservedMinor > 0);
  const from = Math.max(0, first - 1);
  const shown = money.slice(from, from + SHOWN_POINTS);
  const millions = (minor: number): number => minor / 10 ** books.decimals / 1e6;
  const chart = {
    labels: shown.map(({ atMs }) => campaignTime(atMs, timeZone).replace(/ \d\d:\d\d$/, "")),
    series: [
      {
        name: "promised or spent",
        values: shown.map((point) => millions(point.reservedMinor + point.spentMinor)),
      },
      { name: "spent", values: shown.map((point) => millions(point.spentMinor)) },
      { name: "budget", values: shown.map(() => millions(books.budgetMinor)), dashed: true },
    ],
    yName: "million yuan",
  };
  return fittingChart("money", "The budget over the campaign's days", (isNarrow) =>
    lineChart({ ...chart, isNarrow }),
  );
}

/** The crowd's daily users; the published points stand in the title. */
export function usersChart(run: RunFacts): Block {
  const chart = {
    labels: run.dailyUsers.map((_, i) => String(i - 1)),
    series: [{ name: "daily users", values: run.dailyUsers.map((users) => users / 1000) }],
    xName: "day of the campaign; 0 is 6 February",
    yName: "thousand",
  };
  const title =
    "Daily users of the crowd at 1 : 1000 " +
    "(published: 7.07, 58.48 and 73.52 million on days −1, 0 and 1)";
  return fittingChart("users", title, (isNarrow) => lineChart({ ...chart, isNarrow }));
}

/** Effects with their intervals and the truth: shares in points, orders a user. */
export function effectCharts(verdict: Verdict): Block[] {
  const effects = verdict.studies.flatMap((study) =>
    study.effects.filter(({ population }) => population === "assigned"),
  );
  const charts: [kind: "share" | "mean", title: string, xName: string, unit: number][] = [
    ["share", "Who is still there", "percentage points more than the held-out", 100],
    ["mean", "Orders", "orders a user more than the held-out", 1],
  ];
  return charts.map(([kind, title, xName, unit]): Block => {
    const rows = effects
      .filter(({ metric, absolute }) => metric.kind === kind && absolute !== null)
      .map((row) => chartRow(verdict, row, unit));
    const id = `effect-${kind}`;
    return fittingChart(id, `${title}: effect, 95 % interval, and the crowd's truth`, (isNarrow) =>
      intervalChart({ rows, xName, isNarrow }),
    );
  });
}

function chartRow(verdict: Verdict, row: EffectRow, unit: number) {
  const { estimate, lower, upper } = row.absolute!;
  const known = verdict.comparisons.find(
    (each) => each.estimand === row.estimand && each.metric === row.metric.id,
  );
  return {
    label: `${SHORT[row.estimand]}: ${row.metric.title}`,
    ...{ estimate: unit * estimate, lower: unit * lower, upper: unit * upper },
    ...(known === undefined ? {} : { truth: unit * known.value }),
  };
}

const SHORT = {
  reach: "reach",
  "reward, given arrival": "reward",
  "being assigned": "assignment",
} as const;
