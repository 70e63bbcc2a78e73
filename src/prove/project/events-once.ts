// Each event of a journal's export counts once: an export that holds a part twice, as where two of
// them were put together, would double its money.
import { quoteName } from "../columns.ts";
import { refuseRows, type SourceTable } from "../source-file.ts";
import type { Warehouse } from "../warehouse.ts";

/** No record has that many events: its bytes are bounded (`LIMITS.recordBytes`). */
const EVENTS_A_RECORD = 2 ** 20;

/** Sequence of the record and place within it, as one number that grows from event to event. */
const PLACE = `CAST("sequence" AS BIGINT) * ${EVENTS_A_RECORD} + CAST("index" AS BIGINT)`;

/**
 * Refuses events that stand in several rows. An export is in the journal's order, in which the
 * places grow from row to row: that is seen in passing, without a table of all places. Only where
 * somebody sorted the rows otherwise are they counted.
 */
export async function requireEventsOnce(warehouse: Warehouse, events: SourceTable): Promise<void> {
  const table = quoteName(events.table);
  const { back } = await warehouse.row(
    `SELECT count(*) FILTER (WHERE place <= before) AS back
FROM (SELECT place, lag(place) OVER () AS before FROM (SELECT ${PLACE} AS place FROM ${table}))`,
  );
  if (back === 0) return;
  const { places } = await warehouse.row(`SELECT count(DISTINCT ${PLACE}) AS places FROM ${table}`);
  if (Number(places) === events.rows) return;
  const row = quoteName(events.position);
  const again =
    `${row} IN (SELECT ${row} FROM (SELECT ${row}, row_number() OVER ` +
    `(PARTITION BY ${PLACE} ORDER BY ${row}) AS nth FROM ${table}) WHERE nth > 1)`;
  const expected =
    "each event (sequence and index) once, since money of an event that is there twice would " +
    "count twice: export the journal again";
  await refuseRows(warehouse, events, "sequence", again, expected);
}
