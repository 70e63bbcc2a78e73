// What was proved, as facts and as one table: two questions, each with its own design, intervals,
// and the truth that only a simulated crowd can give.

import type { EffectRow, Metric, Verdict } from "../../prove/index.ts";
import { formatNumber, formatSigned } from "../../report/format.ts";
import { intervalLine } from "../../report/interval-line.ts";
import type { Column } from "../../report/text-table.ts";
import type { DemoResult, ProofFacts } from "./result.ts";
import type { Fact } from "./run-words.ts";

const count = (value: number): string => formatNumber(value);

export function proofFacts({ proof }: Pick<DemoResult, "proof">): Fact[] {
  const { comparison, verify } = proof;
  const agreed = comparison.agrees
    ? "no difference"
    : `${count(comparison.differenceCount)} DIFFERENCES, first: ${comparison.differences[0]}`;
  const sound = verify.ok ? "sound" : `NOT SOUND: ${count(verify.problems)} contradictions`;
  return [
    [
      "answers",
      `${count(comparison.answers)} acknowledged answers against ${count(comparison.journalled)} ` +
        `ids in the journal: ${agreed}`,
    ],
    [
      "verify",
      `${sound}: ${count(verify.events)} events, ${count(verify.checks)} checks of ` +
        `${verify.kinds} kinds, ${count(verify.draws)} lucky amounts drawn again from the seed`,
    ],
  ];
}

/** Rows of the effects table; with an axis of characters where the screen is wide enough. */
export function effectTable(
  verdict: Verdict,
  axisWidth: number,
): { columns: Column[]; rows: string[][] } {
  const right = (title: string): Column => ({ title, align: "right" });
  const columns: Column[] = [
    { title: "question" },
    { title: "metric" },
    right("held out"),
    right("treated"),
    right("effect"),
    right("95 % interval"),
    right("truth"),
    { title: "" },
  ];
  if (axisWidth > 0) columns.push({ title: "0 │  ├ effect ┤  ◆ truth" });
  const rows = verdict.studies.flatMap((study) => {
    const effects = study.effects.filter(({ population }) => population === "assigned");
    return effects.map((row, i) => {
      const question = i === 0 ? study.estimand : i === 1 ? `(${count(study.users)} users)` : "";
      return effectCells(verdict, row, question, axisWidth);
    });
  });
  return { columns, rows };
}

function effectCells(
  verdict: Verdict,
  row: EffectRow,
  question: string,
  axisWidth: number,
): string[] {
  const { metric, absolute } = row;
  const means = [meanText(metric, row.controlMean), meanText(metric, row.treatmentMean)];
  const known = verdict.comparisons.find(
    (each) => each.estimand === row.estimand && each.metric === metric.id,
  );
  if (absolute === null) return [question, metric.title, ...means, "none", row.note ?? "", "", ""];
  const { estimate, lower, upper } = absolute;
  const truth = known === undefined ? "" : effectText(metric, known.value);
  const verdictText = known === undefined ? "" : known.agrees ? "inside" : "OUTSIDE";
  const cells = [
    ...[question, metric.title, ...means, effectText(metric, estimate)],
    ...[`${effectText(metric, lower)} to ${effectText(metric, upper)}`, truth, verdictText],
  ];
  if (axisWidth === 0) return cells;
  const line = { estimate, lower, upper, ...(known === undefined ? {} : { truth: known.value }) };
  const reach = Math.max(Math.abs(lower), Math.abs(upper), Math.abs(known?.value ?? 0));
  const axis = { from: Math.min(0, lower, known?.value ?? 0) - reach / 10, to: reach };
  return [...cells, intervalLine(line, axis, axisWidth)];
}

function meanText(metric: Metric, mean: number): string {
  return metric.kind === "share" ? `${formatNumber(100 * mean, 1)} %` : formatNumber(mean, 2);
}

/** A share's difference in percentage points. */
function effectText(metric: Metric, value: number): string {
  return metric.kind === "share" ? formatSigned(100 * value, 1) : formatSigned(value, 2);
}

/** How many of the intervals hold the truth, said as it is. */
export function truthSentence(verdict: Verdict): string {
  const inside = verdict.comparisons.filter(({ agrees }) => agrees).length;
  const all = verdict.comparisons.length;
  const miss = inside === all ? "" : " (at 95 %, one in twenty misses)";
  return `${inside} of ${all} intervals hold the crowd's truth${miss}; differences of shares in points.`;
}

/** Naive and causal cost of a kept user, in yuan. */
export function costSentence(proof: ProofFacts, decimals: number): string {
  const unit = 10 ** decimals;
  const yuan = (minor: number): string => formatNumber(minor / unit);
  const { spentMinor, keptWith, keptWithout, verdict } = proof;
  const parts = verdict.costs.map(({ estimand, causalMinor, causalInterval }) => {
    const { lower, upper } = causalInterval;
    if (causalMinor === null) return `${estimand}: nobody kept because of it`;
    const from = lower === null ? "any" : yuan(lower);
    const to = upper === null ? "no bound" : yuan(upper);
    return `${estimand} ${yuan(causalMinor)} [${from}, ${to}]`;
  });
  return (
    `Cost of a user kept to day 30, in yuan: naive ${yuan(spentMinor / keptWith)}; causal ` +
    `${parts.join(", ")}; the whole campaign, by the crowd's truth, ` +
    `${yuan(spentMinor / (keptWith - keptWithout))}.`
  );
}
