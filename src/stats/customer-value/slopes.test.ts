// The slopes of the purchase models' likelihoods: those of their values, and the same optimum.
import { describe, expect, it } from "vitest";
import { randomStream } from "../../base/keystream.ts";
import { fitLikelihood, type Likelihood } from "./fit.ts";
import {
  bgNbd,
  type HistoryTable,
  historyTable,
  mbgNbd,
  type PurchaseHistory,
  type PurchaseModel,
  paretoNbd,
} from "./index.ts";

type AnyModel = PurchaseModel<string>;
type Named = Record<string, number>;

/** Rates of their own, and a chance to leave or a risk of their own; many have the same history. */
function customers(how: "leave at a purchase" | "leave at any time"): PurchaseHistory[] {
  const stream = randomStream(11, "slopes");
  const wait = (rate: number): number => -Math.log(1 - stream.nextFloat()) / rate;
  return Array.from({ length: 900 }, (_, i) => {
    const age = 20 + (i % 5);
    const rate = wait(3);
    const leaves = how === "leave at a purchase" ? stream.nextFloat() : 0;
    const end = how === "leave at any time" ? Math.min(age, wait(wait(2))) : age;
    let [day, repeats, recency] = [wait(rate), 0, 0];
    while (day < end) {
      [repeats, recency] = [repeats + 1, Math.max(1, Math.floor(day))];
      day = stream.nextFloat() < leaves ? age : day + wait(rate);
    }
    return { repeats, recency, age, customers: 1 };
  });
}

/** What fits seldom see: bought just now, hundreds of times, once long ago. */
const ODD: PurchaseHistory[] = [
  { repeats: 3, recency: 10, age: 10, customers: 4 },
  { repeats: 400, recency: 9.5, age: 10, customers: 1 },
  { repeats: 400, recency: 0.5, age: 900, customers: 2 },
  { repeats: 0, recency: 0, age: 900, customers: 2.5 },
];

const drawn = historyTable(customers("leave at a purchase"));
const withOdd = historyTable([...customers("leave at a purchase"), ...ODD]);
const atAnyTime = historyTable(customers("leave at any time"));

const PLACES: [string, AnyModel, Named][] = [
  ["BG/NBD", bgNbd as AnyModel, { r: 0.8, alpha: 3, a: 0.8, b: 2.4 }],
  ["BG/NBD at b = 1", bgNbd as AnyModel, { r: 0.01, alpha: 200, a: 1, b: 1 }],
  ["BG/NBD where all are alike", bgNbd as AnyModel, { r: 1e5, alpha: 4e5, a: 30, b: 5e4 }],
  ["MBG/NBD", mbgNbd as AnyModel, { r: 0.8, alpha: 3, a: 0.9, b: 1.6 }],
  ["MBG/NBD, far off", mbgNbd as AnyModel, { r: 40, alpha: 0.01, a: 1e-3, b: 0.02 }],
  ["Pareto/NBD", paretoNbd as AnyModel, { r: 0.8, alpha: 3, s: 0.6, beta: 11 }],
  ["Pareto/NBD, beta below alpha", paretoNbd as AnyModel, { r: 3, alpha: 11, s: 0.6, beta: 0.3 }],
  ["Pareto/NBD at alpha = beta", paretoNbd as AnyModel, { r: 0.5, alpha: 4, s: 1, beta: 4 }],
];

/** The largest difference between slopes and differences of values, in parts of the largest. */
function offSlope(model: AnyModel, table: HistoryTable, parameters: Named, factor = 1): number {
  const { names, sloped, logLikelihood } = model.likelihood(table);
  const { value, slopes } = sloped!(parameters);
  expect(value).toBe(logLikelihood(parameters));
  const step = 1e-5;
  const differences = names.map((name) => {
    const at = (side: number) => ({ ...parameters, [name]: parameters[name]! * Math.exp(side) });
    return (logLikelihood(at(step)) - logLikelihood(at(-step))) / (2 * step);
  });
  const scale = Math.max(...differences.map(Math.abs), 1e-4 * Math.abs(value));
  return Math.max(...differences.map((each, j) => Math.abs(factor * slopes[j]! - each) / scale));
}

describe.each(PLACES)("the slopes of %s", (_, model, parameters) => {
  it("are those of the log-likelihood along the logs of its parameters", () => {
    expect(offSlope(model, drawn, parameters)).toBeLessThan(1e-6);
    expect(offSlope(model, withOdd, parameters)).toBeLessThan(1e-6);
  });

  it("would be told from others a thousandth off", () => {
    expect(offSlope(model, drawn, parameters, 1.001)).toBeGreaterThan(1e-4);
  });
});

describe.each([
  ["BG/NBD", bgNbd as AnyModel, drawn],
  ["MBG/NBD", mbgNbd as AnyModel, drawn],
  ["Pareto/NBD", paretoNbd as AnyModel, atAnyTime],
] as const)("a fit of %s", (_, model, table) => {
  it("arrives by slopes where it does by differences, with a quarter of the evaluations", () => {
    const { sloped, ...plain }: Likelihood<string> = model.likelihood(table);
    expect(sloped).toBeDefined();
    const [slow, quick] = [fitLikelihood(plain), model.fit(table)];
    if (slow.kind !== "fitted" || quick.kind !== "fitted") throw new Error("expected fits");
    for (const name of model.names) {
      expect(Math.abs(quick.parameters[name]! / slow.parameters[name]! - 1)).toBeLessThan(1e-5);
    }
    expect(Math.abs(quick.logLikelihood - slow.logLikelihood)).toBeLessThan(1e-6);
    expect(quick.evaluations).toBeLessThan(slow.evaluations / 4);
    for (const [i, row] of quick.logCovariance.entries()) {
      for (const [j, each] of row.entries()) {
        const most = Math.sqrt(row[i]! * quick.logCovariance[j]![j]!);
        expect(Math.abs(each - slow.logCovariance[i]![j]!)).toBeLessThan(1e-3 * most);
      }
    }
  });
});
