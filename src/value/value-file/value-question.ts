// value.yaml as a question: numbers in major units, days, figures with their sources. What a shape
// cannot say is checked here, and told with the place in the file.

import { readShare } from "../../contract/index.ts";
import { OF_THE_LINE } from "../company-figures.ts";
import { NET_CASH } from "../company-value.ts";
import { type Figure, type FigureBook, figureBook, type GrownFigure } from "../figure.ts";
import type { ValueQuestion } from "../value-question.ts";
import {
  type AmountUnits,
  amountKind,
  bridgedKind,
  KINDS,
  type NumberKind,
  requireKind,
  sharesKind,
} from "./number-kinds.ts";
import type { Problem } from "./problem.ts";
import { factorsOf } from "./read-factors.ts";
import { accountingOf, basisOf, usersMultipleOf } from "./read-lines.ts";
import { listingOf, requireEvent } from "./read-market.ts";
import { quarterPeriod, yearPeriods } from "./read-periods.ts";
import type { RawFigure, RawFrom, RawQuarter, RawValue } from "./value-shape.ts";

const UNITS: Readonly<Record<RawValue["amounts"], number>> = {
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
  const units: AmountUnits = { currency: raw.currency, name: raw.amounts, factor };
  requireKinds(raw, units, problem);
  requireEvent(raw, problem);
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
  const accounting = accountingOf(raw, figures, problem);
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
      shares,
      perAds: raw.perAds ?? null,
      accounting,
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
        basis: basisOf(part.measure),
      })),
      netCash: amount(raw.netCash, "net cash", "netCash"),
      usersLine: raw.moves.users.line ?? NET_CASH,
      spendLine: raw.moves.spend.line,
      usersMultiple: usersMultipleOf(raw, plain, problem),
      factors: factorsOf(raw, problem),
      listing: listingOf(raw, plain, problem),
      news: raw.news,
    },
  };
}

/** What is checked before anything is read: each number against its kind. */
function requireKinds(raw: RawValue, units: AmountUnits, problem: Problem): void {
  const look = (at: RawFigure | undefined, kind: NumberKind, ...path: PropertyKey[]): void => {
    if (at !== undefined) requireKind(at, path, kind, problem);
  };
  const [amount, bridged] = [amountKind(units), bridgedKind(units)];
  const { quarter, from, moves } = raw;
  look(raw.shares, sharesKind(units), "shares");
  look(quarter.revenue, amountKind(units, 0, true), "quarter", "revenue");
  look(quarter.salesAndMarketing, amountKind(units, 0), "quarter", "salesAndMarketing");
  look(quarter.operatingIncome, amount, "quarter", "operatingIncome");
  look(quarter.ebita, bridged, "quarter", "ebita");
  for (const [i, { profit }] of raw.years.entries()) look(profit, amount, "years", i, "profit");
  for (const [i, part] of raw.parts.entries()) {
    look(part.figure, amount, "parts", i, "figure");
    look(part.growth, KINDS.growth, "parts", i, "growth");
    look(part.multiple, KINDS.multiple, "parts", i, "multiple");
  }
  look(raw.netCash, amount, "netCash");
  const { multiple } = moves.users;
  look(
    multiple === OF_THE_LINE ? undefined : multiple,
    KINDS.multiple,
    "moves",
    "users",
    "multiple",
  );
  look(from.margin, KINDS.margin, "from", "margin");
  look(from.survival, KINDS.survival, "from", "survival");
  look(from.discount, KINDS.discount, "from", "discount");
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
    published: ["published"],
  };
  const kind =
    from.plan !== undefined ? "plan" : from.verdict !== undefined ? "verdict" : "published";
  for (const key of Object.keys(from) as (keyof RawFrom)[]) {
    if (from[key] === undefined || allowed[kind]!.includes(key)) continue;
    throw problem(["from", key], `expected nothing of the kind beside ${kind}`);
  }
  const needed: readonly (keyof RawFrom)[] = kind === "verdict" ? ["starts", "discount"] : [];
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
  // 99.9 / 100 is a little more than .999.
  const level = Number(readShare(raw.level)!.toPrecision(12));
  if (level >= 0.5 && level <= 0.999) return level;
  throw problem(["level"], `expected 50 to 99.9 %, found ${raw.level}`);
}

function quarterOf(raw: RawValue, figures: FigureBook, problem: Problem): ValueQuestion["quarter"] {
  const { quarter, amounts, currency } = raw;
  const [unit, factor] = [`${amounts} ${currency}`, UNITS[amounts]];
  const read = (key: keyof RawQuarter, raw: RawFigure, title: string): GrownFigure =>
    figures.readGrown(raw, { path: ["quarter", key], title, unit, factor });
  const { revenue, salesAndMarketing: marketing, operatingIncome: income, ebita } = quarter;
  return {
    title: quarter.title,
    period: quarterPeriod(raw, problem),
    revenue: read("revenue", revenue, "revenue"),
    salesAndMarketing:
      marketing === undefined ? null : read("salesAndMarketing", marketing, "sales and marketing"),
    operatingIncome:
      income === undefined ? null : read("operatingIncome", income, "operating income"),
    ebita: read("ebita", ebita, "adjusted EBITA"),
  };
}

function yearsOf(raw: RawValue, amount: ReadAmount, problem: Problem): ValueQuestion["years"] {
  return yearPeriods(raw, problem).map((period, i) => {
    const year = raw.years[i]!;
    const profit = amount(year.profit, `${year.id}, net profit`, "years", i, "profit");
    return { id: year.id, ...period, profit };
  });
}

function requireLines(raw: RawValue, problem: Problem): void {
  const ids = raw.parts.map(({ id }) => id);
  const twice = ids.findIndex((id, i) => ids.indexOf(id) !== i || id === NET_CASH);
  if (twice >= 0) throw problem(["parts", twice, "id"], `expected "${ids[twice]}" once`);
  // Without segments there is no sum of the parts, and no line to count anything in.
  if (ids.length === 0) return;
  const lines = [...ids, NET_CASH];
  const known = lines.join(", ");
  for (const key of ["users", "spend"] as const) {
    const { line } = raw.moves[key];
    if (line !== undefined && lines.includes(line)) continue;
    if (line === undefined) throw problem(["moves", key], `expected a line: one of ${known}`);
    throw problem(["moves", key, "line"], `expected one of ${known}; found "${line}"`);
  }
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
