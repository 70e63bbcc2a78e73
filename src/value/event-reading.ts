// An event study as a campaign's readers need it: on which days the share moved apart from its
// market, whether that is more than noise, and what else was in the news.
import { HongbaoError } from "../base/error.ts";
import { dayNumber, dayText, weekday } from "./calendar-days.ts";
import {
  abnormalReturn,
  type CumulatedReturn,
  cumulatedReturn,
  type MarketModel,
  marketModel,
} from "./event-study.ts";
import type { PriceDay, PriceSeries } from "./price-series.ts";

export interface EventQuestion {
  readonly security: string;
  readonly market: string;
  /** The day of the news; where it is no trading day, the next one. */
  readonly day: string;
  /** Trading days around it, such as -1 and 5. */
  readonly window: readonly [from: number, to: number];
  readonly estimationDays: number;
  /** Trading days between estimation and window, so that the news does not leak into the model. */
  readonly gapDays: number;
  readonly level: number;
}

/** Something else that could have moved the share. */
export interface Confounder {
  readonly day: string;
  readonly what: string;
  readonly source: string;
}

export interface EventDay {
  /** Trading days from the event. */
  readonly offset: number;
  readonly day: string;
  readonly actual: number;
  readonly expected: number;
  readonly abnormal: number;
  readonly standardError: number;
  readonly t: number;
  /** The sum since the window's first day. */
  readonly cumulated: CumulatedReturn;
}

export interface EventReading {
  readonly security: string;
  readonly market: string;
  /** The first trading day from the news on. */
  readonly day: string;
  readonly level: number;
  readonly estimation: { readonly from: string; readonly to: string };
  readonly model: MarketModel;
  readonly days: readonly EventDay[];
  /** Over the whole window. */
  readonly whole: CumulatedReturn;
  /** Other news within the window, and the rest. */
  readonly confounders: readonly (Confounder & { readonly isInWindow: boolean })[];
  readonly notices: readonly string[];
}

/** More than these nobody reads; those of the window come first. */
const NOTICES_MOST = 12;
/** A share that follows its market to this part of a day's return is the market's own column. */
const NOISE_LEAST = 1e-20;

export function eventReading(
  series: PriceSeries,
  question: EventQuestion,
  confounders: readonly Confounder[] = [],
): EventReading {
  const { security, market, window, estimationDays, gapDays, level } = question;
  const { file } = series;
  const at = eventIndex(series, question);
  const [first, last] = [at + window[0], at + window[1]];
  const [from, to] = [first - gapDays - estimationDays, first - gapDays];
  if (from < 0) {
    const days = Math.max(0, to);
    throw problem(
      file,
      `expected ${estimationDays} trading days before the window and its gap, found ${days}`,
    );
  }
  if (last >= series.days.length) {
    throw problem(file, `expected ${window[1]} trading days after the event, found fewer`);
  }
  const estimation = series.days.slice(from, to);
  requireMoves(estimation, question, file);
  const model = marketModel(estimation);
  if (model.variance < NOISE_LEAST) throw same(question, file);
  const days = series.days.slice(first, last + 1);
  const dayAt = (i: number): string => dayText(series.days[i]!.day);
  // The first return begins at the close before it: a weekend's news is in it.
  const [before, end] = [series.days[first - 1]!.day, series.days[last]!.day];
  return {
    ...{ security, market, level, model, day: dayAt(at) },
    estimation: { from: dayAt(from), to: dayAt(to - 1) },
    days: days.map((each, i) => {
      const read = abnormalReturn(model, each);
      return {
        ...read,
        offset: window[0] + i,
        day: dayText(each.day),
        t: read.standardError > 0 ? read.abnormal / read.standardError : 0,
        cumulated: cumulatedReturn(model, days.slice(0, i + 1), level),
      };
    }),
    whole: cumulatedReturn(model, days, level),
    confounders: confounders.map((each) => {
      const day = dayNumber(each.day) ?? Number.NaN;
      return { ...each, isInWindow: before < day && day <= end };
    }),
    notices: [...movedNotice(question.day, dayAt(at)), ...noticesOf(series, before, end)],
  };
}

/** News of a day without trading is read on the next; nobody shall have to find that out. */
function movedNotice(asked: string, read: string): string[] {
  if (asked === read) return [];
  const isWeekend = weekday(dayNumber(asked)!) > 5;
  const why = isWeekend ? "a weekend" : "the file has no prices of both for the days between";
  return [`The news of ${asked} is read on ${read}: ${why}.`];
}

/** Those of the window's days first. */
function noticesOf({ notices }: PriceSeries, before: number, end: number): string[] {
  const isNear = (day: number | null): boolean => day !== null && before < day && day <= end;
  const near = notices.filter(({ day }) => isNear(day));
  const sorted = [...near, ...notices.filter(({ day }) => !isNear(day))].map(({ says }) => says);
  const more = sorted.length - NOTICES_MOST;
  return more <= 0 ? sorted : [...sorted.slice(0, NOTICES_MOST), `… and ${more} more of the kind`];
}

function requireMoves(days: readonly PriceDay[], question: EventQuestion, file: string): void {
  for (const key of ["market", "security"] as const) {
    const first = days[0]![key];
    if (days.some((day) => day[key] !== first)) continue;
    const when = `${dayText(days[0]!.day)} to ${dayText(days.at(-1)!.day)}`;
    const lines = `lines ${days[0]!.line} to ${days.at(-1)!.line}`;
    const found = `the same return on all ${days.length} days of the model, ${when} (${lines})`;
    throw problem(file, `expected ${question[key]} to move, found ${found}`);
  }
}

function same({ security, market }: EventQuestion, file: string): HongbaoError {
  const found = `${security} following ${market} exactly`;
  const next = "is it the same series twice?";
  return problem(file, `expected a share with a noise of its own, found ${found}: ${next}`);
}

function eventIndex(series: PriceSeries, { day }: EventQuestion): number {
  const { file } = series;
  const wanted = dayNumber(day);
  const at = wanted === null ? -1 : series.days.findIndex((each) => each.day >= wanted);
  if (wanted === null || at < 0) {
    throw problem(file, `expected prices from ${day} on, found none`);
  }
  const late = series.days[at]!.day - wanted;
  if (late <= 10) return at;
  throw problem(file, `expected a price within ten days of ${day}, the next is ${late} days later`);
}

function problem(file: string, message: string): HongbaoError {
  return new HongbaoError({ code: "invalid_file", message: `${file}: event: ${message}` });
}
