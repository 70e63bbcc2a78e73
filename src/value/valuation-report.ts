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
import { currencyName, formatLevel, formatNumber } from "../report/format.ts";
import { figureText } from "./figure-text.ts";
import { driversSection } from "./report-drivers.ts";
import { marketSection } from "./report-market.ts";
import { quarterSection, yearsSection } from "./report-quarter.ts";
import { chanceWords, NO_ADVICE, questionsSection } from "./report-questions.ts";
import { sensitivitySection, shareSection } from "./report-share.ts";
import { unitSection } from "./report-units.ts";
import {
  amountText,
  boundsText,
  eachNumber,
  openTexts,
  signedAmount,
  usersNumber,
} from "./report-words.ts";
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
      `Estimates are medians, intervals hold ${formatLevel(level)} of ${formatNumber(draws)} ` +
        `draws; seed ${seed}. Sums and differences of medians are no medians: the bridge, the ` +
        "sum of the parts, and the cohorts' costs and users are made to add up, and nothing else.",
      NO_ADVICE,
    ],
  };
}

function headSection(valuation: Valuation): Section {
  const { campaign, worth } = valuation;
  const { net } = worth.byCashFlow;
  const verb = net.estimate < 0 ? "lost" : "gained";
  return {
    title: "What it says",
    badge: `evidence ${campaign.grade}`,
    blocks: [
      headlineBlock(
        `It is worth more than it cost with ${chanceWords(valuation)}: by cash flow ` +
          `${amountText(valuation, Math.abs(net.estimate))} ${verb} after tax ` +
          `(${boundsText(net, signedAmount(valuation))}).`,
      ),
      textBlock(keptSentence(valuation)),
      ...gradeBlock(valuation),
      noteBlock(NO_ADVICE),
    ],
  };
}

function keptSentence({ campaign, unitEconomics, currency }: Valuation): string {
  const { cac, lifetimeValue } = unitEconomics[0]!;
  const { kept } = campaign;
  const money = currencyName(currency);
  const within = (bounds: string): string => (bounds === "" ? "" : ` (${bounds})`);
  if (kept.estimate <= 0) {
    const lost = kept.estimate < 0 ? `lost ${usersNumber(-kept.estimate)} users` : "kept nobody";
    const bounds = within(boundsText(kept, usersNumber));
    return `The campaign ${lost}${bounds}: there is no cost of a kept user, and no value of one.`;
  }
  const [cost, costBounds] = openTexts(cac, eachNumber, "more than any number of");
  const [value, valueBounds] = openTexts(lifetimeValue, eachNumber, "none");
  const nobody = kept.lower <= 0 ? " It may have kept nobody." : "";
  return (
    `A kept user cost ${cost} ${money}${within(costBounds)} and brings ${value} ` +
    `${money}${within(valueBounds)} of margin.${nobody}`
  );
}

function gradeBlock({ campaign }: Valuation): Block[] {
  const { grade, source } = campaign;
  if (source === "plan") {
    return [noteBlock("A plan: what it expects. None of these users is there yet.")];
  }
  if (grade === "A") return [];
  const why =
    source === "verdict"
      ? "the verdict says what weakens it: not all of the effect need be the campaign's."
      : "nobody knows how many of the kept users are there because of the campaign; what is said " +
        "rests on that assumption.";
  return [noteBlock(`Evidence ${grade}: ${why}`)];
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
        ...(rows.length > LISTED_MOST
          ? [moreBlock(`All ${rows.length} with their reasons`, [table])]
          : [table]),
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
