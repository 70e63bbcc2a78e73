// Compares the engine's state with the auditor's books, and a replayed state with a live one, down
// to the last column.
import { violations } from "../../src/core/invariants.ts";
import type { LedgerState } from "../../src/core/ledger-state.ts";
import type { CampaignState } from "../../src/core/state.ts";
import type { AuditorBooks } from "./auditor-books.ts";
import { Disagreement, difference } from "./disagreement.ts";

const STATES = ["live", "redeemed", "cancelled", "expired", "held", "clawed_back"];

/** Throws unless the state is what the auditor's books say, and every invariant holds. */
export function auditState(state: LedgerState, books: AuditorBooks, atMs: number): void {
  const broken = violations(state);
  if (broken.length > 0) throw new Disagreement(`an invariant does not hold: ${broken.join("; ")}`);
  const campaign = state.campaigns[0]!;
  const { spentMinor, reservedMinor, settlingMinor, returnedMinor, setAsideMinor } = campaign.books;
  const { contingencyMinor, lossMinor } = campaign.books;
  const borne = { contingencyMinor, lossMinor };
  const money = {
    spentMinor,
    reservedMinor,
    settlingMinor,
    returnedMinor,
    setAsideMinor,
    ...borne,
  };
  const found = { ...money, phase: campaign.phase };
  const expected = {
    spentMinor: books.spentMinor,
    reservedMinor: books.reservedMinor,
    settlingMinor: books.settlingMinor,
    returnedMinor: books.returnedMinor,
    setAsideMinor: books.setAsideMinor,
    ...books.borne,
    phase: books.phase,
  };
  refuse("the books", difference(expected, found));
  if (campaign.grantCount !== books.grants.length) {
    throw new Disagreement(`${books.grants.length} grants expected, ${campaign.grantCount} found`);
  }
  const { clawedBackMinor, receivableMinor, receivedMinor } = books.suspicion;
  const sums = { clawedBackMinor, receivableMinor, receivedMinor };
  refuse("the books of suspicion", difference(sums, { ...campaign.suspicion.books }));
  for (const [ordinal, grant] of books.grants.entries()) {
    const { amountMinor, spentMinor: spent, returnedMinor: returned, atMs: grantedAtMs } = grant;
    const same =
      campaign.grantAmount.get(ordinal) === amountMinor &&
      campaign.grantSpent.get(ordinal) === spent &&
      campaign.grantReturned.get(ordinal) === returned &&
      campaign.grantedAtMs(ordinal) === grantedAtMs &&
      campaign.expiresAtMs(ordinal) === grant.expiresAtMs &&
      campaign.suspicion.grantOwed.get(ordinal) === grant.owedMinor &&
      STATES[campaign.grantState.get(ordinal)] === grant.state;
    if (!same) throw new Disagreement(`grant ${ordinal} is not ${JSON.stringify(grant)}`);
  }
  auditCells(campaign, books, atMs);
}

function auditCells(campaign: CampaignState, books: AuditorBooks, atMs: number): void {
  for (const [key, used] of books.cells) {
    const [ordinal, row, window] = key.split(" ").map(Number) as [number, number, number];
    const cap = campaign.caps[ordinal]!;
    if (window !== books.windowOf(cap.definition.per, atMs)) continue;
    const found = cap.used(row, window);
    if (found === used) continue;
    throw new Disagreement(`cap ${cap.id}, row ${row}: expected ${used}, found ${found}`);
  }
}

function refuse(what: string, differs: string | null): void {
  if (differs !== null) throw new Disagreement(`${what}: ${differs}`);
}

/** Throws unless both states hold the same, column by column; caches are left out. */
export function compareStates(live: LedgerState, again: LedgerState, how: string): void {
  refuse(`the ${how} state`, difference(contentOf(live), contentOf(again)));
}

/** Not content: where the calendar looked last, the secrets, the index behind the keys. */
const CACHES = new Set(["calendar", "keys", "shards", "level", "splits", "byId"]);

function contentOf(value: unknown): unknown {
  if (ArrayBuffer.isView(value)) return trimmed(value as Uint8Array);
  if (Array.isArray(value)) {
    const list = Array.from(value, contentOf);
    while (list.length > 0 && isEmpty(list.at(-1))) list.pop();
    return list;
  }
  if (value === null || typeof value !== "object") return value;
  const content: Record<string, unknown> = {};
  for (const [key, part] of Object.entries(value)) {
    const isKeys = key === "keys" && typeof part === "object" && part !== null && "chunks" in part;
    if (!CACHES.has(key) || isKeys) content[key] = contentOf(part);
  }
  return content;
}

/** Columns grow by halves, so that zeros at the end say nothing. */
function trimmed(values: Uint8Array): number[] {
  let length = values.length;
  while (length > 0 && values[length - 1] === 0) length -= 1;
  return Array.from(values.subarray(0, length));
}

function isEmpty(value: unknown): boolean {
  return value === undefined || (Array.isArray(value) && value.length === 0);
}
