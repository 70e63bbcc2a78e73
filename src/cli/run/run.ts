// `hongbao run PROJECT`: a campaign with given arms, from its users to its verdict.
import { writeFile } from "node:fs/promises";
import { basename, dirname, join } from "node:path";
import { contractError, parseCampaignFile, requireCampaign } from "../../contract/index.ts";
import type { CampaignDefinition } from "../../core/definition.ts";
import { dataPaths } from "../../host/data-directory.ts";
import { nodeSha256, readDirectory } from "../../journal/index.ts";
import { type VerifyReport, verifyRecords } from "../../journal/verify/verify.ts";
import {
  EVENT_COLUMNS,
  exportObjects,
  populationFromCounts,
  proveProject,
  type RunFile,
  readPopulation,
  readProject,
  readRunFile,
  type Verdict,
  verdictReport,
} from "../../prove/index.ts";
import { type ReportDocument, type Section, tableBlock } from "../../report/document.ts";
import { formatNumber, groupedMinor } from "../../report/format.ts";
import { renderHtmlPage } from "../../report/html-page.ts";
import { renderTextReport } from "../../report/text-report.ts";
import { PROVE_FILE, readCampaignText } from "../campaign-plan.ts";
import { eventRows } from "../event-rows.ts";
import { EXIT, type ExitCode } from "../exit-codes.ts";
import { makeFolder } from "../new-folder.ts";
import type { VerbCall } from "../verb.ts";
import { type GivenRun, journalArms, runGiven } from "./given-run.ts";

const LEDGER = "ledger";

export async function run(call: VerbCall): Promise<ExitCode> {
  const { terminal, args, flags, json } = call;
  const file = await readRunFile(join(args[0]!, "run.yaml"));
  const population = flags.population as string | undefined;
  const folder = await makeFolder("run", flags.data as string | undefined);
  const given = await runThrough(call, file, population, folder);
  const report = await verifyLedger(call, folder);
  const verdict = await judge(call, file, population, folder);
  const page = documentOf(file, given, report, verdict, folder);
  await writeFile(join(folder, "report.html"), renderHtmlPage(page));
  await writeFile(join(folder, "verdict.json"), `${JSON.stringify(verdict, null, 2)}\n`);
  const { users, books } = given;
  const answers = Object.fromEntries(given.answers);
  if (json) terminal.json({ folder, users, answers, books, verify: report, verdict });
  else {
    const { width, paint } = terminal;
    terminal.say(renderTextReport(page, { width: Math.min(100, width), paint }).trimEnd());
  }
  const differs = verdict.comparisons.filter(({ agrees }) => !agrees).length;
  if (differs > 0) terminal.note(`${differs} published figures are not reproduced`);
  if (!report.ok) terminal.note(`${folder}: the journal is not sound; hongbao verify says where`);
  return report.ok && differs === 0 ? EXIT.ok : EXIT.failed;
}

async function runThrough(
  { terminal }: VerbCall,
  file: RunFile,
  population: string | undefined,
  folder: string,
): Promise<GivenRun> {
  const yaml = await readCampaignText(file.campaignPath);
  const definition = await readCampaign(file);
  const users =
    population === undefined ? populationFromCounts(file) : readPopulation(file, population);
  const directory = join(folder, LEDGER);
  const progress = terminal.progress("run", 1);
  try {
    const onProgress = (done: number): void => progress.update(done, done);
    return await runGiven({ run: file, definition, yaml, directory, users, onProgress });
  } finally {
    progress.stop();
  }
}

async function readCampaign({ campaignPath }: RunFile): Promise<CampaignDefinition> {
  const yaml = await readCampaignText(campaignPath);
  return requireCampaign(parseCampaignFile(yaml, basename(campaignPath)));
}

async function verifyLedger({ terminal }: VerbCall, folder: string): Promise<VerifyReport> {
  const reader = await readDirectory(dataPaths(join(folder, LEDGER)).journal);
  const progress = terminal.progress("verify", reader.durableSequence);
  try {
    return await verifyRecords(reader.records(), {
      ledgerId: reader.ledgerId,
      sha256: nodeSha256,
      onProgress: ({ sequence }) => progress.update(sequence),
    });
  } finally {
    progress.stop();
  }
}

/** The journal says who was in which arm, the outcomes what became of them. */
async function judge(
  { terminal }: VerbCall,
  file: RunFile,
  population: string | undefined,
  folder: string,
): Promise<Verdict> {
  const journal = dataPaths(join(folder, LEDGER)).journal;
  const definition = await readCampaign(file);
  const table = population === undefined ? {} : { table: population };
  const project = await readProject(join(dirname(file.path), PROVE_FILE), table);
  const progress = terminal.progress("prove", 1);
  try {
    const target = { dir: folder, name: "events", format: "parquet" } as const;
    await exportObjects(eventRows(await readDirectory(journal)), EVENT_COLUMNS, target);
    const arms = await journalArms(eventRows(await readDirectory(journal)), definition);
    const verdict = await proveProject(project, null, { frozenPlanHash: definition.planHash });
    requireSameArms(project.path, verdict, arms);
    return verdict;
  } finally {
    progress.stop();
  }
}

/** What was run through the engine must be what is judged. */
function requireSameArms(
  file: string,
  { studies }: Verdict,
  journal: ReadonlyMap<string, number>,
): void {
  for (const { id, n } of studies.flatMap(({ arms }) => arms)) {
    const recorded = journal.get(id) ?? 0;
    if (recorded === n) continue;
    const message = `${file}: arm "${id}" has ${n} users here and ${recorded} in the journal`;
    throw contractError("invalid_file", message);
  }
}

function documentOf(
  file: RunFile,
  given: GivenRun,
  verify: VerifyReport,
  verdict: Verdict,
  folder: string,
): ReportDocument {
  const whole = verdictReport(verdict);
  return {
    ...whole,
    title: file.title,
    sections: [runSection(given, verify, verdict.notes), ...whole.sections],
    foot: [`Files in ${folder}: report.html, verdict.json, ledger/journal/, events.parquet`],
  };
}

function runSection(
  { users, answers, books }: GivenRun,
  verify: VerifyReport,
  notes: readonly string[],
): Section {
  const { currency, decimals } = books;
  const money = (minor: number): string => `${groupedMinor(minor, decimals)} ${currency}`;
  const claims = [...answers].map(([status, count]) => `${formatNumber(count)} ${status}`);
  const checks = verify.checks.reduce((sum, { count }) => sum + count, 0);
  const sound = verify.ok ? "sound" : `NOT SOUND: ${verify.problemCount} contradictions`;
  return {
    title: "Run through the engine",
    blocks: [
      tableBlock(
        [{ title: "what" }, { title: "how it was" }],
        [
          ["users", `${formatNumber(users)}, arms given: ${claims.join(", ")}`],
          ["budget", `${money(books.spentMinor)} of ${money(books.budgetMinor)} spent, closed`],
          [
            "journal",
            `${sound}: ${formatNumber(verify.events)} events, ${formatNumber(checks)} checks; ` +
              "its arms are those of the outcomes",
          ],
          ...notes.map((note) => ["outcomes", note]),
        ],
      ),
    ],
  };
}
