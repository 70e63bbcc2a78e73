// The verdict as a report: sections of sentences, tables and charts, for a terminal and for a
// page. It takes every word and number from the verdict object.
import {
  type Block,
  headlineBlock,
  noteBlock,
  type ReportDocument,
  type Section,
  tableBlock,
  textBlock,
} from "../report/document.ts";
import { formatNumber, formatSigned, groupedMinor } from "../report/format.ts";
import { renderTextReport, type TextOptions } from "../report/text-report.ts";
import type { ArmCost, CostReading } from "./cost.ts";
import { relativeEffectChart } from "./effect-chart.ts";
import type { EffectRow } from "./effects.ts";
import type { StudyReading, Verdict } from "./verdict.ts";
import {
  breakEvenText,
  differenceText,
  intervalText,
  meanText,
  moneyDigits,
  studyHeadline,
} from "./verdict-words.ts";

/** The sections of the verdict, also for reports that hold more than it. */
export function verdictSections(verdict: Verdict): Section[] {
  const sections = verdict.studies.map((study, i) => studySection(study, `study-${i + 1}`));
  const costs = costBlocks(verdict);
  if (costs.length > 0) sections.push({ title: "Cost per kept user", blocks: costs });
  const comparison = comparisonSection(verdict);
  return comparison === null ? sections : [...sections, comparison];
}

export function verdictReport(verdict: Verdict): ReportDocument {
  return {
    title: verdict.title,
    subtitle: `evidence of grade ${verdict.grade}`,
    sections: verdictSections(verdict),
    foot: verdict.notes,
  };
}

/** The whole verdict for a terminal. */
export function verdictText(verdict: Verdict, options: TextOptions = {}): string {
  return renderTextReport(verdictReport(verdict), options);
}

function studySection(study: StudyReading, id: string): Section {
  const users = `${formatNumber(study.users)} users; question: ${study.estimand}`;
  const health = study.health.map(({ name, passed, detail }) =>
    noteBlock(`${passed ? "passed" : "FAILED"}: ${name}: ${detail}`),
  );
  const chart = relativeEffectChart(study, id);
  return {
    title: study.title,
    badge: `grade ${study.grade}`,
    blocks: [
      headlineBlock(studyHeadline(study)),
      textBlock(`${users}; ${study.gradeReason}`),
      effectTable(study),
      ...(chart === null ? [] : [chart]),
      ...worthBlocks(study),
      ...health,
    ],
  };
}

function effectTable(study: StudyReading): Block {
  const level = Math.round(100 * (study.effects[0]?.absolute?.level ?? 0.95));
  const isSeveral = study.effects.some(({ holmP }) => holmP !== null);
  const p = isSeveral ? "p, Holm" : "p";
  const titles = ["held out", "treated", "effect", `${level} % interval`, "relative", p];
  const figures = titles.map((title) => ({ title, align: "right" as const }));
  return tableBlock(
    [{ title: "metric" }, { title: "arm" }, ...figures],
    study.effects.map((row) => effectCells(row, isSeveral)),
  );
}

const POPULATIONS: Readonly<Record<EffectRow["population"], string>> = {
  assigned: "",
  adjusted: ", adjusted",
  claimed: ", those who claimed",
};

function effectCells(row: EffectRow, isSeveral: boolean): string[] {
  const { metric, absolute, relative, population, holmP } = row;
  const arm = `${row.arm}${POPULATIONS[population]}`;
  const means =
    population === "assigned"
      ? [meanText(metric, row.controlMean), meanText(metric, row.treatmentMean)]
      : ["", ""];
  if (absolute === null) return [metric.title, arm, ...means, "none", row.note ?? "", "", ""];
  const p = isSeveral ? holmP : absolute.p;
  return [
    metric.title,
    arm,
    ...means,
    differenceText(metric, absolute.estimate),
    intervalText(metric, absolute),
    relative === null ? "" : `${formatSigned(100 * relative.estimate, 1)} %`,
    p === null ? "" : printedP(p),
  ];
}

function printedP(p: number): string {
  return p < 0.001 ? "< .001" : p.toFixed(3);
}

/** What an effect is worth, and what would change the reading. */
function worthBlocks({ worth, grade }: StudyReading): Block[] {
  const [first] = worth;
  // Where the arms do not compare, what their difference would be worth says nothing.
  if (first === undefined || grade !== "A") return [];
  const right = (title: string) => ({ title, align: "right" as const });
  const columns = ["net a treated user", "interval", "pays from a margin of", "or below a cost of"];
  const rows = worth.map((each) => {
    const digits = moneyDigits(each.lower, each.upper);
    const { net, lower, upper, breakEvenMargin, breakEvenCost } = each;
    return [
      each.arm,
      formatSigned(net, digits),
      `${formatSigned(lower, digits)} to ${formatSigned(upper, digits)}`,
      breakEvenMargin === null ? "none" : breakEvenText(breakEvenMargin),
      breakEvenCost === 0 ? "none" : formatNumber(breakEvenCost, Math.max(2, digits)),
    ];
  });
  const { marginPerUnit, costPerTreated, per } = first;
  const caption =
    `at a margin of ${marginPerUnit} per ${per}, and ${costPerTreated} spent on each ` +
    "treated user, both as given";
  return [tableBlock([{ title: "arm" }, ...columns.map(right)], rows, caption)];
}

function costBlocks(verdict: Verdict): Block[] {
  const [first] = verdict.costs;
  if (first === undefined) return [];
  const right = (title: string) => ({ title, align: "right" as const });
  const readings = tableBlock(
    [
      { title: "question" },
      { title: "arm" },
      right("spent"),
      right("kept"),
      right("naive"),
      right("kept because of it"),
      right("causal"),
      right("interval"),
    ],
    verdict.costs.map(costCells),
    `in ${first.currency} a kept user: naive = spent over kept, causal = over those kept by it`,
  );
  if (verdict.money.length === 0) return [readings];
  const money = tableBlock(
    [
      { title: "study" },
      { title: "arm" },
      ...["users", "grants", "issued", "redeemed", "breakage", "reversed"].map(right),
    ],
    verdict.money.map((each) => moneyCells(each, first.decimals)),
    `the journal's money by arm, in ${first.currency}`,
  );
  return [readings, money];
}

function costCells(cost: CostReading): string[] {
  const money = (minor: number): string => groupedMinor(Math.round(minor), cost.decimals);
  const { lower, upper } = cost.causalInterval;
  const from = lower === null ? "any" : money(lower);
  const to = upper === null ? "any" : money(upper);
  return [
    cost.estimand,
    cost.arm,
    money(cost.spentMinor),
    formatNumber(cost.keptUsers),
    cost.naiveMinor === null ? "nobody kept" : money(cost.naiveMinor),
    formatNumber(cost.incrementalKept),
    cost.causalMinor === null ? "nobody kept" : money(cost.causalMinor),
    lower === null && upper === null ? "not determined" : `${from} to ${to}`,
  ];
}

function moneyCells(each: ArmCost, decimals: number): string[] {
  const money = [each.issuedMinor, each.redeemedMinor, each.breakageMinor, each.reversedMinor];
  return [
    each.study,
    each.arm,
    formatNumber(each.users),
    formatNumber(each.grants),
    ...money.map((minor) => groupedMinor(minor, decimals)),
  ];
}

function comparisonSection(verdict: Verdict): Section | null {
  const [first] = verdict.comparisons;
  if (first === undefined) return null;
  const metrics = new Map(verdict.studies.flatMap((s) => s.metrics).map((m) => [m.id, m]));
  const truth = first.kind === "truth";
  const rows = verdict.comparisons.map((each) => {
    const metric = metrics.get(each.metric)!;
    const { lower, upper } = each;
    const interval =
      lower === undefined || upper === undefined
        ? ""
        : ` (${intervalText(metric, { lower, upper })})`;
    return [
      metric.title,
      each.arm,
      each.estimand,
      differenceText(metric, each.value) + interval,
      each.ours === null ? "none" : differenceText(metric, each.ours),
      each.agrees ? "yes" : "NO",
    ];
  });
  const columns = [
    { title: "metric" },
    { title: "arm" },
    { title: "question" },
    { title: truth ? "truth" : "published", align: "right" as const },
    { title: "ours", align: "right" as const },
    { title: truth ? "inside our interval" : "equal as printed" },
  ];
  return {
    title: truth ? "Beside the known truth" : "Beside the published figures",
    blocks: [tableBlock(columns, rows), noteBlock(first.source)],
  };
}
