// value.yaml as it is written, once its shape is checked and defaults are filled in.

/** A number, "-84 %", or nothing: "not found" and an empty value say that nobody published it. */
export type RawNumber = number | string | null;

export interface RawFigure {
  value: RawNumber;
  range?: [number | string, number | string] | undefined;
  yearBefore?: RawNumber | undefined;
  growth?: RawNumber | undefined;
  source: string;
  date?: string | undefined;
  why?: string | undefined;
}

export interface RawSplit {
  salesAndMarketing: number | string;
  contraRevenue: number | string;
  costOfRevenue: number | string;
}

export interface RawFrom {
  plan?: string | undefined;
  verdict?: string | undefined;
  published?: string | undefined;
  starts?: string | undefined;
  kept?: string | undefined;
  scale?: number | undefined;
  margin?: RawFigure | undefined;
  survival?: RawFigure | undefined;
  discount?: RawFigure | undefined;
  draws?: number | undefined;
}

export interface RawPart {
  id: string;
  title?: string | undefined;
  measure: string;
  figure: RawFigure;
  growth?: RawFigure | undefined;
  multiple: RawFigure;
}

export interface RawEvent {
  prices: string;
  kind: "prices" | "returns";
  date: string;
  security: string;
  market: string;
  day: string;
  window: [number, number];
  estimation: number;
  gap: number;
  splits: { day: string; factor: number; of?: "security" | "market" | undefined }[];
}

export interface RawQuarter {
  title: string;
  from: string;
  to: string;
  revenue: RawFigure;
  salesAndMarketing?: RawFigure | undefined;
  operatingIncome?: RawFigure | undefined;
  ebita: RawFigure;
}

export interface RawListing {
  currency: string;
  rate: RawFigure;
  price: RawFigure;
  per?: "share" | "ADS" | undefined;
  priceTaken: "before" | "after";
  move: RawFigure;
  day: string;
}

export interface RawValue {
  title: string;
  from: RawFrom;
  currency: string;
  amounts: "one" | "thousand" | "million" | "billion";
  level: number | string;
  seed: number;
  tax: RawFigure;
  shares: RawFigure;
  perAds?: number | undefined;
  accounting: {
    bookedAt: "redemption" | "grant";
    rewards: RawSplit;
    otherCost?: RawSplit | undefined;
    source: string;
    why?: string | undefined;
  };
  quarter: RawQuarter;
  years: { id: string; from: string; to: string; profit: RawFigure }[];
  lifetime: {
    months: number | "forever";
    range?: [number, number] | undefined;
    source: string;
    why?: string | undefined;
  };
  parts: RawPart[];
  netCash: RawFigure;
  moves: {
    users: { line?: string | undefined; multiple: RawFigure | "of the line" };
    spend: { line: string };
  };
  sensitivity: { users: number[]; margin: number[]; multiple: number[]; cost: number[] };
  listing?: RawListing | undefined;
  event?: RawEvent | undefined;
  news: { day: string; what: string; source: string }[];
}
