// The figures of the company's quarter that a campaign's cost is held against, taken by name and
// unit from the published file.
import type { Published } from "../plan/published.ts";

/** Million yuan unless said. */
export interface Quarter {
  readonly revenue: number;
  /** Of the December quarter: the March quarter's was not found. */
  readonly salesAndMarketing: number;
  readonly adjustedEbita: number;
  /** A year earlier, from the published growth (a rounded per cent). */
  readonly adjustedEbitaYearBefore: number;
  readonly operatingIncome: number;
  readonly operatingIncomeYearBefore: number;
}

export function quarterOf(published: Published): Quarter {
  const amount = (id: string): number => published.value(id, "million CNY");
  const growth = published.value("adjustedEbitaGrowth", "ratio");
  return {
    revenue: amount("revenue"),
    salesAndMarketing: amount("salesAndMarketing"),
    adjustedEbita: amount("adjustedEbita"),
    adjustedEbitaYearBefore: amount("adjustedEbita") / (1 + growth),
    operatingIncome: amount("operatingIncome"),
    operatingIncomeYearBefore: amount("operatingIncomeYearBefore"),
  };
}
