// The event study against a long-hand computation, and price files with everything that goes wrong.
import { describe, expect, test } from "vitest";
import { dayNumber, dayText, weekday } from "./calendar-days.ts";
import { eventReading } from "./event-reading.ts";
import { cumulatedReturn, marketModel } from "./event-study.ts";
import type { PriceColumns } from "./price-rows.ts";
import { priceSeries } from "./price-series.ts";
import { priceTable, tradingDays } from "./price-table.fixture.ts";

const returns: PriceColumns = { date: "date", security: "ali", market: "hsi", kind: "returns" };
const prices: PriceColumns = { ...returns, kind: "prices" };
const read = (columns: PriceColumns, ...rows: string[]) => priceSeries(priceTable(rows), columns);
const saysOf = (columns: PriceColumns, ...rows: string[]): string[] =>
  read(columns, ...rows).notices.map(({ says }) => says);

describe("the study of a day", () => {
  const rows = tradingDays(120, { at: 100, size: -0.05 });
  const day = rows[100]!.slice(0, 10);
  const question = {
    ...{ security: "ali", market: "hsi", day, window: [-1, 1] as const },
    ...{ estimationDays: 80, gapDays: 5, level: 0.95 },
  };
  const reading = eventReading(read(returns, ...rows), question, [
    { day, what: "results of a rival", source: "press" },
    { day: "2025-01-01", what: "new year", source: "calendar" },
  ]);

  test("finds the model and the shock, with a t test that sees it", () => {
    expect(reading.model.beta).toBeCloseTo(1.2, 1);
    expect(reading.days.map(({ offset }) => offset)).toEqual([-1, 0, 1]);
    expect(reading.days[1]!.abnormal).toBeCloseTo(-0.05, 2);
    expect(reading.days[1]!.t).toBeLessThan(-10);
    expect(reading.whole.p).toBeLessThan(1e-6);
    expect(reading.estimation.to < rows[94]!.slice(0, 10)).toBe(true);
  });

  test("control: without the shock there is nothing to see", () => {
    const calm = tradingDays(120, { at: 100, size: 0 });
    expect(eventReading(read(returns, ...calm), question).whole.p).toBeGreaterThan(0.05);
  });

  test("says which other news lies in the window", () => {
    expect(reading.confounders.map(({ isInWindow }) => isInWindow)).toEqual([true, false]);
  });

  test("moves news of a weekend to the next trading day", () => {
    const friday = rows.findIndex(
      (row) => weekday(dayNumber(row.slice(0, 10))!) === 5 && row > day,
    );
    const saturday = dayText(dayNumber(rows[friday]!.slice(0, 10))! + 1);
    const later = eventReading(read(returns, ...rows), { ...question, day: saturday });
    expect(later.day).toBe(rows[friday + 1]!.slice(0, 10));
  });

  test("errors of a sum of days go together: more than of days that are independent", () => {
    const model = marketModel([
      { security: 0.01, market: 0.01 },
      { security: 0.02, market: 0.03 },
      { security: -0.01, market: -0.02 },
      { security: 0.03, market: 0.01 },
    ]);
    const days = Array.from({ length: 3 }, () => ({ security: 0, market: model.marketMean }));
    const whole = cumulatedReturn(model, days);
    expect(whole.standardError ** 2).toBeCloseTo(model.variance * (3 + 9 / 4), 15);
  });

  test("refuses what does not suffice, in a sentence", () => {
    const series = read(returns, ...rows);
    const ask = (more: object) => () => eventReading(series, { ...question, ...more });
    expect(ask({ estimationDays: 200 })).toThrow(
      /p.csv: event: expected 200 trading days before the window and its gap, found 94/,
    );
    expect(ask({ window: [0, 30] })).toThrow(/expected 30 trading days after the event/);
    expect(ask({ day: "2027-01-01" })).toThrow(/expected prices from 2027-01-01 on, found none/);
  });
});

describe("a price file", () => {
  test("becomes returns of trading days of both", () => {
    const series = read(prices, "2026-02-02,100,50", "2026-02-03,110,51", "2026-02-04,99,51");
    expect(series.days.map(({ security }) => security)).toEqual([
      expect.closeTo(0.1, 12),
      expect.closeTo(-0.1, 12),
    ]);
    expect(series.days[0]!.market).toBeCloseTo(0.02, 12);
    expect(series.notices).toEqual([]);
  });

  test("with a holiday keeps the day out and says so; a long gap is listed", () => {
    const series = read(prices, "2026-02-12,100,50", "2026-02-13,,51", "2026-02-24,99,51");
    expect(series.days).toHaveLength(1);
    expect(series.notices.map(({ says }) => says)).toEqual([
      "p.csv, line 3: no price of ali on 2026-02-13 (a holiday there?): the day is left out",
      "p.csv, line 4: no row of 6 working days before it, 2026-02-16 to 2026-02-23 (a holiday, " +
        "or a gap?): the return to the next day spans them",
    ]);
    expect(saysOf(prices, "2026-02-07,1,1", "2026-02-09,1,1")[0]).toMatch(/weekend's day/);
  });

  test("with a jump like a split is refused, until the split is declared", () => {
    const rows = ["2026-02-02,100,50", "2026-02-03,50.5,50", "2026-02-04,51,50"];
    expect(() => read(prices, ...rows)).toThrow(
      /p.csv, line 3: ali moved by a factor of 0.505 on 2026-02-03, suspiciously near a split \(2 /,
    );
    const declared = priceSeries(priceTable(rows), prices, [{ day: "2026-02-03", factor: 2 }]);
    expect(declared.days[0]!.security).toBeCloseTo(0.01, 12);
    expect(() => read(prices, "2026-02-02,10,50", "2026-02-03,81,50")).toThrow(
      /one new share for 8/,
    );
    expect(read(prices, "2026-02-02,100,50", "2026-02-03,75,50").days).toHaveLength(1);
    const nowhere = [{ day: "2026-03-01", factor: 2 }];
    expect(() => priceSeries(priceTable(rows), prices, nowhere)).toThrow(/day of the split/);
  });

  test("names line and cell of what is no price, and days out of order", () => {
    expect(() => read(prices, "2026-02-02,0,1")).toThrow(/line 2: ali: expected a price above 0/);
    expect(() => read(prices, "2026-02-02,1,x")).toThrow(/line 2: hsi: expected a price .*"x"/);
    expect(() => read(returns, "2026-02-02,-1.5,0")).toThrow(/expected a return above -1/);
    expect(() => read(prices, "2026-02-03,1,1", "2026-02-02,1,1")).toThrow(
      /line 3: expected days in order, found 2026-02-02 after 2026-02-03/,
    );
    expect(() => read(prices, "2026-02-03,1,1", "2026-02-03,1,1")).toThrow(/2026-02-03 twice/);
    expect(() => read(prices, "3 Feb,1,1")).toThrow(/line 2: expected a day such as/);
    expect(() => read(prices)).toThrow(/a row a trading day, found none/);
  });
});
