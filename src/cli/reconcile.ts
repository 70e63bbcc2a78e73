// `hongbao reconcile DIR FILE --merchant NAME`: a merchant's own list of payments held against the
// journal; with --apply, what was paid and not recorded is recorded.

import { localDay } from "../base/time.ts";
import { contractError } from "../contract/errors.ts";
import { MERCHANT } from "../core/rules.ts";
import { readDirectory } from "../journal/index.ts";
import { MerchantRedemptions } from "../journal/merchant-redemptions.ts";
import { formatNumber, groupedMinor } from "../report/format.ts";
import { openCampaignKeys } from "./campaign-keys.ts";
import {
  type Compared,
  comparePayments,
  DIFFERENCES,
  type Difference,
} from "./compare-payments.ts";
import { EXIT, type ExitCode } from "./exit-codes.ts";
import { journalFolder } from "./journal-folder.ts";
import { givenMasterKey } from "./master-key.ts";
import { readMerchantFile } from "./merchant-file.ts";
import { withServer } from "./remote.ts";
import { OVER, type Repair, repairable, repairPayments } from "./repair-payments.ts";
import { resolveSettings } from "./resolve-settings.ts";
import { dayOption } from "./settle.ts";
import type { VerbCall } from "./verb.ts";

/** Differences that a screen shows one by one. */
const SHOWN_MAX = 50;

export async function reconcile(call: VerbCall): Promise<ExitCode> {
  const { terminal, args, flags, json } = call;
  const [directory, file] = args as [string, string];
  const merchant = String(flags.merchant);
  const folder = await journalFolder(directory);
  const settings = await resolveSettings(["campaign", "masterKey", "masterKeyFile"], call);
  const masterKey = await givenMasterKey(settings);
  const keys = await openCampaignKeys(directory, settings.campaign, masterKey);
  const { id: campaign, timeZone, attributes } = keys.definition;
  if (!attributes.includes(MERCHANT)) {
    const message = `campaign ${campaign}: expected the attribute merchant, found none declared`;
    throw contractError("invalid_usage", message);
  }
  const isAsked = period(flags, timeZone);
  const rows = await readMerchantFile(file, keys.definition);
  const asked = new Set(rows.map(({ redemption }) => keys.id(redemption)));
  const recorded = new MerchantRedemptions(campaign, keys.value(MERCHANT, merchant), asked);
  const reader = await readDirectory(folder);
  const progress = terminal.progress("reconcile", reader.durableSequence);
  for await (const record of reader.records()) {
    recorded.take(record);
    if (record.sequence % 64 === 0) progress.update(record.sequence);
  }
  progress.stop();
  const compared = comparePayments(rows, recorded, keys, ({ atMs }) => isAsked(atMs));
  const repairs = flags.apply === true ? await repair(call, campaign, merchant, compared) : [];
  const left = remaining(compared, repairs);
  if (json) {
    const { durableSequence: record } = reader;
    terminal.json({ campaign, merchant, record, rows: rows.length, compared, repairs, left });
  } else say(call, keys.definition, merchant, compared, repairs, left);
  return left === 0 ? EXIT.ok : EXIT.failed;
}

/** Which records not listed by the merchant count: those of the days that were asked for. */
function period(flags: VerbCall["flags"], zone: string): (atMs: number) => boolean {
  const from = dayOption("--from", flags.from);
  const to = dayOption("--to", flags.to);
  if (from === null && to === null) return () => true;
  const dayOf = localDay(zone);
  return (atMs) => {
    const day = dayOf(atMs);
    return (from === null || day >= from) && (to === null || day <= to);
  };
}

async function repair(
  call: VerbCall,
  campaign: string,
  merchant: string,
  compared: readonly Compared[],
): Promise<Repair[]> {
  const cover = call.flags.cover === undefined ? null : String(call.flags.cover);
  const { redemptions, reversals } = repairable(compared);
  if (redemptions.length + reversals.length === 0) return [];
  const progress = call.terminal.progress("repair", redemptions.length + reversals.length);
  try {
    return await withServer(call, (server) =>
      repairPayments(server, campaign, merchant, compared, cover, (done) => progress.update(done)),
    );
  } finally {
    progress.stop();
  }
}

const AGREED: ReadonlySet<Difference> = new Set(["matched", "covered"]);

/** Rows that still differ: a row is mended when all that it needed was done. */
function remaining(compared: readonly Compared[], repairs: readonly Repair[]): number {
  const mended = new Set<Compared["row"]>();
  for (const { row, done } of repairs) {
    if (done) mended.add(row);
    else mended.delete(row);
  }
  return compared.filter(
    ({ difference, row }) => !AGREED.has(difference) && (row === null || !mended.has(row)),
  ).length;
}

type Money = { currency: string; decimals: number };

function say(
  { terminal }: VerbCall,
  { currency, decimals }: Money,
  merchant: string,
  compared: readonly Compared[],
  repairs: readonly Repair[],
  left: number,
): void {
  const money = (minor: number): string => groupedMinor(minor, decimals);
  const amountOf = ({ row, recorded }: Compared): number =>
    row?.amountMinor ?? recorded!.amountMinor;
  terminal.say(terminal.paint("title", `${merchant} against the journal`));
  const names = Object.keys(DIFFERENCES) as Difference[];
  const table = names.flatMap((name) => {
    const some = compared.filter(({ difference }) => difference === name);
    if (some.length === 0) return [];
    const sum = some.reduce((all, each) => all + amountOf(each), 0);
    return [[formatNumber(some.length), money(sum), DIFFERENCES[name]]];
  });
  const right = "right" as const;
  const sums = { title: currency, align: right };
  terminal.table([{ title: "payments", align: right }, sums, { title: "what" }], table);
  const differing = compared.filter(({ difference }) => !AGREED.has(difference));
  for (const each of differing.slice(0, SHOWN_MAX)) terminal.say(lineOf(each, money));
  const more = differing.length - SHOWN_MAX;
  if (more > 0) terminal.say(`… and ${formatNumber(more)} more, which --json has`);
  if (repairs.length > 0) terminal.say(`\n${terminal.paint("title", "Repaired")}`);
  for (const [what, count] of countsOf(repairs)) terminal.say(`${formatNumber(count)} ${what}`);
  const { redemptions, reversals } = repairable(compared);
  const due = redemptions.length + reversals.length;
  if (repairs.length === 0 && due > 0) {
    terminal.note(`Nothing was changed. Add --apply to record ${formatNumber(due)} of them.`);
  }
  const isOver = repairs.some(({ what, status }) => what === "redemption" && OVER.has(status));
  if (isOver && !repairs.some(({ what }) => what === "cover")) {
    const how = "--apply --cover 'why' books what no reward can pay any more to the contingency";
    terminal.note(`${how} line, or as a loss.`);
  }
  terminal.say(left === 0 ? "nothing differs" : `${formatNumber(left)} still differ`);
}

function lineOf({ difference, row, recorded }: Compared, money: (minor: number) => string): string {
  const here = recorded === null ? "" : `, here ${money(recorded.amountMinor)}`;
  if (row === null) return `${difference}: redemption ${recorded!.redemption}${here}`;
  const { redemption, amountMinor, paidAtMs } = row;
  const paid = new Date(paidAtMs).toISOString();
  const there = `there ${money(amountMinor)}, paid ${paid}`;
  return `${difference}: ${redemption} (row ${row.row}), ${there}${here}`;
}

function countsOf(repairs: readonly Repair[]): [string, number][] {
  const counts = new Map<string, number>();
  for (const { what, status } of repairs) {
    const name = `${what}: ${status}`;
    counts.set(name, (counts.get(name) ?? 0) + 1);
  }
  return [...counts];
}
