// A plan's study as a report: what comes of it, what it rests on, and what else could be done.
import { rightColumn } from "../../report/column.ts";
import {
  type Block,
  headlineBlock,
  noteBlock,
  type ReportDocument,
  type Section,
  tableBlock,
  textBlock,
} from "../../report/document.ts";
import { formatLevel, formatNumber, formatPercent } from "../../report/format.ts";
import type { OutputId } from "../model/outputs.ts";
import { assumptionTable, breakEvenTable } from "./assumption-table.ts";
import { bestSplitSections } from "./best-split-report.ts";
import { holdoutSections } from "./holdout-report.ts";
import { loadChart, waveCharts } from "./hour-charts.ts";
import { leftOutNotes } from "./left-out.ts";
import type { PlanStudy } from "./plan-study.ts";
import {
  activeChart,
  netChart,
  responseChart,
  scenarioChart,
  spendingChart,
  tornado,
} from "./study-charts.ts";
import {
  boundsText,
  burnSentence,
  chanceText,
  loadSentence,
  neededSentence,
  numberOf,
  planSentence,
  rangeText,
  rareText,
  spreadSentence,
  threeFigures,
  unsourcedSentence,
  valueText,
} from "./study-words.ts";

export function planStudyReport(study: PlanStudy): ReportDocument {
  const { draws, seed, level } = study;
  return {
    title: study.title,
    subtitle: "A plan: what would come of it if the assumptions hold. It is no evidence.",
    sections: [
      summarySection(study),
      burnSection(study),
      loadSection(study),
      moneySection(study),
      whySection(study),
      scenarioSection(study),
      responseSection(study),
      ...bestSplitSections(study),
      ...holdoutSections(study),
      { title: "Assumptions", blocks: [assumptionTable(study)] },
    ].filter(({ blocks }) => blocks.length > 0),
    foot: [
      `${formatNumber(draws)} campaigns drawn, seed ${seed}; the middle one and, in brackets, ` +
        `where ${formatLevel(level)} of them lie.`,
    ],
  };
}

function summarySection(study: PlanStudy): Section {
  return {
    title: "What comes of it",
    badge: "plan",
    blocks: [
      headlineBlock(planSentence(study)),
      noteBlock(unsourcedSentence(study)),
      textBlock(burnSentence(study)),
      textBlock(loadSentence(study)),
      textBlock(neededSentence(study)),
    ],
  };
}

function burnSection(study: PlanStudy): Section {
  const { currency } = study;
  const rows = study.waves.map((wave) => [
    wave.id,
    valueText(wave.budget, "money", currency),
    rangeText(wave.spent, "money", currency),
    formatPercent(wave.runOutChance, 0),
    rangeText(wave.runOutDays, "days", currency),
    rangeText(wave.kept, "users", currency),
  ]);
  const columns = [
    { title: "wave" },
    rightColumn("budget"),
    rightColumn("spent"),
    rightColumn("gone early"),
    rightColumn("gone after, days"),
    rightColumn("kept"),
  ];
  return {
    title: "How the budget burns",
    blocks: [
      spendingChart(study),
      ...waveCharts(study),
      tableBlock(columns, rows),
      figures(study, ["people", "stayedAway", "rewarded", "grants", "refused", "breakage"]),
      ...leftOutNotes(study),
    ],
  };
}

function loadSection(study: PlanStudy): Section {
  const ids: OutputId[] = [
    "claimsPeak",
    "ordersPeak",
    "merchants",
    "couriers",
    "callsPeak",
    "calls",
    "callCost",
  ];
  return { title: "Load, and who must bear it", blocks: [loadChart(study), figures(study, ids)] };
}

function moneySection(study: PlanStudy): Section {
  const { currency, months, paybackChanceAtEnd } = study;
  const risk = valueText(study.valueAtRisk, "money", currency);
  const mean = valueText(study.meanNet, "money", currency);
  return {
    title: "Who stays, and whether it pays",
    blocks: [
      activeChart(study),
      netChart(study),
      textBlock(
        `It pays back within ${months} months ${chanceText(paybackChanceAtEnd)}. On average it ` +
          `ends at ${mean}; one in twenty draws loses more than ${risk}.`,
      ),
      figures(study, [
        "active30",
        "naiveCostPerKept",
        "kept",
        "costPerKept",
        "lifetimeValue",
        "cost",
        "displaced",
        "net12",
        "net",
        "roi",
        "marginNeeded",
      ]),
    ],
  };
}

function whySection(study: PlanStudy): Section {
  const title = "Where the uncertainty comes from";
  const first = study.whyNet.bars[0];
  if (first === undefined) return { title, blocks: [] };
  return {
    title,
    blocks: [
      headlineBlock(spreadSentence(study)),
      ...tornado(study, study.whyNet, "net"),
      ...tornado(study, study.whyKept, "kept"),
      noteBlock(WHY_NOTE),
      breakEvenTable(study),
    ],
  };
}

const WHY_NOTE =
  "Shares are of the variance of ranks (first-order Sobol indices), with every assumption drawn " +
  "apart from the others, so that none takes credit for another. Bars: mean over the tenth of " +
  "the draws in which the assumption is lowest, and highest.";

function scenarioSection(study: PlanStudy): Section {
  const { currency, scenarios, withinMonths } = study;
  if (scenarios.length < 2) return { title: "Side by side", blocks: [] };
  const rows = scenarios.map(({ title, numbers, paybackChance }) => [
    title,
    valueText(numbers.cost.median, "money", currency),
    threeFigures(numbers.kept.median),
    valueText(numbers.costPerKept.median, "money", currency),
    valueText(numbers.net.median, "money", currency),
    rareText(paybackChance),
    threeFigures(numbers.claimsPeak.upper),
  ]);
  const columns = [
    { title: "scenario" },
    rightColumn("cost"),
    rightColumn("kept"),
    rightColumn("cost a kept user"),
    rightColumn("net"),
    rightColumn(`pays in ${withinMonths} months`),
    rightColumn("claims a second, at worst"),
  ];
  const against = scenarios
    .slice(1)
    .map(({ title, difference, betterChance }) => [
      title,
      rangeText(difference!.kept, "users", currency),
      rangeText(difference!.net, "money", currency),
      formatPercent(betterChance!, 0),
    ]);
  return {
    title: "Side by side",
    blocks: [
      tableBlock(columns, rows, "The middle draw of each; all are drawn with the same numbers."),
      scenarioChart(study),
      tableBlock(
        [
          { title: "against the plan" },
          rightColumn("kept"),
          rightColumn("net"),
          rightColumn("net is better"),
        ],
        against,
      ),
    ],
  };
}

function responseSection(study: PlanStudy): Section {
  const { response, currency } = study;
  if (response === null) return { title: "What more money buys", blocks: [] };
  const money = (value: number): string => valueText(value, "money", currency);
  const worth =
    response.worthUpTo === null
      ? "At no budget tried does one more kept user cost less than he contributes."
      : `Up to ${money(response.worthUpTo)} one more kept user costs no more than he contributes.`;
  const from = response.diminishesFrom;
  const dear = "one more costs twice what the ones before did on average.";
  const first = response.points[1]?.budget === from ? " or less" : "";
  const diminishes = from === null ? "" : ` From ${money(from)}${first} on, ${dear}`;
  const rows = response.points.map(({ budget, meanCost, meanKept, meanNet, marginalCost }) => [
    money(budget),
    money(meanCost),
    threeFigures(meanKept),
    money(marginalCost),
    money(meanNet),
  ]);
  const columns = [
    rightColumn("budget"),
    rightColumn("cost"),
    rightColumn("kept"),
    rightColumn("cost of one more"),
    rightColumn("net"),
  ];
  return {
    title: "What more money buys",
    blocks: [
      headlineBlock(worth + diminishes),
      responseChart(response, currency),
      tableBlock(columns, rows, "Means over the draws."),
    ],
  };
}

function figures(study: PlanStudy, ids: readonly OutputId[]): Block {
  const rows = ids.map((id) => {
    const number = numberOf(study, id);
    const { unit, median, point } = number;
    const months = Math.min(12, study.months);
    const title = id === "net12" ? `net after ${months} months` : number.title;
    const text = (value: number): string => valueText(value, unit, study.currency);
    return [title, text(median), boundsText(number, unit, study.currency), text(point)];
  });
  const columns = [
    { title: "result" },
    rightColumn("middle"),
    rightColumn("range"),
    rightColumn("at the points"),
  ];
  return tableBlock(columns, rows);
}
