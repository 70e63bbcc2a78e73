// A plan's study in words. Numbers are large and uncertain: three figures, with the interval.
import { formatLarge, formatNumber, formatPercent } from "../../report/format.ts";
import type { OutputId, OutputUnit } from "../model/outputs.ts";
import type { PlannedNumber } from "../monte-carlo/campaign-sample.ts";
import type { HoldoutValue, StudiedHoldout } from "./holdout-value.ts";
import type { PlanStudy } from "./plan-study.ts";
import type { SampledStudy, StudiedNumber } from "./sampled-study.ts";

export function numberOf(study: SampledStudy, id: OutputId): StudiedNumber {
  return study.numbers.find((number) => number.id === id)!;
}

/** A count or an amount with three figures: "66.5 M", "205", "0.42"; next to nothing is 0. */
export function threeFigures(value: number): string {
  const size = Math.abs(value);
  if (!Number.isFinite(value)) return formatNumber(value);
  if (size >= 999.5e6) return formatLarge(value, digitsFor(size / 1e9));
  if (size >= 999.5e3) return formatLarge(value, digitsFor(size / 1e6));
  if (size >= 100) return formatNumber(Number(value.toPrecision(3)));
  if (size < 1e-4) return formatNumber(0);
  return formatNumber(value, Math.min(4, 2 - Math.floor(Math.log10(size))));
}

/** A number with its unit: "205 yuan", "12.8 %", "never". */
export function valueText(value: number, unit: OutputUnit, currency: string): string {
  return `${bareText(value, unit)}${suffixOf(unit, currency)}`;
}

type WordedRange = Pick<PlannedNumber, "median" | "lower" | "upper">;

/** "8.73 M (2.43 M to 55.0 M)", "205 (80.1 to 545) yuan" */
export function rangeText(number: WordedRange, unit: OutputUnit, currency: string): string {
  const bounds = `${bareText(number.lower, unit)} to ${bareText(number.upper, unit)}`;
  return `${bareText(number.median, unit)} (${bounds})${suffixOf(unit, currency)}`;
}

/** Bounds alone: "80.1 to 545 yuan". */
export function boundsText(
  number: Omit<WordedRange, "median">,
  unit: OutputUnit,
  currency: string,
): string {
  const bounds = `${bareText(number.lower, unit)} to ${bareText(number.upper, unit)}`;
  return `${bounds}${suffixOf(unit, currency)}`;
}

function bareText(value: number, unit: OutputUnit): string {
  switch (unit) {
    case "months":
      return Number.isFinite(value) ? formatNumber(value) : "never";
    case "days":
      return Number.isFinite(value) ? formatNumber(value, 1) : "never";
    case "share":
      return threeFigures(100 * value);
    case "users":
    case "count":
      // People and orders are whole.
      return threeFigures(Math.abs(value) < 99.5 ? Math.round(value) : value);
    default:
      return threeFigures(value);
  }
}

function suffixOf(unit: OutputUnit, currency: string): string {
  return unit === "share" ? " %" : unit === "money" ? ` ${moneyWord(currency)}` : "";
}

export function moneyWord(currency: string): string {
  return currency === "CNY" ? "yuan" : currency;
}

/** "in 2 of 100 draws"; never "0" or "100" for what happened or failed to at least once. */
export function chanceText(chance: number): string {
  if (chance === 0) return "in no draw";
  if (chance === 1) return "in every draw";
  if (chance < 0.005) return "in fewer than 1 of 100 draws";
  if (chance > 0.995) return "in more than 99 of 100 draws";
  return `in ${formatNumber(100 * chance)} of 100 draws`;
}

/** A chance in a table: what happened in some draw is never 0. */
export function rareText(chance: number): string {
  return chance > 0 && chance < 0.001 ? "< 0.1 %" : formatPercent(chance, chance === 0 ? 0 : 1);
}

/** The plan in one sentence: whom it keeps, at what cost, and whether that pays. */
export function planSentence(study: SampledStudy): string {
  const { currency, paybackChance, withinMonths } = study;
  const kept = rangeText(numberOf(study, "kept"), "users", currency);
  const cost = rangeText(numberOf(study, "costPerKept"), "money", currency);
  return (
    `It keeps ${kept} users who would not be there otherwise, at ${cost} each, and pays back ` +
    `within ${withinMonths} months ${chanceText(paybackChance)}.`
  );
}

export function burnSentence(study: SampledStudy): string {
  const { currency } = study;
  const spent = rangeText(numberOf(study, "spent"), "money", currency);
  const waves = study.waves.map(({ id, runOutChance, runOutDays }) => {
    const early = runOutDays.lower;
    const often = chanceText(runOutChance);
    const when = Number.isFinite(early)
      ? `, in one of twenty within ${formatNumber(early, 1)} days`
      : "";
    return `the money of ${id} is gone before the wave ends ${often}${when}`;
  });
  const budget = valueText(study.budget, "money", currency);
  return `Of ${budget}, ${spent} are spent; ${waves.join("; ")}.`;
}

export function loadSentence(study: SampledStudy): string {
  const text = (id: OutputId): string =>
    rangeText(numberOf(study, id), "perSecond", study.currency);
  return (
    `In the busiest second ${text("claimsPeak")} claims come in and ${text("ordersPeak")} orders ` +
    `go out, with ${text("callsPeak")} calls of the model.`
  );
}

/** What must be true for it to pay back: the margin or the retention at which it just would. */
export function neededSentence(study: SampledStudy): string {
  const { currency, months } = study;
  const margin = rangeText(numberOf(study, "marginNeeded"), "money", currency);
  const retention = numberOf(study, "retentionNeeded");
  // Nobody who is not there on the day after is counted on day 30.
  const most = study.assumptions.find(({ id }) => id === "retention.d1")?.point ?? 1;
  const within = `To pay back in ${months} months`;
  const worth = `${within}, a kept user would have to be worth ${margin} a month`;
  const share = valueText(retention.median, "share", currency);
  const possible = `${worth}, or D30 retention would have to be ${share}.`;
  return retention.median <= most
    ? possible
    : `${worth}; at the margin assumed no retention would do.`;
}

/** What the spread of the net comes from most. */
export function spreadSentence({ whyNet }: PlanStudy): string {
  const { id, share, shareTogether } = whyNet.bars[0]!;
  const part = `${formatPercent(share, 0)} comes from ${id} by itself`;
  const isMore = Math.abs(shareTogether - share) >= SHARED;
  const all = ` (${formatPercent(shareTogether, 0)} with what hangs together with it)`;
  return `Of the spread of the net, ${part}${isMore ? all : ""}.`;
}

/** Credit for others that is worth a word. */
const SHARED = 0.03;

/** What has no source, said before anything else. */
export function unsourcedSentence({ assumptions }: SampledStudy): string {
  const drawn = assumptions.filter(({ origin }) => origin !== "default");
  const unsourced = drawn.filter(({ origin }) => origin === "assumption");
  if (unsourced.length === 0) return "Every assumption names its source.";
  const ids = unsourced.map(({ id }) => id).join(", ");
  const counts = `${unsourced.length} of ${drawn.length}`;
  return `${counts} assumptions have no source, only a reason: ${ids}.`;
}

const DESIGNS = {
  claim: "of those who claim",
  audience: "of the audience before contact",
} as const;

/** What a measurement would change, and how large it must be for that. */
export function holdoutSentence({ designs }: HoldoutValue, currency: string): string {
  const money = (value: number): string => valueText(value, "money", currency);
  const telling = designs.filter(({ enough }) => enough !== null);
  if (telling.length === 0) {
    return "No holdout tried would change the decision: what is assumed decides it.";
  }
  const parts = telling.map(({ design, choices, enough }) => {
    const { worth, cost } = choices.find(({ share }) => share === enough)!;
    const costs = cost > 0 ? `costs ${money(cost)}` : `saves ${money(-cost)}`;
    const part = `${threeFigures(100 * enough!)} % ${DESIGNS[design]}`;
    return `${part}, makes the decision ${money(worth)} better on average and ${costs}`;
  });
  return `Held out: ${parts.join("; ")}.`;
}

/** What a design shows, with what is expected of it. */
export function designSentence({ design, people, effect }: StudiedHoldout): string {
  const points = `${threeFigures(100 * effect)} points of D30 expected`;
  return design === "claim"
    ? `Of ${threeFigures(people)} who claim: what a reward adds to people who came, ${points}. ` +
        "Whom the campaign brought at all it does not show."
    : `Of ${threeFigures(people)} who can be reached, before contact: all that the campaign ` +
        `brings, ${points}.`;
}

function digitsFor(size: number): number {
  return size >= 100 ? 0 : size >= 10 ? 1 : 2;
}
