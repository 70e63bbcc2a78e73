// Numbers as people read them: thousands separators, per cent only here, money with its currency,
// every estimate with its interval. Written out by hand, since a locale would change the bytes.
import { formatMinor } from "../base/money.ts";

/** What one number needs to be shown; the same rule serves an estimate and its bounds. */
export type NumberFormat = (value: number) => string;

/** -12345.678, 1 -> "-12,345.7" */
export function formatNumber(value: number, digits = 0): string {
  if (Number.isNaN(value)) return "–";
  if (!Number.isFinite(value)) return value > 0 ? "∞" : "−∞";
  const size = Math.abs(value);
  // Beyond, toFixed writes all seventeen digits and an exponent.
  if (size >= 1e21) return `${value < 0 ? "−" : ""}${size.toExponential(2)}`;
  const [whole, rest] = size.toFixed(digits).split(".");
  const grouped = whole!.replace(/\B(?=(\d{3})+$)/g, ",");
  const text = rest === undefined ? grouped : `${grouped}.${rest}`;
  return value < 0 && /[1-9]/.test(text) ? `−${text}` : text;
}

/** As `formatNumber`, with a plus before what is above zero: for differences. */
export function formatSigned(value: number, digits = 0): string {
  const text = formatNumber(value, digits);
  return value > 0 && /[1-9]/.test(text) ? `+${text}` : text;
}

/** .128 -> "12.8 %" */
export function formatPercent(ratio: number, digits = 1): string {
  return `${formatNumber(ratio * 100, digits)} %`;
}

/** A level or a share as it was given, without digits that it does not have: .95 -> "95 %" */
export function formatLevel(ratio: number): string {
  return `${Number((100 * ratio).toPrecision(6))} %`;
}

/** A difference of two shares: .0218 -> "+2.18 points" */
export function formatPoints(ratio: number, digits = 2): string {
  return `${formatSigned(ratio * 100, digits)} points`;
}

const currencySigns: Readonly<Record<string, string>> = { HKD: "HK$", USD: "US$", EUR: "€" };

/** What a currency is called in words: "yuan", "HKD". */
export function currencyName(currency: string): string {
  return currency === "CNY" ? "yuan" : currency;
}

/** Yuan are written after the number, as are currencies without a sign of their own. */
export function formatMoney(amount: number, currency: string, digits = 2): string {
  const number = formatNumber(amount, digits);
  const sign = currencySigns[currency];
  if (sign === undefined) return `${number} ${currencyName(currency)}`;
  return number.startsWith("−") ? `−${sign}${number.slice(1)}` : `${sign}${number}`;
}

/** As `formatMoney`, with a plus before what is above zero: for differences. */
export function formatSignedMoney(amount: number, currency: string, digits = 2): string {
  const text = formatMoney(amount, currency, digits);
  return amount > 0 && /[1-9]/.test(text) ? `+${text}` : text;
}

/** Minor units, to the last one: 123456789 with 2 decimals is "1,234,567.89". */
export function groupedMinor(minor: number, decimals: number): string {
  const [whole, fraction] = formatMinor(minor, decimals).split(".");
  const grouped = whole!.replace(/\B(?=(\d{3})+$)/g, ",");
  return fraction === undefined ? grouped : `${grouped}.${fraction}`;
}

/** Large counts in words: 66450000 -> "66.45 M", 3e9 -> "3.00 bn" */
export function formatLarge(value: number, digits = 2): string {
  const size = Math.abs(value);
  if (size >= 1e9) return `${formatNumber(value / 1e9, digits)} bn`;
  if (size >= 1e6) return `${formatNumber(value / 1e6, digits)} M`;
  return formatNumber(value);
}

/** An estimate with its bounds: "12.3 [10.1, 14.6]". */
export function formatInterval(
  interval: { readonly estimate: number; readonly lower: number; readonly upper: number },
  format: NumberFormat,
): string {
  return `${format(interval.estimate)} [${format(interval.lower)}, ${format(interval.upper)}]`;
}

/** Hours as "4 d 12 h", seconds below a minute as "12.3 s". */
export function formatDuration(ms: number): string {
  if (ms < 1_000) return `${formatNumber(ms)} ms`;
  if (ms < 60_000) return `${formatNumber(ms / 1_000, 1)} s`;
  const minutes = Math.round(ms / 60_000);
  if (minutes < 60) return `${minutes} min`;
  const hours = Math.round(ms / 3_600_000);
  if (hours < 48) return `${hours} h`;
  const rest = hours % 24;
  return rest === 0 ? `${hours / 24} d` : `${Math.floor(hours / 24)} d ${rest} h`;
}
