// `hongbao settle [DIR]`: what each merchant is owed for each day, from the journal alone or from a
// server, with the record and chain value that it rests on. Only reads: a server may be writing.

import { LIMITS } from "../base/limits.ts";
import { formatMinor } from "../base/money.ts";
import { contractError } from "../contract/errors.ts";
import { fileProblem } from "../contract/file-problem.ts";
import { isText } from "../contract/schema/text.ts";
import { type DirectoryReader, readDirectory } from "../journal/index.ts";
import { netMinor } from "../journal/settlement.ts";
import { csvCell } from "../prove/export-rows.ts";
import { formatNumber, groupedMinor } from "../report/format.ts";
import { instantText } from "./answer-words.ts";
import { EXIT, type ExitCode } from "./exit-codes.ts";
import { journalFolder } from "./journal-folder.ts";
import { givenMasterKey } from "./master-key.ts";
import { outputFile, writeOutput } from "./output-file.ts";
import { readText } from "./read-text.ts";
import { resolveSettings } from "./resolve-settings.ts";
import { remoteStatement } from "./settle-remote.ts";
import {
  type CampaignStatement,
  makeStatement,
  type NamedLine,
  type Statement,
} from "./settlement-statement.ts";
import type { Terminal } from "./terminal.ts";
import type { VerbCall } from "./verb.ts";

/** Rows that a screen shows; files have all. */
const ROWS_MAX = 200;

export async function settle(call: VerbCall): Promise<ExitCode> {
  const { terminal, flags, json } = call;
  const directory = call.args[0];
  const folder = directory === undefined ? null : await journalFolder(directory);
  const inputs = folder === null ? [] : [directory!, folder];
  const csv = await outputFile("--csv", flags.csv, inputs);
  const day = dayOption("--day", flags.day);
  const wanted = (flags.merchant as string[] | undefined) ?? [];
  const names = [...wanted, ...(await namesOf(flags.merchants))];
  if (folder === null && flags.until !== undefined) {
    const message = "--until: expected a data directory, for a server has only the present";
    throw contractError("invalid_usage", message);
  }
  const statement =
    folder === null
      ? await remoteStatement(call, names)
      : await statementFrom(call, directory!, folder, names);
  const isWanted = (line: NamedLine): boolean =>
    (day === null || line.day === day) &&
    (wanted.length === 0 || (line.name !== null && wanted.includes(line.name)));
  const shown = statement.campaigns.map((each) => ({
    ...each,
    lines: each.lines.filter(isWanted),
  }));
  if (csv !== null) await writeOutput(csv, csvOf(shown));
  if (json) terminal.json({ ...statement, campaigns: shown });
  else say(terminal, statement, shown, day !== null || wanted.length > 0);
  if (csv !== null && !json) terminal.say(`\n${csv}  all lines`);
  if (statement.sound) return EXIT.ok;
  terminal.note(
    "This journal contradicts itself: hongbao verify says where. Settle nothing by it.",
  );
  return EXIT.damaged;
}

async function statementFrom(
  call: VerbCall,
  directory: string,
  folder: string,
  names: readonly string[],
): Promise<Statement> {
  const { terminal, flags } = call;
  const settings = await resolveSettings(["campaign", "masterKey", "masterKeyFile"], call);
  const masterKey = await givenMasterKey(settings);
  const reader = await readDirectory(folder);
  const until = untilOf(flags.until, reader);
  const progress = terminal.progress("settle", until ?? reader.durableSequence);
  try {
    const onProgress = (sequence: number): void => progress.update(sequence);
    const { campaign } = settings;
    const options = { directory, campaign, until, names, masterKey, onProgress };
    return await makeStatement(reader, options);
  } finally {
    progress.stop();
  }
}

/** Throws `invalid_usage` unless it is a day of the calendar. */
export function dayOption(flag: string, given: unknown): string | null {
  if (given === undefined) return null;
  const day = String(given);
  const atMs = Date.parse(`${day}T00:00:00Z`);
  const isDay = /^\d{4}-\d\d-\d\d$/.test(day) && !Number.isNaN(atMs);
  if (isDay && new Date(atMs).toISOString().startsWith(day)) return day;
  throw contractError("invalid_usage", `${flag}: expected a day such as 2026-02-06, found ${day}`);
}

function untilOf(given: unknown, { durableSequence }: DirectoryReader): number | null {
  if (given === undefined) return null;
  const text = String(given);
  const record = /^\d{1,15}$/.test(text) ? Number(text) : 0;
  if (record >= 1 && record <= durableSequence) return record;
  const expected = `a record, 1 to ${durableSequence}`;
  throw contractError("invalid_usage", `--until: expected ${expected}, found ${text}`);
}

/** One name a line; blank lines, a byte-order mark and either line end are nothing. */
async function namesOf(given: unknown): Promise<string[]> {
  if (given === undefined) return [];
  const file = String(given);
  const lines = (await readText(file)).replace(/^\ufeff/, "").split(/\r?\n/);
  lines.forEach((line, i) => {
    if (line === "" || isText(line, LIMITS.idBytes)) return;
    const expected = `a merchant's name of 1 to ${LIMITS.idBytes} bytes`;
    throw fileProblem(file, `line ${i + 1}`, `expected ${expected}, found something longer`);
  });
  return lines.filter((line) => line !== "");
}

function say(
  terminal: Terminal,
  { ledger, record, atMs, chain }: Statement,
  campaigns: readonly CampaignStatement[],
  isPart: boolean,
): void {
  const what = ledger === null ? "Settlement" : `Settlement of ledger ${ledger}`;
  terminal.say(terminal.paint("title", what));
  for (const campaign of campaigns) sayCampaign(terminal, campaign, isPart);
  terminal.say("");
  terminal.facts([
    ["rests on", `record ${formatNumber(record)}, ${instantText(atMs)}`],
    ["chain", chain],
    ["the same again", `hongbao settle … --until ${record}`],
  ]);
}

/** By day where a part was asked for, else the sums of each merchant. */
function sayCampaign(terminal: Terminal, campaign: CampaignStatement, isPart: boolean): void {
  const { decimals, currency, spentMinor, timeZone } = campaign;
  const money = (minor: number): string => groupedMinor(minor, decimals);
  terminal.say(`\n${terminal.paint("strong", campaign.campaign)}  ${campaign.title}`);
  if (campaign.rehearsal) terminal.say("A REHEARSAL: nothing of it was money, nothing is owed.");
  const lines = isPart ? campaign.lines : byMerchant(campaign.lines);
  const hasCovers =
    campaign.contingencyMinor + campaign.lossMinor > 0 ||
    campaign.lines.some(({ covers, coverReversals }) => covers + coverReversals > 0);
  const rowOf = (line: NamedLine): string[] => [
    ...(isPart ? [line.day] : []),
    whoOf(line),
    formatNumber(line.redemptions),
    money(line.redeemedMinor),
    formatNumber(line.reversals),
    money(line.reversedMinor),
    ...(hasCovers ? [money(line.contingencyMinor), money(line.lossMinor)] : []),
    money(netMinor(line)),
  ];
  const right = (title: string) => ({ title, align: "right" as const });
  const titles = [
    ...["redemptions", "redeemed", "reversals", "reversed"],
    ...(hasCovers ? ["contingency", "loss"] : []),
    `net, ${currency}`,
  ];
  const columns = [...(isPart ? [{ title: "day" }] : []), { title: "merchant" }];
  if (lines.length > 0) {
    const rows = lines.slice(0, ROWS_MAX).map(rowOf);
    const sum = lines.reduce(added);
    const [, ...sums] = rowOf(sum);
    const total = isPart ? ["", "sum", ...sums.slice(1)] : ["sum", ...sums];
    terminal.table([...columns, ...titles.map(right)], [...rows, total]);
  }
  const more = lines.length - ROWS_MAX;
  if (more > 0) terminal.say(`… and ${formatNumber(more)} more, which --csv FILE has`);
  const all = campaign.lines.reduce<NamedLine | null>(
    (a, b) => (a === null ? b : added(a, b)),
    null,
  );
  if (all !== null && all.mended + all.late > 0) {
    terminal.say(
      `of the redeemed ${money(all.mendedMinor)} were recorded on a later day than they were ` +
        `paid, and ${money(all.lateMinor)} told after their reward's end`,
    );
  }
  const whole = `${money(spentMinor)} ${currency} spent in the whole campaign`;
  terminal.say(`${whole}, as its books say; days of ${timeZone}`);
  if (!hasCovers) return;
  const { contingencyMinor, lossMinor } = campaign;
  const borne = `${money(contingencyMinor)} of contingency and ${money(lossMinor)} of loss`;
  terminal.say(`${borne} beside it, for payments that no reward could cover`);
}

function whoOf({ name, merchant }: NamedLine): string {
  return name ?? merchant ?? "(none named)";
}

/** The lines of each merchant in one, in the order in which they come first. */
function byMerchant(lines: readonly NamedLine[]): NamedLine[] {
  const sums = new Map<string | null, NamedLine>();
  for (const line of lines) {
    const sum = sums.get(line.merchant);
    sums.set(line.merchant, sum === undefined ? line : added(sum, line));
  }
  return [...sums.values()].sort((a, b) => netMinor(b) - netMinor(a));
}

function added(a: NamedLine, b: NamedLine): NamedLine {
  const sums = Object.fromEntries(SUMMED.map((field) => [field, a[field] + b[field]]));
  return {
    ...a,
    ...sums,
    firstAtMs: Math.min(a.firstAtMs, b.firstAtMs),
    lastAtMs: Math.max(a.lastAtMs, b.lastAtMs),
  };
}

/** Figures that can be added up. */
const SUMMED = [
  "redemptions",
  "redeemedMinor",
  "reversals",
  "reversedMinor",
  "mended",
  "mendedMinor",
  "late",
  "lateMinor",
  "covers",
  "coverReversals",
  "contingencyMinor",
  "lossMinor",
] as const;

const CSV_COLUMNS = [
  "campaign",
  "day",
  "merchant",
  "pseudonym",
  "redemptions",
  "redeemed",
  "reversals",
  "reversed",
  "mended",
  "late",
  "contingency",
  "loss",
  "net",
  "currency",
  "first",
  "last",
];

/** Money in major units, without separators; instants in UTC. */
function csvOf(campaigns: readonly CampaignStatement[]): string {
  const rows = campaigns.flatMap(({ campaign, currency, decimals, lines }) =>
    lines.map((line) => [
      campaign,
      line.day,
      line.name,
      line.merchant,
      line.redemptions,
      formatMinor(line.redeemedMinor, decimals),
      line.reversals,
      formatMinor(line.reversedMinor, decimals),
      formatMinor(line.mendedMinor, decimals),
      formatMinor(line.lateMinor, decimals),
      formatMinor(line.contingencyMinor, decimals),
      formatMinor(line.lossMinor, decimals),
      formatMinor(netMinor(line), decimals),
      currency,
      new Date(line.firstAtMs).toISOString(),
      new Date(line.lastAtMs).toISOString(),
    ]),
  );
  return [CSV_COLUMNS, ...rows].map((row) => `${row.map(csvCell).join(",")}\n`).join("");
}
