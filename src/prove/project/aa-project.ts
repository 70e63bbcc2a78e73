// An A/A run on a project's own data: users of one arm, split into two fake ones many times.
import { basename } from "node:path";
import { HongbaoError } from "../../base/error.ts";
import { randomStream } from "../../base/keystream.ts";
import { resplit, splitAlarms } from "../../stats/index.ts";
import type { Estimand } from "../../verdict/metric.ts";
import { type AaFinding, type AaMetric, type AaReading, type AaStudy, adviceOf } from "../aa.ts";
import { quoteName } from "../columns.ts";
import { fileProblem, loadSource, requireColumns } from "../source-file.ts";
import { type Warehouse, type WarehouseOptions, withWarehouse } from "../warehouse.ts";
import { askedOf, assignmentsOf } from "./assignments.ts";
import type { CampaignEvidence } from "./campaign-evidence.ts";
import { countedUsers } from "./campaign-repairs.ts";
import { armIds, buildCampaignUnits } from "./campaign-units.ts";
import type { CampaignSources, MeasurementPlan, TableSources } from "./measurement-plan.ts";
import type { ProveProject } from "./project-file.ts";
import { separatorOption } from "./repair-option.ts";
import { readSplitUsers, type SplitMetric, type SplitUsers } from "./split-users.ts";
import { buildTableUnits } from "./table-units.ts";
import { keyedRows } from "./user-keys.ts";

export interface AaOptions {
  readonly warehouse?: WarehouseOptions;
  /** Whose users are split; default: the held-out. */
  readonly arm?: string;
  /** Column of what users belong to, such as a household, so that it is never parted. */
  readonly unit?: string;
  /** Default 1,000. */
  readonly splits?: number;
  /** Part of the users in the fake holdout; default .5. */
  readonly share?: number;
  /** Default 1. */
  readonly seed?: number;
  readonly onStep?: (step: string) => void;
  readonly onSplits?: (done: number, total: number) => void;
}

/** A study's users, before they are split. */
interface AaUsers {
  readonly title: string;
  readonly estimand: Estimand;
  readonly where: string;
}

const LEVEL = 0.99;
const ALPHA = 0.05;
const CLUSTERS = "user clusters";

/**
 * Splits the users of one arm of every study of the project, and tests every metric of its plan.
 * Throws `invalid_file` where the sources cannot be read as what the plan says, `invalid_usage`
 * where there is no such arm, or where there are counts only.
 * @param campaign needed where the sources are a campaign's journal
 */
export async function aaProject(
  project: ProveProject,
  campaign: CampaignEvidence | null,
  options: AaOptions = {},
): Promise<AaReading> {
  const { plan, sources, title } = project;
  const { splits = 1000, share = 0.5, seed = 1, unit } = options;
  const found = await withWarehouse(options.warehouse ?? {}, async (warehouse) => {
    if (sources.kind === "counts") {
      const message = `an A/A run needs users, ${basename(sources.file)} has sums: name the rows`;
      throw usage(`${message} (--table FILE)`);
    }
    if (sources.kind === "table") return await ofTable(warehouse, project, sources, options);
    if (campaign === null) throw new Error("a campaign's sources need its journal");
    return await ofCampaign(warehouse, project, sources, campaign, options);
  });
  const tests = found.split.reduce((sum, [, users]) => sum + users.metrics.length, 0);
  const design = { splits, share, onSplits: options.onSplits, tests };
  const studies = found.split.map(([study, users], i) => {
    const random = randomStream(seed, `aa ${study.title}`);
    const before = i * splits;
    const total = found.split.length * splits;
    const onProgress = (done: number): void => options.onSplits?.(before + done, total);
    const metrics = alarmsOf(users, unit ?? null, { ...design, onProgress }, random);
    const { rows, wholes, buckets } = users;
    const { title: own, estimand } = study;
    return { ...{ title: own, estimand, arm: found.arm, rows, wholes, buckets }, metrics };
  });
  requireSomething(project, plan, studies);
  const base = { title, seed, splits, share, unit: unit ?? null, alpha: ALPHA, level: LEVEL };
  return { ...base, studies, notes: found.notes };
}

interface Found {
  readonly arm: string;
  readonly split: [AaUsers, SplitUsers][];
  readonly notes: string[];
}

async function ofTable(
  warehouse: Warehouse,
  { plan }: ProveProject,
  sources: TableSources,
  options: AaOptions,
): Promise<Found> {
  const together = options.unit ?? sources.user;
  // Users in several rows are no reason to refuse here: whether they do harm is the question. Where
  // their repair was asked for, what is tested is what it leaves.
  const lenient = sources.duplicates === "refuse" ? { ...sources, user: null } : sources;
  const table = await buildTableUnits(warehouse, plan, lenient, undefined, together);
  const arm = armOf(table.arms, options.arm);
  const study = { title: `users of "${arm}"`, estimand: sources.estimand, where: "true" };
  const split = await splitOf(warehouse, plan, study, arm, null, options);
  const whose =
    together === null ? ["no column says whose row it is: rows are split one by one"] : [];
  return { arm, split, notes: [...table.notes, ...whose] };
}

async function ofCampaign(
  warehouse: Warehouse,
  project: ProveProject,
  sources: CampaignSources,
  campaign: CampaignEvidence,
  options: AaOptions,
): Promise<Found> {
  const { plan } = project;
  const { definition } = campaign;
  const arm = armOf(armIds(definition), options.arm);
  const asked = askedOf(project, assignmentsOf(definition, plan.population));
  const { onStep, unit } = options;
  const built = await buildCampaignUnits(warehouse, plan, sources, campaign, onStep, true);
  const clusters =
    unit === undefined ? null : await readClusters(warehouse, sources, campaign, unit);
  const found: Found = { arm, split: [], notes: [...built.notes] };
  for (const study of asked) {
    const ids = armIds(definition);
    const users = { ...study, outcomes: sources.outcomes, arms: ids, logs: built.logs };
    const { where } = await countedUsers(warehouse, users);
    const split = await splitOf(warehouse, plan, { ...study, where }, arm, clusters, options);
    found.split.push(...split);
    if (split.length === 0) found.notes.push(`${study.title}: fewer than two users in "${arm}"`);
  }
  return found;
}

async function splitOf(
  warehouse: Warehouse,
  plan: MeasurementPlan,
  study: AaUsers,
  arm: string,
  clusters: string | null,
  { share = 0.5, onStep }: AaOptions,
): Promise<[AaUsers, SplitUsers][]> {
  onStep?.(study.title);
  const question = { where: study.where, arm, clusters, least: Math.min(share, 1 - share) };
  const users = await readSplitUsers(warehouse, plan, question);
  return users === null ? [] : [[study, users]];
}

/** What users belong to, by a column of the outcomes. */
async function readClusters(
  warehouse: Warehouse,
  { outcomes }: CampaignSources,
  { pseudonym }: CampaignEvidence,
  unit: string,
): Promise<string> {
  if (outcomes === null) throw usage("--unit names a column of the outcomes, and there are none");
  const { file, table, user, separator } = outcomes;
  const by = separatorOption("key", separator);
  const source = await loadSource(warehouse, file, "outcomes by cluster", table, [user, unit], by);
  requireColumns(source, [user, unit]);
  const columns = [`r.${quoteName(unit)}::VARCHAR AS cluster`];
  const rows = keyedRows({ source, user }, pseudonym === null, columns);
  await warehouse.run(`CREATE OR REPLACE TABLE ${quoteName(CLUSTERS)} AS ${rows}`);
  return CLUSTERS;
}

function armOf(arms: readonly string[], asked: string | undefined): string {
  const arm = asked ?? arms[0]!;
  if (arms.includes(arm)) return arm;
  throw usage(`--arm: expected one of ${arms.join(", ")}, found "${arm}"`);
}

interface AlarmsDesign {
  readonly splits: number;
  readonly share: number;
  /** Metrics tested in all, which share the chance of a false finding. */
  readonly tests: number;
  readonly onProgress: (done: number) => void;
}

function alarmsOf(
  users: SplitUsers,
  unit: string | null,
  { splits, share, tests, onProgress }: AlarmsDesign,
  random: ReturnType<typeof randomStream>,
): AaMetric[] {
  const readers = users.metrics.map(({ read }) => read);
  const design = { buckets: users.buckets, splits, share, onProgress };
  const effects = resplit(readers, design, random);
  const level = 1 - (1 - LEVEL) / tests;
  return users.metrics.map((split, i): AaMetric => {
    const { p } = effects[i]!;
    const options = { alpha: ALPHA, level, errorNoise: split.errorNoise };
    const alarms = p.length === 0 ? NOT_READ : splitAlarms(effects[i]!, options);
    return aaMetric(split, { ...alarms, unread: splits - p.length }, users, unit);
  });
}

const NOT_READ = {
  ...{ splits: 0, alarms: 0, allowed: { least: 0, most: 0 }, spread: 0, histogram: [] },
  finding: "not read" as AaFinding,
};

function aaMetric(
  { metric, isAdjusted, largestPart }: SplitMetric,
  alarms: Omit<AaMetric, "id" | "title" | "kind" | "isAdjusted" | "largestPart" | "advice">,
  { rows, wholes }: SplitUsers,
  unit: string | null,
): AaMetric {
  const { id, title, kind, clamp } = metric;
  const own = { id, title, kind, isAdjusted, ...alarms, largestPart };
  const advice = adviceOf(own, { rows, wholes, unit, isClamped: clamp !== null });
  return { ...own, advice };
}

function requireSomething(
  { path }: ProveProject,
  { metrics }: MeasurementPlan,
  studies: readonly AaStudy[],
): void {
  if (studies.length > 0) return;
  const what = `${metrics.length} metrics and no arm with two users or more`;
  throw fileProblem(path, "sources", `expected users that can be split, found ${what}`);
}

function usage(message: string): HongbaoError {
  return new HongbaoError({ code: "invalid_usage", message });
}
