// The journal's money by arm, what a kept user cost, and what the held-out forwent.

import type { ArmCost, CostReading } from "../../verdict/cost-reading.ts";
import { quoteName } from "../columns.ts";
import { costPerKept } from "../cost.ts";
import { reduceMoments } from "../reduce-moments.ts";
import { moneyByArm } from "../sql/money-by-arm.ts";
import type { Study } from "../study.ts";
import type { Warehouse } from "../warehouse.ts";
import type { HeldOutUsers } from "./contamination.ts";
import type { MeasurementPlan } from "./measurement-plan.ts";
import { metricColumns, UNITS } from "./unit-columns.ts";

export interface Money {
  readonly currency: string;
  readonly decimals: number;
}

/** Users of a study in several arms, and with outcomes of before they were assigned. */
export interface Misplaced {
  readonly severalArms: number;
  readonly early: number;
  /** Users for whom more than one exposure was recorded. */
  readonly exposedAgain: number;
  readonly heldOut: HeldOutUsers;
}

/** Money of each arm of a study, and how many of its users are not where they should be. */
export async function readMoney(
  warehouse: Warehouse,
  { where, title: study }: { readonly where: string; readonly title: string },
  holdout: string,
  { currency, decimals }: Money,
): Promise<{ readonly money: ArmCost[] } & Misplaced> {
  const rows = await warehouse.rows(moneyByArm(UNITS, where, "arm"));
  const money = rows.map((row) => ({
    ...{ study, arm: String(row.arm), currency, decimals },
    users: Number(row.users),
    rewarded: Number(row.rewarded),
    grants: Number(row.grants),
    issuedMinor: Number(row.issued),
    redeemedMinor: Number(row.redeemed),
    breakageMinor: Number(row.breakage),
    reversedMinor: Number(row.reversed),
    askers: Number(row.askers),
    forgoneMinor: Number(row.forgone),
  }));
  const all = (column: string): number => rows.reduce((sum, row) => sum + Number(row[column]), 0);
  const held = rows.find(({ arm }) => arm === holdout);
  const of = (column: string): number => Number(held?.[column] ?? 0);
  const heldOut = {
    ...{ users: of("users"), given: of("given"), came: of("came"), reached: of("reached") },
  };
  const misplaced = { severalArms: all("several"), early: all("early") };
  return { money, ...misplaced, exposedAgain: all("again"), heldOut };
}

/** What a user cost who was kept, where the deciding metric says who was kept. */
export async function readCosts(
  warehouse: Warehouse,
  plan: MeasurementPlan,
  where: string,
  study: Study,
  { currency, decimals }: Money,
): Promise<CostReading[]> {
  const [kept] = plan.metrics;
  if (kept?.kind !== "share") return [];
  const reduced = await reduceMoments(warehouse, {
    ...{ table: UNITS, where, arm: "arm" },
    values: [{ id: "cost", sql: `round(cost * 1e${decimals})` }],
    claimed: quoteName(metricColumns(plan, kept).value),
  });
  const pairOf = (id: string) => reduced.get(id)?.claims?.cost;
  const control = pairOf(study.control.id);
  if (control === undefined || control.n < 2) return [];
  return study.treatments.flatMap(({ id }) => {
    const pair = pairOf(id);
    if (pair === undefined || pair.n < 2) return [];
    const { estimand } = study;
    const level = plan.level === undefined ? {} : { level: plan.level };
    const question = { estimand, metric: kept.id, currency, decimals, ...level };
    return [costPerKept(question, { arm: study.control.id, pair: control }, { arm: id, pair })];
  });
}
