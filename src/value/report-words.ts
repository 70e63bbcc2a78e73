// How a valuation's numbers are written: amounts in its unit, a share's money to a tenth of a cent,
// and what lies beyond every number in words.
import {
  formatLarge,
  formatMoney,
  formatNumber,
  formatPercent,
  formatSigned,
  type NumberFormat,
} from "../report/format.ts";
import type { DrawInterval } from "../stats/draws.ts";
import type { OpenInterval } from "./open-interval.ts";
import type { Valuation } from "./valuation.ts";

type Unit = Pick<Valuation, "currency" | "unit">;

/** 3e9 -> "3,000 million yuan" */
export function amountText({ currency, unit }: Unit, value: number): string {
  const shown = value / unit.factor;
  const money = formatMoney(shown, currency, digitsOf(shown));
  if (unit.name === "one") return money;
  const [number, word] = money.split(" ");
  return word === undefined ? `${number} ${unit.name}` : `${number} ${unit.name} ${word}`;
}

/** "million CNY", for the head of a table. */
export function unitText({ currency, unit }: Unit): string {
  return unit.name === "one" ? currency : `${unit.name} ${currency}`;
}

/** An amount without its unit, for tables and charts: 3e9 -> "3,000". */
export function bareAmount({ unit }: Unit): NumberFormat {
  return (value) => formatNumber(value / unit.factor, digitsOf(value / unit.factor));
}

export function signedAmount({ unit }: Unit): NumberFormat {
  return (value) => formatSigned(value / unit.factor, digitsOf(value / unit.factor));
}

/** A share's money: -0.118 */
export const perShareNumber: NumberFormat = (value) => formatSigned(value, shareDigits(value));

/** Three, and of what would vanish in them as many as show two of its own. */
function shareDigits(value: number): number {
  const size = Math.abs(value);
  if (size === 0 || size >= 0.01 || !Number.isFinite(size)) return 3;
  return Math.min(MOST_DIGITS, 1 - Math.floor(Math.log10(size)));
}

const MOST_DIGITS = 12;

/** "45.2" and "180". */
export const eachNumber: NumberFormat = (value) =>
  formatNumber(value, Math.abs(value) < 100 ? 2 : 0);

export const usersNumber: NumberFormat = (value) => formatLarge(value);

/** "[−0.22, −0.10]"; nothing where all draws agree. */
export function boundsText({ lower, upper }: DrawInterval, format: NumberFormat): string {
  return lower === upper ? "" : `${format(lower)} to ${format(upper)}`;
}

/** Estimate and bounds with the words for what no number reaches. */
export function openTexts(
  { estimate, lower, upper }: OpenInterval,
  format: NumberFormat,
  never: string,
): [estimate: string, bounds: string] {
  const text = (value: number | null): string => (value === null ? never : format(value));
  const to = upper === null ? "or more" : `to ${text(upper)}`;
  const bounds = lower === upper ? "" : `${text(lower)} ${to}`;
  return [text(estimate), bounds];
}

/** Never more certain than draws allow. */
export function chanceText(chance: number): string {
  if (chance < 0.005) return "below 1 %";
  if (chance > 0.995) return "above 99 %";
  return formatPercent(chance, 0);
}

export function monthsText(months: number | null): string {
  return months === null ? "for ever" : `${months} months`;
}

/** How long kept users count, in a sentence. */
export function spanText(months: number | null): string {
  return months === null ? "for ever" : `over ${months} months`;
}

function digitsOf(value: number): number {
  const size = Math.abs(value);
  return size >= 100 || size === 0 ? 0 : size >= 1 ? 1 : 2;
}
