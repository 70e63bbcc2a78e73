// How often each amount of a table was drawn, by version of its odds: what published odds are held
// against, and what a single drawing is explained from.
import { assert } from "../../base/assert.ts";
import type { CampaignDefinition, TableEntry } from "../definition.ts";

/** One offer's odds as they were from a version of the campaign on. */
export interface DrawnTable {
  version: number;
  entries: TableEntry[];
  /** By entry: grants of its amount. Of two entries of one amount the first counts for both. */
  counts: number[];
}

/** Begins a table for each offer whose odds are new or other than before. */
export function addTables(
  drawn: DrawnTable[][],
  { offers }: Pick<CampaignDefinition, "offers">,
  version: number,
): void {
  offers.forEach(({ reward }, offer) => {
    drawn[offer] ??= [];
    if (reward.kind !== "table") return;
    const { entries } = reward;
    const last = drawn[offer].at(-1);
    if (last !== undefined && sameEntries(last.entries, entries)) return;
    drawn[offer].push({ version, entries, counts: entries.map(() => 0) });
  });
}

/** Counts an amount that was granted by the odds in force. */
export function countDrawn(tables: readonly DrawnTable[], amountMinor: number): void {
  const { entries, counts } = tables[tables.length - 1]!;
  for (let i = 0; i < entries.length; i++) {
    if (entries[i]!.amountMinor !== amountMinor) continue;
    counts[i]! += 1;
    return;
  }
  assert(false, "an amount was drawn that is not in the table");
}

/** The odds in force for a grant of a version. */
export function tableOf(tables: readonly DrawnTable[], version: number): DrawnTable | undefined {
  return tables.findLast((table) => table.version <= version);
}

function sameEntries(a: readonly TableEntry[], b: readonly TableEntry[]): boolean {
  return (
    a.length === b.length &&
    a.every(({ amountMinor, odds }, i) => amountMinor === b[i]!.amountMinor && odds === b[i]!.odds)
  );
}
