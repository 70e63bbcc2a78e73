// The quarter with and without the campaign: its lines, its margin, and the bridge of its profit.
import { currencyDecimals } from "../base/money.ts";
import type { CampaignDraws } from "../plan/campaign-draws.ts";
import { combine, type DrawInterval, drawInterval, type Uncertain } from "../stats/draws.ts";
import { type BookedLines, bookedIn, effectOnProfit } from "./booking.ts";
import { type BridgeStep, bridgeOf } from "./bridge.ts";
import { dayText } from "./calendar-days.ts";
import { scaled } from "./draw-sums.ts";
import type { GrownFigure } from "./figure.ts";
import { costOf } from "./unit-economics.ts";
import type { ValueQuestion } from "./value-question.ts";

export interface QuarterLine {
  readonly id: string;
  readonly title: string;
  /** Null: not found. */
  readonly reported: number | null;
  readonly yearBefore: number | null;
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
    readonly yearBefore: number | null;
    readonly reported: number | null;
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
  /** The most that it explains of the fall in EBITA; null where no fall was found. */
  readonly ofFall: DrawInterval | null;
}

export function quarterReading(draws: CampaignDraws, question: ValueQuestion): QuarterReading {
  const { quarter, accounting, level } = question;
  const lines = bookedIn(draws, accounting, quarter.period);
  const effect = effectOnProfit(lines);
  const interval = (each: Uncertain): DrawInterval => drawInterval(each, level);
  const decimals = currencyDecimals(question.currency) ?? 2;
  const { revenue, salesAndMarketing, operatingIncome, ebita } = quarter;
  const line = (figure: GrownFigure | null, id: string, moved: Uncertain): QuarterLine[] => {
    if (figure === null) return [];
    const { value, yearBefore, title } = figure;
    const without = value === null ? null : interval(combine((by) => value - by, moved));
    return [{ id, title, reported: value, yearBefore, campaign: interval(moved), without }];
  };
  const cost = combine(
    (contra, sold, marketing, lost) => contra + sold + marketing + lost,
    ...[lines.contraRevenue, lines.costOfRevenue, lines.salesAndMarketing, lines.marginLost],
  );
  return {
    title: quarter.title,
    from: dayText(quarter.period.fromDay),
    to: dayText(quarter.period.toDay - 1),
    lines: [
      ...line(revenue, "revenue", scaled(lines.contraRevenue, -1)),
      ...line(salesAndMarketing, "sales-and-marketing", lines.salesAndMarketing),
      ...line(operatingIncome, "operating-income", effect),
      ...line(ebita, "ebita", effect),
    ],
    margin: marginOf(question, lines, effect),
    ...bridgeReading(question, lines, decimals),
    decimals,
    costShare: interval(combine((own, all) => own / all, cost, costOf(draws))),
    ofFall: fallExplained(ebita, effect, level),
  };
}

function marginOf(
  { quarter, level }: ValueQuestion,
  lines: BookedLines,
  effect: Uncertain,
): QuarterReading["margin"] {
  const { revenue, ebita } = quarter;
  const over = (a: number | null, b: number | null): number | null =>
    a === null || b === null || b <= 0 ? null : a / b;
  const reported = over(ebita.value, revenue.value);
  const yearBefore = over(ebita.yearBefore, revenue.yearBefore);
  const [profit, sales] = [ebita.value, revenue.value];
  if (reported === null || profit === null || sales === null) {
    return { yearBefore, reported, without: null, campaign: null };
  }
  const without = combine(
    (moved, contra) => (profit - moved) / (sales + contra),
    effect,
    lines.contraRevenue,
  );
  return {
    yearBefore,
    reported,
    without: drawInterval(without, level),
    campaign: drawInterval(
      combine((own) => reported - own, without),
      level,
    ),
  };
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
  lines: BookedLines,
  decimals: number,
): Pick<QuarterReading, "bridge" | "bridgeReason"> {
  const { ebita } = quarter;
  const reported = ebita.value;
  if (reported === null) {
    return { bridge: null, bridgeReason: `${ebita.title} of ${quarter.title} was not found` };
  }
  const minor = (amount: number): number => Math.round(amount * 10 ** decimals);
  const moved = changesOf(lines).filter(([, , { draws }]) => draws.some((value) => value !== 0));
  const steps = bridgeOf({
    yearEarlierMinor: ebita.yearBefore === null ? null : minor(ebita.yearBefore),
    reportedMinor: minor(reported),
    changes: moved.map(([id, title, { point }]) => ({ id, title, minor: minor(point) })),
  });
  const effect = effectOnProfit(lines);
  const before = ebita.yearBefore ?? 0;
  const byId = new Map<string, Uncertain>([
    ...moved.map(([id, , each]) => [id, each] as const),
    ["without", combine((by) => reported - by, effect)],
    ["trend", combine((by) => reported - by - before, effect)],
  ]);
  const bridge = steps.map((step) => {
    const own = byId.get(step.id);
    return { ...step, interval: own === undefined ? null : drawInterval(own, level) };
  });
  return { bridge, bridgeReason: null };
}

function fallExplained(
  { value, yearBefore }: GrownFigure,
  effect: Uncertain,
  level: number,
): DrawInterval | null {
  if (value === null || yearBefore === null || yearBefore <= value) return null;
  const fall = yearBefore - value;
  return drawInterval(
    combine((by) => -by / fall, effect),
    level,
  );
}
