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
import { formatNumber, formatSigned } from "../report/format.ts";
import { renderTextReport, type TextOptions } from "../report/text-report.ts";
import { decisionSentences } from "./decision-words.ts";
import { relativeEffectChart } from "./effect-chart.ts";
import { planSentence } from "./frozen-plan.ts";
import { moneyDigits } from "./metric-digits.ts";
import { paybackSection } from "./payback-report.ts";
import { retentionSection } from "./retention-report.ts";
import type { StudyReading, Verdict } from "./verdict.ts";
import {
  effectBlocks,
  guardrailBlocks,
  otherReadings,
  restBlocks,
} from "./verdict-report-effects.ts";
import { comparisonSection, costBlocks } from "./verdict-report-money.ts";
import { segmentBlocks } from "./verdict-report-segments.ts";
import {
  breakEvenText,
  cannibalisedSentence,
  clampSentence,
  headlineParts,
} from "./verdict-words.ts";

/** The sections of the verdict, for reports that hold more than it. */
export function verdictSections(verdict: Verdict): Section[] {
  const { studies } = verdict;
  const decision = decisionSentences(verdict).map(textBlock);
  if (studies.length + verdict.unanswered.length > 1)
    return [answersSection(verdict, decision), ...restSections(verdict)];
  const head = headlineBlocks(verdict);
  const [first, ...rest] = restSections(verdict);
  if (first === undefined) return [];
  return [{ ...first, blocks: [...head, ...decision, ...first.blocks] }, ...rest];
}

/** Its first line is the verdict's own, before title and grade; the decision stands below. */
export function verdictReport(verdict: Verdict): ReportDocument {
  const { plan, title, grade } = verdict;
  const subtitle = `evidence of grade ${grade}`;
  return {
    lead: [...headlineBlocks(verdict), ...decisionSentences(verdict).map(textBlock)],
    title,
    subtitle: plan === null ? subtitle : `${subtitle}. ${planSentence(plan)}`,
    sections: restSections(verdict),
    foot: verdict.notes,
  };
}

function headlineBlocks(verdict: Verdict): Block[] {
  return [...headlineParts(verdict).map(headlineBlock), ...verdict.assumptions.map(textBlock)];
}

/** All that comes after the verdict in words. */
function restSections(verdict: Verdict): Section[] {
  const sections = verdict.studies.flatMap((study, i) => studySections(study, `study-${i + 1}`));
  const costs = costBlocks(verdict);
  if (costs.length > 0) sections.push({ title: "Costs", blocks: costs });
  const comparison = comparisonSection(verdict);
  return comparison === null ? sections : [...sections, comparison];
}

/** The whole verdict for a terminal. */
export function verdictText(verdict: Verdict, options: TextOptions = {}): string {
  return renderTextReport(verdictReport(verdict), options);
}

/** Where several questions were asked, their answers come before everything else. */
function answersSection(verdict: Verdict, decision: readonly Block[]): Section {
  const blocks = [...headlineBlocks(verdict), ...decision];
  return { title: "The verdict", badge: `grade ${verdict.grade}`, blocks };
}

function studySections(study: StudyReading, id: string): Section[] {
  const { retention, payback, title } = study;
  const own = (section: Section): Section => ({ ...section, title: `${section.title}: ${title}` });
  return [
    studySection(study, id),
    ...(payback === null ? [] : [own(paybackSection(payback, `${id}-payback`))]),
    ...(retention === null ? [] : [own(retentionSection(retention, `${id}-retention`))]),
  ];
}

function studySection(study: StudyReading, id: string): Section {
  const users = `${formatNumber(study.users)} users; question: ${study.estimand}`;
  const health = study.health.map(({ name, passed, detail, repair }) => {
    const done = repair === undefined ? "passed" : "repaired, as asked";
    return noteBlock(`${passed ? done : "FAILED"}: ${name}: ${detail}`);
  });
  const chart = relativeEffectChart(study, id);
  const clamps = study.metrics.flatMap((metric) =>
    metric.clamp === undefined ? [] : [noteBlock(clampSentence(metric, metric.clamp))],
  );
  return {
    title: study.title,
    badge: `grade ${study.grade}`,
    blocks: [
      textBlock(`${users}; ${study.gradeReason}`),
      ...health,
      ...effectBlocks(study),
      ...clamps,
      ...(chart === null ? [] : [chart]),
      ...worthBlocks(study),
      ...study.cannibalised.map((each) => textBlock(cannibalisedSentence(each))),
      ...furtherBlocks(study, id),
    ],
  };
}

/** Where the arms do not compare, nothing finer than their plain difference is shown. */
function furtherBlocks(study: StudyReading, id: string): Block[] {
  if (study.grade === "A") {
    const beside = [...restBlocks(study), ...otherReadings(study)];
    return [...guardrailBlocks(study), ...beside, ...segmentBlocks(study, id)];
  }
  if (study.guardrails.length === 0 && study.segments.length === 0) return [];
  return [noteBlock("Guardrails and segments are not judged: the arms do not compare.")];
}

/** What an effect is worth, and what would change the reading. */
function worthBlocks({ worth, grade }: StudyReading): Block[] {
  const [first] = worth;
  // Where the arms do not compare, what their difference would be worth says nothing.
  if (first === undefined || grade !== "A") return [];
  const right = (title: string) => ({ title, align: "right" as const });
  const figures = ["cost", "net a treated user", "interval"];
  const limits = ["pays from a margin of", "or below a cost of"];
  const columns = [...figures, ...limits];
  const rows = worth.map((each) => {
    const digits = moneyDigits(each.lower, each.upper);
    const { net, lower, upper, costPerTreated, breakEvenMargin, breakEvenCost } = each;
    return [
      each.arm,
      formatNumber(costPerTreated, Math.max(2, digits)),
      formatSigned(net, digits),
      `${formatSigned(lower, digits)} to ${formatSigned(upper, digits)}`,
      breakEvenMargin === null ? "none" : breakEvenText(breakEvenMargin),
      breakEvenCost === 0 ? "none" : formatNumber(breakEvenCost, Math.max(2, digits)),
    ];
  });
  const { marginPerUnit, isCostMeasured, per } = first;
  const caption =
    `in the money of the margin, which is ${Number(marginPerUnit.toPrecision(6))} per ${per} as ` +
    `given; cost: spent more on a treated user, as ${isCostMeasured ? "measured" : "given"}`;
  return [tableBlock([{ title: "arm" }, ...columns.map(right)], rows, caption)];
}
