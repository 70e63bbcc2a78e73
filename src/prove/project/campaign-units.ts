// From a campaign's journal and the app's files to one row an assigned user.

import { dayStarts } from "../../base/time.ts";
import type { CampaignDefinition } from "../../core/definition.ts";
import { quoteName } from "../columns.ts";
import { EVENT_COLUMNS, EXPOSURE_COLUMNS } from "../event-columns.ts";
import type { Repair } from "../repair.ts";
import { HOLDOUT } from "../run-file.ts";
import {
  type CellCheck,
  fileProblem,
  loadSource,
  refuseCells,
  requireColumns,
  type SourceTable,
} from "../source-file.ts";
import { campaignUnits, type UnitColumn, type UnitsQuestion } from "../sql/campaign-units.ts";
import { tryPseudonymKey } from "../sql/dialect.ts";
import { EVENT_USERS, usersByEvents } from "../sql/users-by-events.ts";
import type { Warehouse } from "../warehouse.ts";
import type { CampaignEvidence } from "./campaign-evidence.ts";
import { requireEventsOnce } from "./events-once.ts";
import { capForgone } from "./forgone-caps.ts";
import { logQuarters, startQuarters } from "./log-days.ts";
import { type LoadedLog, loadLogs, MASK, reduceLog } from "./log-units.ts";
import type { CampaignSources, MeasurementPlan } from "./measurement-plan.ts";
import { keyOutcomes, loadOutcomes, OUTCOME_USERS } from "./outcome-units.ts";
import { requireMode } from "./rehearsal.ts";
import { foundColumn, metricColumns, segmentColumn, UNITS } from "./unit-columns.ts";
import { nameUsers, type UserColumn } from "./user-keys.ts";
import { requireMatches, requireWatched } from "./watched-days.ts";

export interface CampaignUnits {
  readonly users: number;
  readonly withoutOutcome: number;
  /** How many of the users each source knows. */
  readonly notes: readonly string[];
  /** Names of the logs that were read. */
  readonly logs: readonly string[];
  /** What was done to the rows of outcomes, as asked. */
  readonly repairs: readonly Repair[];
}

/** Ids of a campaign's arms by ordinal: the holdout, then the variants. */
export function armIds({ assignment }: CampaignDefinition): string[] {
  const variants = assignment.variants.map(({ id }) => id);
  return [HOLDOUT, ...(variants.length === 0 ? ["treated"] : variants)];
}

/**
 * Makes the table `units`. Throws `invalid_file` naming file, place and how many rows.
 * @param keepsUser whether each row says whose it is
 */
export async function buildCampaignUnits(
  warehouse: Warehouse,
  plan: MeasurementPlan,
  sources: CampaignSources,
  evidence: CampaignEvidence,
  onStep: (step: string) => void = () => {},
  keepsUser = false,
): Promise<CampaignUnits> {
  const { definition, events, pseudonym } = evidence;
  const arePseudonyms = pseudonym === null;
  onStep("events");
  await loadEvents(warehouse, evidence, plan.population === "exposed");
  onStep("outcomes");
  const loaded =
    sources.outcomes === null
      ? null
      : await loadOutcomes(warehouse, sources.outcomes, plan, arePseudonyms);
  const outcomes = loaded?.source ?? null;
  const { currency } = definition;
  const logs = await loadLogs(warehouse, sources.logs, plan, currency, arePseudonyms);
  const columns: UserColumn[] = [
    ...(outcomes === null ? [] : [{ source: outcomes, user: sources.outcomes!.user }]),
    ...logs.map(({ source, log }) => ({ source, user: log.user })),
  ];
  if (pseudonym !== null) await nameUsers(warehouse, columns, pseudonym);
  if (outcomes !== null) {
    await keyOutcomes(warehouse, outcomes, sources.outcomes!, plan, arePseudonyms);
  }
  onStep("users");
  const kept = await reduceLogs(warehouse, logs, plan, definition, arePseudonyms);
  const question = unitsQuestion(plan, definition, outcomes, logs);
  await warehouse.run(campaignUnits({ ...question, keepsUser }));
  const row = await warehouse.row(
    `SELECT count(*) AS users, count(*) FILTER (WHERE NOT present) AS absent FROM ${UNITS}`,
  );
  const users = Number(row.users);
  if (users === 0) {
    throw fileProblem(events, "", `no user was assigned in campaign "${definition.id}"`);
  }
  const withoutOutcome = Number(row.absent);
  if (withoutOutcome > 0 && sources.outcomes?.missing === "refuse") {
    const message =
      `${withoutOutcome} of ${users} assigned users have no row ` +
      "(missing: zero counts them as 0, if that is what it means)";
    throw fileProblem(sources.outcomes.file, `column "${sources.outcomes.user}"`, message);
  }
  const notes: string[] = [];
  if (sources.outcomes !== null) {
    const found = users - withoutOutcome;
    notes.push(requireMatches(sources.outcomes.file, "outcomes", { found, users }));
  }
  for (const { name, log, byUser } of logs) {
    const { n } = await warehouse.row(`SELECT count(*) AS n FROM ${quoteName(byUser)}`);
    notes.push(requireMatches(log.file, `log ${name}`, { found: Number(n), users }));
  }
  const names = logs.map(({ name }) => name);
  const repairs = [...(loaded?.repairs ?? []), ...kept];
  return { users, withoutOutcome, notes, logs: names, repairs };
}

async function loadEvents(
  warehouse: Warehouse,
  evidence: CampaignEvidence,
  startsExposed: boolean,
): Promise<void> {
  const { definition, events } = evidence;
  const journal = await loadSource(warehouse, events, "events");
  // Exports of before there were rehearsals have no such column.
  const names = EVENT_COLUMNS.map(({ name }) => name).filter((name) => name !== "rehearsal");
  const areExposuresStated = EXPOSURE_COLUMNS.some((name) => journal.columns.includes(name));
  requireColumns(
    journal,
    areExposuresStated ? names : names.filter((name) => !EXPOSURE_COLUMNS.includes(name)),
  );
  await requireMode(warehouse, journal, evidence);
  const { id, startsAtMs } = definition;
  try {
    await requireEventsOnce(warehouse, journal);
    const reading = { areExposuresStated, startsExposed };
    await warehouse.run(usersByEvents(id, startsAtMs, reading));
  } catch (thrown) {
    // Looked at only now: nearly every export is as hongbao wrote it.
    await refuseCells(warehouse, journal, eventChecks());
    throw thrown;
  }
  const { nameless } = await warehouse.row(
    `SELECT count(*) AS nameless FROM ${quoteName(EVENT_USERS)} WHERE "user" IS NULL`,
  );
  if (nameless !== 0) {
    const message = "expected a user in every event of a grant: export the journal again";
    throw fileProblem(events, 'column "user"', message, { column: "user" });
  }
  await capForgone(warehouse, definition);
}

/** What cells must be that the journal's export has written and somebody may have changed. */
function eventChecks(): CellCheck[] {
  const user = `"user" IS NOT NULL AND ${tryPseudonymKey('"user"')} IS NULL`;
  const whole = ["sequence", "index", "arm", "atMs", "amountMinor"];
  const numbers = whole.map((column): CellCheck => {
    const name = quoteName(column);
    const wrong = `${name} IS NOT NULL AND TRY_CAST(${name} AS BIGINT) IS NULL`;
    return { column, wrong, expected: "a whole number" };
  });
  return [{ column: "user", wrong: user, expected: "a pseudonym of 32 hex digits" }, ...numbers];
}

const DAY_MS = 86_400_000;

async function reduceLogs(
  warehouse: Warehouse,
  logs: readonly LoadedLog[],
  plan: MeasurementPlan,
  definition: CampaignDefinition,
  arePseudonyms: boolean,
): Promise<Repair[]> {
  if (logs.length === 0) return [];
  const repairs: Repair[] = [];
  const starts = await startQuarters(warehouse);
  const zone = plan.timeZone ?? definition.timeZone;
  for (const loaded of logs) {
    const { log } = loaded;
    const rows = await logQuarters(warehouse, loaded);
    const [first, last] = [rows.firstMs!, rows.lastMs!];
    const from = Math.min(first, starts.firstMs ?? first);
    const to = Math.max(last, starts.lastMs ?? last, log.until ?? last);
    const days = dayStarts(zone, from, to + DAY_MS);
    repairs.push(...requireWatched(loaded, plan, { rows, starts, dayStarts: days }));
    await reduceLog(warehouse, loaded, plan, days, arePseudonyms);
  }
  return repairs;
}

function unitsQuestion(
  plan: MeasurementPlan,
  definition: CampaignDefinition,
  outcomes: SourceTable | null,
  logs: readonly LoadedLog[],
): UnitsQuestion {
  const columns = plan.metrics.flatMap((metric): UnitColumn[] => {
    const { value, below, before, unbounded } = metricColumns(plan, metric);
    const { source, clamp } = metric;
    const log = source.from === "log" ? logs.find(({ name }) => name === source.log) : undefined;
    const table = log?.byUser ?? OUTCOME_USERS;
    const plain = { table, absent: 0, clamp: null };
    const bounds = clamp === null ? null : { bounds: clamp, kept: unbounded };
    return [
      { ...plain, name: value, clamp: bounds },
      ...(source.from === "ratio" ? [{ ...plain, name: below }] : []),
      ...(metric.before === null ? [] : [{ ...plain, name: before }]),
    ];
  });
  const segments = plan.segments.map(
    (segment): UnitColumn => ({
      ...{ name: segmentColumn(plan, segment), table: OUTCOME_USERS },
      ...{ absent: "not known", clamp: null },
    }),
  );
  const watched = logs.find(({ name }) => name === plan.retention?.log);
  const mask =
    watched === undefined
      ? []
      : [{ name: MASK, table: watched.byUser, absent: 0, clamp: null } satisfies UnitColumn];
  return {
    ...{ target: UNITS, arms: armIds(definition), minorUnits: 10 ** definition.decimals },
    ...{ fees: plan.fees, columns: [...columns, ...segments, ...mask] },
    tables: [...(outcomes === null ? [] : [OUTCOME_USERS]), ...logs.map(({ byUser }) => byUser)],
    outcomes: outcomes === null ? null : OUTCOME_USERS,
    found: logs.map(({ name, byUser }) => ({ name: foundColumn(name), table: byUser })),
  };
}
