// A log of what users did (visits, orders), checked and reduced to numbers of each assigned user.
import { quoteName, quoteText } from "../columns.ts";
import {
  type CellCheck,
  loadSource,
  refuseCells,
  refuseRows,
  requireColumns,
  type SourceTable,
} from "../source-file.ts";
import { epochMs, LARGEST_SUMMED, timeForm } from "../sql/dialect.ts";
import { type LogNumber, logByUser } from "../sql/log-by-user.ts";
import type { Warehouse } from "../warehouse.ts";
import type { LogSource, MeasurementPlan } from "./measurement-plan.ts";
import { numberChecks } from "./outcome-units.ts";
import { separatorOption } from "./repair-option.ts";
import { timeChecks } from "./time-cells.ts";
import { metricColumns } from "./unit-columns.ts";
import { keyedRows, userChecks } from "./user-keys.ts";

export const MASK = "mask";

/** A log that the plan reads. */
export interface LoadedLog {
  readonly name: string;
  readonly log: LogSource;
  readonly source: SourceTable;
  readonly numbers: readonly LogNumber[];
  /** What its times must be. */
  readonly times: readonly CellCheck[];
  /** The table with its numbers by user, once it is reduced. */
  readonly byUser: string;
}

/** Loads and checks the logs that the plan reads. Throws `invalid_file` naming place and rows. */
export async function loadLogs(
  warehouse: Warehouse,
  logs: Readonly<Record<string, LogSource>>,
  plan: MeasurementPlan,
  currency: string,
  arePseudonyms: boolean,
): Promise<LoadedLog[]> {
  const loaded: LoadedLog[] = [];
  for (const [name, log] of Object.entries(logs)) {
    const numbers = numbersOf(plan, name);
    if (numbers.length === 0 && plan.retention?.log !== name) continue;
    const values = valuesOf(numbers);
    const money = log.currency === null ? [] : [log.currency];
    const wanted = [log.user, log.at, ...values, ...money];
    const by = separatorOption("key", log.separator);
    const source = await loadSource(warehouse, log.file, `log ${name}`, log.table, wanted, by);
    requireColumns(source, wanted);
    await refuseCells(warehouse, source, [
      ...userChecks(source, log.user, arePseudonyms),
      ...values.flatMap((column) =>
        numberChecks(source, { column, isShare: false }, LARGEST_SUMMED),
      ),
    ]);
    if (log.currency !== null) {
      const other = `coalesce(${quoteName(log.currency)}::VARCHAR, '') <> ${quoteText(currency)}`;
      const expected = `${currency} in each row, since amounts of several currencies do not add up`;
      await refuseRows(warehouse, source, log.currency, other, expected);
    }
    // Looked at when the rows are counted by day, which reads every time anyway.
    const times = timeChecks(source, log.at, log.zone);
    loaded.push({ times, name, log, source, numbers, byUser: `log ${name} by user` });
  }
  return loaded;
}

/** Makes the table of a log's numbers by user. */
export async function reduceLog(
  warehouse: Warehouse,
  loaded: LoadedLog,
  plan: MeasurementPlan,
  dayStarts: readonly number[],
  arePseudonyms: boolean,
): Promise<void> {
  const { name, log, source, numbers, byUser } = loaded;
  const at = epochMs(`r.${quoteName(log.at)}`, timeForm(source.types.get(log.at)!), log.zone);
  const columns = [
    `${at} AS "atMs"`,
    ...valuesOf(numbers).map(
      (column) => `CAST(r.${quoteName(column)} AS DOUBLE) AS ${quoteName(column)}`,
    ),
  ];
  const keyed = `log ${name} with keys`;
  const rows = keyedRows({ source, user: log.user }, arePseudonyms, columns);
  await warehouse.run(`CREATE OR REPLACE VIEW ${quoteName(keyed)} AS ${rows}`);
  const { retention } = plan;
  const periods =
    retention?.log === name
      ? { name: MASK, days: retention.periodDays, count: retention.periods }
      : null;
  await warehouse.run(logByUser({ log: keyed, target: byUser, numbers, periods, dayStarts }));
}

function valuesOf(numbers: readonly LogNumber[]): string[] {
  return [...new Set(numbers.flatMap(({ of }) => (typeof of === "string" ? [] : [of.column])))];
}

function numbersOf(plan: MeasurementPlan, log: string): LogNumber[] {
  return plan.metrics.flatMap((metric): LogNumber[] => {
    const { source, kind, before } = metric;
    if (source.from !== "log" || source.log !== log) return [];
    const names = metricColumns(plan, metric);
    const counted = source.value === null ? "rows" : { column: source.value };
    const of = kind === "share" ? "any" : counted;
    const own: LogNumber = { name: names.value, of, days: source.days };
    if (before === null || !("days" in before)) return [own];
    return [own, { name: names.before, of, days: [-before.days, -1] }];
  });
}
