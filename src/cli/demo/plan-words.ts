// The plan in few lines, for the screen; the page has its charts and all that it says.
import type { PlanStudy } from "../../plan/study/plan-study.ts";
import { numberOf, rangeText, valueText } from "../../plan/study/study-words.ts";
import { formatLevel, formatNumber, formatPercent } from "../../report/format.ts";
import type { Fact } from "./run-words.ts";

export const PLAN_TITLE = "Plan · from what was known before the first card";

/** Assumptions named among those that move the net most. */
const LARGEST = 3;

export function planFacts(study: PlanStudy): Fact[] {
  return [
    ["spent", moneyText(study)],
    ["needed", neededText(study)],
    ["spread", spreadText(study)],
    ["rests on", groundsText(study)],
  ];
}

function moneyText(study: PlanStudy): string {
  const { currency, budget } = study;
  const spent = rangeText(numberOf(study, "spent"), "money", currency);
  const waves = study.waves.map(
    ({ id, runOutChance }) => `${id} ${formatPercent(runOutChance, 0)}`,
  );
  const all = valueText(budget, "money", currency);
  return `${spent} of ${all}; may run dry: ${waves.join(", ")}`;
}

/** The margin at which it would pay, beside the one that is assumed. */
function neededText(study: PlanStudy): string {
  const { currency, months, assumptions } = study;
  const margin = rangeText(numberOf(study, "marginNeeded"), "money", currency);
  const assumed = assumptions.find(({ id }) => id === "margin");
  const beside = assumed === undefined ? "" : `; assumed ${formatNumber(assumed.point, 2)}`;
  return `${margin} a kept user and month, to pay back in ${months} months${beside}`;
}

function spreadText({ whyNet }: PlanStudy): string {
  const largest = whyNet.bars.slice(0, LARGEST);
  const parts = largest.map(({ id, share }) => `${id} ${formatPercent(share, 0)}`);
  return `of the net: ${parts.join(", ")}`;
}

function groundsText({ assumptions, draws, level }: PlanStudy): string {
  const stated = assumptions.filter(({ origin }) => origin !== "default");
  const unsourced = stated.filter(({ origin }) => origin === "assumption");
  return (
    `${unsourced.length} of ${stated.length} assumptions have no source, only a reason; ` +
    `${formatNumber(draws)} draws, ${formatLevel(level)} of them in brackets`
  );
}
