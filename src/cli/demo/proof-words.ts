// What was proved, as facts and as one table: two questions, each with its own design, intervals,
// and the truth that only a simulated crowd can give.

import type { EffectRow, Metric, Verdict } from "../../prove/index.ts";
import type { Column } from "../../report/column.ts";
import { formatNumber, formatSigned } from "../../report/format.ts";
import { intervalLine } from "../../report/interval-line.ts";
import type { ReceiptFacts } from "./receipt-step.ts";
import type { DemoResult, ProofFacts } from "./result.ts";
import type { Fact } from "./run-words.ts";

const count = (value: number): string => formatNumber(value);

export function proofFacts({ proof, run, serve }: DemoResult): Fact[] {
  const { comparison, verify, settlement, receipt } = proof;
  const { decimals } = run.books;
  const spent = formatNumber(settlement.spentMinor / 10 ** decimals, decimals);
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
        `${verify.kinds} kinds, ${count(verify.draws)} lucky amounts redrawn`,
    ],
    [
      "settle",
      `${count(settlement.lines)} day statements of ${count(settlement.merchants)} merchants add ` +
        `up to ${spent} yuan: ${settlement.addsUp ? "what the books say" : "NOT what was spent"}`,
    ],
    ...receiptFact(receipt, verify.checkpoints, serve.user),
  ];
}

function receiptFact(receipt: ReceiptFacts | null, checkpoints: number, user: string): Fact[] {
  if (receipt === null) return [];
  const { fault, record, covered } = receipt;
  const text =
    fault === null
      ? `${user}'s is genuine by the log's key alone: record ${count(record)} of ` +
        `${count(covered)}; ${count(checkpoints)} checkpoints hold`
      : `${user}'s is NOT GENUINE: ${fault}`;
  return [["receipt", text]];
}

/** Rows of the effects table; an axis of characters where `axisWidth` leaves room for one. */
export function effectTable(
  verdict: Verdict,
  axisWidth: number,
  metrics: readonly string[],
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
  if (axisWidth > 0) columns.push({ title: "├──●──┤ ◆truth" });
  const rows = verdict.studies.flatMap((study) =>
    study.effects
      .filter(({ population, metric }) => population === "assigned" && metrics.includes(metric.id))
      .map((row) => effectCells(verdict, row, axisWidth)),
  );
  return { columns, rows };
}

function effectCells(verdict: Verdict, row: EffectRow, axisWidth: number): string[] {
  const { metric, absolute } = row;
  const question = SHORT[row.estimand];
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

/** What the two questions are, and how many of the intervals hold the truth: as it is. */
export function truthSentence(verdict: Verdict): string {
  const inside = verdict.comparisons.filter(({ agrees }) => agrees).length;
  const all = verdict.comparisons.length;
  const rule = "at 95 %, one in twenty misses, those of one question together";
  const miss = inside === all ? "" : ` (${rule})`;
  const questions = verdict.studies.map(
    ({ estimand, users }) => `${estimand}: ${count(users)} ${DESIGN[estimand]}`,
  );
  return `${questions.join("; ")}. ${inside} of ${all} intervals hold the crowd's truth${miss}.`;
}

const SHORT = {
  reach: "reach",
  "reward, given arrival": "reward",
  "being assigned": "assignment",
} as const;

const DESIGN = {
  reach: "people assigned before contact",
  "reward, given arrival": "assigned at the claim",
  "being assigned": "assigned",
} as const;

/** Naive and causal cost of a kept user, in yuan. */
export function costSentence(proof: ProofFacts, decimals: number): string {
  const unit = 10 ** decimals;
  const yuan = (minor: number): string => formatNumber(minor / unit);
  const { spentMinor, keptWith, keptWithout, verdict } = proof;
  const parts = verdict.costs.map(({ estimand, causalMinor, causalInterval }) => {
    const { lower, upper } = causalInterval;
    if (causalMinor === null) return `by ${estimand}: nobody was kept because of it`;
    const from = lower === null ? "no bound" : yuan(lower);
    const to = upper === null ? "no bound" : yuan(upper);
    return `by ${estimand} ${yuan(causalMinor)} [${from}, ${to}]`;
  });
  return (
    `A user kept to day 30 cost ${yuan(spentMinor / keptWith)} yuan counted naively; causally ` +
    `${parts.join("; ")}; in truth ${yuan(spentMinor / (keptWith - keptWithout))}, with the ` +
    "newcomers whom no holdout sees."
  );
}

/** The one sentence above everything. */
export function demoHeadline({ run, proof, value }: DemoResult): string {
  const { books } = run;
  const money = (minor: number): string => formatNumber(minor / 10 ** books.decimals);
  const { cac } = value.measured.unitEconomics[0]!;
  const yuan = (each: number | null): string => (each === null ? "no bound" : count(each));
  const measured = `${yuan(cac.estimate)} [${yuan(cac.lower)}, ${yuan(cac.upper)}]`;
  const naive = money(proof.spentMinor / proof.keptWith);
  const exact = proof.comparison.agrees && proof.verify.ok ? "to the fen" : "NOT IN ORDER";
  const cost = `A kept user looks like ${naive} yuan and cost ${measured}`;
  return (
    `${money(books.spentMinor)} of ${money(books.budgetMinor)} yuan spent, ${exact}, through a ` +
    `crash, duplicates and bots. ${cost} as far as holdouts can tell.`
  );
}
