// The plan beside what was played, as a table and as a picture.
import type { PlanStudy } from "../../plan/study/plan-study.ts";
import { boundsText, moneyWord, valueText } from "../../plan/study/study-words.ts";
import { type Block, tableBlock } from "../../report/document.ts";
import { fittingChart } from "../../report/fitting-chart.ts";
import { formatLevel, formatNumber } from "../../report/format.ts";
import { lineChart } from "../../report/line-chart.ts";
import type { PlanPlayed } from "./plan-played.ts";

export const PLAYED_TITLE = "Plan against play · what the crowd did, at the plan's size";

const PLANNED = "planned";

const MILLION = 1e6;
const DAY_HOURS = 24;

/** Days shown: until cards have expired and merchants have reported. */
const DAYS = 24;

export function playedBadge({ rows, inside }: PlanPlayed): string {
  return `${inside} of ${rows.length} inside`;
}

export function playedTable({ rows }: PlanPlayed, study: PlanStudy): Block {
  const { currency, level } = study;
  const right = "right" as const;
  return tableBlock(
    [
      { title: "" },
      { title: "planned", align: right },
      { title: `${formatLevel(level)} of the draws`, align: right },
      { title: "played", align: right },
      { title: "" },
    ],
    rows.map(({ title, unit, planned, played, isInside }) => [
      title,
      valueText(planned.median, unit, currency),
      boundsText(planned, unit, currency),
      valueText(played, unit, currency),
      isInside ? "inside" : "OUTSIDE",
    ]),
  );
}

export function playedNote({ scale }: PlanPlayed): string {
  return (
    `Played: the simulated crowd times ${formatNumber(scale)}; hongbao plan back-test takes the ` +
    "real figures."
  );
}

/** The plan's fan of the money spent, with what was spent in the play. */
export function playedChart(study: PlanStudy, { spending }: PlanPlayed): Block {
  const shown = spending.filter(({ at }) => at <= DAYS * DAY_HOURS);
  const fan = new Map(study.spending.map(({ at, quantiles }) => [at, quantiles]));
  const at = (quantile: number): number[] =>
    shown.map((point) => (fan.get(point.at)?.[quantile] ?? Number.NaN) / MILLION);
  const chart = {
    labels: shown.map((point) => String(point.at / DAY_HOURS)),
    series: [
      { ...{ name: PLANNED, values: at(2), band: { lower: at(0), upper: at(4) } }, colour: 1 },
      {
        ...{ name: "half", values: at(2), band: { lower: at(1), upper: at(3) } },
        continues: PLANNED,
      },
      { name: "played", values: shown.map(({ spent }) => spent / MILLION), colour: 0 },
    ],
    xName: "days",
    yName: `million ${moneyWord(study.currency)} spent`,
    labelEvery: 8,
  };
  const title = "Money spent: as planned, by half and by nine of ten draws, and as played";
  return fittingChart("played", title, (isNarrow) => lineChart({ ...chart, isNarrow }));
}
