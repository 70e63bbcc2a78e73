// `hongbao plan calibrate FILE --journal DIR`: what a running campaign teaches about its plan's
// assumptions, and the plan with it as a new file.
import { basename, dirname, relative, resolve, sep } from "node:path";
import { contractError } from "../../contract/index.ts";
import { checkPlanFile, requirePlan } from "../../plan/plan-file/index.ts";
import type { Calibration } from "../../plan/update/calibrated.ts";
import { calibrate } from "../../plan/update/calibration.ts";
import { calibrationReport } from "../../plan/update/calibration-report.ts";
import { calibratedPlanText } from "../../plan/update/plan-text.ts";
import { readVerdictReading } from "../../plan/update/verdict-reading.ts";
import { EXIT, type ExitCode } from "../exit-codes.ts";
import { newOutputFile, refuseSame, writeOutput } from "../output-file.ts";
import { pageFile, sayReport } from "../prove/say-verdict.ts";
import { readText } from "../read-text.ts";
import type { VerbCall } from "../verb.ts";
import { type OpenedPlan, openPlan } from "./open-plan.ts";
import { readCampaignJournal } from "./read-campaign-journal.ts";

export async function calibratePlan(call: VerbCall): Promise<ExitCode> {
  const { args, flags, terminal } = call;
  const opened = await openPlan(args[0]!);
  const journal = String(flags.journal);
  const verdictFile = flags.verdict === undefined ? null : String(flags.verdict);
  const inputs = [...opened.files, journal, ...(verdictFile === null ? [] : [verdictFile])];
  const page = await pageFile(call, inputs);
  const out = await newOutputFile("--out", flags.out, inputs, flags.overwrite === true);
  await refuseSame("--html", page, "--out", out);
  const toMs = instantOf(flags.until);
  const verdict =
    verdictFile === null ? null : readVerdictReading(await readText(verdictFile), verdictFile);
  const progress = terminal.progress("reading the journal", 1);
  const reading = await readCampaignJournal(journal, opened.plan, {
    toMs,
    onRows: (rows) => progress.update(rows, rows),
    onNotice: (notice) => terminal.note(`note: ${notice}`),
  }).finally(() => progress.stop());
  const calibration = calibrate(opened.plan, reading, verdict);
  const text = out === null ? null : await newPlanText(opened, calibration, out);
  await sayReport(call, calibration, calibrationReport(calibration), page);
  if (out !== null && text !== null) {
    await writeOutput(out, text);
    terminal.note(`${out}: the plan with what was seen; hongbao plan ${out}`);
  }
  return EXIT.ok;
}

/** Read again before it is written: a plan that would be refused is a bug, told as such. */
async function newPlanText(
  { files }: OpenedPlan,
  calibration: Calibration,
  out: string,
): Promise<string> {
  const [planFile, campaignFile] = files as [string, string];
  const way = relative(dirname(resolve(out)), resolve(campaignFile))
    .split(sep)
    .join("/");
  const text = calibratedPlanText(await readText(planFile), calibration, way);
  const campaign = { file: campaignFile, text: await readText(campaignFile) };
  requirePlan(checkPlanFile({ file: basename(out), text }, campaign));
  return text;
}

function instantOf(given: unknown): number | undefined {
  if (given === undefined) return undefined;
  const ms = Date.parse(String(given));
  const isZoned = /(Z|[+-]\d\d:\d\d)$/.test(String(given));
  if (isZoned && Number.isFinite(ms)) return ms;
  const message = `--until: expected a time with zone such as 2026-02-08T00:00:00+08:00`;
  throw contractError("invalid_usage", `${message}, found ${String(given)}`);
}
