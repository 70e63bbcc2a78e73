// `hongbao plan FILE --write-campaign OUT`: the plan's campaign, with a scenario or the best split
// applied, as a campaign file.
import { basename, dirname, relative, resolve, sep } from "node:path";
import { contractError, formatProblem } from "../../contract/index.ts";
import type { PlanFile } from "../../plan/plan-file/index.ts";
import { demandByHour } from "../../plan/study/demand-hours.ts";
import type { DrawSample } from "../../plan/study/draw-samples.ts";
import { jobOf, type PlanStudy } from "../../plan/study/plan-study.ts";
import { chanceText, rangeText } from "../../plan/study/study-words.ts";
import type { NamedChanges } from "../../plan/update/campaign-numbers.ts";
import { campaignText } from "../../plan/update/campaign-text.ts";
import { newOutputFile, writeOutput } from "../output-file.ts";
import { readText } from "../read-text.ts";
import type { VerbCall } from "../verb.ts";
import type { OpenedPlan } from "./open-plan.ts";

/** What the flags ask to be written; null: nothing. */
export interface CampaignRequest {
  readonly file: string;
  readonly scenario: string | null;
  readonly isSplit: boolean;
  readonly isReal: boolean;
  /** By the plan's demand. */
  readonly isPaced: boolean;
}

const FLAG = "--write-campaign";

/** Looked at before anything is drawn. Throws `invalid_usage` for what cannot be written. */
export async function campaignRequest(
  { flags }: VerbCall,
  { plan, files }: OpenedPlan,
): Promise<CampaignRequest | null> {
  const isReplaced = flags.overwrite === true;
  const file = await newOutputFile(FLAG, flags.writeCampaign, files, isReplaced);
  const refuse = (message: string): Error => contractError("invalid_usage", message);
  if (file === null) {
    const given = OF_WRITING.find(([, name]) => flags[name] !== undefined);
    if (given === undefined) return null;
    throw refuse(`${given[0]}: expected ${FLAG} FILE beside it, found none`);
  }
  const scenario = flags.scenario === undefined ? null : String(flags.scenario);
  const isSplit = flags.split === true;
  if (scenario !== null && isSplit) throw refuse("expected --scenario or --split, found both");
  if (scenario !== null && !plan.scenarios.some(({ id }) => id === scenario)) {
    const known = plan.scenarios.map(({ id }) => id).join(", ");
    throw refuse(`--scenario: expected one of ${known || "none"}, found ${scenario}`);
  }
  if (isSplit && plan.split === null) {
    throw refuse(`--split: expected the key split in ${plan.file}, found none`);
  }
  return { file, scenario, isSplit, isReal: flags.realSize === true, isPaced: flags.pace === true };
}

const OF_WRITING = [
  ["--scenario", "scenario"],
  ["--split", "split"],
  ["--real-size", "realSize"],
  ["--pace", "pace"],
  ["--overwrite", "overwrite"],
] as const;

export async function writeCampaign(
  { terminal }: VerbCall,
  { plan, files }: OpenedPlan,
  study: PlanStudy,
  request: CampaignRequest,
  draw: DrawSample,
): Promise<void> {
  const changes = namedChanges(plan, study, request);
  const source = files.at(-1)!;
  const written = campaignText({
    source: { file: source, text: withSchemaOf(await readText(source), source, request.file) },
    plan: { ...plan, file: basename(plan.file) },
    ...{ changes, isReal: request.isReal },
    expected: await expectedWords(plan, study, changes, draw),
    pacing: request.isPaced ? demandByHour(jobOf(plan, changes.changes)) : null,
  });
  await writeOutput(request.file, written.text);
  for (const note of written.notes) terminal.note(`note: ${note}`);
  for (const problem of written.warnings) {
    terminal.note(formatProblem({ ...problem, file: request.file }));
  }
  terminal.note(
    `${request.file}: ${changes.name ?? "the plan"}'s campaign; hongbao campaign check`,
  );
}

function namedChanges(
  plan: PlanFile,
  { split }: PlanStudy,
  { scenario, isSplit }: CampaignRequest,
): NamedChanges {
  if (scenario !== null) {
    const { changes } = plan.scenarios.find(({ id }) => id === scenario)!;
    return { name: `scenario ${scenario}`, changes };
  }
  if (!isSplit) return { name: null, changes: [] };
  if (split === null || split.state === "impossible") {
    const why = split?.why ?? "the plan states no limits";
    throw contractError("invalid_data", `--split: expected a best split, found none: ${why}`);
  }
  return { name: "the best split", changes: split.changes };
}

/** What the plan expects of each wave, at the real size. */
async function expectedWords(
  plan: PlanFile,
  { currency, draws }: PlanStudy,
  { changes }: NamedChanges,
  draw: DrawSample,
): Promise<string[]> {
  const job = jobOf(plan, changes);
  const sample = await draw(job, Math.min(draws, EXPECTED_DRAWS));
  const size = plan.scale === 1 ? "" : " at the real size";
  return job.terms.waves.map(({ id, fromHour, toHour }) => {
    const spent = rangeText(sample.number(`spent.wave.${id}`), "money", currency);
    const early = sample.shareAtMost(`runOut.wave.${id}`, (toHour - fromHour) / 24);
    const gone = `gone before the wave ends ${chanceText(early)}`;
    return `Planned${size}: ${spent} are spent;\n${gone}.`;
  });
}

const EXPECTED_DRAWS = 4_096;

/** The editor's schema stands in the first line, relative to the file. */
function withSchemaOf(text: string, source: string, target: string): string {
  return text.replace(/^(# yaml-language-server: \$schema=)(\.[^\s]*)/, (_, head, path: string) => {
    const schema = resolve(dirname(source), path);
    const way = relative(dirname(resolve(target)), schema)
      .split(sep)
      .join("/");
    return `${head}${way.startsWith(".") ? way : `./${way}`}`;
  });
}
