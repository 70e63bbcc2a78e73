// Data of a rehearsal are not judged by accident: nothing in it was money, so that whoever came
// shows nothing of what rewards cause.
import { quoteName, quoteText } from "../columns.ts";
import { fileProblem, type SourceTable } from "../source-file.ts";
import type { Warehouse } from "../warehouse.ts";
import type { CampaignEvidence } from "./campaign-evidence.ts";

/** How a report tells that it judges a rehearsal. */
export const REHEARSED = "--rehearsal (the data are of a rehearsal: NOTHING IN THEM WAS MONEY)";

/** Throws `invalid_file` where the events are of a rehearsal and none was asked for, or none. */
export async function requireMode(
  warehouse: Warehouse,
  journal: SourceTable,
  { definition, events, rehearsal: isAsked = false }: CampaignEvidence,
): Promise<void> {
  const { id } = definition;
  const isRehearsal = definition.rehearsal === true || (await isMarked(warehouse, journal, id));
  if (isRehearsal === isAsked) return;
  if (isAsked) {
    const message = `campaign "${id}" is live: expected a rehearsal, as --rehearsal says`;
    throw fileProblem(events, "", message, { next: "Leave --rehearsal out." });
  }
  const message =
    `campaign "${id}" is a rehearsal: nothing in it was money, so it does not show what rewards ` +
    "cause";
  const next = "Judge the live campaign. As an exercise, --rehearsal judges it, and says so.";
  throw fileProblem(events, "", message, { next });
}

/** Exports of before there were rehearsals have no such column. */
async function isMarked(
  warehouse: Warehouse,
  { table, columns }: SourceTable,
  campaign: string,
): Promise<boolean> {
  if (!columns.includes("rehearsal")) return false;
  const { marked } = await warehouse.row(
    `SELECT count(*) AS marked FROM ${quoteName(table)} ` +
      `WHERE "campaign" = ${quoteText(campaign)} AND TRY_CAST("rehearsal" AS BOOLEAN)`,
  );
  return Number(marked) > 0;
}
