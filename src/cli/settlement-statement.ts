// A settlement statement made from a journal: every event is judged by verify while it is added up,
// and the sums of the two, which share nothing, must agree.
import { contractError } from "../contract/errors.ts";
import { MERCHANT } from "../core/rules.ts";
import { type DirectoryReader, type JournalRecord, nodeSha256 } from "../journal/index.ts";
import {
  type CampaignSettlement,
  Settlement,
  type SettlementLine,
  settledSums,
  sumOf,
} from "../journal/settlement.ts";
import { type VerifyReport, verifyRecords } from "../journal/verify/verify.ts";
import { openCampaignKeys } from "./campaign-keys.ts";

export interface NamedLine extends SettlementLine {
  /** Null where nobody gave a name that fits. */
  name: string | null;
}

export interface CampaignStatement {
  campaign: string;
  title: string;
  currency: string;
  decimals: number;
  timeZone: string;
  /** Of a rehearsal: nothing of it was money. */
  rehearsal?: true;
  /** What all lines add up to, and the books of the campaign: spent; and what no reward paid. */
  spentMinor: number;
  contingencyMinor: number;
  lossMinor: number;
  /** By day, then by name or pseudonym; redemptions without a merchant come last. */
  lines: NamedLine[];
}

export interface Statement {
  /** Null: a server made it, of one campaign. */
  ledger: string | null;
  /** What it rests on: the last record, its instant and its chain value. */
  record: number;
  atMs: number;
  chain: string;
  campaigns: CampaignStatement[];
  /** False: the journal contradicts itself, or these sums. */
  sound: boolean;
}

export interface StatementOptions {
  /** The data directory. */
  directory: string;
  /** Null: all campaigns. */
  campaign: string | null;
  /** The last record that counts; null: the last durable one. */
  until: number | null;
  /** Names of merchants, to be told from their pseudonyms; needs the directory's secrets. */
  names: readonly string[];
  masterKey: Uint8Array | null;
  onProgress: (sequence: number) => void;
}

export async function makeStatement(
  reader: DirectoryReader,
  options: StatementOptions,
): Promise<Statement> {
  const { campaign } = options;
  const settlement = new Settlement();
  const report = await verifyRecords(addingUp(reader, options.until, settlement), {
    ledgerId: reader.ledgerId,
    sha256: nodeSha256,
    onProgress: ({ sequence }) => options.onProgress(sequence),
  });
  const wanted = settlement.campaigns.filter(
    ({ definition }) => campaign === null || definition.id === campaign,
  );
  if (campaign !== null && wanted.length === 0) {
    const ids = settlement.campaigns.map(({ definition }) => definition.id).join(", ") || "none";
    const expected = "one of the journal's campaigns";
    throw contractError("invalid_usage", `--campaign: expected ${expected} (${ids})`);
  }
  const campaigns: CampaignStatement[] = [];
  for (const each of wanted) campaigns.push(await statementOf(each, options));
  return {
    ledger: report.ledgerId,
    record: report.lastSequence,
    atMs: report.lastAtMs,
    chain: report.lastChain,
    campaigns,
    sound: report.ok && campaigns.every((each) => addsUp(each, report)),
  };
}

async function* addingUp(
  reader: DirectoryReader,
  until: number | null,
  settlement: Settlement,
): AsyncGenerator<JournalRecord> {
  for await (const record of reader.records()) {
    if (until !== null && record.sequence > until) return;
    settlement.take(record);
    yield record;
  }
}

async function statementOf(
  { definition, lines }: CampaignSettlement,
  { directory, names, masterKey }: StatementOptions,
): Promise<CampaignStatement> {
  const { id, title, currency, decimals, timeZone, attributes } = definition;
  const nameOf = new Map<string, string>();
  if (names.length > 0 && attributes.includes(MERCHANT)) {
    const keys = await openCampaignKeys(directory, id, masterKey);
    keys.revise(definition);
    for (const name of names) nameOf.set(keys.value(MERCHANT, name), name);
  }
  const named = namedLines(lines, nameOf);
  const mark = definition.rehearsal === undefined ? {} : { rehearsal: definition.rehearsal };
  return {
    ...{ campaign: id, title, currency, decimals, timeZone, ...mark },
    ...settledSums(named),
    lines: named,
  };
}

/** By day, then by name or pseudonym; redemptions without a merchant come last. */
export function namedLines(
  lines: readonly SettlementLine[],
  nameOf: ReadonlyMap<string, string>,
): NamedLine[] {
  const named = lines.map((line) => ({
    ...line,
    name: line.merchant === null ? null : (nameOf.get(line.merchant) ?? null),
  }));
  return named.sort((a, b) => compare(a.day, b.day) || compare(orderOf(a), orderOf(b)));
}

function orderOf({ merchant, name }: NamedLine): string {
  if (merchant === null) return "2";
  return name === null ? `1${merchant}` : `0${name}`;
}

function compare(a: string, b: string): number {
  if (a === b) return 0;
  return a < b ? -1 : 1;
}

/** Whether verify, with books of its own, comes to the same. */
function addsUp(statement: CampaignStatement, report: VerifyReport): boolean {
  const { lines } = statement;
  const books = report.campaigns.find(({ id }) => id === statement.campaign)!;
  const unnamed = lines.filter(({ merchant }) => merchant === null);
  const paid = lines.filter(({ redemptions, reversals }) => redemptions + reversals > 0);
  const merchants = new Set(paid.flatMap(({ merchant }) => merchant ?? []));
  const unnamedMinor = sumOf(unnamed, "redeemedMinor") - sumOf(unnamed, "reversedMinor");
  return (
    statement.spentMinor === books.spentMinor &&
    statement.contingencyMinor === books.contingencyMinor &&
    statement.lossMinor === books.lossMinor &&
    merchants.size === books.merchants &&
    unnamedMinor === books.unattributedMinor &&
    sumOf(lines, "redemptions") === books.redeemed &&
    sumOf(lines, "reversals") === books.reversed
  );
}
