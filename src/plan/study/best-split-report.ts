// The best split as a section of a plan's report: what it is beside the plan's, what it gains, and
// how much that hangs on hitting it.
import {
  type Block,
  headlineBlock,
  noteBlock,
  type Section,
  tableBlock,
  textBlock,
} from "../../report/document.ts";
import { fittingChart } from "../../report/fitting-chart.ts";
import { formatNumber, formatPercent } from "../../report/format.ts";
import { lineChart } from "../../report/line-chart.ts";
import { sparkline } from "../../report/sparkline.ts";
import type { SplitAim } from "../plan-file/plan.ts";
import type { BestSplit, SplitPlace } from "./best-split.ts";
import type { SplitProfile } from "./best-split-profile.ts";
import type { PlanStudy } from "./plan-study.ts";
import { moneyWord, rangeText, threeFigures, valueText } from "./study-words.ts";

type Found = Exclude<BestSplit, { readonly state: "impossible" }>;

const MILLION = 1e6;

export function bestSplitSections(study: PlanStudy): Section[] {
  const { split } = study;
  if (split === null) return [];
  const title = "The best split of the budget";
  if (split.state === "impossible") {
    return [{ title, blocks: [headlineBlock(`There is none: ${split.why}.`)] }];
  }
  return [
    {
      title,
      blocks: [
        headlineBlock(splitSentence(study, split)),
        placeTable(study, split),
        textBlock(flatnessSentence(study, split)),
        ...shownProfiles(split).map((profile) => profileChart(study, split, profile)),
        noteBlock(searchNote(study, split)),
      ],
    },
  ];
}

/** Of two waves the second has what the first leaves. */
function shownProfiles({ profiles, plan }: Found): readonly SplitProfile[] {
  const mirrored = plan.shares.length === 2 ? plan.shares[1]!.wave : null;
  return profiles.filter(({ of, id }) => of === "offer" || id !== mirrored);
}

function splitSentence(study: PlanStudy, split: Found): string {
  const { aim } = split.search;
  if (split.state === "plan") {
    const own = words(study, split.plan);
    return `No split within the limits has ${aimWords(aim)} than the plan's: ${own}.`;
  }
  const { kept, net } = split.compared[1].difference!;
  const mean = aimText(study, aim, Math.abs(split.meanGain));
  const more = split.meanGain >= 0 ? "more" : "less";
  const limits = split.planKeepsLimits
    ? ""
    : " The plan itself does not keep the limits that it states.";
  return (
    `Best: ${words(study, split.best)}, instead of ${words(study, split.plan)}. On average ` +
    `${mean} ${more}; kept users change by ${rangeText(kept, "users", study.currency)}, the net ` +
    `by ${rangeText(net, "money", study.currency)}.${limits}`
  );
}

function aimWords(aim: SplitAim): string {
  return aim === "net" ? "a higher net" : "more kept users";
}

function aimText({ currency }: PlanStudy, aim: SplitAim, value: number): string {
  return aim === "net" ? valueText(value, "money", currency) : `${threeFigures(value)} kept users`;
}

/** "cards 88 %, envelopes 12 % of the budget, card at 25 yuan" */
function words(study: PlanStudy, { shares, amounts }: SplitPlace): string {
  const parts = shares.map(({ wave, share }) => `${wave} ${formatPercent(share)}`);
  const changing = changeable(study);
  const worth = amounts
    .filter(({ offer }) => changing.has(offer))
    .map(({ offer, amount }) => `${offer} at ${amountText(study, amount)}`);
  return [`${parts.join(", ")} of the budget`, ...worth].join(", ");
}

function changeable({ split }: PlanStudy): ReadonlySet<string> {
  if (split === null || split.state === "impossible") return new Set();
  return new Set(split.search.amountLevels.map(({ offer }) => offer));
}

function amountText({ currency }: PlanStudy, amount: number): string {
  const digits = Number.isInteger(amount) ? 0 : 2;
  return `${formatNumber(amount, digits)} ${moneyWord(currency)}`;
}

function placeTable(study: PlanStudy, split: Found): Block {
  const { currency, budget } = study;
  const [plan, best] = split.compared;
  const changing = changeable(study);
  const money = (share: number): string =>
    `${valueText(share * budget, "money", currency)}, ${formatPercent(share)}`;
  const rows = [
    ...split.plan.shares.map(({ wave, share }, i) => [
      `budget of ${wave}`,
      money(share),
      money(split.best.shares[i]!.share),
    ]),
    ...split.plan.amounts
      .map(({ offer, amount }, i) => ({ offer, amount, best: split.best.amounts[i]!.amount }))
      .filter(({ offer }) => changing.has(offer))
      .map(({ offer, amount, best: other }) => [
        `amount of ${offer}`,
        amountText(study, amount),
        amountText(study, other),
      ]),
    ...(["kept", "spent", "costPerKept", "net"] as const).map((id) => {
      const unit = id === "kept" ? "users" : "money";
      const title = { kept: "kept users", spent: "spent", costPerKept: "a kept user", net: "net" };
      const text = (of: typeof plan): string => rangeText(of.numbers[id], unit, currency);
      return [title[id], text(plan), text(best)];
    }),
  ];
  const columns = [
    { title: "" },
    { title: "the plan", align: "right" as const },
    { title: "best split", align: "right" as const },
  ];
  return tableBlock(columns, rows);
}

function flatnessSentence(study: PlanStudy, split: Found): string {
  const { nearly, search } = split;
  const of = search.aim === "net" ? "of the budget" : "of the kept users";
  const ranges = nearly.ranges.map(({ of: kind, id, from, to }) =>
    kind === "wave"
      ? `${id} from ${formatPercent(from)} to ${formatPercent(to)}`
      : `${id} from ${amountText(study, rounded(from))} to ${amountText(study, rounded(to))}`,
  );
  if (ranges.length === 0) return "The limits leave nothing to choose.";
  return (
    `Within ${formatPercent(nearly.part, 0)} ${of} of the best, each with everything else at its ` +
    `best: ${ranges.join("; ")}.`
  );
}

function rounded(amount: number): number {
  return Math.round(amount * 100) / 100;
}

function profileChart(study: PlanStudy, split: Found, profile: SplitProfile): Block {
  const { of, id, points } = profile;
  const isShare = of === "wave";
  const labels = points.map(({ at }) =>
    isShare ? formatNumber(100 * at, 1) : formatNumber(at, Number.isInteger(at) ? 0 : 2),
  );
  const values = points.map(({ value }) => (value === null ? Number.NaN : value / MILLION));
  const money = moneyWord(study.currency);
  const isNet = split.search.aim === "net";
  const chart = {
    labels,
    series: [{ name: "mean, everything else at its best", values, colour: 1 }],
    xName: isShare ? `budget of ${id}, %` : `amount of ${id}, ${money}`,
    yName: isNet ? `million ${money}, net` : "million users kept",
  };
  const what = isShare ? `the share of ${id}` : `the amount of ${id}`;
  const name = `plan-split-${of}-${id}`;
  const ends = points
    .map(({ at, value }) => {
      const place = isShare ? formatPercent(at, 0) : formatNumber(at, Number.isInteger(at) ? 0 : 1);
      return `${place} ${value === null ? "–" : threeFigures(value)}`;
    })
    .join("  ");
  return fittingChart(
    name,
    `${isNet ? "Net" : "Kept users"} against ${what}`,
    (isNarrow) => lineChart({ ...chart, isNarrow }),
    isNet ? ends : `${sparkline(values)}  ${ends}`,
  );
}

function searchNote(study: PlanStudy, { search, meanGain, meanGainError }: Found): string {
  const { aim, isAimGiven, places, draws, shareLevels, amountLevels } = search;
  const levels = [
    ...shareLevels.map(({ wave, levels: all }) => `${all.length} shares of ${wave}`),
    ...amountLevels.map(({ offer, levels: all }) => `${all.length} amounts of ${offer}`),
  ];
  const why = isAimGiven
    ? "as the plan asks"
    : aim === "net"
      ? "since some split has a positive net"
      : "since no split tried has a positive net on average";
  const gain = `${aimText(study, aim, meanGain)} (standard error ${threeFigures(meanGainError)})`;
  return (
    `Aim: ${aim === "net" ? "net" : "kept users"}, ${why}. Tried: ${levels.join(", ")}, ` +
    `${places} places with the same ${draws} campaigns at each, straight lines between them, the ` +
    `best of which is exact; then drawn beside the plan with the plan's own numbers: ${gain}.`
  );
}
