// A judgement in words. Nobody was held out, so nothing here was caused: it coincided.
import { formatNumber, formatPercent } from "../../report/format.ts";
import type { OutputUnit } from "../model/outputs.ts";
import { boundsText, rangeText, threeFigures, valueText } from "../study/study-words.ts";
import type { JudgedVariant } from "./believe.ts";
import type { JudgedNumber, Judgement } from "./judged.ts";
import type { JudgedReading } from "./judged-readings.ts";
import type { Needs } from "./needs.ts";
import type { WeightedRange } from "./weights.ts";

/** Rarer than this is told apart by nothing that was assumed. */
const RARE = 0.001;

function chanceWords(chance: number): string {
  if (chance < RARE) return "below 0.1 %";
  return chance > 1 - RARE ? "above 99.9 %" : chanceCell(chance);
}

export function chanceCell(chance: number): string {
  if (chance < RARE) return "< 0.1 %";
  if (chance > 1 - RARE) return "> 99.9 %";
  return formatPercent(chance, chance < 0.0995 ? 1 : 0);
}

/** "8.73 M (2.43 M to 55.0 M)" */
export function rangeWords(range: WeightedRange, unit: OutputUnit, currency: string): string {
  return rangeText(range, unit, currency);
}

/** "2.43 M to 55.0 M", "1.4 days to never" */
export function boundsWords(
  range: Omit<WeightedRange, "median">,
  unit: OutputUnit,
  currency: string,
): string {
  if (unit !== "days") return boundsText(range, unit, currency);
  const [lower, upper] = [range.lower, range.upper].map((each) => figureWords(each, unit, ""));
  return `${lower} to ${upper}`;
}

/** One figure with its unit. */
export function figureWords(value: number, unit: OutputUnit, currency: string): string {
  const words = valueText(value, unit, currency);
  return unit === "days" && Number.isFinite(value) ? `${words} days` : words;
}

export function answerSentence({
  within,
  variants,
}: Pick<Judgement, "within" | "variants">): string {
  const [all] = variants;
  if (all!.chances === null) {
    return (
      "Whether it paid off cannot be said: no draw of the plan comes near what was published, so " +
      "its assumptions, or the errors stated for the sources, are wrong."
    );
  }
  const words = within.map((_, i) => chanceWords(all!.chances![i]!.share));
  const months = within.map((each) => `within ${each} months`);
  const isOne = words.every((each) => each === words[0]);
  const chances = isOne
    ? `${words[0]} ${joinedWords(months)}${within.length > 1 ? " alike" : ""}`
    : joinedWords(words.map((each, i) => `${each} ${months[i]}`));
  return `Judged by what was published, the chance that it paid off is ${chances}.`;
}

export function rangeSentence({ range, within, variants }: Judgement): string {
  if (variants[0]!.chances === null) return "";
  const ways = variants.filter(({ kind }) => kind !== "plan").length;
  const ranges = range.map(({ least, most }, i) => {
    const [low, high] = [chanceCell(least), chanceCell(most)];
    const chance = low === high ? `is ${low} throughout` : `runs from ${low} to ${high}`;
    return `${chance} within ${within[i]} months`;
  });
  return (
    `That depends on whom one believes: over the ${ways} ways below of believing the sources, ` +
    `the chance ${joinedWords(ranges)}.`
  );
}

/** What went with the campaign; the verb is the one that evidence of grade F allows. */
export function coincidedSentence(judgement: Judgement): string {
  const { numbers, currency } = judgement;
  if (numbers === null) return "";
  const of = (id: string): string => {
    const { after, unit } = numbers.find((each) => each.id === id) as JudgedNumber;
    return rangeWords(after, unit, currency);
  };
  return (
    `The campaign coincided with ${of("people")} people who came and ${of("kept")} who are there ` +
    `after 30 days and, as assumed, would not be otherwise; it cost ${of("cost")}, ` +
    `${of("costPerKept")} each.`
  );
}

/** What no figure speaks of, and the answer hangs on. */
export function marginSentence({ needs, currency }: Judgement): string {
  if (needs === null) return "";
  const assumed = rangeWords(needs[0]!.margin.has, "money", currency);
  return (
    `No figure says what a kept user contributes: the chances rest on ${assumed} a month, which ` +
    "is assumed, and on the plan's own shape."
  );
}

/** Empty where enough draws come near what was published. */
export function temperedSentence({ variants }: Judgement): string {
  const [all] = variants;
  if (all!.power === 1 || all!.chances === null) return "";
  return (
    "Hardly any draw comes near all figures at once, so they had to be believed less: they count " +
    `for ${formatPercent(all!.power, 0)} of what they say. Read the answer as the plan's, moved ` +
    "towards the figures, and look for an assumption that is wrong."
  );
}

export function neededSentence(needs: Needs, currency: string): string {
  const { margin, retention, reach, months } = needs;
  const beyond = retention.needed.median > 1 ? ", more than everybody" : "";
  return (
    `For it to have paid off within ${months} months, a kept user would have to contribute ` +
    `${rangeWords(margin.needed, "money", currency)} a month, where ` +
    `${rangeWords(margin.has, "money", currency)} is assumed; or D30 retention would have to be ` +
    `${valueText(retention.needed.median, "share", currency)}${beyond}; or ` +
    `${valueText(reach.needed.median, "users", currency)} people would have to have come for the ` +
    `same money: each ${formatTimes(margin.times)} what it looks like.`
  );
}

/** Which source the answer hangs on most: the one whose absence moves it furthest. */
export function hangsSentence({ variants, within }: Judgement): string {
  const last = within.length - 1;
  const [all] = variants;
  const without = variants.filter(({ kind, chances }) => kind === "without" && chances !== null);
  if (all!.chances === null || without.length === 0) return "";
  const own = all!.chances[last]!.share;
  const far = ({ chances }: JudgedVariant): number => Math.abs(chances![last]!.share - own);
  const most = without.reduce((a, b) => (far(b) > far(a) ? b : a));
  const kept = all!.kept!.median;
  const users = without.reduce((a, b) =>
    Math.abs(b.kept!.median - kept) > Math.abs(a.kept!.median - kept) ? b : a,
  );
  const [with_, without_] = [chanceCell(own), chanceCell(most.chances![last]!.share)];
  const chance =
    with_ === without_
      ? `The chance within ${within[last]} months hangs on no single source: whichever is left ` +
        `out, it is ${with_}. `
      : `Of the sources, the chance within ${within[last]} months hangs most on ` +
        `"${most.source}": without it, it is ${without_} instead of ${with_}. `;
  return (
    chance +
    `The kept users hang most on "${users.source}": without it ` +
    `${threeFigures(users.kept!.median)} instead of ${threeFigures(kept)}.`
  );
}

/** How far apart the ways of believing lie. */
export function spreadSentence({ variants }: Judgement): string {
  const middles = variants.flatMap(({ kind, kept }) =>
    kept === null || kind === "plan" ? [] : [kept.median],
  );
  if (middles.length < 2) return "";
  const [least, most] = [Math.min(...middles), Math.max(...middles)];
  const times = least > 0 ? `, ${formatTimes(most / least)} as many` : "";
  return (
    `By whom one believes, the kept users' middle lies between ${threeFigures(least)} and ` +
    `${threeFigures(most)}${times}. Each interval holds only if its row is right about the sources.`
  );
}

/** How far chance itself, of drawing, moves the chances told; empty where nothing could be said. */
export function drawingSentence({ variants }: Judgement): string {
  const errors = variants.flatMap(({ chances }) => (chances ?? []).map(({ error }) => error));
  if (errors.length === 0) return "";
  const most = formatNumber(100 * Math.max(...errors), 2);
  return `Standard errors of these chances, by drawing, are at most ${most} points.`;
}

/** Figures that what was assumed leaves no room for. */
export function reachSentences(readings: readonly JudgedReading[], currency: string): string[] {
  return readings
    .filter(({ isOutOfReach }) => isOutOfReach)
    .map(({ title, published, unit, before, where, as }) => {
      const said = `${title}: ${figureWords(published, unit, currency)} (${where})`;
      const planned = boundsWords(before, unit, currency);
      const counted = as === "check" ? "It is not counted." : "It is counted all the same.";
      return `Hardly any draw of the plan leads to ${said}; it had ${planned}. ${counted}`;
    });
}

export function formatTimes(times: number): string {
  if (!Number.isFinite(times)) return "endlessly many times";
  return `${times >= 9.95 ? formatNumber(times) : formatNumber(times, 1)} times`;
}

/** "a", "a and b", "a, b and c" */
export function joinedWords(parts: readonly string[]): string {
  return parts.length < 2
    ? (parts[0] ?? "")
    : `${parts.slice(0, -1).join(", ")} and ${parts.at(-1)}`;
}
