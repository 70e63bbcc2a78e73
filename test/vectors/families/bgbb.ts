// BG/BB: at most one purchase in each of a row of periods.
import {
  type BgBbName,
  type BgBbParameters,
  bgBbChanceAlive,
  bgBbChanceOf,
  bgBbDiscounted,
  bgBbExpected,
  bgBbExpectedPurchases,
  bgBbLikelihood,
  fitBgBb,
} from "../../../src/stats/index.ts";
import { historyOf } from "../customers.ts";
import type { Answer, Fields, Question } from "../family.ts";
import { numberOf, numberOr } from "../fields.ts";
import { type Asked, purchases } from "./purchases.ts";

const HISTORY = ["x", "t_x", "n"];

const BG_BB: Asked<BgBbName> = {
  title: "BG/BB",
  names: ["alpha", "beta", "gamma", "delta"],
  fit: fitBgBb,
  logLikelihood: (table, parameters) => bgBbLikelihood(table).logLikelihood(parameters),
  standard: null,
  kinds: {
    count: [
      ["x"],
      (parameters, line) =>
        numberOf(line, "customers", "donors", "people") * chanceOf(parameters, line),
    ],
    pmf: [["x"], chanceOf],
    expected: [["n"], (parameters, line) => bgBbExpected(parameters, numberOf(line, "n"))],
    alive: [
      HISTORY,
      (parameters, line) =>
        bgBbChanceAlive(parameters, historyOf(line), numberOr(line, 1, "m", "ahead")),
    ],
    conditional: [
      HISTORY,
      (parameters, line) => {
        const periods = numberOf(line, "n_star", "n.star", "m", "t");
        return bgBbExpectedPurchases(parameters, historyOf(line), periods);
      },
    ],
    discounted: [
      HISTORY,
      (parameters, line) =>
        bgBbDiscounted(parameters, historyOf(line), {
          rate: numberOf(line, "d", "rate", "discount"),
          horizon: numberOr(line, Number.POSITIVE_INFINITY, "horizon"),
        }),
    ],
  },
};

function chanceOf(parameters: BgBbParameters, line: Fields): number {
  const periods = numberOf(line, "n", "periods", "n_cal");
  return bgBbChanceOf(parameters, periods, numberOf(line, "x", "frequency"));
}

export function bgbb(question: Question): Answer {
  return purchases(question, BG_BB);
}
