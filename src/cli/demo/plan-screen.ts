// The plan in few lines: cost and what must be true on each base, retention side by side. The page
// has the whole section.

import { planSection } from "../../plan/plan-report.ts";
import type { PlannedBase, PublishedPlan } from "../../plan/published-plan.ts";
import { noteBlock, type Section, tableBlock } from "../../report/document.ts";
import {
  formatInterval,
  formatNumber,
  formatPercent,
  type NumberFormat,
} from "../../report/format.ts";

export function planScreen(plan: PublishedPlan): Section {
  const whole = planSection(plan, "screen");
  return {
    title: whole.title,
    badge: whole.badge!,
    blocks: [
      whole.blocks[0]!,
      costTable(plan),
      { kind: "text", text: paybackText(plan) },
      noteBlock(
        `Grade ${plan.grade}: before and after, nobody held out. In yuan; brackets hold 95 % of ` +
          `${formatNumber(plan.draws)} draws.`,
      ),
    ],
  };
}

const count: NumberFormat = (value) => formatNumber(value);

function costTable(plan: PublishedPlan): ReturnType<typeof tableBlock> {
  const kept = plan.bases[0]!.kept;
  const right = (title: string) => ({ title, align: "right" as const });
  return tableBlock(
    [
      { title: "cost spread over" },
      right("each"),
      ...kept.map(({ retention }) => right(`kept, ${formatPercent(retention.estimate)}`)),
      right("needed a month"),
    ],
    plan.bases.map((base) => [
      `${formatNumber(base.users.estimate, 2)} M ${base.id}`,
      formatInterval(base.costPerUser, count),
      ...base.kept.map((each) => formatInterval(each.costPerUser, count)),
      formatInterval(industry(base).breakEvenPerMonth, count),
    ]),
  );
}

function paybackText({ bases, marginPerMonth }: PublishedPlan): string {
  const margin = formatInterval(marginPerMonth, (value) => formatNumber(value, 1));
  const needed = bases.map(
    ({ id, retentionNeeded }) => `${formatPercent(retentionNeeded.estimate, 0)} of those ${id}`,
  );
  const best = Math.max(...bases.map((base) => industry(base).paybackChance));
  const chance = best < 0.01 ? "below 1 %" : `at most ${formatPercent(best, 0)}`;
  return (
    `To pay back in a year at ${margin} yuan a kept user and month (assumed), ` +
    `${needed.join(" or ")} would have to be there on day 30 (at 12.8 %: chance ${chance}).`
  );
}

function industry(base: PlannedBase): PlannedBase["kept"][number] {
  return base.kept.find(({ id }) => id === "industry")!;
}
