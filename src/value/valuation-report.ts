// The valuation as a report: what it says, what was assumed without a source, then part by part.
// Every sentence and every chart comes from the one object.
import {
  type Block,
  headlineBlock,
  moreBlock,
  noteBlock,
  type ReportDocument,
  type Section,
  tableBlock,
  textBlock,
} from "../report/document.ts";
import { formatLevel, formatNumber } from "../report/format.ts";
import { figureText } from "./figure-text.ts";
import { driversSection } from "./report-drivers.ts";
import { marketSection } from "./report-market.ts";
import { quarterSection, yearsSection } from "./report-quarter.ts";
import { chanceWords, NO_ADVICE, questionsSection } from "./report-questions.ts";
import { sensitivitySection, shareSection } from "./report-share.ts";
import { unitSection } from "./report-units.ts";
import { amountText, boundsText, eachNumber, openTexts, signedAmount } from "./report-words.ts";
import type { Valuation } from "./valuation.ts";

export function valuationReport(valuation: Valuation): ReportDocument {
  const { campaign, title, draws, seed, level } = valuation;
  return {
    title,
    subtitle: `${campaign.title}, from ${campaign.starts}; ${campaign.from}`,
    sections: [
      headSection(valuation),
      ...assumedSection(valuation),
      unitSection(valuation),
      quarterSection(valuation),
      ...yearsSection(valuation),
      shareSection(valuation),
      ...driversSection(valuation),
      ...sensitivitySection(valuation),
      ...marketSection(valuation),
      questionsSection(valuation),
      sourcesSection(valuation),
    ],
    foot: [
      `Intervals hold ${formatLevel(level)} of ${formatNumber(draws)} draws; seed ${seed}.`,
      NO_ADVICE,
    ],
  };
}

function headSection(valuation: Valuation): Section {
  const { campaign, unitEconomics, worth, currency } = valuation;
  const { cac, lifetimeValue } = unitEconomics[0]!;
  const [cost, costBounds] = openTexts(cac, eachNumber, "more than any number of");
  const [value, valueBounds] = openTexts(lifetimeValue, eachNumber, "none");
  const { net } = worth.byCashFlow;
  const verb = net.estimate < 0 ? "lost" : "gained";
  const within = (bounds: string): string => (bounds === "" ? "" : ` (${bounds})`);
  return {
    title: "What it says",
    badge: `evidence ${campaign.grade}`,
    blocks: [
      headlineBlock(
        `It is worth more than it cost with ${chanceWords(valuation)}: by cash flow ` +
          `${amountText(valuation, Math.abs(net.estimate))} ${verb} after tax ` +
          `(${boundsText(net, signedAmount(valuation))}).`,
      ),
      textBlock(
        `A kept user cost ${cost} ${currency}${within(costBounds)} and brings ${value} ` +
          `${currency}${within(valueBounds)} of margin.`,
      ),
      ...gradeBlock(valuation),
      noteBlock(NO_ADVICE),
    ],
  };
}

function gradeBlock({ campaign }: Valuation): Block[] {
  if (campaign.grade === "A") return [];
  return [
    noteBlock(
      `Evidence ${campaign.grade}: nobody knows how many of the kept users are there because of ` +
        "the campaign; what is said rests on that assumption.",
    ),
  ];
}

/** A longer list is opened by whoever wants it. */
const LISTED_MOST = 12;

function assumedSection({ assumptions }: Valuation): Section[] {
  if (assumptions.length === 0) return [];
  const rows = assumptions.map(({ says }) => {
    const at = says.indexOf(": ");
    return at < 0 ? [says, ""] : [says.slice(0, at), says.slice(at + 2)];
  });
  const table = tableBlock([{ title: "assumption" }, { title: "why" }], rows);
  return [
    {
      title: "Assumed, without a source",
      badge: `${assumptions.length}`,
      blocks: [
        textBlock("Nobody published these; whoever knows better puts in his own."),
        ...(rows.length > LISTED_MOST ? [moreBlock(`All ${rows.length}`, [table])] : [table]),
      ],
    },
  ];
}

function sourcesSection({ figures, notFound }: Valuation): Section {
  const rows = figures
    .filter(({ isAssumption }) => !isAssumption)
    .map((entry) => [
      entry.title,
      figureText(entry),
      entry.date === null ? entry.source : `${entry.source}, ${entry.date}`,
    ]);
  const blank =
    notFound.length === 0 ? [] : [noteBlock(`Not found, and left blank: ${notFound.join("; ")}.`)];
  return {
    title: "Figures and their sources",
    blocks: [
      tableBlock([{ title: "figure" }, { title: "value" }, { title: "source" }], rows),
      ...blank,
    ],
  };
}
