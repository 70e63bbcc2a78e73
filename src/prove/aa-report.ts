// An A/A run as a report: in one sentence whether the intervals can be trusted on these data, then
// metric by metric how often nothing looked like something.
import {
  type Block,
  headlineBlock,
  noteBlock,
  type ReportDocument,
  type Section,
  tableBlock,
  textBlock,
} from "../report/document.ts";
import { formatLevel, formatNumber, formatPercent } from "../report/format.ts";
import { sparkline } from "../report/sparkline.ts";
import type { AaMetric, AaReading, AaStudy } from "./aa.ts";

export function aaReport(reading: AaReading): ReportDocument {
  const { title, splits, seed, share, notes } = reading;
  const parts = share === 0.5 ? "two halves" : `${formatLevel(share)} and the rest`;
  return {
    title: `A/A run: ${title}`,
    subtitle: `${formatNumber(splits)} random splits into ${parts}, seed ${seed}`,
    sections: reading.studies.map((study) => studySection(reading, study)),
    ...(notes.length === 0 ? {} : { foot: notes }),
  };
}

/** The one sentence, such as "Intervals keep their promise on these data …". */
export function aaSentence({ metrics }: AaStudy): string {
  const wrong = metrics.filter(({ finding }) => finding !== "as promised");
  if (wrong.length === 0) {
    return metrics.length === 1
      ? "The metric's intervals keep their promise on these data."
      : `The intervals of all ${metrics.length} metrics keep their promise on these data.`;
  }
  const names = wrong.map((metric) => `${nameOf(metric)} (${foundOf(metric)})`).join(", ");
  return `Intervals cannot be trusted on these data: ${names}.`;
}

function foundOf({ finding, alarms, splits }: AaMetric): string {
  if (finding === "not read") return "nothing to read";
  const rate = formatPercent(alarms / splits);
  return `${finding} false alarms, ${rate}`;
}

function nameOf({ title, isAdjusted }: AaMetric): string {
  return isAdjusted ? `${title}, adjusted` : title;
}

function studySection(reading: AaReading, study: AaStudy): Section {
  const { arm, rows, wholes, metrics, title, estimand } = study;
  const { unit, alpha, level } = reading;
  const what = unit === null ? "users" : `values of ${unit}`;
  const users =
    rows === wholes && unit === null
      ? `${formatNumber(rows)} users of arm ${arm}`
      : `${formatNumber(rows)} rows of ${formatNumber(wholes)} ${what}, in arm ${arm}`;
  const advice = metrics.flatMap((metric) =>
    metric.advice.map((each) => textBlock(`${nameOf(metric)}: ${each}.`)),
  );
  const honest =
    `allowed: what chance leaves honest metrics, all together with ${formatLevel(level)}; ` +
    "spread: of the differences, in their standard errors (1 where these are right); " +
    "p from 0 to 1: a flat row is right";
  return {
    title: `${title} (${estimand})`,
    blocks: [
      headlineBlock(aaSentence(study)),
      textBlock(`${users}; nothing was done to either part, so p < ${alpha} is a false alarm.`),
      alarmTable(reading, metrics),
      ...advice,
      noteBlock(honest),
    ],
  };
}

function alarmTable({ alpha }: AaReading, metrics: readonly AaMetric[]): Block {
  const right = (title: string) => ({ title, align: "right" as const });
  const columns = [
    { title: "metric" },
    ...[`p < ${alpha}`, "allowed", "spread"].map(right),
    { title: "p from 0 to 1" },
    { title: "finding" },
  ];
  const rate = (count: number, splits: number): string => formatPercent(count / splits);
  const rows = metrics.map((metric) => {
    const { alarms, allowed, splits, spread, histogram, finding } = metric;
    if (splits === 0) return [nameOf(metric), "–", "–", "–", "", finding];
    const band = `${rate(allowed.least, splits)} to ${rate(allowed.most, splits)}`;
    const figures = [rate(alarms, splits), band, formatNumber(spread, 2)];
    return [nameOf(metric), ...figures, sparkline(histogram), finding];
  });
  return tableBlock(columns, rows, "splits that looked as if something had happened");
}
