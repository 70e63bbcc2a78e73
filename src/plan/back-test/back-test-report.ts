// A back-test as a report: which intervals of the plan held, which did not, and where each figure
// fell.
import {
  headlineBlock,
  noteBlock,
  type ReportDocument,
  type Section,
  tableBlock,
  textBlock,
} from "../../report/document.ts";
import { formatLevel, formatNumber, formatPercent } from "../../report/format.ts";
import { boundsWords, joinedWords } from "../judge/judge-words.ts";
import { valueText } from "../study/study-words.ts";
import type { BackTest, BackTestRow } from "./back-test.ts";

export function backTestReport(test: BackTest): ReportDocument {
  const { plan, draws, seed, title } = test;
  return {
    title: `${title}: the plan against what came`,
    subtitle: `The plan "${plan}", as it stood, beside what was published later.`,
    sections: [heldSection(test), figuresSection(test)],
    foot: [`${formatNumber(draws)} campaigns drawn, seed ${seed}.`],
  };
}

function heldSection(test: BackTest): Section {
  const { rows, currency } = test;
  const missed = rows.filter(({ held }) => !held);
  const held = rows.filter((row) => row.held);
  return {
    title: "Which intervals held",
    badge: `${held.length} of ${rows.length}`,
    blocks: [
      headlineBlock(heldSentence(test)),
      ...missed.map((row) => textBlock(missedSentence(row, currency))),
      ...(held.length === 0 ? [] : [textBlock(heldList(held))]),
      textBlock(errorSentence(test)),
      noteBlock(
        "Figures of one campaign hang together: where one is off, others are. The share that " +
          "held is no measure of how good a planner is.",
      ),
    ],
  };
}

export function heldSentence({ rows, held, level }: BackTest): string {
  const expected = formatNumber(level * rows.length, 1);
  return (
    `${held} of ${rows.length} intervals of ${formatLevel(level)} held; of intervals that are ` +
    `right, ${expected} would on average.`
  );
}

export function missedSentence(row: BackTestRow, currency: string): string {
  const { title, published, unit, planned, where } = row;
  return (
    `Did not hold, ${title}: the plan had ${boundsWords(planned, unit, currency)}, ` +
    `${valueText(published, unit, currency)} was published (${where}), ${rankWords(row, currency)}.`
  );
}

function heldList(rows: readonly BackTestRow[]): string {
  const named = rows.map(
    ({ title, rank }) => `${title} (above ${formatPercent(rank, 0)} of draws)`,
  );
  return `Held: ${joinedWords(named)}.`;
}

function errorSentence({ rows, heldWithError }: BackTest): string {
  return (
    `With the errors that are assumed of the sources added to the plan's own, ` +
    `${heldWithError} of ${rows.length} held.`
  );
}

/** Where in the draws a figure fell; beyond all of them, the nearest is named. */
function rankWords({ rank, least, greatest, unit }: BackTestRow, currency: string): string {
  if (rank === 0)
    return `below every draw, the least of which has ${valueText(least, unit, currency)}`;
  if (rank === 1) {
    return `above every draw, the greatest of which has ${valueText(greatest, unit, currency)}`;
  }
  const above = rank >= 0.5;
  const share = above ? rank : 1 - rank;
  return `${above ? "above" : "below"} ${formatPercent(share, 1)} of the draws`;
}

function figuresSection({ rows, currency, level, sources }: BackTest): Section {
  const body = rows.map(({ title, unit, planned, published, where, date, ...row }) => [
    title,
    boundsWords(planned, unit, currency),
    valueText(published, unit, currency),
    row.held ? "held" : "did not hold",
    formatPercent(row.rank, 1),
    row.heldWithError ? "held" : "did not hold",
    `${where}, ${date}`,
  ]);
  const right = (title: string) => ({ title, align: "right" as const });
  const columns = [
    { title: "figure" },
    right(`planned, ${formatLevel(level)}`),
    right("published"),
    { title: "interval" },
    right("draws below"),
    { title: "with errors" },
    { title: "source" },
  ];
  return {
    title: "Figure by figure",
    blocks: [
      tableBlock(columns, body),
      ...rows
        .filter(({ standsIn }) => standsIn !== null)
        .map(({ title, standsIn }) => noteBlock(`A stand-in, ${title}: ${standsIn}.`)),
      ...sources.map(({ id, why }) => noteBlock(`${id}: ${why}.`)),
    ],
  };
}
