// The verdict in words. Every sentence is made from the verdict object, and its grade chooses the
// verb: only A may say "caused", F may say "coincided with".
import { formatNumber, formatPoints, formatSigned } from "../report/format.ts";
import { decisiveRows, type EffectRow } from "./effects.ts";
import type { Metric } from "./study.ts";
import { findingOf, type Grade, type StudyReading, type Verdict } from "./verdict.ts";
import type { WorthReading } from "./worth.ts";

const VERBS: Readonly<Record<Grade, string>> = {
  A: "caused",
  B: "went with",
  C: "points to",
  D: "suggests",
  E: "is consistent with",
  F: "coincided with",
};

/** The first line: the primary metric of each study, as far as the grade lets words go. */
export function headline(verdict: Verdict): string {
  return verdict.studies.map(studyHeadline).join(" ");
}

/** A broken randomisation comes before any effect. */
export function studyHeadline(study: StudyReading): string {
  const [primary] = study.metrics;
  const warnings = study.health
    .filter((check) => !check.passed)
    .map((check) => `Randomisation broken (${check.name}: ${check.detail}).`);
  const effects = decisiveRows(study.effects, primary?.id).map(
    (row) => `${effectSentence(row, study.grade)}.`,
  );
  if (study.grade === "F") return [...effects, ...study.worth.map(hypothetical)].join(" ");
  if (warnings.length > 0) {
    return [...warnings, "What follows is no evidence of an effect:", ...effects].join(" ");
  }
  return [...study.worth.map(worthSentence), ...effects].join(" ");
}

/** Without chance in the assignment nobody knows what was caused, let alone whether it paid. */
function hypothetical(worth: WorthReading): string {
  return `Only if ${worth.arm} had caused all of it: ${netText(worth)}.`;
}

function netText({ net, lower, upper, level }: WorthReading): string {
  const digits = moneyDigits(lower, upper);
  const money = (value: number): string => formatSigned(value, digits);
  const bounds = `${Math.round(100 * level)} %: ${money(lower)} to ${money(upper)}`;
  return `${money(net)} a treated user (${bounds})`;
}

/** Three figures, since outcomes may count minor units. */
export function breakEvenText(margin: number): string {
  const digits = margin > 0 ? Math.max(2, 2 - Math.floor(Math.log10(margin))) : 2;
  return formatNumber(margin, Math.min(9, digits));
}

/** The net of an effect in words; a campaign that works and loses money is called that. */
export function worthSentence(worth: WorthReading): string {
  const { arm, per, works, finding, breakEvenMargin } = worth;
  const interval = netText(worth);
  const needed =
    breakEvenMargin === null
      ? "no margin would make it pay"
      : `it would pay from a margin of ${breakEvenText(breakEvenMargin)} per ${per}`;
  if (finding === "pays") return `${arm} pays: ${interval}.`;
  if (finding === "unclear") return `${arm}: whether it pays is open: ${interval}; ${needed}.`;
  const said = works ? "works and still loses money" : "loses money";
  return `${arm} ${said}: ${interval}; ${needed}.`;
}

/** Digits that show two figures of an interval's width. */
export function moneyDigits(lower: number, upper: number): number {
  const width = upper - lower;
  if (!(width > 0)) return 2;
  return Math.max(0, Math.min(6, 1 - Math.floor(Math.log10(width))));
}

/** One effect in words, such as "mens caused +7.66 points in visits (95 %: +7.00 to +8.32)". */
export function effectSentence(row: EffectRow, grade: Grade): string {
  const { absolute, metric } = row;
  const came = row.estimand === "reward, given arrival" ? " of those who came" : "";
  const asked = row.population === "adjusted" ? `${came}, adjusted` : came;
  if (absolute === null) return `${row.arm}: no effect on ${metric.title} measured: ${row.note}`;
  const level = `${Math.round(100 * absolute.level)} %`;
  const interval = `(${level}: ${intervalText(metric, absolute)})`;
  if (findingOf(row) === "unclear") {
    return `${row.arm}: no clear effect on ${metric.title}${asked} ${interval}`;
  }
  if (row.holmP !== null && row.holmP >= 1 - absolute.level) {
    const among = `among several questions (p by Holm ${row.holmP.toFixed(3)})`;
    return `${row.arm}: no clear effect on ${metric.title}${asked} ${interval} ${among}`;
  }
  const size = differenceText(metric, absolute.estimate);
  return `${row.arm} ${VERBS[grade]} ${size} in ${metric.title}${asked} ${interval}`;
}

/** A difference with its unit: "+7.66 points", "+0.770 USD". */
export function differenceText(metric: Metric, value: number): string {
  if (metric.kind === "share") return formatPoints(value, metric.digits);
  return `${formatSigned(value, metric.digits)} ${metric.unit}`.trimEnd();
}

/** Bounds without a unit: "+7.00 to +8.32". */
export function intervalText(
  metric: Metric,
  bounds: { readonly lower: number; readonly upper: number },
): string {
  const unit = metric.kind === "share" ? 100 : 1;
  const [lower, upper] = [bounds.lower, bounds.upper].map((bound) =>
    formatSigned(unit * bound, metric.digits),
  );
  return `${lower} to ${upper}`;
}

/** An arm's own mean: "18.28 %", "1.423". */
export function meanText(metric: Metric, mean: number): string {
  if (metric.kind === "share") return `${formatNumber(100 * mean, metric.digits)} %`;
  return formatNumber(mean, metric.digits);
}
