// The verdict's effects by segment: whether they differ at all comes first, a picture of the
// primary metric second, every figure last.

import type { Column } from "../report/column.ts";
import { type Block, moreBlock, noteBlock, tableBlock, textBlock } from "../report/document.ts";
import { formatNumber } from "../report/format.ts";
import { segmentChart } from "./effect-chart.ts";
import type { Metric } from "./metric.ts";
import { printedP, treatedMean } from "./report-effects.ts";
import type { SegmentDifference, SegmentReading, SegmentRow } from "./segment-reading.ts";
import type { StudyReading } from "./verdict.ts";
import { differenceText, intervalText, meanText } from "./verdict-words.ts";

/** Beyond so many rows a table is for programs: the page shows the primary metric. */
const MOST_ROWS = 40;

const right = (title: string): Column => ({ title, align: "right" });

export function segmentBlocks(study: StudyReading, id: string): Block[] {
  return study.segments.flatMap((reading, i) => {
    const chart = segmentChart(study, reading, `${id}-by-${i + 1}`);
    return [
      textBlock(differenceSentence(study, reading)),
      ...(chart === null ? [] : [chart]),
      ...primaryTable(study, reading),
      ...otherBlocks(study, reading),
      ...notMeasured(study, reading),
    ];
  });
}

/** On the primary metric; the others stand in a table. */
function differenceSentence({ metrics }: StudyReading, reading: SegmentReading): string {
  const { by, differences } = reading;
  const own = differences.filter(({ metric }) => metric === metrics[0]?.id);
  const title = metrics[0]?.title ?? "";
  if (own.length === 0) return `By ${by}: too few users to compare the effects on ${title}.`;
  const found = own.map((each) => `${each.arm}: ${foundText(each)}`);
  return `Does the effect on ${title} differ by ${by}? ${found.join("; ")}.`;
}

function foundText({ finding, bhP }: SegmentDifference): string {
  const p = printedP(bhP);
  return `${FOUND[finding]} (p ${p}, for exploring)`;
}

const FOUND: Readonly<Record<SegmentDifference["finding"], string>> = {
  differs: "it does",
  "not shown": "not shown",
  not_known: "not known",
};

function primaryTable({ metrics, arms }: StudyReading, { by, rows }: SegmentReading): Block[] {
  const [primary] = metrics;
  if (primary === undefined) return [];
  const own = rows.filter(({ metric }) => metric === primary.id);
  const areSeveral = arms.length > 2;
  const isAdjusted = own.some(({ population }) => population === "adjusted");
  const figures = ["users", "held out", "treated", "effect", "interval", "p, exploring"].map(right);
  const cells = own.map((row) => {
    const { population, controlMean, treatmentMean, absolute } = row;
    const treated =
      controlMean === null || treatmentMean === null
        ? treatmentMean
        : treatedMean({ population, controlMean, treatmentMean, absolute });
    const means = [controlMean, treated].map((mean) =>
      mean === null ? "" : meanText(primary, mean),
    );
    const users = formatNumber(row.controlUsers + row.treatmentUsers);
    const names = areSeveral ? [row.value, row.arm] : [row.value];
    return [...names, users, ...means, ...effectCells(row, primary)];
  });
  const how = isAdjusted ? ", adjusted (treated: held out plus effect)" : "";
  const caption = `${primary.title} by ${by}${how}: for exploring, never the verdict`;
  const names = [{ title: by }, ...(areSeveral ? [{ title: "arm" }] : [])];
  return [tableBlock([...names, ...figures], cells, caption)];
}

function effectCells({ absolute, bhP }: SegmentRow, metric: Metric): string[] {
  if (absolute === null) return ["not measured", "", ""];
  const effect = [differenceText(metric, absolute.estimate), intervalText(metric, absolute)];
  return [...effect, bhP === null ? "" : printedP(bhP)];
}

function otherBlocks(study: StudyReading, reading: SegmentReading): Block[] {
  const tables = otherTables(study, reading);
  return tables.length === 0 ? [] : [moreBlock(`The other metrics by ${reading.by}`, tables)];
}

/** Every other metric's effects, and whether they differ. */
function otherTables({ metrics }: StudyReading, reading: SegmentReading): Block[] {
  const others = metrics.slice(1);
  if (others.length === 0) return [];
  const { by, rows, differences } = reading;
  const metricOf = (id: string): Metric => metrics.find((metric) => metric.id === id)!;
  const rest = differences.filter(({ metric }) => metric !== metrics[0]!.id);
  const tests = tableBlock(
    [
      { title: "metric" },
      { title: "arm" },
      right("Cochran's Q"),
      right("p, exploring"),
      { title: "" },
    ],
    rest.map((each) => [
      metricOf(each.metric).title,
      each.arm,
      `${formatNumber(each.q, 1)} on ${each.degreesOfFreedom}`,
      printedP(each.bhP),
      each.finding === "differs" ? "differs" : FOUND[each.finding],
    ]),
    `whether the effects on the other metrics differ by ${by}`,
  );
  if (rows.length > MOST_ROWS) {
    return [tests, noteBlock(`the other metrics by ${by}, value by value: in the JSON`)];
  }
  const own = rows.filter(({ metric }) => metric !== metrics[0]!.id);
  const figures = ["effect", "interval", "p, exploring"].map(right);
  const effects = tableBlock(
    [{ title: "metric" }, { title: by }, { title: "arm" }, ...figures],
    own.map((row) => {
      const metric = metricOf(row.metric);
      return [metric.title, row.value, row.arm, ...effectCells(row, metric)];
    }),
    `the other metrics by ${by}`,
  );
  return rest.length === 0 ? [effects] : [tests, effects];
}

function notMeasured({ metrics }: StudyReading, { rows }: SegmentReading): Block[] {
  const notes = rows.flatMap(({ absolute, note, value, metric }) => {
    const title = metrics.find(({ id }) => id === metric)?.title ?? metric;
    return absolute === null && note !== null ? [`${value}, ${title}: ${note}`] : [];
  });
  if (notes.length === 0) return [];
  return [noteBlock(`not measured: ${[...new Set(notes)].join("; ")}`)];
}
