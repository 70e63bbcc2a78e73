// The verdict's effects by segment: whether they differ at all comes first, a picture of the primary
// metric second, every figure last.
import { type Block, noteBlock, tableBlock, textBlock } from "../report/document.ts";
import { formatNumber } from "../report/format.ts";
import type { Column } from "../report/text-table.ts";
import { segmentChart } from "./effect-chart.ts";
import type { SegmentDifference, SegmentReading, SegmentRow } from "./segments.ts";
import type { Metric } from "./study.ts";
import type { StudyReading } from "./verdict.ts";
import { printedP } from "./verdict-report-effects.ts";
import { differenceText, intervalText, meanText } from "./verdict-words.ts";

/** Beyond so many rows a table is for programs: the page shows the primary metric. */
const MOST_ROWS = 40;

export function segmentBlocks(study: StudyReading, id: string): Block[] {
  return study.segments.flatMap((reading, i) => {
    const chart = segmentChart(study, reading, `${id}-by-${i + 1}`);
    return [
      textBlock(differenceSentences(study, reading)),
      ...(chart === null ? [] : [chart]),
      ...segmentTable(study, reading),
    ];
  });
}

function differenceSentences({ metrics }: StudyReading, reading: SegmentReading): string {
  const { by, differences } = reading;
  const sentences = differences.map((each) => {
    const title = metrics.find(({ id }) => id === each.metric)?.title ?? each.metric;
    return `${each.arm} on ${title}: ${foundText(each)}`;
  });
  if (sentences.length === 0) return `By ${by}: too few users to compare the effects.`;
  return `Does the effect differ by ${by}? ${sentences.join("; ")}.`;
}

function foundText({ finding, q, degreesOfFreedom, bhP }: SegmentDifference): string {
  const test = `Q ${formatNumber(q, 1)} on ${degreesOfFreedom}, p by BH ${printedP(bhP)}`;
  return `${finding === "differs" ? "it does" : "not shown"} (${test})`;
}

function segmentTable({ metrics }: StudyReading, { by, rows }: SegmentReading): Block[] {
  const [primary] = metrics;
  const isAll = rows.length <= MOST_ROWS;
  const shown = isAll ? rows : rows.filter(({ metric }) => metric === primary?.id);
  const right = (title: string): Column => ({ title, align: "right" });
  const figures = ["users", "held out", "treated", "effect", "interval", "p, BH"].map(right);
  const columns = [{ title: by }, { title: "metric" }, { title: "arm" }, ...figures];
  const cells = shown.map((row) => segmentCells(row, metrics.find(({ id }) => id === row.metric)!));
  const caption = `effects by ${by}, for exploring: none of them is the verdict`;
  const rest = isAll ? [] : [noteBlock("the other metrics by segment stand in the JSON")];
  return [tableBlock(columns, cells, caption), ...rest];
}

function segmentCells(row: SegmentRow, metric: Metric): string[] {
  const { controlMean, treatmentMean, absolute, bhP, population } = row;
  const arm = population === "adjusted" ? `${row.arm}, adjusted` : row.arm;
  const head = [row.value, metric.title, arm, formatNumber(row.controlUsers + row.treatmentUsers)];
  const means = [controlMean, treatmentMean].map((mean) =>
    mean === null ? "" : meanText(metric, mean),
  );
  if (absolute === null) return [...head, ...means, "none", row.note ?? "", ""];
  return [
    ...head,
    ...means,
    differenceText(metric, absolute.estimate),
    intervalText(metric, absolute),
    bhP === null ? "" : printedP(bhP),
  ];
}
