// What `hongbao prove` and its verbs read: a project, the campaign that its sources are of, and the
// campaign's file.
import { existsSync } from "node:fs";
import { stat } from "node:fs/promises";
import { dirname, join } from "node:path";
import type { HongbaoError } from "../../base/error.ts";
import { contractError, parseCampaignFile, requireCampaign } from "../../contract/index.ts";
import type { CampaignDefinition } from "../../core/definition.ts";
import { readDirectory } from "../../journal/index.ts";
import {
  EVENT_COLUMNS,
  exportObjects,
  type ProjectCampaign,
  type ProveProject,
  type SourceOverrides,
} from "../../prove/index.ts";
import { openCampaignKeys } from "../campaign-keys.ts";
import { PROVE_FILE, readCampaignText } from "../campaign-plan.ts";
import { eventRows } from "../event-rows.ts";
import { journalFolder } from "../journal-folder.ts";
import { givenMasterKey } from "../master-key.ts";
import { resolveSettings } from "../resolve-settings.ts";
import type { VerbCall } from "../verb.ts";

/** The folder's prove.yaml, or the file itself. */
export async function projectFile(given: string): Promise<string> {
  const info = await stat(given).catch(() => null);
  const file = info?.isDirectory() === true ? join(given, PROVE_FILE) : given;
  if (existsSync(file)) return file;
  throw contractError("file_not_found", `${file}: expected a ${PROVE_FILE}, found nothing`);
}

export function overridesOf(flags: VerbCall["flags"]): SourceOverrides {
  const text = (name: string): string | undefined => flags[name] as string | undefined;
  const [journal, events, outcomes] = [text("journal"), text("events"), text("outcomes")];
  const table = text("table");
  const logs = new Map(((flags.log ?? []) as string[]).map(logOf));
  return {
    ...(journal === undefined ? {} : { journal }),
    ...(events === undefined ? {} : { events }),
    ...(outcomes === undefined ? {} : { outcomes }),
    ...(table === undefined ? {} : { table }),
    ...(logs.size === 0 ? {} : { logs }),
  };
}

function logOf(given: string): [string, string] {
  const at = given.indexOf("=");
  if (at > 0 && at < given.length - 1) return [given.slice(0, at), given.slice(at + 1)];
  const message = `--log: expected name=file, found "${given}"`;
  throw contractError("invalid_usage", message);
}

/** The campaign that the sources are of; null where they need none. */
export async function campaignOf(
  call: VerbCall,
  { path, campaignPath, sources }: ProveProject,
  folder: string,
): Promise<ProjectCampaign | null> {
  const rehearsal = call.flags.rehearsal === true;
  if (sources.kind !== "campaign") return null;
  const definition = await definitionOf({ path, campaignPath });
  if (sources.journal === null) {
    const message =
      `${path}, sources.events: expected the campaign's file beside it, since events alone do ` +
      "not say how users were assigned";
    if (definition === null) throw contractError("invalid_file", message);
    const events = sources.events!;
    return { definition, events, pseudonym: null, rehearsal, frozenPlanHash: undefined };
  }
  const { journal } = sources;
  if (!existsSync(journal)) throw noJournal(journal);
  await journalFolder(journal);
  const master = await givenMasterKey(
    await resolveSettings(["masterKey", "masterKeyFile"] as const, call),
  );
  const keys = await openCampaignKeys(journal, definition?.id ?? null, master);
  const events = await exportEvents(call, journal, folder);
  const pseudonym = sources.areUsersPseudonyms ? null : (user: string) => keys.user(user);
  const frozenPlanHash = keys.definition.planHash;
  return { definition: keys.definition, events, pseudonym, rehearsal, frozenPlanHash };
}

/** A campaign that was not run here yet has none. */
function noJournal(journal: string): HongbaoError {
  const message =
    `${journal}: expected the data directory of the server that ran the campaign, found nothing. ` +
    "Name it with --journal; `hongbao demo` runs the example and leaves data/demo-001/ledger, " +
    "with outcomes.parquet and visits.parquet beside it.";
  return contractError("journal_missing", message);
}

/** Every file and folder that a project is read from. */
export function inputsOf(project: ProveProject): string[] {
  const { path, sources } = project;
  const campaign = campaignFileOf(project);
  const own = [path, ...(campaign === null ? [] : [campaign])];
  if (sources.kind !== "campaign") return [...own, sources.file];
  const { journal, events, outcomes, logs } = sources;
  const files = [journal, events, outcomes?.file ?? null];
  const named = files.filter((file) => file !== null);
  return [...own, ...named, ...Object.values(logs).map(({ file }) => file)];
}

/** The campaign's file, named or beside the project; null where there is none. */
export async function definitionOf(
  project: Pick<ProveProject, "path" | "campaignPath">,
): Promise<CampaignDefinition | null> {
  const file = campaignFileOf(project);
  if (file === null) return null;
  return requireCampaign(parseCampaignFile(await readCampaignText(file), file));
}

function campaignFileOf({
  path,
  campaignPath,
}: Pick<ProveProject, "path" | "campaignPath">): string | null {
  const beside = join(dirname(path), "campaign.yaml");
  return campaignPath ?? (existsSync(beside) ? beside : null);
}

async function exportEvents(
  { terminal }: VerbCall,
  journal: string,
  folder: string,
): Promise<string> {
  const reader = await readDirectory(await journalFolder(journal));
  for (const notice of reader.notices) terminal.note(`note: ${notice}`);
  const progress = terminal.progress("reading the journal", reader.durableSequence);
  try {
    const target = { dir: folder, name: "events", format: "parquet" } as const;
    const onProgress = (rows: number): void => progress.update(rows, rows);
    const options = { ...target, onProgress };
    return (await exportObjects(eventRows(reader), EVENT_COLUMNS, options)).path;
  } finally {
    progress.stop();
  }
}
