// What would make a verdict another one: better evidence, more users, another margin or cost. Every
// number is one that the verdict holds.
import { type Block, type Section, textBlock } from "../report/document.ts";
import { formatNumber } from "../report/format.ts";
import { sentence } from "../report/sentence.ts";
import { askedRows, type EffectRow, isClear } from "./effect-row.ts";
import type { GuardrailReading } from "./guardrail-reading.ts";
import type { Metric } from "./metric.ts";
import type { PaybackReading } from "./payback-reading.ts";
import { periodWords } from "./period-words.ts";
import type { StudyReading, Verdict } from "./verdict.ts";
import { allowedText, breakEvenText, guardrailText } from "./verdict-words.ts";
import type { WorthReading } from "./worth-reading.ts";

/** Null where nothing is known that would. */
export function whatWouldChange({ studies }: Verdict): Section | null {
  const isOne = studies.length === 1;
  const blocks = studies.flatMap((study): Block[] =>
    saidOf(study).map((said) => textBlock(sentence(isOne ? said : `${study.title}: ${said}`))),
  );
  return blocks.length === 0 ? null : { title: "What would change it", blocks };
}

function saidOf(study: StudyReading): string[] {
  const evidence = evidenceSaid(study);
  // Where the arms do not compare no margin and no number of users would help.
  if (study.grade !== "A") return evidence;
  return [
    ...evidence,
    ...study.worth.map(worthSaid),
    ...(study.worth.length > 0 || study.payback === null ? [] : paybackSaid(study.payback)),
    ...askedRows(study.effects).flatMap(effectSaid),
    ...study.guardrails.flatMap((each) => guardrailSaid(each, study.metrics)),
  ];
}

function evidenceSaid({ grade, health }: StudyReading): string[] {
  if (grade === "F") return ["evidence of grade A needs users held out by chance."];
  const failed = health.filter(({ passed }) => !passed).map(({ name }) => name);
  if (failed.length === 0) return [];
  return [`evidence of grade A needs these checks to pass: ${failed.join(", ")}.`];
}

function worthSaid(worth: WorthReading): string {
  const { arm, per, finding, breakEvenMargin, breakEvenCost, marginPerUnit, costPerTreated } =
    worth;
  const now = `now ${breakEvenText(marginPerUnit)} and ${breakEvenText(costPerTreated)}`;
  if (breakEvenMargin === null) {
    return `${arm} would have to raise the outcome first: at no margin does it pay (${now}).`;
  }
  const margin = `a margin of ${breakEvenText(breakEvenMargin)} per ${per}`;
  const cost = `a cost of ${breakEvenText(breakEvenCost)} a treated user`;
  return finding === "pays"
    ? `${arm} would just break even at ${margin}, or at ${cost} (${now}).`
    : `${arm} would begin to pay at ${margin}, or at ${cost} (${now}).`;
}

function paybackSaid(reading: PaybackReading): string[] {
  const period = periodWords(reading.periodDays).one;
  const now = breakEvenText(reading.marginPerActivePeriod);
  return reading.arms.map(({ arm, watched, extrapolated }) => {
    const { margin, cost } = (extrapolated ?? watched).breakEven;
    if (margin.estimate === null)
      return `${arm} pays at no margin: its users were not active more.`;
    return (
      `${arm} breaks even at a margin of ${breakEvenText(margin.estimate)} an active ${period} ` +
      `(now ${now}), or at a cost of ${breakEvenText(cost.estimate)} a treated user.`
    );
  });
}

/** More times the users than this nobody has. */
const TIMES_MOST = 100;

/** An interval shrinks with the root of the users. */
function effectSaid(row: EffectRow): string[] {
  const { absolute, arm, metric } = row;
  if (absolute === null || isClear(row)) return [];
  const half = (absolute.upper - absolute.lower) / 2;
  const times = (half / Math.abs(absolute.estimate)) ** 2;
  const what = `${arm}: an effect on ${metric.title} as large as the one seen would be clear`;
  if (!(times <= TIMES_MOST)) return [`${what} only with over ${TIMES_MOST} times the users.`];
  // Clear by its own interval, and open among several questions.
  if (times <= 1) return [`${what} if it were the only question.`];
  return [`${what} with about ${formatNumber(times, times < 10 ? 1 : 0)} times the users.`];
}

function guardrailSaid(guardrail: GuardrailReading, metrics: readonly Metric[]): string[] {
  const { arm, title, finding, bound } = guardrail;
  const metric = metrics.find(({ id }) => id === guardrail.metric);
  if (finding !== "open" || bound === null || metric === undefined) return [];
  const text = guardrailText(metric, guardrail, bound);
  const allowed = allowedText(metric, guardrail);
  const held = `the guardrail on ${title} would be held if its bound (${text}) came within`;
  return [`${arm}: ${held} ${allowed}.`];
}
