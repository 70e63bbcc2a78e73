// A calibration as a report: before and after, one row an assumption, those that the data
// contradict marked and said first.
import {
  headlineBlock,
  noteBlock,
  type ReportDocument,
  tableBlock,
  textBlock,
} from "../../report/document.ts";
import { formatNumber } from "../../report/format.ts";
import { threeFigures } from "../study/study-words.ts";
import type { CalibratedAssumption, Calibration, Range90 } from "./calibrated.ts";

export function calibrationReport(calibration: Calibration): ReportDocument {
  const { assumptions, campaign, toMs, events, verdict, notes } = calibration;
  const updated = assumptions.filter(({ state }) => state === "updated");
  const open = assumptions.filter(({ state }) => state === "open");
  const unseen = assumptions.filter(({ state }) => state === "unseen");
  const to = new Date(toMs).toISOString().slice(0, 16).replace("T", " ");
  const source = `Journal of ${campaign}, ${formatNumber(events)} events to ${to} UTC`;
  const idsOf = (list: readonly CalibratedAssumption[]): string =>
    list.map(({ id, says }) => (says === "" ? id : `${id} (${says})`)).join(", ");
  return {
    title: calibration.title,
    subtitle: `${source}${verdict === null ? "" : `; verdict ${verdict}`}.`,
    sections: [
      {
        title: "What the campaign has taught so far",
        blocks: [
          headlineBlock(calibrationSentence(calibration)),
          ...(updated.length === 0 ? [] : [tableOf(updated)]),
          ...(open.length === 0 ? [] : [textBlock(`Not to be seen yet: ${idsOf(open)}.`)]),
          ...(unseen.length === 0
            ? []
            : [textBlock(`As assumed, since nothing that was read shows it: ${idsOf(unseen)}.`)]),
          ...notes.map(noteBlock),
        ],
      },
    ],
    foot: [METHOD],
  };
}

const METHOD =
  "Middle and, in brackets, 90 %. Shares meet the data by their log odds, other numbers by " +
  "their logarithm; counts scatter as much as they do, at least as chance, and days by 15 %; " +
  "curves are taken to be off by 5 %, what is still to come by 80 %. ! means that the data lie " +
  "more than 2.6 standard deviations from what was assumed: then they stand alone.";

function calibrationSentence({ assumptions }: Calibration): string {
  const updated = assumptions.filter(({ state }) => state === "updated");
  const wrong = updated.filter(({ isContradicted }) => isContradicted);
  const verb = updated.length === 1 ? "is" : "are";
  const counts = `${updated.length} of ${assumptions.length} assumptions ${verb} updated`;
  if (updated.length === 0) return `Nothing can be said yet: ${counts}.`;
  if (wrong.length === 0) return `${counts}; the data contradict none of them.`;
  const ids = wrong.map(({ id }) => id).join(", ");
  return `${counts}. The data contradict ${wrong.length} of them: ${ids}.`;
}

function tableOf(updated: readonly CalibratedAssumption[]) {
  const rows = updated.map((one) => [
    `${one.isContradicted ? "! " : ""}${one.id}`,
    rangeText(one.before, one.unit),
    one.data === null ? "" : rangeText(one.data, one.unit),
    rangeText(one.after, one.unit),
    one.says,
  ]);
  const columns = [
    { title: "assumption" },
    { title: "before", align: "right" as const },
    { title: "the data", align: "right" as const },
    { title: "after", align: "right" as const },
    { title: "seen" },
  ];
  return tableBlock(columns, rows);
}

/** "12.8 % (11.9 to 13.7)", "58.1 M (51.0 M to 66.2 M)" */
function rangeText({ point, lower, upper }: Range90, unit: string): string {
  const isShare = unit === "share";
  const of = (value: number): string => threeFigures(isShare ? 100 * value : value);
  return `${of(point)}${isShare ? " %" : ""} (${of(lower)} to ${of(upper)})`;
}
