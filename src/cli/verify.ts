// `hongbao verify DIR`: reads a whole journal, larger than memory if need be, and says what was
// checked, how often, what it adds up to, and what it does not show.
import { HongbaoError } from "../base/error.ts";
import { emptyRecord } from "../base/record.ts";
import {
  type DirectoryReader,
  type JournalRecord,
  nodeSha256,
  readDirectory,
  signedUpTo,
} from "../journal/index.ts";
import { type VerifyReport, verifyRecords } from "../journal/verify/verify.ts";
import { formatDuration, formatNumber, groupedMinor } from "../report/format.ts";
import { wrapText } from "../report/wrap.ts";
import { checkpointsFor, checkpointWords } from "./checkpoint-files.ts";
import { EXIT, type ExitCode } from "./exit-codes.ts";
import { journalFolder } from "./journal-folder.ts";
import { givenMasterKey } from "./master-key.ts";
import { pText } from "./odds-words.ts";
import { openSeeds } from "./open-seeds.ts";
import { resolveSettings } from "./resolve-settings.ts";
import type { Terminal } from "./terminal.ts";
import type { VerbCall } from "./verb.ts";

export async function verify(call: VerbCall): Promise<ExitCode> {
  const { terminal, args, json } = call;
  const folder = await journalFolder(args[0]!);
  const checkpoints = await checkpointsFor(call, folder);
  const startedAtMs = performance.now();
  const signedSequence = signedUpTo(checkpoints.given);
  const reader = await readDirectory(folder, { signedSequence });
  const progress = terminal.progress("verify", reader.durableSequence);
  let report: VerifyReport;
  try {
    const seeds = emptyRecord<Uint8Array>();
    report = await verifyRecords(await recordsOf(call, reader, seeds), {
      seeds,
      checkpoints,
      ledgerId: reader.ledgerId,
      sha256: nodeSha256,
      onProgress: ({ sequence }) => progress.update(sequence),
    });
  } catch (error) {
    throw error instanceof RangeError ? newerVersion(folder, error) : error;
  } finally {
    progress.stop();
  }
  if (json) terminal.json({ ...report, notices: reader.notices });
  else {
    sayReport(terminal, report);
    for (const line of checkpointWords(report, checkpoints)) {
      terminal.say(wrapText(line, terminal.width).join("\n  "));
    }
    for (const notice of reader.notices) terminal.say(`note: ${notice}`);
    sayVerdict(terminal, report, folder, performance.now() - startedAtMs);
  }
  return report.ok ? EXIT.ok : EXIT.damaged;
}

async function recordsOf(
  call: VerbCall,
  reader: DirectoryReader,
  seeds: Record<string, Uint8Array>,
): Promise<AsyncIterable<JournalRecord>> {
  if (call.flags.withSecrets !== true) return reader.records();
  const settings = await resolveSettings(["masterKey", "masterKeyFile"], call);
  const masterKey = await givenMasterKey(settings);
  const { ledgerId } = reader;
  return openSeeds(reader.records(), seeds, { directory: call.args[0]!, masterKey, ledgerId });
}

function newerVersion(folder: string, cause: RangeError): HongbaoError {
  const message = `${folder}: ${cause.message}`;
  return new HongbaoError({ code: "unknown_format", message, cause });
}

function sayReport(terminal: Terminal, report: VerifyReport): void {
  const { paint } = terminal;
  terminal.say(paint("title", `Ledger ${report.ledgerId}`));
  for (const campaign of report.campaigns) sayCampaign(terminal, campaign);
  const rows = report.checks
    .filter(({ count, problems }) => count > 0 || problems > 0)
    .map(({ states, count, problems }) => [
      problems === 0 ? paint("good", "✓") : paint("bad", "✗"),
      formatNumber(count),
      states,
    ]);
  sayLuck(terminal, report);
  if (rows.length > 0) {
    terminal.say(`\n${paint("title", "Checked")}`);
    terminal.table([{ title: "" }, { title: "times", align: "right" }, { title: "what" }], rows);
  }
  terminal.say(`\n${paint("title", "Not shown by this")}`);
  for (const note of report.notes) {
    const [first, ...rest] = wrapText(note, terminal.width - 2);
    terminal.say([`· ${first}`, ...rest.map((line) => `  ${line}`)].join("\n"));
  }
  if (report.problemCount > 0) sayProblems(terminal, report);
}

function sayCampaign(terminal: Terminal, campaign: VerifyReport["campaigns"][number]): void {
  const { id, title, currency, decimals, phase } = campaign;
  const money = (minor: number): string => `${groupedMinor(minor, decimals)} ${currency}`;
  terminal.say(`\n${terminal.paint("strong", id)}  ${title}  (${phase})`);
  terminal.facts([
    ["  budget", money(campaign.budgetMinor)],
    [
      "  spent + reserved + settling + free",
      [campaign.spentMinor, campaign.reservedMinor, campaign.settlingMinor, campaign.freeMinor]
        .map(money)
        .join(" + "),
    ],
    ...beyondFact(campaign.beyondMinor, money),
    ["  users", formatNumber(campaign.users)],
    ...merchantFacts(campaign, money),
  ]);
}

function beyondFact(minor: number, money: (minor: number) => string): [string, string][] {
  return minor === 0 ? [] : [["  out beyond the budget", money(minor)]];
}

/** Nothing where no redemption named a merchant. */
function merchantFacts(
  { merchants, merchantsMinor, unattributedMinor }: VerifyReport["campaigns"][number],
  money: (minor: number) => string,
): [string, string][] {
  if (merchants === 0) return [];
  const spent = `${money(merchantsMinor)} with ${formatNumber(merchants)}`;
  const rest = unattributedMinor === 0 ? "" : `, ${money(unattributedMinor)} with none named`;
  return [["  spent with merchants", `${spent}${rest}`]];
}

/** The test of each table alone; `hongbao luck odds` shows its counts. */
function sayLuck(terminal: Terminal, { campaigns }: VerifyReport): void {
  const rows = campaigns.flatMap(({ id, odds }) =>
    odds.map(({ offer, version, grants, p }) => [
      `${id} ${offer}${version === 0 ? "" : `, since revision ${version}`}`,
      formatNumber(grants),
      p === null ? "–" : pText(p),
    ]),
  );
  if (rows.length === 0) return;
  terminal.say(`\n${terminal.paint("title", "Odds against counts")} (hongbao luck odds says more)`);
  const titles = [
    { title: "offer" },
    { title: "grants", align: "right" as const },
    { title: "p", align: "right" as const },
  ];
  terminal.table(titles, rows);
}

function sayProblems(terminal: Terminal, { problems, problemCount }: VerifyReport): void {
  terminal.say(`\n${terminal.paint("bad", "Wrong")}`);
  for (const problem of problems) {
    const { sequence, index, event, campaign, check, expected, found } = problem;
    const place =
      index < 0 ? `record ${sequence}` : `record ${sequence}, event ${index} (${event})`;
    const whose = campaign === null ? "" : `, ${campaign}`;
    terminal.say(`✗ ${place}${whose}: ${check}: expected ${expected}, found ${found}`);
  }
  const more = problemCount - problems.length;
  if (more > 0) terminal.say(`… and ${formatNumber(more)} more`);
}

function sayVerdict(
  terminal: Terminal,
  report: VerifyReport,
  folder: string,
  tookMs: number,
): void {
  const { records, events, ok, problemCount } = report;
  const size = `${formatNumber(records)} records, ${formatNumber(events)} events`;
  const took = formatDuration(Math.round(tookMs));
  terminal.say("");
  if (ok) terminal.say(terminal.paint("good", `sound: ${size}, in ${took}`));
  else {
    const count =
      problemCount === 1 ? "1 contradiction" : `${formatNumber(problemCount)} contradictions`;
    terminal.say(terminal.paint("bad", `NOT SOUND: ${count} in ${size}, in ${took}`));
    terminal.say(`  next: keep ${folder} as it is, and compare with a copy or a standby`);
  }
}
