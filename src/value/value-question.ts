// What is asked of a valuation: the campaign's draws, and the company that it is carried into.
import type { Accounting } from "./booking.ts";
import type { DayPeriod } from "./calendar-days.ts";
import type { Confounder } from "./event-reading.ts";
import type { Figure, GrownFigure } from "./figure.ts";

export interface AmountUnit {
  readonly name: "one" | "thousand" | "million" | "billion";
  /** What one of it is in major units. */
  readonly factor: number;
}

export interface ValueQuestion {
  readonly title: string;
  readonly currency: string;
  readonly unit: AmountUnit;
  readonly level: number;
  readonly seed: string;
  readonly tax: Figure;
  readonly shares: Figure;
  readonly perAds: number | null;
  readonly accounting: Accounting;
  readonly quarter: {
    readonly title: string;
    readonly period: DayPeriod;
    readonly revenue: GrownFigure;
    readonly salesAndMarketing: GrownFigure | null;
    readonly operatingIncome: GrownFigure | null;
    readonly ebita: GrownFigure;
  };
  readonly years: readonly (DayPeriod & { readonly id: string; readonly profit: Figure })[];
  /** Months that a kept user counts; null: for ever. */
  readonly lifetime: Figure | null;
  readonly parts: readonly {
    readonly id: string;
    readonly title: string;
    readonly measure: string;
    readonly figure: Figure;
    readonly growth: Figure | null;
    readonly multiple: Figure;
    /** Of what the multiple is; null: of no profit, such as revenue. */
    readonly basis: "before tax" | "after tax" | null;
  }[];
  readonly netCash: Figure;
  /** The lines that the campaign's two effects move. */
  readonly usersLine: string;
  readonly spendLine: string;
  /** Of a year's margin after tax; or as its line is counted, which then has a basis. */
  readonly usersMultiple: Figure | "of the line";
  /** Multiples of the points at which the sensitivity tables are read. */
  readonly factors: {
    readonly users: readonly number[];
    readonly margin: readonly number[];
    readonly multiple: readonly number[];
    readonly cost: readonly number[];
  };
  readonly listing: {
    readonly currency: string;
    readonly day: string;
    readonly per: "share" | "ADS";
    /** Whether the price is of before the move or of after it. */
    readonly priceTaken: "before" | "after";
    readonly rate: Figure;
    readonly price: Figure;
    readonly move: Figure;
  } | null;
  readonly news: readonly Confounder[];
}
