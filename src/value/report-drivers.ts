// What the worth hangs on: a tornado by each way of counting it.
import { type Block, noteBlock, type Section } from "../report/document.ts";
import { fittingChart } from "../report/fitting-chart.ts";
import { textBar } from "../report/text-bar.ts";
import { tornadoChart } from "../report/tornado-chart.ts";
import { monthsText, perShareNumber } from "./report-words.ts";
import type { Valuation } from "./valuation.ts";
import type { WorthDriver } from "./worth-drivers.ts";

const BARS_MOST = 10;
const BAR_COLUMNS = 24;
/** What a low and a high end take, with the room before them. */
const ENDS_COLUMNS = 19;

export function driversSection(valuation: Valuation): Section[] {
  const { drivers, lifetimeMonths } = valuation;
  const { byCashFlow, byMultiple, mean } = drivers;
  const charts = [
    ...tornado(valuation, byCashFlow, mean.byCashFlow, {
      ...{ id: "flow", title: `by cash flow, ${monthsText(lifetimeMonths)}` },
    }),
    ...tornado(valuation, byMultiple ?? [], mean.byMultiple ?? 0, {
      ...{ id: "multiple", title: "at a multiple of a year's margin" },
    }),
  ];
  if (charts.length === 0) return [];
  return [
    {
      title: "What the worth hangs on",
      blocks: [...charts, noteBlock(methodWords(drivers.quiet))],
    },
  ];
}

function methodWords(quiet: readonly string[]): string {
  const least = quiet.length === 0 ? "" : ` Less than 1 % each: ${quiet.join(", ")}.`;
  return METHOD_WORDS + least;
}

const METHOD_WORDS =
  "Per cent: the part of the spread that an assumption explains with what hangs together with " +
  "it, so that parts add up to more than all; ends: the mean net a share over the tenth of the " +
  "draws in which it is lowest, and highest, all others as drawn with it. Assumptions that were " +
  "given without a range move nothing here. How rewards are split over the lines of the " +
  "statement moves margins and revenue, not the worth.";

function tornado(
  { currency }: Valuation,
  all: readonly WorthDriver[],
  middle: number,
  { id, title }: { readonly id: string; readonly title: string },
): Block[] {
  if (all.length === 0) return [];
  const rows = all.slice(0, BARS_MOST);
  const chart = {
    middle,
    xName: `${currency} a share, against the mean of ${perShareNumber(middle)}`,
  };
  const names = Math.max(...rows.map((row) => row.title.length));
  const lines = (width: number): string =>
    rows
      .map(({ title: name, share, whenLow, whenHigh }) => {
        const bar = `${textBar(share, BAR_COLUMNS)} ${`${Math.round(100 * share)} %`.padStart(5)}`;
        const ends = `${perShareNumber(whenLow)} … ${perShareNumber(whenHigh)}`;
        const isBeside = names + bar.length + ENDS_COLUMNS <= width;
        return isBeside ? `${name.padEnd(names)}  ${bar}  ${ends}` : `${name}\n${bar}\n${ends}`;
      })
      .join("\n");
  return [
    fittingChart(
      `why-${id}`,
      `What moves the net a share most, ${title}`,
      (isNarrow) =>
        tornadoChart({
          ...{ ...chart, isNarrow },
          rows: rows.map(({ title: label, share, whenLow, whenHigh }) => ({
            label: isNarrow ? label : `${label}, ${Math.round(100 * share)} %`,
            ...{ whenLow, whenHigh },
          })),
        }),
      lines,
    ),
  ];
}
