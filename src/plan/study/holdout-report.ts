// What a holdout is worth, as a section of a plan's report.
import { rightColumn } from "../../report/column.ts";
import {
  type Block,
  headlineBlock,
  noteBlock,
  type Section,
  tableBlock,
  textBlock,
} from "../../report/document.ts";
import { formatNumber, formatPercent } from "../../report/format.ts";
import type { PlanStudy } from "./plan-study.ts";
import {
  chanceText,
  designSentence,
  holdoutSentence,
  threeFigures,
  valueText,
} from "./study-words.ts";

export function holdoutSections(study: PlanStudy): Section[] {
  const { holdout, currency } = study;
  if (holdout === null) return [];
  const money = (value: number): string => valueText(value, "money", currency);
  const unread =
    `The same campaign once more, with a budget of ${money(holdout.stake)}, ends at ` +
    `${money(holdout.valueUnread)} on average, and is worth it ${chanceText(holdout.chanceWorth)}.`;
  const columns = [
    rightColumn("held out"),
    rightColumn("users"),
    rightColumn("detects, points"),
    rightColumn("worth"),
    rightColumn("cost"),
  ];
  const tables = holdout.designs.flatMap((each): Block[] => [
    textBlock(designSentence(each)),
    tableBlock(
      columns,
      each.choices.map(({ share, heldOut, detects, worth, cost }) => [
        formatPercent(share, 2),
        threeFigures(heldOut),
        formatNumber(100 * detects, 3),
        money(worth),
        money(cost),
      ]),
    ),
  ]);
  return [
    {
      title: `What a holdout is worth: ${holdout.title}`,
      blocks: [
        headlineBlock(holdoutSentence(holdout, currency)),
        textBlock(`${unread} Knowing everything beforehand would add ${money(holdout.perfect)}.`),
        ...tables,
        noteBlock(
          "Worth: how much better the decision is on average once the share active on day 30 was " +
            "compared. Cost: how much lower the net is than without a holdout, in the same " +
            "draws; below zero it saves, where a reward costs more than it returns.",
        ),
      ],
    },
  ];
}
