// The verdict in words and tables. Every sentence is made from the verdict object, and its grade
// chooses the verb: only A may say "caused", F may say "coincided with".
import { formatMinor } from "../base/money.ts";
import type { CostReading } from "./cost.ts";
import type { EffectRow } from "./effects.ts";
import type { Metric } from "./study.ts";
import { findingOf, type Grade, printed, type StudyReading, type Verdict } from "./verdict.ts";

/** A table for any medium: text in the terminal, HTML, or a chart's caption. */
export interface VerdictTable {
  readonly title: string;
  readonly columns: readonly string[];
  readonly rows: readonly (readonly string[])[];
}

const VERBS: Readonly<Record<Grade, string>> = {
  A: "caused",
  B: "went with",
  C: "points to",
  D: "suggests",
  E: "is consistent with",
  F: "coincided with",
};

/** The first line: what happened to the primary metric of each study, as far as the grade allows. */
export function headline(verdict: Verdict): string {
  const sentences = verdict.studies.flatMap((study) => {
    const [primary] = study.metrics;
    const broken = study.health.filter((check) => !check.passed);
    const warning = broken.map((check) => `Randomisation broken (${check.name}: ${check.detail}).`);
    const effects = study.effects.filter(
      (row) => row.population === "assigned" && row.metric.id === primary?.id,
    );
    return [...warning, ...effects.map((row) => `${effectSentence(row, study.grade)}.`)];
  });
  return sentences.join(" ");
}

/** One effect in words, such as "mens caused +7.66 points of visits (95 %: +7.00 to +8.32)". */
export function effectSentence(row: EffectRow, grade: Grade): string {
  const { absolute, metric } = row;
  const asked = row.estimand === "reach" ? "" : `, ${row.estimand.replace("reward, ", "")}`;
  if (absolute === null) return `${row.arm}: no effect on ${metric.title} measured: ${row.note}`;
  const interval = intervalText(metric, absolute.lower, absolute.upper);
  const level = `${Math.round(100 * absolute.level)} %`;
  const unit = unitText(metric);
  if (findingOf(row) === "unclear") {
    return `${row.arm}: no clear effect on ${metric.title}${asked} (${level}: ${interval} ${unit})`;
  }
  const size = `${signed(metric, absolute.estimate)} ${unit}`;
  return `${row.arm} ${VERBS[grade]} ${size} in ${metric.title}${asked} (${level}: ${interval})`;
}

/** All tables of the verdict, in reading order. */
export function verdictTables(verdict: Verdict): VerdictTable[] {
  const tables = verdict.studies.map(effectTable);
  if (verdict.costs.length > 0) tables.push(costTable(verdict.costs));
  if (verdict.comparisons.length > 0) tables.push(comparisonTable(verdict));
  return tables;
}

/** The whole verdict as plain text. */
export function verdictText(verdict: Verdict): string {
  const lines = [verdict.title, headline(verdict), ""];
  for (const study of verdict.studies) {
    lines.push(
      `${study.title}: grade ${study.grade} (${study.gradeReason}), question: ${study.estimand}, ` +
        `${study.users} users`,
    );
    for (const check of study.health) {
      lines.push(`  ${check.passed ? "passed" : "FAILED"}: ${check.name}: ${check.detail}`);
    }
  }
  for (const note of verdict.notes) lines.push(`  note: ${note}`);
  for (const table of verdictTables(verdict)) lines.push("", table.title, ...alignedRows(table));
  return `${lines.join("\n")}\n`;
}

function effectTable(study: StudyReading): VerdictTable {
  const level = Math.round(100 * (study.effects[0]?.absolute?.level ?? 0.95));
  return {
    title: `Effects on ${study.title} (${study.estimand})`,
    columns: [
      "metric",
      "arm",
      "held out",
      "treated",
      "effect",
      `${level} % interval`,
      "relative",
      "p",
    ],
    rows: study.effects.map((row) => {
      const { metric, absolute, relative } = row;
      const arm = row.population === "claimed" ? `${row.arm}, those who claimed` : row.arm;
      const means =
        row.population === "claimed"
          ? ["", ""]
          : [levelText(metric, row.controlMean), levelText(metric, row.treatmentMean)];
      if (absolute === null) return [metric.title, arm, ...means, "not measured", row.note ?? ""];
      return [
        metric.title,
        arm,
        ...means,
        `${signed(metric, absolute.estimate)} ${unitText(metric)}`,
        intervalText(metric, absolute.lower, absolute.upper),
        relative === null ? "" : `${signedNumber(100 * relative.estimate, 1)} %`,
        absolute.p < 0.001 ? "< .001" : absolute.p.toFixed(3),
      ];
    }),
  };
}

function costTable(costs: readonly CostReading[]): VerdictTable {
  return {
    title: "Cost per kept user",
    columns: ["question", "arm", "spent", "kept", "naive", "kept more", "causal", "interval"],
    rows: costs.map((cost) => {
      const money = (minor: number | null): string =>
        minor === null ? "none" : formatMinor(Math.round(minor), cost.decimals);
      const { lower, upper } = cost.causalInterval;
      const unknown = lower === null && upper === null;
      return [
        cost.estimand,
        cost.arm,
        `${money(cost.spentMinor)} ${cost.currency}`,
        String(cost.keptUsers),
        money(cost.naiveMinor),
        cost.incrementalKept.toFixed(0),
        cost.causalMinor === null ? "kept nobody more" : money(cost.causalMinor),
        unknown ? "not determined" : `${money(lower)} to ${upper === null ? "any" : money(upper)}`,
      ];
    }),
  };
}

function comparisonTable(verdict: Verdict): VerdictTable {
  const metrics = new Map(verdict.studies.flatMap((s) => s.metrics).map((m) => [m.id, m]));
  const truth = verdict.comparisons.some((each) => each.kind === "truth");
  return {
    title: truth ? "Beside the known truth" : "Beside the published figures",
    columns: ["metric", "arm", truth ? "truth" : "published", "ours", "agrees"],
    rows: verdict.comparisons.map((each) => {
      const metric = metrics.get(each.metric)!;
      const interval =
        each.lower === undefined || each.upper === undefined
          ? ""
          : ` [${intervalText(metric, each.lower, each.upper)}]`;
      return [
        metric.title,
        each.arm,
        signed(metric, each.value) + interval,
        each.ours === null ? "not measured" : signed(metric, each.ours),
        each.agrees ? "yes" : "NO",
      ];
    }),
  };
}

/** Cells padded to their column: text to the left, figures to the right. */
function alignedRows(table: VerdictTable): string[] {
  const rows = [table.columns, ...table.rows];
  const widths = table.columns.map((_, i) => Math.max(...rows.map((row) => row[i]?.length ?? 0)));
  return rows.map((row) =>
    row
      .map((cell, i) =>
        /^[+-]?[\d.]+( |$)/.test(cell) ? cell.padStart(widths[i]!) : cell.padEnd(widths[i]!),
      )
      .join("  ")
      .trimEnd(),
  );
}

function intervalText(metric: Metric, lower: number, upper: number): string {
  return `${signed(metric, lower)} to ${signed(metric, upper)}`;
}

function unitText(metric: Metric): string {
  return metric.kind === "share" ? "points" : metric.unit;
}

function levelText(metric: Metric, mean: number): string {
  return metric.kind === "share" ? `${printed(metric, mean)} %` : printed(metric, mean);
}

function signed(metric: Metric, value: number): string {
  const text = printed(metric, value);
  return text.startsWith("-") || /^0(\.0*)?$/.test(text) ? text : `+${text}`;
}

function signedNumber(value: number, digits: number): string {
  const text = value.toFixed(digits);
  return text.startsWith("-") ? text : `+${text}`;
}
