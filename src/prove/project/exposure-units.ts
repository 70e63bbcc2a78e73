// Who of a study's users was exposed, arm by arm, and by which chances they came into their arms.
import type { ArmExposure, Chances, Exposure } from "../study.ts";
import type { Warehouse } from "../warehouse.ts";
import { UNITS } from "./unit-columns.ts";

/** @param arms the holdout first; the others have these shares among the treated */
export async function readExposure(
  warehouse: Warehouse,
  where: string,
  arms: readonly string[],
  shares: readonly number[],
  isSymmetric: boolean,
): Promise<Exposure> {
  const rows = await warehouse.rows(
    `SELECT arm, count(*) AS users, count(*) FILTER (WHERE exposed) AS exposed
FROM ${UNITS} WHERE ${where} GROUP BY 1`,
  );
  const found = new Map(rows.map((row) => [String(row.arm), row]));
  const of = (arm: string): ArmExposure => {
    const row = found.get(arm);
    return { id: arm, users: Number(row?.users ?? 0), exposed: Number(row?.exposed ?? 0) };
  };
  const chances = await readChances(warehouse, `${where} AND exposed`, arms, shares);
  return { arms: arms.map(of), isSymmetric, chances };
}

/**
 * The users by the holdout's share that was in force when they were assigned; no strata where the
 * journal does not say it of all of them.
 * @param shares of the variants among the treated, in the order of `arms` after the holdout
 */
export async function readChances(
  warehouse: Warehouse,
  where: string,
  arms: readonly string[],
  shares: readonly number[],
): Promise<Chances> {
  const rows = await warehouse.rows(
    `SELECT arm, probability, count(*) AS users FROM ${UNITS} WHERE ${where} GROUP BY 1, 2`,
  );
  const strata = new Map<string, { chances: number[]; counts: number[] }>();
  for (const row of rows) {
    if (row.probability === null) return { arms, strata: [] };
    const arm = arms.indexOf(String(row.arm));
    const chance = Number(row.probability);
    const holdout = arm === 0 ? chance : 1 - chance / shares[arm - 1]!;
    // Shares of a file have few digits; what is left after the division has not.
    const key = holdout.toFixed(9);
    const chances = [holdout, ...shares.map((share) => (1 - holdout) * share)];
    const stratum = strata.get(key) ?? { chances, counts: arms.map(() => 0) };
    stratum.counts[arm]! += Number(row.users);
    strata.set(key, stratum);
  }
  return { arms, strata: [...strata.keys()].sort().map((key) => strata.get(key)!) };
}
