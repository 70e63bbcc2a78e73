// Verdicts side by side: what each is worth as evidence, the effects on what they measured alike,
// and what they were worth. Campaigns differ in more than their rewards: nothing here is a test.
import {
  type Block,
  noteBlock,
  type ReportDocument,
  type Section,
  tableBlock,
} from "../report/document.ts";
import { fittingChart } from "../report/fitting-chart.ts";
import { formatNumber, formatPercent, formatSigned } from "../report/format.ts";
import { type IntervalRow, intervalChart } from "../report/interval-chart.ts";
import { printable } from "../report/printable.ts";
import { askedRows, type EffectRow } from "./effect-row.ts";
import type { Metric } from "./metric.ts";
import { paybackSentence } from "./payback-words.ts";
import { printedP, treatedMean } from "./report-effects.ts";
import type { StudyReading, Verdict } from "./verdict.ts";
import { differenceText, intervalText, meanText, netText } from "./verdict-words.ts";

const right = (title: string) => ({ title, align: "right" as const });

/** One row of a comparison. */
interface Compared {
  readonly verdict: Verdict;
  readonly study: StudyReading;
}

/** @param verdicts two or more, in the order in which they are shown */
export function verdictComparison(verdicts: readonly Verdict[]): ReportDocument {
  const all = verdicts.flatMap((verdict): Compared[] =>
    verdict.studies.map((study) => ({ verdict, study })),
  );
  return {
    title: "Verdicts side by side",
    sections: [
      { title: "Evidence", blocks: [evidenceTable(all), noteBlock(NO_TEST)] },
      ...effectSections(all),
      ...worthSections(all),
      ...guardrailSections(all),
    ],
  };
}

const NO_TEST =
  "Each was measured against its own held-out users. That two intervals do not overlap says that " +
  "the campaigns did different things; it does not say why.";

function evidenceTable(all: readonly Compared[]): Block {
  const rows = all.map(({ verdict, study }) => {
    const [control] = study.arms;
    const heldOut = control === undefined ? 0 : control.n;
    return [
      ...[verdict.title, study.title, study.grade, study.gradeReason],
      formatNumber(study.users),
      study.users === 0 ? "–" : formatPercent(heldOut / study.users),
    ];
  });
  const columns = ["verdict", "study", "grade", "why"].map((title) => ({ title }));
  return tableBlock([...columns, right("users"), right("held out")], rows);
}

/** What is measured alike: of the same name, kind and unit. */
function keyOf({ title, kind, unit }: Metric): string {
  return JSON.stringify([title, kind, unit]);
}

function effectSections(all: readonly Compared[]): Section[] {
  const rows = all.flatMap(({ verdict, study }) =>
    askedRows(study.effects).map((row) => ({ verdict, study, row })),
  );
  const keys = [...new Set(rows.map(({ row }) => keyOf(row.metric)))];
  const of = (key: string) => rows.filter(({ row }) => keyOf(row.metric) === key);
  const isShared = (key: string): boolean => new Set(of(key).map((one) => one.verdict)).size > 1;
  const sorted = keys.toSorted((a, b) => Number(isShared(b)) - Number(isShared(a)));
  return sorted.map((key, i): Section => {
    const own = of(key);
    const { metric } = own[0]!.row;
    const areShared = isShared(key);
    return {
      title: `Effect on ${metric.title}`,
      ...(areShared ? {} : { badge: "in one of them" }),
      blocks: [effectChart(own, `compare-${i + 1}`), effectTable(own)],
    };
  });
}

interface ComparedEffect extends Compared {
  readonly row: EffectRow;
}

function nameOf({ verdict, study, row }: ComparedEffect): string {
  const several = verdict.studies.length > 1 ? `, ${study.title}` : "";
  return `${verdict.title}${several}, ${row.arm}`;
}

function effectChart(own: readonly ComparedEffect[], id: string): Block {
  const { metric } = own[0]!.row;
  const by = metric.kind === "share" ? 100 : 1;
  const rows = own.map((each): IntervalRow => {
    const { estimate, lower, upper } = each.row.absolute!;
    const label = printable(nameOf(each));
    return { label, estimate: by * estimate, lower: by * lower, upper: by * upper };
  });
  const xName = metric.kind === "share" ? "percentage points" : metric.unit || metric.title;
  const title = `Effect on ${metric.title}, each against its own held-out users`;
  return fittingChart(id, title, (isNarrow) => intervalChart({ rows, xName, isNarrow }));
}

function effectTable(own: readonly ComparedEffect[]): Block {
  const rows = own.map((each) => {
    const { metric, absolute, relative, controlMean, holmP } = each.row;
    return [
      nameOf(each),
      meanText(metric, controlMean),
      meanText(metric, treatedMean(each.row)),
      differenceText(metric, absolute!.estimate),
      intervalText(metric, absolute!),
      relative === null ? "" : `${formatSigned(100 * relative.estimate, 1)} %`,
      printedP(holmP ?? absolute!.p),
    ];
  });
  const titles = ["held out", "treated", "effect", "interval", "relative", "p"];
  return tableBlock([{ title: "verdict, arm" }, ...titles.map(right)], rows);
}

function worthSections(all: readonly Compared[]): Section[] {
  const worth = all.flatMap(({ verdict, study }) =>
    study.worth.map((each) => [verdict.title, each.arm, netText(each), spoken(each.finding)]),
  );
  const paid = all.flatMap(({ verdict, study: { payback } }) =>
    payback === null
      ? []
      : payback.arms.map((arm) => [verdict.title, arm.arm, paybackSentence(arm, payback)]),
  );
  const blocks = [
    ...(worth.length === 0 ? [] : [table(["verdict", "arm", "net", "finding"], worth)]),
    ...(paid.length === 0 ? [] : [table(["verdict", "arm", "payback"], paid)]),
  ];
  return blocks.length === 0 ? [] : [{ title: "What they were worth", blocks }];
}

function guardrailSections(all: readonly Compared[]): Section[] {
  const rows = all.flatMap(({ verdict, study }) =>
    study.guardrails.map(({ title, arm, finding }) => [verdict.title, arm, title, spoken(finding)]),
  );
  if (rows.length === 0) return [];
  const blocks = [table(["verdict", "arm", "guardrail", "finding"], rows)];
  return [{ title: "Guardrails", blocks }];
}

function table(titles: readonly string[], rows: readonly string[][]): Block {
  return tableBlock(
    titles.map((title) => ({ title })),
    rows,
  );
}

function spoken(finding: string): string {
  return finding.replaceAll("_", " ");
}
