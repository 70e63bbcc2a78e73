// Payback in words: whether and when an arm has paid, and on what that rests.
import { formatLevel, formatSignedMoney } from "../report/format.ts";
import { moneyDigits } from "./metric-digits.ts";
import type { ArmPayback, PaybackReading } from "./payback.ts";
import type { PaybackBasis, PaybackPeriods } from "./payback-basis.ts";
import { type PeriodWords, periodWords } from "./period-words.ts";

/** Whether and when an arm has paid, and on what that rests. */
export function paybackSentence(each: ArmPayback, reading: PaybackReading): string {
  const { arm, watched } = each;
  const words = periodWords(reading.periodDays);
  const counted = `counting only the ${words.span(watched.periods)} watched`;
  if (each.cost.upper <= 0) {
    const net = netWords(watched, reading);
    return `${arm} cost nothing more than ${reading.control}; ${net}, ${counted}.`;
  }
  const own = verdictWords(watched, reading, words);
  const now = `${arm}: ${own}, ${counted}; ${netWords(watched, reading)}.`;
  const basis = basisOf(each);
  if (basis === watched) return now;
  const later = verdictWords(basis, reading, words);
  const until = `If the curves go on as they did, up to ${words.by(basis.periods)}`;
  return `${now} ${until}: ${later}; ${netWords(basis, reading)}.`;
}

/**
 * What the words rest on: what was watched where that pays already, or nothing was to be paid back;
 * else the curves carried on, where there are any.
 */
function basisOf({ cost, watched, extrapolated }: ArmPayback): PaybackBasis {
  const isSettled = watched.finding === "pays" || cost.upper <= 0;
  return isSettled ? watched : (extrapolated ?? watched);
}

/** The same in one line, for the head of a report: what the last period that counts says. */
export function paybackHeadline(each: ArmPayback, reading: PaybackReading, works: boolean): string {
  const { arm, watched } = each;
  const basis = basisOf(each);
  const words = periodWords(reading.periodDays);
  const end = words.by(basis.periods);
  const isCarried = basis.periods > watched.periods;
  const net = `${netWords(basis, reading)} by ${end}${isCarried ? ", if the curves go on" : ""}`;
  const { estimate } = basis.payback;
  switch (basis.finding) {
    case "pays":
      return `${arm} pays back by ${estimate === null ? end : words.by(estimate)}: ${net}.`;
    case "loses":
      return `${arm} ${works ? "works and still loses money" : "loses money"}: ${net}.`;
    case "unclear":
      return `${arm}: whether it pays back by ${end} is open: ${net}.`;
  }
}

function verdictWords(basis: PaybackBasis, { level }: PaybackReading, words: PeriodWords): string {
  const { payback, finding } = basis;
  if (finding === "loses") return "has not paid back";
  const bounds = `${formatLevel(level)}: ${rangeWords(payback, words)}`;
  const at = payback.estimate;
  if (finding === "pays" && at !== null) return `paid back by ${words.by(at)} (${bounds})`;
  const guess = at === null ? "not by then" : `by ${words.by(at)}`;
  return `whether it pays is open: by the estimates ${guess} (${bounds})`;
}

function rangeWords({ lower, upper }: PaybackPeriods, { by }: PeriodWords): string {
  if (lower === null) return "not by then";
  if (upper === null) return `${by(lower)} at the earliest, or not by then`;
  return lower === upper ? by(lower) : `${by(lower)} to ${by(upper)}`;
}

function netWords({ net }: PaybackBasis, { currency, level }: PaybackReading): string {
  const digits = moneyDigits(net.lower, net.upper);
  const money = (value: number): string => formatSignedMoney(value, currency, digits);
  const bounds = `${formatLevel(level)}: ${money(net.lower)} to ${money(net.upper)}`;
  return `net ${money(net.estimate)} a treated user (${bounds})`;
}
