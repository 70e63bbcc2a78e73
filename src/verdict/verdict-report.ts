// The verdict as a report: sections of sentences, tables and charts, for a terminal and for a
// page. It takes every word and number from the verdict object.
import {
  type BadgeTone,
  type Block,
  headlineBlock,
  moreBlock,
  noteBlock,
  type ReportDocument,
  type Section,
  tableBlock,
  textBlock,
  warningBlock,
} from "../report/document.ts";
import { formatNumber, formatSigned } from "../report/format.ts";
import { sentence } from "../report/sentence.ts";
import { withoutKeys } from "./assumption-words.ts";
import { decisionSentences } from "./decision-words.ts";
import { relativeEffectChart } from "./effect-chart.ts";
import { planAlarms, planNote } from "./frozen-plan.ts";
import { headlineParts } from "./headline.ts";
import { moneyDigits } from "./metric-digits.ts";
import { paybackSection } from "./payback-report.ts";
import { effectBlocks, guardrailBlocks, otherReadings } from "./report-effects.ts";
import { comparisonSection, costBlocks } from "./report-money.ts";
import { segmentBlocks } from "./report-segments.ts";
import { retentionSection } from "./retention-report.ts";
import type { Grade, StudyReading, Verdict } from "./verdict.ts";
import { breakEvenText, cannibalisedSentence, clampSentence } from "./verdict-words.ts";

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

/**
 * Its first line is the verdict's own, before title and grade, unless something is wrong with it;
 * the decision stands below.
 */
export function verdictReport(verdict: Verdict): ReportDocument {
  const { plan, title, grade } = verdict;
  const note = plan === null ? null : planNote(plan);
  return {
    lead: [...headlineBlocks(verdict), ...decisionSentences(verdict).map(textBlock)],
    title,
    subtitle: `evidence of grade ${grade}${note === null ? "" : `. ${note}`}`,
    sections: restSections(verdict),
    foot: verdict.notes,
  };
}

/** What is wrong, in boxes of its own; then the verdict in words, and what it takes for granted. */
function headlineBlocks(verdict: Verdict): Block[] {
  const { plan, assumptions } = verdict;
  const { warnings, answers } = headlineParts(verdict);
  const alarms = plan === null ? [] : planAlarms(plan);
  return [
    ...[...alarms, ...warnings].map(warningBlock),
    ...answers.map(headlineBlock),
    ...assumptions.map((text): Block => ({ kind: "text", text, pageText: withoutKeys(text) })),
  ];
}

/** A grade as a colour: evidence, evidence with less behind it, none. */
function gradeTone(grade: Grade): BadgeTone {
  if (grade === "A") return "good";
  return grade === "F" ? "bad" : "warn";
}

function gradeBadge(grade: Grade): Pick<Section, "badge" | "badgeTone"> {
  return { badge: `grade ${grade}`, badgeTone: gradeTone(grade) };
}

/** All that comes after the verdict in words. */
function restSections(verdict: Verdict): Section[] {
  const sections = verdict.studies.flatMap((study, i) => studySections(study, `study-${i + 1}`));
  const costs = costBlocks(verdict);
  if (costs.length > 0) sections.push({ title: "Costs", blocks: costs });
  const comparison = comparisonSection(verdict);
  return comparison === null ? sections : [...sections, comparison];
}

/** Where several questions were asked, their answers come before everything else. */
function answersSection(verdict: Verdict, decision: readonly Block[]): Section {
  const blocks = [...headlineBlocks(verdict), ...decision];
  return { title: "The verdict", ...gradeBadge(verdict.grade), blocks };
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
  const [control, ...treatments] = study.arms.map(({ id: arm }) => arm);
  const [arm, ...more] = treatments;
  const whom = more.length === 0 ? `, ${arm} against ${control}` : "";
  const users = `${formatNumber(study.users)} users${whom}; question: ${study.estimand}`;
  const chart = relativeEffectChart(study, id);
  const clamps = study.metrics.flatMap((metric) =>
    metric.clamp === undefined ? [] : [noteBlock(sentence(clampSentence(metric, metric.clamp)))],
  );
  return {
    title: study.title,
    ...gradeBadge(study.grade),
    blocks: [
      textBlock(`${users}; ${study.gradeReason}`),
      ...healthBlocks(study),
      ...effectBlocks(study),
      ...clamps,
      ...(chart === null ? [] : [chart]),
      ...worthBlocks(study),
      ...study.cannibalised.map((each) => textBlock(sentence(cannibalisedSentence(each)))),
      ...furtherBlocks(study, id),
    ],
  };
}

/** What failed or was repaired is seen at once; what passed, if it is much, by who asks. */
function healthBlocks({ health }: StudyReading): Block[] {
  const failed = health.filter(({ passed }) => !passed);
  const repaired = health.filter(({ passed, repair }) => passed && repair !== undefined);
  const passed = health.filter((check) => check.passed && check.repair === undefined);
  const notes = passed.map(({ name, detail }) => noteBlock(`passed: ${name}: ${detail}`));
  const names = passed.map(({ name }) => name).join(", ");
  return [
    ...failed.map(({ name, detail }) => warningBlock(`FAILED: ${name}: ${detail}`)),
    ...repaired.map(({ name, detail }) => noteBlock(`repaired, as asked: ${name}: ${detail}`)),
    ...(notes.length > 1 ? [moreBlock(`${passed.length} checks passed: ${names}`, notes)] : notes),
  ];
}

/** Where the arms do not compare, nothing finer than their plain difference is shown. */
function furtherBlocks(study: StudyReading, id: string): Block[] {
  if (study.grade === "A") {
    return [...guardrailBlocks(study), ...otherReadings(study), ...segmentBlocks(study, id)];
  }
  if (study.guardrails.length === 0 && study.segments.length === 0) return [];
  return [noteBlock("Guardrails and segments are not judged: the arms do not compare.")];
}

/** What an effect is worth, and what would change the reading. */
function worthBlocks({ worth, grade, arms }: StudyReading): Block[] {
  const [first] = worth;
  // Where the arms do not compare, what their difference would be worth says nothing.
  if (first === undefined || grade !== "A") return [];
  const right = (title: string) => ({ title, align: "right" as const });
  const figures = ["cost", "net a treated user", "interval"];
  const limits = ["pays from a margin of", "or below a cost of"];
  const areSeveral = arms.length > 2;
  const columns = [
    ...(areSeveral ? [{ title: "arm" }] : []),
    ...[...figures, ...limits].map(right),
  ];
  const rows = worth.map((each) => {
    const digits = moneyDigits(each.lower, each.upper);
    const { net, lower, upper, costPerTreated, breakEvenMargin, breakEvenCost } = each;
    return [
      ...(areSeveral ? [each.arm] : []),
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
  return [tableBlock(columns, rows, caption)];
}
