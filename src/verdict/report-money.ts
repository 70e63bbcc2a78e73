// The verdict's tables of money, and of its effects beside figures that are known from elsewhere.
import { type Block, noteBlock, type Section, tableBlock } from "../report/document.ts";
import { currencyName, formatNumber, groupedMinor } from "../report/format.ts";
import type { ArmCost, CostReading } from "./cost-reading.ts";
import type { Verdict } from "./verdict.ts";
import { differenceText, intervalText } from "./verdict-words.ts";

export function costBlocks({ costs, money }: Verdict): Block[] {
  return [...keptBlocks(costs), ...moneyBlocks(money)];
}

function keptBlocks(costs: readonly CostReading[]): Block[] {
  const [first] = costs;
  if (first === undefined) return [];
  const right = (title: string) => ({ title, align: "right" as const });
  const columns = [
    { title: "question" },
    { title: "arm" },
    ...["spent", "kept", "naive", "kept because of it", "causal", "interval"].map(right),
  ];
  const said = "a kept user: naive = spent over kept, causal = over those kept by it";
  const caption = `in ${currencyName(first.currency)} ${said}`;
  return [tableBlock(columns, costs.map(costCells), caption), noteBlock(NOT_IN_COST)];
}

const NOT_IN_COST =
  "Spent: redeemed less reversed. Margin that a reward displaced is not in it; the payback " +
  "counts that as cost.";

/** Two tables, since all columns of one do not fit a terminal. */
function moneyBlocks(money: readonly ArmCost[]): Block[] {
  const [first] = money;
  if (first === undefined) return [];
  const { currency, decimals } = first;
  const table = (titles: readonly string[], of: (each: ArmCost) => string[], caption: string) =>
    tableBlock(
      [
        { title: "study" },
        { title: "arm" },
        ...titles.map((title) => ({ title, align: "right" as const })),
      ],
      money.map((each) => [each.study, each.arm, ...of(each)]),
      caption,
    );
  return [
    table(
      ["users", "rewarded", "grants", "asked in vain", "forwent"],
      (each) => [
        ...[each.users, each.rewarded, each.grants, each.askers].map((count) =>
          formatNumber(count),
        ),
        groupedMinor(each.forgoneMinor, decimals),
      ],
      `the journal's users and grants by arm; forwent, in ${currencyName(currency)}: ` +
        "what held-out users asked for and would have got within their own caps",
    ),
    table(
      ["issued", "redeemed", "breakage", "reversed"],
      (each) =>
        [each.issuedMinor, each.redeemedMinor, each.breakageMinor, each.reversedMinor].map(
          (minor) => groupedMinor(minor, decimals),
        ),
      `the journal's money by arm, in ${currencyName(currency)}`,
    ),
    noteBlock(
      "Redeemed and breakage together may exceed issued, by what was reversed and then lapsed.",
    ),
  ];
}

function costCells(cost: CostReading): string[] {
  const money = (minor: number): string => groupedMinor(Math.round(minor), cost.decimals);
  const { lower, upper } = cost.causalInterval;
  const from = lower === null ? "no bound" : money(lower);
  const to = upper === null ? "no bound" : money(upper);
  return [
    cost.estimand,
    cost.arm,
    money(cost.spentMinor),
    formatNumber(cost.keptUsers),
    cost.naiveMinor === null ? "nobody kept" : money(cost.naiveMinor),
    formatNumber(cost.incrementalKept),
    cost.causalMinor === null ? "nobody kept" : money(cost.causalMinor),
    lower === null && upper === null ? "not determined" : `${from} to ${to}`,
  ];
}

export function comparisonSection(verdict: Verdict): Section | null {
  const [first] = verdict.comparisons;
  if (first === undefined) return null;
  const metrics = new Map(verdict.studies.flatMap((s) => s.metrics).map((m) => [m.id, m]));
  const truth = first.kind === "truth";
  const rows = verdict.comparisons.map((each) => {
    const metric = metrics.get(each.metric)!;
    const { lower, upper } = each;
    const interval =
      lower === undefined || upper === undefined
        ? ""
        : ` (${intervalText(metric, { lower, upper })})`;
    return [
      metric.title,
      each.arm,
      each.estimand,
      differenceText(metric, each.value) + interval,
      each.ours === null ? "none" : differenceText(metric, each.ours),
      each.agrees ? "yes" : "NO",
    ];
  });
  const columns = [
    { title: "metric" },
    { title: "arm" },
    { title: "question" },
    { title: truth ? "truth" : "published", align: "right" as const },
    { title: "ours", align: "right" as const },
    { title: truth ? "inside our interval" : "equal as printed" },
  ];
  return {
    title: truth ? "Beside the known truth" : "Beside the published figures",
    blocks: [tableBlock(columns, rows), noteBlock(first.source)],
  };
}
