// Over-issue: whether its figures are possible, and whether a refused holder is as unlikely as the
// campaign file wants it.
import { type CampaignDefinition, ceilingOf } from "../../core/definition.ts";
import { greatestBetaDeviation } from "../../stats/index.ts";
import type { DefinitionCheck } from "./definition-check.ts";
import { percent } from "./explain-words.ts";
import { refusalChance } from "./refusal-chance.ts";

const STEPS = 10_000;

export function checkOverissue(check: DefinitionCheck): void {
  const { definition } = check;
  const { overissue } = definition;
  if (overissue === undefined) return;
  const { factor, redeemedShare, deviation, atMost } = overissue;
  const before = check.findings.length;
  if (Math.abs(factor * STEPS - Math.round(factor * STEPS)) > 1e-6) {
    check.error(["overissue", "factor"], "at most four decimals", String(factor));
  }
  if (Number.isSafeInteger(definition.budgetMinor)) {
    const isSafe = Number.isSafeInteger(ceilingOf(definition));
    const found = `${factor} times ${check.money(definition.budgetMinor)}`;
    if (!isSafe) check.error(["overissue", "factor"], "a sum that can be counted exactly", found);
  }
  if (redeemedShare <= 0 || redeemedShare >= 1) {
    const found = percent(redeemedShare);
    check.error(["overissue", "redeemedShare"], "more than 0 % and less than 100 %", found);
  } else if (deviation > greatestBetaDeviation(redeemedShare)) {
    const most = percent(Math.floor(greatestBetaDeviation(redeemedShare) * 1000) / 1000);
    const expected = `at most ${most}, as far as ${percent(redeemedShare)} can be off`;
    check.error(["overissue", "deviation"], expected, percent(deviation));
  }
  if (atMost <= 0 || atMost >= 1) {
    const expected = "more than 0 % and less than 100 %";
    check.error(["overissue", "atMost"], expected, percent(atMost));
  }
  const isWhole = !Object.values(overissue).some(Number.isNaN);
  if (check.findings.length === before && isWhole) checkChance(check, definition);
}

function checkChance(check: DefinitionCheck, definition: CampaignDefinition): void {
  const chance = refusalChance(definition);
  const { factor, atMost } = definition.overissue!;
  if (chance === null || !(chance.chance > atMost)) return;
  const least = greatestFactor(definition, factor, atMost);
  const expected = `at most ${least}, so that a holder is refused with at most ${percent(atMost)}`;
  const found = `${factor}, with which it is ${chanceText(chance.chance)}`;
  check.error(["overissue", "factor"], expected, found);
}

/** In steps of 0.0001, by halving. */
function greatestFactor(definition: CampaignDefinition, tooMuch: number, atMost: number): number {
  let [low, high] = [STEPS, Math.round(tooMuch * STEPS)];
  while (high - low > 1) {
    const middle = Math.floor((low + high) / 2);
    const overissue = { ...definition.overissue!, factor: middle / STEPS };
    const { chance } = refusalChance({ ...definition, overissue }) ?? { chance: 0 };
    if (chance > atMost) high = middle;
    else low = middle;
  }
  return low / STEPS;
}

/** `0.31 %`; what is next to nothing is told as a bound. */
export function chanceText(chance: number): string {
  if (chance > 0 && chance < 1e-6) return "less than 0.0001 %";
  return `${Number((chance * 100).toPrecision(2))} %`;
}
