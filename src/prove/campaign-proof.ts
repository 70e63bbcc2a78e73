// The verdict on a campaign that hongbao ran: audiences assigned before contact answer whom it
// reached, users assigned at the claim what the reward did to those who came; costs by arm.
import type { CampaignDefinition } from "../core/definition.ts";
import { buildCampaignUsers, type OutcomeSource, USERS_TABLE } from "./campaign-users.ts";
import { quoteName, quoteText } from "./columns.ts";
import { type ArmCost, type CostReading, costPerKept } from "./cost.ts";
import { type Reduction, reduceMoments } from "./reduce-moments.ts";
import { HOLDOUT } from "./run-file.ts";
import type { Metric, Study, StudyArm } from "./study.ts";
import { type Expectation, type Verdict, verdictOf } from "./verdict.ts";
import { type Warehouse, type WarehouseOptions, withWarehouse } from "./warehouse.ts";

export interface CampaignProof {
  readonly definition: CampaignDefinition;
  /** The journal's export (events.parquet or events.csv). */
  readonly events: string;
  readonly outcomes: Omit<OutcomeSource, "columns">;
  /** The first is the primary one; `column` is its column in the outcomes. */
  readonly metrics: readonly (Metric & { readonly column: string })[];
  /** The share metric that says whether a user was kept; costs are per such user. */
  readonly kept: string;
  /** A simulation's truth, where there is one. */
  readonly expectations?: readonly Expectation[];
  readonly warehouse?: WarehouseOptions;
  readonly level?: number;
}

interface Assignment {
  readonly title: string;
  readonly estimand: Study["estimand"];
  /** SQL that picks its users. */
  readonly where: string;
  readonly holdoutShare: number;
}

/** Reads events and outcomes, and judges them. */
export async function proveCampaign(proof: CampaignProof): Promise<Verdict> {
  return await withWarehouse(proof.warehouse ?? {}, async (warehouse) => {
    const built = await buildCampaignUsers(warehouse, proof.definition.id, proof.events, {
      ...proof.outcomes,
      columns: proof.metrics.map(({ column, kind }) => ({ name: column, share: kind === "share" })),
    });
    const studies: Study[] = [];
    const costs: CostReading[] = [];
    const money: ArmCost[] = [];
    const notes: string[] = [];
    for (const assignment of assignmentsOf(proof.definition)) {
      const study = await readStudy(warehouse, proof, assignment);
      if (study === null) {
        notes.push(`${assignment.title}: no held-out or no treated users, nothing to compare`);
        continue;
      }
      studies.push({ ...study, severalArms: built.severalArms });
      costs.push(...(await readCosts(warehouse, proof, assignment, study)));
      money.push(...(await readMoney(warehouse, assignment, study)));
    }
    if (built.withoutOutcome > 0) {
      notes.push(
        `${built.withoutOutcome} of ${built.users} users have no outcome: counted as zero`,
      );
    }
    const { expectations = [] } = proof;
    const title = proof.definition.title;
    return verdictOf({ title, studies, costs, money, expectations, notes }, proof.level);
  });
}

function assignmentsOf(definition: CampaignDefinition): Assignment[] {
  const audiences = definition.audiences.map(
    (audience): Assignment => ({
      title: `audience ${audience.id}`,
      estimand: "reach",
      where: `audience = ${quoteText(audience.id)}`,
      holdoutShare: audience.holdoutShare,
    }),
  );
  return [
    ...audiences,
    {
      title: "users who came",
      estimand: "reward, given arrival",
      where: "audience IS NULL",
      holdoutShare: definition.assignment.holdoutShare,
    },
  ];
}

async function readStudy(
  warehouse: Warehouse,
  proof: CampaignProof,
  assignment: Assignment,
): Promise<Study | null> {
  const { definition, metrics } = proof;
  const reduced = await reduceMoments(warehouse, {
    ...reductionOf(assignment),
    values: metrics.map(({ id, column }) => ({ id, sql: quoteName(`o ${column}`) })),
    claimed: "CASE WHEN grants > 0 THEN 1 ELSE 0 END",
  });
  const share = assignment.holdoutShare;
  const { variants } = definition.assignment;
  const planned = [
    { id: HOLDOUT, key: "0", weight: share },
    ...(variants.length === 0 ? [{ id: "treated", share: 1 }] : variants).map((variant, index) => ({
      id: variant.id,
      key: String(index + 1),
      weight: (1 - share) * variant.share,
    })),
  ].filter((arm) => arm.weight > 0);
  const arms = planned.flatMap(({ id, key, weight }): StudyArm[] => {
    const found = reduced.get(key);
    return found === undefined ? [] : [{ id, weight, ...found }];
  });
  const [control, ...treatments] = arms;
  if (control?.id !== HOLDOUT || treatments.length === 0) return null;
  return {
    title: assignment.title,
    estimand: assignment.estimand,
    randomised: true,
    ownAllocator: definition.assignment.source === "hash",
    metrics,
    control,
    treatments,
    source: proof.outcomes.file,
  };
}

async function readCosts(
  warehouse: Warehouse,
  proof: CampaignProof,
  assignment: Assignment,
  study: Study,
): Promise<CostReading[]> {
  const kept = proof.metrics.find((metric) => metric.id === proof.kept);
  if (kept === undefined) return [];
  const { currency, decimals } = proof.definition;
  const reduced = await reduceMoments(warehouse, {
    ...reductionOf(assignment),
    values: [{ id: "cost", sql: "CAST(redeemed - reversed AS DOUBLE)" }],
    claimed: quoteName(`o ${kept.column}`),
  });
  const variants = proof.definition.assignment.variants;
  const pairOf = (key: string) => reduced.get(key)?.claims?.cost;
  const control = pairOf("0");
  if (control === undefined || control.n < 2) return [];
  const estimand = assignment.estimand;
  return study.treatments.flatMap((arm) => {
    const pair = pairOf(armKey(variants, arm.id));
    if (pair === undefined || pair.n < 2) return [];
    const question = { estimand, metric: kept.id, currency, decimals };
    const labelled = proof.level === undefined ? question : { ...question, level: proof.level };
    return [costPerKept(labelled, { arm: HOLDOUT, pair: control }, { arm: arm.id, pair })];
  });
}

async function readMoney(
  warehouse: Warehouse,
  assignment: Assignment,
  study: Study,
): Promise<ArmCost[]> {
  const rows = await warehouse.rows(
    `SELECT arm, count(*) AS users, sum(grants) AS grants, sum(issued) AS issued,
       sum(redeemed) AS redeemed, sum(breakage) AS breakage, sum(reversed) AS reversed
     FROM ${quoteName(USERS_TABLE)} WHERE ${assignment.where} GROUP BY arm ORDER BY arm`,
  );
  const ids = [study.control, ...study.treatments].map((arm) => arm.id);
  return rows.map((row) => ({
    study: study.title,
    arm: Number(row.arm) === 0 ? HOLDOUT : (ids[Number(row.arm)] ?? `arm ${row.arm}`),
    users: Number(row.users),
    grants: Number(row.grants),
    issuedMinor: Number(row.issued),
    redeemedMinor: Number(row.redeemed),
    breakageMinor: Number(row.breakage),
    reversedMinor: Number(row.reversed),
  }));
}

function reductionOf(assignment: Assignment): Pick<Reduction, "table" | "where" | "arm"> {
  return { table: USERS_TABLE, where: assignment.where, arm: "arm::VARCHAR" };
}

function armKey(variants: readonly { readonly id: string }[], id: string): string {
  return String(
    Math.max(
      0,
      variants.findIndex((variant) => variant.id === id),
    ) + 1,
  );
}
