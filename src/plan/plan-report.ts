// The plan as a section of a report: what a manager reads, then what it rests on.

import { noteBlock, type Section, tableBlock } from "../report/document.ts";
import {
  formatInterval,
  formatNumber,
  formatPercent,
  type NumberFormat,
} from "../report/format.ts";
import { wrapText } from "../report/wrap.ts";
import type { DrawInterval } from "../stats/draws.ts";
import type { PlannedBase, PublishedPlan } from "./published-plan.ts";

const yuan: NumberFormat = (value) => formatNumber(value, value < 100 ? 1 : 0);
const count: NumberFormat = (value) => formatNumber(value);
const days: NumberFormat = (value) => formatNumber(value, 1);

/**
 * Burn and load in a sentence each, costs and conditions as a table. On a terminal's screen the
 * name of a base runs over its rows, to save lines; on a page each row has it.
 */
export function planSection(plan: PublishedPlan, medium: "page" | "screen" = "page"): Section {
  return {
    title: "Plan · from the published figures alone",
    badge: `evidence ${plan.grade}`,
    blocks: [
      { kind: "headline", text: burnSentence(plan) },
      { kind: "text", text: loadSentence(plan) },
      costTable(plan, medium === "screen"),
      { kind: "text", text: paybackSentence(plan) },
      noteBlock(
        `Grade ${plan.grade}: ${plan.gradeReason}. 95 % of ${formatNumber(plan.draws)} draws lie ` +
          `within the brackets; seed ${plan.seed}. Yuan unless said.`,
      ),
    ],
  };
}

/** What every number rests on: published figures with their sources, and what was assumed. */
export function planSourcesSection(plan: PublishedPlan): Section {
  return {
    title: "Plan · figures and assumptions",
    blocks: [
      tableBlock(
        [
          { title: "figure" },
          { title: "value", align: "right" },
          { title: "unit" },
          { title: "date" },
          { title: "source" },
        ],
        plan.figures.map((figure) => [
          figure.id,
          plainNumber(figure.value),
          figure.unit,
          figure.date,
          figure.note ? `${figure.source} (${figure.note})` : figure.source,
        ]),
        "Published",
      ),
      tableBlock(
        [
          { title: "assumption" },
          { title: "point", align: "right" },
          { title: "range" },
          { title: "shape" },
          { title: "why" },
        ],
        plan.assumptions.map((one) => [
          one.id,
          plainNumber(one.point),
          `${plainNumber(one.range[0])} to ${plainNumber(one.range[1])} ${one.unit}`,
          one.shape,
          one.why,
        ]),
        "Assumed, not published",
      ),
    ],
  };
}

function burnSentence(plan: PublishedPlan): string {
  const { burn } = plan;
  return (
    `${formatNumber(plan.budget / 1_000)} billion yuan are ` +
    `${formatInterval(burn.ordersInBudget, count)} million orders at ${plan.card} yuan: ` +
    `${formatInterval(burn.daysAtFirstHours, days)} days at the rate of the first hours, ` +
    `${formatInterval(burn.daysAtFirstDays, days)} at that of the first six days.`
  );
}

function loadSentence(plan: PublishedPlan): string {
  const { burn } = plan;
  return (
    `Load: ${formatNumber(burn.rateFirstHours.estimate)} orders a second on average in the first ` +
    `hours, ${formatInterval(burn.rateFirstDays, count)} over six days, peak ` +
    `${formatInterval(burn.ratePeak, count)}; ` +
    `${formatInterval(burn.openingsPeak, count)} app openings a second in the first minute ` +
    "(peaks are assumptions)."
  );
}

function costTable(plan: PublishedPlan, isBroken: boolean): ReturnType<typeof tableBlock> {
  return tableBlock(
    [
      { title: "cost spread over" },
      { title: "kept to D30", align: "right" },
      { title: "cost per user", align: "right" },
      { title: "per kept user", align: "right" },
      { title: "break-even, month", align: "right" },
      { title: "chance", align: "right" },
    ],
    plan.bases.flatMap((base) => {
      const title = `${formatNumber(base.users.estimate, 2)} M ${base.title}`;
      const broken = wrapText(title, 22);
      return base.kept.map((kept, i) => [
        isBroken ? (broken[i] ?? "") : title,
        `${formatPercent(kept.retention.estimate)} ${kept.title}`,
        i === 0 ? formatInterval(base.costPerUser, count) : "",
        formatInterval(kept.costPerUser, count),
        formatInterval(kept.breakEvenPerMonth, yuan),
        chanceText(kept.paybackChance),
      ]);
    }),
  );
}

function paybackSentence(plan: PublishedPlan): string {
  const margin = formatInterval(plan.marginPerMonth, (value) => formatNumber(value, 1));
  const needed = plan.bases.map((base) => `${neededText(base)} of the ${base.title}`);
  return (
    `To pay back in a year at ${margin} yuan of contribution a kept user and month (assumed), ` +
    `${needed.join(", or ")}, would have to be there after 30 days.`
  );
}

function neededText(base: PlannedBase): string {
  const share: NumberFormat = (value) => formatPercent(value, 0);
  const more = base.retentionNeeded.estimate > 1 ? ", more than there are," : "";
  return `${formatInterval(clipped(base.retentionNeeded), share)}${more}`;
}

/** Beyond ten times everybody the exact number says nothing more. */
function clipped(interval: DrawInterval): DrawInterval {
  return { ...interval, upper: Math.min(interval.upper, 10) };
}

function chanceText(chance: number): string {
  if (chance > 0 && chance < 0.01) return "< 1 %";
  return formatPercent(chance, 0);
}

function plainNumber(value: number): string {
  if (Number.isInteger(value)) return formatNumber(value);
  const digits = `${value}`.split(".")[1]!.length;
  return formatNumber(value, Math.min(3, digits));
}
