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
import { boundsWords, figureWords, joinedWords } from "../judge/judge-words.ts";
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
  const { rows, currency, counted, held, knew } = test;
  const published = rows.filter(({ standsIn }) => standsIn === null);
  const within = published.filter((row) => row.held);
  return {
    title: "Which intervals held",
    badge: `${held} of ${counted}`,
    blocks: [
      headlineBlock(heldSentence(test)),
      ...(knew === null ? [] : [textBlock(`What the plan knew: ${knew}.`)]),
      ...published
        .filter((row) => !row.held)
        .map((row) => textBlock(missedSentence(row, currency))),
      ...(within.length === 0 ? [] : [textBlock(heldList(within))]),
      textBlock(`${sourcesSentence(test)} ${errorSentence(test)}`),
      noteBlock(
        "Figures of one campaign hang together: where one is off, others are. So the share that " +
          "held says little of how good a planner is, and nothing was changed to raise it.",
      ),
    ],
  };
}

function heldSentence({ counted, held, level }: BackTest): string {
  const expected = formatNumber(level * counted, 1);
  return (
    `${held} of ${counted} intervals of ${formatLevel(level)} held; of intervals that are ` +
    `right, ${expected} would on average.`
  );
}

function missedSentence(row: BackTestRow, currency: string): string {
  const { title, published, unit, planned, where } = row;
  return (
    `Did not hold, ${title}: the plan had ${boundsWords(planned, unit, currency)}, ` +
    `${figureWords(published, unit, currency)} was published (${where}), ` +
    `${rankWords(row, currency)}.`
  );
}

function heldList(rows: readonly BackTestRow[]): string {
  const named = rows.map(
    ({ title, rank }) => `${title} (above ${formatPercent(rank, 0)} of draws)`,
  );
  return `Held: ${joinedWords(named)}.`;
}

/** Several figures of one source are less than as many of different ones. */
function sourcesSentence({ sources }: BackTest): string {
  const each = sources.map(({ id, counted, held }) => `${id} ${held} of ${counted}`);
  return `By source: ${joinedWords(each)}.`;
}

function errorSentence({ counted, heldWithError }: BackTest): string {
  return (
    `With the errors that are assumed of the sources added to the plan's own, ` +
    `${heldWithError} of ${counted} held.`
  );
}

/** Where in the draws a figure fell; beyond all of them, the nearest is named. */
function rankWords({ rank, least, greatest, unit }: BackTestRow, currency: string): string {
  if (rank === 0)
    return `below every draw, the least of which has ${figureWords(least, unit, currency)}`;
  if (rank === 1) {
    return `above every draw, the greatest of which has ${figureWords(greatest, unit, currency)}`;
  }
  const above = rank >= 0.5;
  const share = above ? rank : 1 - rank;
  return `${above ? "above" : "below"} ${rankPercent(share)} of the draws`;
}

function figuresSection({ rows, currency, level, sources }: BackTest): Section {
  const body = rows.map(({ title, unit, planned, published, where, date, ...row }) => [
    title,
    boundsWords(planned, unit, currency),
    row.standsIn === null
      ? figureWords(published, unit, currency)
      : `– (${figureWords(published, unit, currency)} stands in)`,
    heldCell(row.held, row.standsIn),
    rankPercent(row.rank),
    heldCell(row.heldWithError, row.standsIn),
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
        .map(({ title, standsIn }) => noteBlock(`Not counted, ${title}: ${standsIn}.`)),
      ...sources.map(({ id, why }) => noteBlock(`${id}: ${why}.`)),
    ],
  };
}

/** What only stands in for a figure neither holds nor fails. */
function heldCell(held: boolean, standsIn: string | null): string {
  if (standsIn !== null) return "not counted";
  return held ? "held" : "did not hold";
}

/** Never "100 %" of what one draw escapes. */
function rankPercent(rank: number): string {
  if (rank < 1 && rank > 0.999) return "> 99.9 %";
  return rank > 0 && rank < 0.001 ? "< 0.1 %" : formatPercent(rank, 1);
}
