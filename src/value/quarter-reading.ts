// The quarter with and without the campaign: its lines, its margin, and the bridge of its profit.
import { currencyDecimals } from "../base/money.ts";
import type { CampaignDraws } from "../plan/campaign-draws.ts";
import { combine, type DrawInterval, type Uncertain } from "../stats/draws.ts";
import { type BookedLines, bookedIn, effectOnProfit } from "./booking.ts";
import { type BridgeStep, bridgeOf } from "./bridge.ts";
import { dayText } from "./calendar-days.ts";
import { scaled } from "./draw-sums.ts";
import { type Figure, figureDraws, type GrownFigure } from "./figure.ts";
import { addingUp, medianInterval, medianOf } from "./median-interval.ts";
import { costOf } from "./unit-economics.ts";
import type { ValueQuestion } from "./value-question.ts";

export interface QuarterLine {
  readonly id: string;
  readonly title: string;
  /** Null: not found. */
  readonly reported: DrawInterval | null;
  readonly yearBefore: DrawInterval | null;
  /** What the campaign moved in it. */
  readonly campaign: DrawInterval;
  readonly without: DrawInterval | null;
}

export interface QuarterReading {
  readonly title: string;
  readonly from: string;
  /** The last day. */
  readonly to: string;
  readonly lines: readonly QuarterLine[];
  /** EBITA over revenue; null where one of them was not found. */
  readonly margin: {
    readonly yearBefore: DrawInterval | null;
    readonly reported: DrawInterval | null;
    readonly without: DrawInterval | null;
    /** Reported less without. */
    readonly campaign: DrawInterval | null;
  };
  /** Steps in minor units; null where `bridgeReason` says why. */
  readonly bridge: readonly (BridgeStep & { readonly interval: DrawInterval | null })[] | null;
  readonly bridgeReason: string | null;
  readonly decimals: number;
  /** The part of the campaign's whole cost that falls into this quarter. */
  readonly costShare: DrawInterval;
  /** How much it explains of the fall in EBITA; null where no fall was found. */
  readonly ofFall: DrawInterval | null;
}

export function quarterReading(draws: CampaignDraws, question: ValueQuestion): QuarterReading {
  const { quarter, accounting, level } = question;
  const lines = bookedIn(draws, accounting, quarter.period);
  const effect = effectOnProfit(lines);
  const interval = (each: Uncertain): DrawInterval => medianInterval(each, level);
  const decimals = currencyDecimals(question.currency) ?? 2;
  const known = (figure: GrownFigure): Known => knownOf(figure, question.seed, draws.count);
  const line = (figure: GrownFigure | null, id: string, moved: Uncertain): QuarterLine[] => {
    if (figure === null) return [];
    const { reported, before } = known(figure);
    const own = { reported: intervalOf(reported, level), yearBefore: intervalOf(before, level) };
    const without = reported === null ? null : interval(combine(less, reported, moved));
    return [{ id, title: figure.title, ...own, campaign: interval(moved), without }];
  };
  const cost = combine(
    (contra, sold, marketing, lost) => contra + sold + marketing + lost,
    ...[lines.contraRevenue, lines.costOfRevenue, lines.salesAndMarketing, lines.marginLost],
  );
  const ebita = known(quarter.ebita);
  return {
    title: quarter.title,
    from: dayText(quarter.period.fromDay),
    to: dayText(quarter.period.toDay - 1),
    lines: [
      ...line(quarter.revenue, "revenue", scaled(lines.contraRevenue, -1)),
      ...line(quarter.salesAndMarketing, "sales-and-marketing", lines.salesAndMarketing),
      ...line(quarter.operatingIncome, "operating-income", effect),
      ...line(quarter.ebita, "ebita", effect),
    ],
    margin: marginOf(known(quarter.revenue), ebita, lines, level),
    ...bridgeReading(question, ebita, lines, decimals),
    decimals,
    costShare: interval(combine((own, all) => own / all, cost, costOf(draws))),
    ofFall: fallExplained(ebita, effect, level),
  };
}

/** A figure and the same of a year earlier, drawn over their ranges; null: not found. */
interface Known {
  readonly reported: Uncertain | null;
  readonly before: Uncertain | null;
}

function knownOf(figure: GrownFigure, seed: string, count: number): Known {
  const drawn = (each: Figure | null): Uncertain | null =>
    each === null ? null : figureDraws(each, seed, count);
  const before = drawn(figure.yearBefore);
  const isRounded = figure.yearBefore?.shape === "uniform";
  return { reported: drawn(figure), before: isRounded ? centred(before!) : before };
}

/** Its median is the figure itself, which has no more digits than were published. */
function centred(each: Uncertain): Uncertain {
  const off = each.point - medianOf(each);
  return { point: each.point, draws: each.draws.map((value) => value + off) };
}

function intervalOf(each: Uncertain | null, level: number): DrawInterval | null {
  return each === null ? null : medianInterval(each, level);
}

function less(whole: number, part: number): number {
  return whole - part;
}

function marginOf(
  revenue: Known,
  ebita: Known,
  lines: BookedLines,
  level: number,
): QuarterReading["margin"] {
  const yearBefore = intervalOf(over(ebita.before, revenue.before), level);
  const reported = over(ebita.reported, revenue.reported);
  if (reported === null) return { yearBefore, reported, without: null, campaign: null };
  const without = combine(
    (profit, sales, moved, contra) => (profit - moved) / (sales + contra),
    ...[ebita.reported!, revenue.reported!, effectOnProfit(lines), lines.contraRevenue],
  );
  return {
    yearBefore,
    reported: medianInterval(reported, level),
    without: medianInterval(without, level),
    campaign: medianInterval(combine(less, reported, without), level),
  };
}

function over(profit: Uncertain | null, revenue: Uncertain | null): Uncertain | null {
  if (profit === null || revenue === null || !revenue.draws.every((own) => own > 0)) return null;
  return combine((own, all) => own / all, profit, revenue);
}

/** What the campaign moves in the profit, by line, gains above zero. */
function changesOf(lines: BookedLines): readonly (readonly [string, string, Uncertain])[] {
  return [
    ["contra-revenue", "contra-revenue", scaled(lines.contraRevenue, -1)],
    ["cost-of-revenue", "cost of revenue", scaled(lines.costOfRevenue, -1)],
    ["sales-and-marketing", "sales and marketing", scaled(lines.salesAndMarketing, -1)],
    ["margin-lost", "own margin lost", scaled(lines.marginLost, -1)],
    ["contribution", "margin of kept users", lines.contribution],
  ];
}

function bridgeReading(
  { quarter, level }: ValueQuestion,
  { reported, before }: Known,
  lines: BookedLines,
  decimals: number,
): Pick<QuarterReading, "bridge" | "bridgeReason"> {
  if (reported === null) {
    const bridgeReason = `${quarter.ebita.title} of ${quarter.title} was not found`;
    return { bridge: null, bridgeReason };
  }
  const minor = (amount: number): number => Math.round(amount * 10 ** decimals);
  const moved = changesOf(lines).filter(([, , { draws }]) => draws.some((value) => value !== 0));
  const effect = effectOnProfit(lines);
  const sizes = addingUp(
    moved.map(([, , each]) => each),
    effect,
  );
  const steps = bridgeOf({
    yearEarlierMinor: before === null ? null : minor(medianOf(before)),
    reportedMinor: minor(medianOf(reported)),
    changes: moved.map(([id, title], i) => ({ id, title, minor: minor(sizes[i]!) })),
  });
  const without = combine(less, reported, effect);
  const byId = new Map<string, Uncertain>([
    ...moved.map(([id, , each]) => [id, each] as const),
    ["without", without],
    ["reported", reported],
    ...(before === null
      ? []
      : ([
          ["year-earlier", before],
          ["trend", combine(less, without, before)],
        ] as const)),
  ]);
  const bridge = steps.map((step) => {
    const own = byId.get(step.id);
    return { ...step, interval: own === undefined ? null : medianInterval(own, level) };
  });
  return { bridge, bridgeReason: null };
}

function fallExplained(
  { reported, before }: Known,
  effect: Uncertain,
  level: number,
): DrawInterval | null {
  if (reported === null || before === null) return null;
  const fall = combine(less, before, reported);
  if (!fall.draws.every((size) => size > 0)) return null;
  return medianInterval(
    combine((by, size) => -by / size, effect, fall),
    level,
  );
}
