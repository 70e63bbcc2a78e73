// The verdict in words. Every sentence is made from the verdict object, and its grade chooses the
// verb: only A may say "caused", F may say "coincided with".
import { formatMoney, formatNumber, formatPoints, formatSigned } from "../report/format.ts";
import type { CannibalisedReading } from "./cannibalised-reading.ts";
import { type EffectRow, findingOf, isClear } from "./effect-row.ts";
import type { GuardrailReading } from "./guardrail-reading.ts";
import type { Clamp, Guardrail, Metric } from "./metric.ts";
import { moneyDigits } from "./metric-digits.ts";
import type { Grade } from "./verdict.ts";
import type { WorthReading } from "./worth-reading.ts";

const VERBS: Readonly<Record<Grade, string>> = {
  A: "caused",
  B: "went with",
  C: "points to",
  D: "suggests",
  E: "is consistent with",
  F: "coincided with",
};

/** A value on the guardrail's scale: "+0.80 points", or "+12.0 %" where its margin is relative. */
export function guardrailText(metric: Metric, guardrail: Guardrail, value: number): string {
  return guardrail.isRelative ? `${formatSigned(100 * value, 1)} %` : differenceText(metric, value);
}

/** Bounds of the effect on the guardrail's scale, without a unit; empty where there are none. */
export function guardrailInterval(metric: Metric, guardrail: GuardrailReading): string {
  const { effect, isRelative } = guardrail;
  if (effect === null) return "";
  if (!isRelative) return intervalText(metric, effect);
  const [lower, upper] = [effect.lower, effect.upper].map((bound) => formatSigned(100 * bound, 1));
  return `${lower} to ${upper} %`;
}

/** The worst that was declared to be bearable. */
export function allowedText(metric: Metric, guardrail: Guardrail): string {
  const { worse, margin } = guardrail;
  return guardrailText(metric, guardrail, worse === "higher" ? margin : -margin);
}

export function levelText(level: number): string {
  return `${Number((100 * level).toFixed(2))} %`;
}

export function netText({ net, lower, upper, level }: WorthReading): string {
  const digits = moneyDigits(lower, upper);
  const money = (value: number): string => formatSigned(value, digits);
  const bounds = `${levelText(level)}: ${money(lower)} to ${money(upper)}`;
  return `${money(net)} a treated user (${bounds})`;
}

/** Three figures, since outcomes may count minor units. */
export function breakEvenText(margin: number): string {
  const digits = margin > 0 ? Math.max(2, 2 - Math.floor(Math.log10(margin))) : 2;
  return formatNumber(margin, Math.min(9, digits));
}

/**
 * The net of an effect in words; a campaign that works and loses money is called that, and one that
 * pays at the price of something else, that.
 */
export function worthSentence(worth: WorthReading, breaksGuardrail = false): string {
  const { arm, per, works, finding, breakEvenMargin, lower, upper } = worth;
  const interval = netText(worth);
  const needed =
    breakEvenMargin === null
      ? "no margin would make it pay"
      : `it would pay from a margin of ${breakEvenText(breakEvenMargin)} per ${per}`;
  if (finding === "pays") {
    return `${arm} pays${breaksGuardrail ? " but breaks a guardrail" : ""}: ${interval}.`;
  }
  if (finding === "unclear" && (lower > 0 || upper < 0)) {
    const why = "clear if it were the only question, but not among several";
    return `${arm}: whether it pays is open: ${interval}, ${why}.`;
  }
  if (finding === "unclear") return `${arm}: whether it pays is open: ${interval}; ${needed}.`;
  const said = works ? "works and still loses money" : "loses money";
  return `${arm} ${said}: ${interval}; ${needed}.`;
}

/** One effect in words, such as "mens caused +7.66 points in visits (95 %: +7.00 to +8.32)". */
export function effectSentence(row: EffectRow, grade: Grade): string {
  const { absolute, metric } = row;
  const came = row.estimand === "reward, given arrival" ? " of those who came" : "";
  const sharper = row.population === "adjusted" || row.population === "stratified";
  const asked = sharper ? `${came}, ${row.population}` : came;
  if (absolute === null) return `${row.arm}: no effect on ${metric.title} measured: ${row.note}`;
  const interval = `(${levelText(absolute.level)}: ${intervalText(metric, absolute)})`;
  if (!isClear(row)) {
    const isAlone = row.holmP === null || findingOf(row) === "unclear";
    const among = isAlone ? "" : ` among several questions (p by Holm ${row.holmP!.toFixed(3)})`;
    return `${row.arm}: no clear effect on ${metric.title}${asked} ${interval}${among}`;
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
  // No share moves by more than all users; a normal interval of few does not know that.
  const clipped = (bound: number): number =>
    metric.kind === "share" ? Math.min(1, Math.max(-1, bound)) : bound;
  const [lower, upper] = [bounds.lower, bounds.upper].map((bound) =>
    formatSigned(unit * clipped(bound), metric.digits),
  );
  return `${lower} to ${upper}`;
}

/** An arm's own mean: "18.28 %", "1.423". */
export function meanText(metric: Metric, mean: number): string {
  if (metric.kind === "share") return `${formatNumber(100 * mean, metric.digits)} %`;
  return formatNumber(mean, metric.digits);
}

/** An amount of the metric without a sign: "0.04 points", "1.20 USD". */
export function sizeText(metric: Metric, value: number): string {
  const unit = metric.kind === "share" ? "points" : metric.unit;
  return `${numberText(metric, value)} ${unit}`.trimEnd();
}

/** The same without its unit. */
export function numberText(metric: Metric, value: number): string {
  const shown = metric.kind === "share" ? 100 * value : value;
  const smallest = 10 ** -metric.digits;
  const isTiny = shown > 0 && shown < smallest / 2;
  const number = formatNumber(isTiny ? smallest : shown, metric.digits);
  return isTiny ? `< ${number}` : number;
}

/** What bounds that were declared did: "12 users above 500 were counted as 500; …". */
export function clampSentence(metric: Metric, { lower, upper, clamped, removed }: Clamp): string {
  const bound = (value: number): string => formatNumber(value, metric.digits);
  const users = `${metric.title}: ${formatNumber(clamped)} users`;
  const taken = `${formatNumber(Math.abs(removed), metric.digits)} ${metric.unit}`.trimEnd();
  const change = removed < 0 ? `added ${taken} to` : `took ${taken} off`;
  const effect = `that ${change} the sum`;
  if (lower === null && upper !== null) {
    return `${users} above ${bound(upper)} were counted as ${bound(upper)}; ${effect}`;
  }
  if (lower !== null && upper === null) {
    return `${users} below ${bound(lower)} were counted as ${bound(lower)}; ${effect}`;
  }
  const range = `${bound(lower ?? 0)} to ${bound(upper ?? 0)}`;
  return `${users} outside ${range} were counted as the nearer bound; ${effect}`;
}

/** What a reward displaced, and that it is counted as cost. */
export function cannibalisedSentence(each: CannibalisedReading): string {
  const { arm, title, margin, currency, lost, lower, upper, level } = each;
  const digits = moneyDigits(lower, upper);
  const money = (value: number): string => formatMoney(value, currency, digits);
  const bounds = `${levelText(level)}: ${money(lower)} to ${money(upper)}`;
  const isOpen = lower <= 0 && upper >= 0;
  const said = isOpen ? "no clear change of" : lost > 0 ? "displaced" : "brought more of";
  return (
    `${arm}: ${said} ${title}; at a margin of ${formatMoney(margin, currency)} each that is ` +
    `${money(lost)} lost a treated user (${bounds}), which the payback counts as cost.`
  );
}
