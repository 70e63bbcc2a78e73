// The models of purchases as one list, whatever their papers call things: each is fitted, compared
// and asked the same way. BG/BB alone is for times that are numbers of periods.
import {
  type BgBbParameters,
  bgBbChanceAlive,
  bgBbDiscounted,
  bgBbExpectedPurchases,
  bgBbLikelihood,
  bgNbd,
  type Discount,
  type Fit,
  fitBgBb,
  type HistoryTable,
  type Likelihood,
  mbgNbd,
  type PurchaseHistory,
  type PurchaseModel,
  paretoNbd,
} from "../../stats/index.ts";
import type { NamedModel } from "./model-reading.ts";

export type NamedParameters = Readonly<Record<string, number>>;

export interface CustomerModel extends NamedModel<HistoryTable> {
  fit(table: HistoryTable, near?: NamedParameters): Fit<string>;
  chanceAlive(parameters: NamedParameters, of: PurchaseHistory): number;
  purchases(parameters: NamedParameters, of: PurchaseHistory, time: number): number;
  discounted(parameters: NamedParameters, of: PurchaseHistory, by: Discount): number;
}

/** The models that fit the kind of times: of periods, or of a clock. */
export function customerModels(isPeriods: boolean): readonly CustomerModel[] {
  return isPeriods ? [BG_BB] : [general(bgNbd), general(mbgNbd), general(paretoNbd)];
}

function general<Name extends string>(model: PurchaseModel<Name>): CustomerModel {
  const own = (parameters: NamedParameters) => parameters as Readonly<Record<Name, number>>;
  return {
    id: model.id,
    title: model.title,
    likelihood: (table) => model.likelihood(table) as Likelihood<string>,
    fit: (table, near) => model.fit(table, near && own(near)),
    chanceAlive: (parameters, of) => model.chanceAlive(own(parameters), of),
    purchases: (parameters, of, time) => model.expectedPurchases(own(parameters), of, time),
    discounted: (parameters, of, by) => model.discountedPurchases(own(parameters), of, by),
  };
}

const BG_BB: CustomerModel = {
  id: "bg-bb",
  title: "BG/BB",
  likelihood: (table) => bgBbLikelihood(table) as Likelihood<string>,
  fit: (table) => fitBgBb(table),
  // Alive for the period to come.
  chanceAlive: (parameters, of) => bgBbChanceAlive(parameters as BgBbParameters, of, 1),
  purchases: (parameters, of, time) =>
    bgBbExpectedPurchases(parameters as BgBbParameters, of, Math.floor(time)),
  discounted: (parameters, of, { rate, horizon }) =>
    bgBbDiscounted(parameters as BgBbParameters, of, {
      rate: Math.expm1(rate),
      horizon: Math.floor(horizon),
    }),
};
