// value.yaml as a question: numbers in major units, days, figures with their sources. What a shape
// cannot say is checked here, and told with the place in the file.
import type { HongbaoError } from "../../base/error.ts";
import { readShare } from "../../contract/index.ts";
import type { LineSplit } from "../booking.ts";
import { type DayPeriod, dayNumber } from "../calendar-days.ts";
import { NET_CASH } from "../company-value.ts";
import { type Figure, type FigureBook, figureBook, type GrownFigure } from "../figure.ts";
import type { ValueQuestion } from "../value-question.ts";
import type { RawFigure, RawFrom, RawQuarter, RawSplit, RawValue } from "./value-shape.ts";

export type Problem = (path: readonly PropertyKey[], message: string) => HongbaoError;

export const UNITS: Readonly<Record<RawValue["amounts"], number>> = {
  one: 1,
  thousand: 1e3,
  million: 1e6,
  billion: 1e9,
};

export interface ReadValue {
  readonly question: ValueQuestion;
  /** Where the campaign's results come from; the file is relative to this one. */
  readonly from: RawFrom;
  readonly figures: FigureBook;
  readonly seed: number;
}

/** @param problem the error of what stands at a path of the file */
export function readValue(raw: RawValue, problem: Problem): ReadValue {
  requireOneSource(raw.from, problem);
  const figures = figureBook(problem);
  const factor = UNITS[raw.amounts];
  const amount = (at: RawFigure, title: string, ...path: PropertyKey[]): Figure =>
    figures.read(at, { path, title, unit: `${raw.amounts} ${raw.currency}`, factor });
  const plain = (at: RawFigure, title: string, unit: string, ...path: PropertyKey[]): Figure =>
    figures.read(at, { path, title, unit, factor: 1 });
  const tax = plain(raw.tax, "tax rate", "share", "tax");
  requireNumber(tax, problem, isTaxRate, "a tax rate of 0 to 1");
  if (tax.range !== null && !tax.range.every(isTaxRate)) {
    throw problem(["tax", "range"], `expected tax rates of 0 to 1, found ${raw.tax.range}`);
  }
  const shares = figures.read(raw.shares, {
    ...{ path: ["shares"], title: "ordinary shares", unit: `${raw.amounts} shares`, factor },
  });
  requireNumber(shares, problem, (value) => value > 0, "shares above 0");
  requireLines(raw, problem);
  figures.assume("accounting", accountingWords(raw), raw.accounting);
  return {
    figures,
    from: raw.from,
    seed: raw.seed,
    question: {
      title: raw.title,
      currency: raw.currency,
      unit: { name: raw.amounts, factor },
      level: levelOf(raw, problem),
      seed: String(raw.seed),
      tax,
      shares: shares.value!,
      perAds: raw.perAds ?? null,
      accounting: {
        bookedAt: raw.accounting.bookedAt,
        rewards: splitOf(raw.accounting.rewards, ["accounting", "rewards"], problem),
        otherCost: splitOf(raw.accounting.otherCost, ["accounting", "otherCost"], problem),
      },
      quarter: quarterOf(raw, figures, problem),
      years: yearsOf(raw, amount, problem),
      lifetime: lifetimeOf(raw, figures),
      parts: raw.parts.map((part, i) => ({
        ...{ id: part.id, title: part.title ?? part.id, measure: part.measure },
        figure: amount(part.figure, `${part.id}, ${part.measure}`, "parts", i, "figure"),
        growth:
          part.growth === undefined
            ? null
            : plain(part.growth, `${part.id}, growth`, "share", "parts", i, "growth"),
        multiple: plain(part.multiple, `${part.id}, multiple`, "times", "parts", i, "multiple"),
      })),
      netCash: amount(raw.netCash, "net cash", "netCash"),
      usersLine: raw.moves.users.line,
      spendLine: raw.moves.spend.line,
      usersMultiple: plain(
        ...([raw.moves.users.multiple, "multiple of the kept users' margin", "times"] as const),
        ...["moves", "users", "multiple"],
      ),
      factors: raw.sensitivity,
      listing: listingOf(raw, plain),
      news: raw.news,
    },
  };
}

type ReadAmount = (at: RawFigure, title: string, ...path: PropertyKey[]) => Figure;

function requireOneSource(from: RawFrom, problem: Problem): void {
  const given = [from.plan, from.verdict, from.published].filter((file) => file !== undefined);
  if (given.length !== 1) {
    throw problem(["from"], `expected one of plan, verdict and published, found ${given.length}`);
  }
  const allowed: Record<string, readonly (keyof RawFrom)[]> = {
    plan: ["plan"],
    verdict: ["verdict", "starts", "kept", "scale", "margin", "survival", "discount", "draws"],
    published: ["published", "starts", "base", "retention", "discount", "draws"],
  };
  const kind =
    from.plan !== undefined ? "plan" : from.verdict !== undefined ? "verdict" : "published";
  for (const key of Object.keys(from) as (keyof RawFrom)[]) {
    if (from[key] === undefined || allowed[kind]!.includes(key)) continue;
    throw problem(["from", key], `expected nothing of the kind beside ${kind}`);
  }
  const needed: readonly (keyof RawFrom)[] = kind === "plan" ? [] : ["starts", "discount"];
  for (const key of needed) {
    if (from[key] === undefined) throw problem(["from"], `expected ${key} beside ${kind}`);
  }
}

function requireNumber(
  figure: Figure,
  problem: Problem,
  test: (value: number) => boolean,
  expected: string,
): void {
  const { value, path } = figure;
  if (value !== null && test(value)) return;
  throw problem([...path, "value"], `expected ${expected}, found ${value ?? "none"}`);
}

function levelOf(raw: RawValue, problem: Problem): number {
  const level = readShare(raw.level)!;
  if (level >= 0.5 && level <= 0.999) return level;
  throw problem(["level"], `expected 50 to 99.9 %, found ${raw.level}`);
}

function splitOf(raw: RawSplit, path: readonly string[], problem: Problem): LineSplit {
  const split = {
    salesAndMarketing: readShare(raw.salesAndMarketing)!,
    contraRevenue: readShare(raw.contraRevenue)!,
    costOfRevenue: readShare(raw.costOfRevenue)!,
  };
  const sum = split.salesAndMarketing + split.contraRevenue + split.costOfRevenue;
  if (Math.abs(sum - 1) < 1e-9) return split;
  const found = Number((100 * sum).toPrecision(6));
  throw problem(path, `expected shares that add up to 100 %, found ${found} %`);
}

function periodOf(
  raw: { from: string; to: string },
  path: readonly PropertyKey[],
  problem: Problem,
): DayPeriod {
  const [fromDay, lastDay] = [dayNumber(raw.from)!, dayNumber(raw.to)!];
  if (lastDay > fromDay) return { fromDay, toDay: lastDay + 1 };
  throw problem([...path, "to"], `expected a last day after ${raw.from}, found ${raw.to}`);
}

function quarterOf(
  { quarter, amounts, currency }: RawValue,
  figures: FigureBook,
  problem: Problem,
): ValueQuestion["quarter"] {
  const [unit, factor] = [`${amounts} ${currency}`, UNITS[amounts]];
  const read = (key: keyof RawQuarter, raw: RawFigure, title: string): GrownFigure =>
    figures.readGrown(raw, { path: ["quarter", key], title, unit, factor });
  const { revenue, salesAndMarketing: marketing, operatingIncome: income, ebita } = quarter;
  return {
    title: quarter.title,
    period: periodOf(quarter, ["quarter"], problem),
    revenue: read("revenue", revenue, "revenue"),
    salesAndMarketing:
      marketing === undefined ? null : read("salesAndMarketing", marketing, "sales and marketing"),
    operatingIncome:
      income === undefined ? null : read("operatingIncome", income, "operating income"),
    ebita: read("ebita", ebita, "adjusted EBITA"),
  };
}

function yearsOf(raw: RawValue, amount: ReadAmount, problem: Problem): ValueQuestion["years"] {
  let before = Number.NEGATIVE_INFINITY;
  return raw.years.map((year, i) => {
    const period = periodOf(year, ["years", i], problem);
    if (period.fromDay < before) {
      throw problem(["years", i, "from"], "expected years in order, without overlap");
    }
    before = period.toDay;
    const profit = amount(year.profit, `${year.id}, net profit`, "years", i, "profit");
    return { id: year.id, ...period, profit };
  });
}

function requireLines(raw: RawValue, problem: Problem): void {
  const ids = raw.parts.map(({ id }) => id);
  const twice = ids.findIndex((id, i) => ids.indexOf(id) !== i || id === NET_CASH);
  if (twice >= 0) throw problem(["parts", twice, "id"], `expected "${ids[twice]}" once`);
  const lines = [...ids, NET_CASH];
  for (const key of ["users", "spend"] as const) {
    const { line } = raw.moves[key];
    if (lines.includes(line)) continue;
    const known = lines.join(", ");
    throw problem(["moves", key, "line"], `expected one of ${known}; found "${line}"`);
  }
}

function listingOf(
  { listing, currency }: RawValue,
  plain: (at: RawFigure, title: string, unit: string, ...path: PropertyKey[]) => Figure,
): ValueQuestion["listing"] {
  if (listing === undefined) return null;
  const money = `${listing.currency}/${currency}`;
  return {
    ...{ currency: listing.currency, day: listing.day },
    rate: plain(listing.rate, "exchange rate", money, "listing", "rate"),
    price: plain(listing.price, "share price", listing.currency, "listing", "price"),
    move: plain(listing.move, "move of the day", "share", "listing", "move"),
  };
}

function accountingWords({ accounting }: RawValue): string {
  const { rewards, bookedAt } = accounting;
  const lines = [
    [rewards.salesAndMarketing, "sales and marketing"],
    [rewards.contraRevenue, "contra-revenue"],
    [rewards.costOfRevenue, "cost of revenue"],
  ] as const;
  const parts = lines
    .map(([share, line]) => [readShare(share)!, line] as const)
    .filter(([share]) => share > 0)
    .map(([share, line]) => `${Number((100 * share).toPrecision(6))} % in ${line}`);
  return `rewards booked at the ${bookedAt}, ${parts.join(", ")}`;
}

function isTaxRate(value: number): boolean {
  return value >= 0 && value < 1;
}

/** Null: for ever. */
function lifetimeOf({ lifetime }: RawValue, figures: FigureBook): Figure | null {
  const { months, range, source, why } = lifetime;
  if (months === "forever") {
    figures.assume("lifetime", "kept users count for ever", lifetime);
    return null;
  }
  const place = { title: "kept users count for", unit: "months", factor: 1 };
  return figures.read({ value: months, range, source, why }, { path: ["lifetime"], ...place });
}
