// `hongbao export DIR`: the events of a journal as one Parquet or CSV file, or as one more each
// time, with a page that says what the columns are. Only reads, so a server may be writing.
import { readFile } from "node:fs/promises";
import { join } from "node:path";
import { readDuration } from "../contract/campaign-file/scalars.ts";
import { contractError } from "../contract/errors.ts";
import { readIfThere } from "../host/data-directory.ts";
import { makeDirectory } from "../journal/files/make-directory.ts";
import { readDirectory } from "../journal/index.ts";
import { EVENT_COLUMNS, type EventRow } from "../prove/event-columns.ts";
import { exportObjects } from "../prove/export-rows.ts";
import { formatNumber } from "../report/format.ts";
import { eventRows } from "./event-rows.ts";
import { EXIT, type ExitCode } from "./exit-codes.ts";
import { MANIFEST_FILE, type Part, PartsExport, type PartsOptions, pause } from "./export-parts.ts";
import { journalFolder } from "./journal-folder.ts";
import { refuseInputs, writeOutput } from "./output-file.ts";
import { watchStopSignals } from "./stop-signals.ts";
import type { Progress, Terminal } from "./terminal.ts";
import type { VerbCall } from "./verb.ts";

export async function exportJournal(call: VerbCall): Promise<ExitCode> {
  const { terminal, args, flags, json } = call;
  const format = formatOf(flags.to ?? "parquet");
  const dir = String(flags.out ?? "export");
  const folder = await journalFolder(args[0]!);
  const readme = join(dir, "README.md");
  await requireFolder(dir, readme, [args[0]!, folder]);
  if (flags.parts === true || flags.follow === true) {
    return await exportParts(call, { journal: folder, dir, format });
  }
  await refuseParts(dir);
  const reader = await readDirectory(folder);
  for (const notice of reader.notices) terminal.note(`note: ${notice}`);
  const progress = terminal.progress("export", reader.durableSequence);
  try {
    const rows = watched(eventRows(reader), progress);
    const file = await exportObjects(rows, EVENT_COLUMNS, { dir, name: "events", format });
    progress.stop();
    await writeOutput(readme, readmeText(reader.ledgerId, `events.${format}`));
    const records = reader.durableSequence;
    if (json) terminal.json({ file: file.path, rows: file.rows, records, format, readme });
    else {
      const count = `${formatNumber(file.rows)} events of ${formatNumber(records)} records`;
      terminal.say(`${file.path}  ${count}`);
      terminal.say(`${readme}  what the columns mean`);
    }
    return EXIT.ok;
  } finally {
    progress.stop();
  }
}

/** Each run, or with --follow each while, adds a file with what is new. */
async function exportParts(call: VerbCall, options: PartsOptions): Promise<ExitCode> {
  const { terminal, flags, json } = call;
  const everyMs = readDuration(String(flags.every ?? "60s"));
  if (everyMs === null) {
    const message = `--every: expected a duration such as 60s, found ${String(flags.every)}`;
    throw contractError("invalid_usage", message);
  }
  const follows = flags.follow === true;
  const signals = watchStopSignals();
  const stop = new AbortController();
  void signals.first.then((signal) => stop.abort(signal));
  const parts = await PartsExport.open(options);
  try {
    const readme = join(options.dir, "README.md");
    await writeOutput(readme, readmeText(parts.ledgerId, `events-*.${options.format}`));
    if (follows)
      terminal.note(`ready: a file each ${flags.every ?? "60s"} while there is something new`);
    do {
      const upTo = follows ? Infinity : (await readDirectory(options.journal)).durableSequence;
      const made = await parts.write(upTo);
      if (json) terminal.json({ parts: made, sequence: parts.sequence });
      else sayParts(terminal, options.dir, made, follows);
      if (follows) await pause(everyMs, stop.signal);
    } while (follows && !stop.signal.aborted);
    return EXIT.ok;
  } finally {
    signals.forget();
    await parts.close();
  }
}

function sayParts(terminal: Terminal, dir: string, parts: readonly Part[], follows: boolean): void {
  for (const { file, rows } of parts)
    terminal.say(`${join(dir, file)}  ${formatNumber(rows)} events`);
  if (parts.length === 0 && !follows) terminal.note("nothing new since the last time");
}

async function refuseParts(dir: string): Promise<void> {
  if ((await readIfThere(join(dir, MANIFEST_FILE))) === null) return;
  const message = `--out: ${dir} holds the parts of an export; a whole one would double them`;
  throw contractError("invalid_usage", message, { next: "Add --parts, or name another folder." });
}

/** Refuses a folder of the journal's own, and one whose README.md is of something else. */
async function requireFolder(
  dir: string,
  readme: string,
  journal: readonly string[],
): Promise<void> {
  await refuseInputs("--out", readme, journal);
  await makeDirectory(dir);
  const found = await readFile(readme, "utf8").catch(() => "");
  if (found === "" || found.startsWith(README_TITLE)) return;
  const message = `--out: expected a folder of its own, found ${dir} with another README.md`;
  throw contractError("invalid_usage", message, { next: "Name another folder with --out." });
}

const README_TITLE = "# Events of ledger ";

function formatOf(text: unknown): "parquet" | "csv" {
  if (text === "parquet" || text === "csv") return text;
  throw contractError("invalid_usage", `--to: expected parquet or csv, found ${String(text)}`);
}

async function* watched(
  rows: AsyncGenerator<EventRow>,
  progress: Progress,
): AsyncGenerator<EventRow> {
  let count = 0;
  for await (const row of rows) {
    count += 1;
    if (count % 4096 === 0) progress.update(row.sequence);
    yield row;
  }
}

const MEANINGS: Readonly<Record<keyof EventRow, string>> = {
  sequence: "number of the journal record, from 1",
  index: "place of the event within its record, from 0",
  atMs: "when it was decided, ms since 1970 UTC",
  kind: "opened, assigned, exposed, granted, withheld, redeemed, cancelled, expired, reversed, …",
  campaign: "the campaign's id",
  user: "pseudonym of the user, 32 hex digits; of a grant's later events, of its user",
  arm: "0 is the holdout, 1 the first variant",
  audience: "the audience whose holdout decided the arm before contact, else empty",
  assignedBy: "claim, offers, given or audience: what made the assignment",
  offer: "the offer's id",
  grant: "ordinal of the grant within its campaign; joins redeemed to granted",
  redemption: "ordinal of the redemption within its campaign",
  amountMinor: "minor units: granted, redeemed, returned or reversed, by kind",
  restMinor: "minor units left of the grant after a redemption",
  id: "pseudonym of the caller's id, 32 hex digits",
  wouldStatus: "withheld: what the claim would have got outside the holdout",
  probability: "assigned: the chance of that arm by the shares in force; empty: the caller gave it",
  exposure: "a first exposure, by: claim, offers, invite, draw or a surface; met in old journals",
  exposedAtMs: "when that was, ms since 1970 UTC",
  rehearsal: "true: the campaign is a rehearsal, and nothing of it was money",
};

function readmeText(ledgerId: string, file: string): string {
  const rows = EVENT_COLUMNS.map(({ name, type }) => `| ${name} | ${type} | ${MEANINGS[name]} |`);
  return [
    `${README_TITLE}${ledgerId}`,
    "",
    `\`${file}\` has one row an event, in the order of the journal. Users and ids are pseudonyms:`,
    "keyed hashes, never names. Empty means that this kind of event has no such value.",
    "",
    "| column | type | meaning |",
    "| --- | --- | --- |",
    ...rows,
    "",
  ].join("\n");
}
