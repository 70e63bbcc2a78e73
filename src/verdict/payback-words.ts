// Payback in words: whether and when an arm has paid, and on what that rests.
import { assertNever } from "../base/assert.ts";
import { formatLevel, formatSignedMoney } from "../report/format.ts";
import { moneyDigits } from "./metric-digits.ts";
import type { PaybackBasis, PaybackPeriods } from "./payback-basis.ts";
import { type ArmPayback, beyondProblem, type PaybackReading } from "./payback-reading.ts";
import { type PeriodWords, periodWords } from "./period-words.ts";

/** Whether and when an arm has paid, and on what that rests. */
export function paybackSentence(each: ArmPayback, reading: PaybackReading): string {
  const { arm, watched, extrapolated } = each;
  const words = periodWords(reading.periodDays);
  const isCut = watched.periods < reading.periods;
  const span = words.span(watched.periods);
  const counted = isCut ? `counting the ${span} asked for` : `counting only the ${span} watched`;
  if (each.cost.upper <= 0) {
    const net = netWords(watched, reading);
    return `${arm} cost nothing more than ${reading.control}; ${net}, ${counted}.`;
  }
  const own = verdictWords(watched, reading, words);
  const now = `${arm}: ${own}${few(each)}, ${counted}; ${netWords(watched, reading)}.`;
  if (extrapolated === null) {
    const isKnown = watched.periods >= reading.horizonPeriods || watched.finding === "pays";
    return isKnown ? now : `${now} What comes after that is not known.`;
  }
  if (watched.finding === "pays" && extrapolated.finding !== "loses") return now;
  const later = verdictWords(extrapolated, reading, words);
  const end = words.by(extrapolated.periods);
  const problem = beyondProblem(each);
  const until =
    problem === null
      ? `If the curves go on as they did, up to ${end}`
      : `Only a scenario, since ${problem}: if the curves went on, up to ${end}`;
  return `${now} ${until}: ${later}; ${netWords(extrapolated, reading)}.`;
}

/**
 * What the first line rests on: the curves carried on, where they may be relied on and say more
 * than what was watched does; that it had paid and loses it again is more.
 */
function basisOf(each: ArmPayback): PaybackBasis {
  const { cost, watched, extrapolated } = each;
  const carried = beyondProblem(each) === null ? extrapolated : null;
  if (carried === null || cost.upper <= 0) return watched;
  return watched.finding === "pays" && carried.finding !== "loses" ? watched : carried;
}

/** What the first line says of an arm. */
export function paybackFinding(each: ArmPayback): PaybackBasis["finding"] {
  return basisOf(each).finding;
}

/**
 * The same in one line, for the head of a report. Nothing loses before the horizon is over: what
 * was watched says "not yet", unless curves that passed their check say more.
 */
export function paybackHeadline(each: ArmPayback, reading: PaybackReading, works: boolean): string {
  const { arm, watched } = each;
  const basis = basisOf(each);
  const words = periodWords(reading.periodDays);
  const end = words.by(basis.periods);
  const isCarried = basis.periods > watched.periods;
  const net = `${netWords(basis, reading)} by ${end}${isCarried ? ", if the curves go on" : ""}`;
  const horizon = words.by(reading.horizonPeriods);
  const isWhole = basis.periods >= reading.horizonPeriods;
  const unknown = isWhole ? "" : `; beyond that it is not known${whyWords(each)}`;
  const lost = hasLostAgain(basis) ? lostWords(basis, words) : null;
  switch (basis.finding) {
    case "pays": {
      const at = basis.payback.estimate;
      const when = at === 0 ? "at once" : `by ${at === null ? end : words.by(at)}`;
      return `${arm} pays back ${when}: ${net}.`;
    }
    case "loses": {
      const said = works ? "works and still loses money" : "loses money";
      return `${arm} ${said}: ${lost === null ? "" : `${lost}; `}${net}.`;
    }
    case "not_yet": {
      const does = works ? "works and " : "";
      if (lost !== null) return `${arm} ${does}${lost}: ${net}${unknown}.`;
      const sofar = netWords(basis, reading);
      return `${arm} ${does}has not paid back yet by ${end}: ${sofar}${unknown}.`;
    }
    case "unclear": {
      const why = `${among(basis)}${few(each)}${unknown}`;
      return `${arm}: whether it pays back by ${horizon} is open: ${net}${why}.`;
    }
    default:
      return assertNever(basis.finding);
  }
}

/** Why nobody knows what comes after what was watched, in brackets. */
function whyWords(each: ArmPayback): string {
  const problem = beyondProblem(each);
  return problem === null ? "" : ` (${problem})`;
}

function few({ tooFew }: ArmPayback): string {
  return tooFew === null ? "" : ` (${tooFew})`;
}

/** Above zero of itself, but not among the nets of several arms or studies. */
function among({ net, holmP }: PaybackBasis): string {
  const isAlone = holmP === null || (net.lower <= 0 && net.upper >= 0);
  return isAlone ? "" : ", clear if it were the only question, but not among several";
}

/** That the cost had come back, but the difference turned: by the estimates. */
function hasLostAgain({ payback, net }: PaybackBasis): boolean {
  return payback.estimate !== null && payback.estimate > 0 && net.estimate < 0;
}

function lostWords({ payback }: PaybackBasis, { by }: PeriodWords): string {
  return `had paid by ${by(payback.estimate!)} and lost it again`;
}

function verdictWords(basis: PaybackBasis, { level }: PaybackReading, words: PeriodWords): string {
  const { payback, finding } = basis;
  if (finding === "loses" || finding === "not_yet") {
    if (hasLostAgain(basis)) return lostWords(basis, words);
    return finding === "loses" ? "has not paid back" : "has not paid back yet";
  }
  const bounds = `${formatLevel(level)}: ${rangeWords(payback, words)}`;
  const at = payback.estimate;
  if (finding === "pays" && at !== null) return `paid back by ${words.by(at)} (${bounds})`;
  const guess = at === null ? "not by then" : `by ${words.by(at)}`;
  return `whether it pays is open: by the estimates ${guess} (${bounds})${among(basis)}`;
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
