// A project to its verdict: the journal, a table or counts become studies, and studies are judged.
import { basename } from "node:path";
import type { ArmCost, CostReading } from "../../verdict/cost-reading.ts";
import { planReading } from "../../verdict/frozen-plan.ts";
import type { Expectation, Unanswered, Verdict } from "../../verdict/verdict.ts";
import { assumptionsOf } from "../assumptions.ts";
import type { Repair } from "../repair.ts";
import type { Study } from "../study.ts";
import { verdictOf } from "../verdict.ts";
import { type Warehouse, type WarehouseOptions, withWarehouse } from "../warehouse.ts";
import { armWeight } from "./arm-weight.ts";
import { type Assignment, askedOf, assignmentsOf } from "./assignments.ts";
import type { CampaignEvidence } from "./campaign-evidence.ts";
import { countedUsers } from "./campaign-repairs.ts";
import { armIds, buildCampaignUnits } from "./campaign-units.ts";
import { contaminationOf } from "./contamination.ts";
import { countsStudy } from "./counts-study.ts";
import { requireDecidedArms } from "./decision-rule.ts";
import { readChances, readExposure } from "./exposure-units.ts";
import type {
  CampaignSources,
  MeasurementPlan,
  Sources,
  TableSources,
} from "./measurement-plan.ts";
import { readCosts, readMoney } from "./money-units.ts";
import type { ProveProject } from "./project-file.ts";
import { readUnits, type UnitsStudy } from "./read-units.ts";
import { REHEARSED } from "./rehearsal.ts";
import { buildTableUnits } from "./table-units.ts";
import { requireStudy, withoutStudy } from "./unanswered.ts";
import { drawDeviations, readWatched } from "./watched-study.ts";
import { readWorth } from "./worth-units.ts";

export interface ProjectCampaign extends CampaignEvidence {
  /** The plan's hash in the campaign's opening event; null: none; undefined: not known. */
  readonly frozenPlanHash: string | null | undefined;
}

export interface ProjectOptions {
  readonly warehouse?: WarehouseOptions;
  /** The hash in the opening event, where the campaign is not among the sources. */
  readonly frozenPlanHash?: string | null;
  /** A simulation's truth, where there is one. */
  readonly expectations?: readonly Expectation[];
  /** Of the draws, in place of the plan's own, which is its hash: a deviation that is told. */
  readonly seed?: number;
  /** In place of 2,000, told likewise. */
  readonly draws?: number;
  readonly workers?: number;
  readonly onStep?: (step: string) => void;
  readonly onDraws?: (done: number, total: number) => void;
}

/** What all studies of a project add up to. */
interface Gathered {
  readonly studies: Study[];
  readonly unanswered: Unanswered[];
  readonly costs: CostReading[];
  readonly money: ArmCost[];
  readonly notes: string[];
}

/**
 * Reads the sources and judges them. Throws `invalid_file` where they cannot be read as what the
 * plan says, or where they cannot answer what it asks.
 * @param campaign needed where the sources are a campaign's journal
 */
export async function proveProject(
  project: ProveProject,
  campaign: ProjectCampaign | null,
  options: ProjectOptions = {},
): Promise<Verdict> {
  const { plan, sources, title, published } = project;
  const gathered = await withWarehouse(options.warehouse ?? {}, async (warehouse) => {
    if (sources.kind === "counts") return countsOf(await countsStudy(plan, sources));
    if (sources.kind === "table") return await tableStudy(warehouse, plan, sources);
    if (campaign === null) throw new Error("a campaign's sources need its journal");
    return await campaignStudies(warehouse, project, sources, campaign, options);
  });
  const { practicalDeviation, decision } = plan;
  const treated = gathered.studies.flatMap(({ treatments }) => treatments.map(({ id }) => id));
  requireDecidedArms(project, campaign === null ? treated : armIds(campaign.definition).slice(1));
  const { expectations = [], frozenPlanHash } = options;
  const frozen = campaign === null ? frozenPlanHash : campaign.frozenPlanHash;
  const exercise = campaign?.rehearsal === true ? [REHEARSED] : [];
  const deviations = [...exercise, ...drawDeviations(gathered.studies, options)];
  return verdictOf(
    {
      ...{ title, ...gathered, expectations: [...published, ...expectations] },
      assumptions: assumptionsIn(plan, sources),
      plan: planReading(project, frozen, deviations),
      ...(practicalDeviation === undefined ? {} : { practicalDeviation }),
      ...(decision === undefined ? {} : { decision }),
      ...statedWorth(plan),
    },
    plan.level,
  );
}

/** Of a table, whose arms were drawn elsewhere. */
function assumptionsIn(plan: MeasurementPlan, sources: Sources): string[] {
  if (sources.kind === "campaign") return [];
  const isChance = plan.isChanceAssumed === true;
  const areShares = plan.isRandomised && sources.shares === null;
  return assumptionsOf({ isChance, areShares }, "key");
}

/** A worth whose cost is stated; where the journal or a column knows it, the study has it. */
function statedWorth({ worth }: MeasurementPlan) {
  if (worth === null || worth.cost === null) return {};
  return { worth: { marginPerUnit: worth.margin, costPerTreated: worth.cost } };
}

function countsOf(found: { study: Study; notes: string[] }): Gathered {
  return { studies: [found.study], unanswered: [], costs: [], money: [], notes: found.notes };
}

async function tableStudy(
  warehouse: Warehouse,
  plan: MeasurementPlan,
  sources: TableSources,
): Promise<Gathered> {
  const table = await buildTableUnits(warehouse, plan, sources);
  const { shares, control, estimand, file } = sources;
  const question: UnitsStudy = {
    title: `Effects against "${control}"`,
    ...{ estimand, where: "true", source: basename(file), ownAllocator: false },
    arms: table.arms.map((id) => ({ id, weight: armWeight(sources, id) })),
    areWeightsAssumed: shares === null,
    areClaimsKnown: sources.claimed !== null,
  };
  const study = await readUnits(warehouse, plan, question);
  const worth =
    sources.cost === null || study === null ? {} : await readWorth(warehouse, plan, "true");
  const { repairs } = table;
  const isChanceAssumed = plan.isChanceAssumed === true;
  const studies = [{ ...study!, ...worth, repairs, isChanceAssumed }];
  return { studies, unanswered: [], costs: [], money: [], notes: [...table.notes] };
}

async function campaignStudies(
  warehouse: Warehouse,
  project: ProveProject,
  sources: CampaignSources,
  campaign: ProjectCampaign,
  options: ProjectOptions,
): Promise<Gathered> {
  const { plan } = project;
  const { definition } = campaign;
  const asked = askedOf(project, assignmentsOf(definition, plan.population));
  const built = await buildCampaignUnits(warehouse, plan, sources, campaign, options.onStep);
  const notes = [...built.notes];
  const gathered: Gathered = { studies: [], unanswered: [], costs: [], money: [], notes };
  for (const assignment of asked) {
    options.onStep?.(assignment.title);
    const study = await readAssignment(
      warehouse,
      { project, sources, campaign, assignment, repairs: built.repairs, logs: built.logs },
      gathered,
      options,
    );
    if (study !== null) gathered.studies.push(study);
  }
  requireStudy(campaign.events, gathered);
  if (built.withoutOutcome > 0) {
    gathered.notes.push(
      `${built.withoutOutcome} of ${built.users} users have no outcome: counted as zero`,
    );
  }
  return gathered;
}

interface AssignmentQuestion {
  readonly project: ProveProject;
  readonly sources: CampaignSources;
  readonly campaign: ProjectCampaign;
  readonly assignment: Assignment;
  readonly repairs: readonly Repair[];
  readonly logs: readonly string[];
}

async function readAssignment(
  warehouse: Warehouse,
  question: AssignmentQuestion,
  gathered: Gathered,
  options: ProjectOptions,
): Promise<Study | null> {
  const {
    project: { plan },
    sources,
    assignment,
    repairs,
  } = question;
  const { definition, events } = question.campaign;
  const { title, estimand, holdoutShare } = assignment;
  const [holdout, ...treated] = armIds(definition) as [string, ...string[]];
  const { variants, source } = definition.assignment;
  const weights = variants.length === 0 ? [1] : variants.map(({ share }) => share);
  const arms = [
    { id: holdout, weight: holdoutShare },
    ...treated.map((id, i) => ({ id, weight: (1 - holdoutShare) * weights[i]! })),
  ].filter(({ weight }) => weight > 0);
  const ids = arms.map(({ id }) => id);
  const { outcomes } = sources;
  const users = { title, where: assignment.where, outcomes, arms: ids, logs: question.logs };
  const counted = await countedUsers(warehouse, users);
  const { where } = counted;
  const read = await readUnits(warehouse, plan, {
    ...{ title, estimand, where, arms, areWeightsAssumed: false },
    source: basename(sources.journal ?? events),
    ...{ ownAllocator: source === "hash", areClaimsKnown: true },
  });
  if (read === null) {
    const asked = plan.questions?.includes(estimand) === true;
    const { open, note } = withoutStudy(assignment, counted.users, asked);
    gathered.unanswered.push(...open);
    gathered.notes.push(...note);
    return null;
  }
  gathered.notes.push(...counted.notes);
  const { currency, decimals } = definition;
  // Money is that of all users, also of those whose outcomes do not count.
  const known = await readMoney(warehouse, assignment, holdout, { currency, decimals });
  const { money, severalArms, exposedAgain } = known;
  const early = where === assignment.where ? known.early : 0;
  gathered.money.push(...money);
  gathered.costs.push(...(await readCosts(warehouse, plan, where, read, { currency, decimals })));
  // Without the time of outcomes nobody knows whether they came first.
  const isTimed = sources.outcomes !== null && sources.outcomes.at !== null;
  const measured = plan.worth?.cost === null ? await readWorth(warehouse, plan, where) : {};
  const study: Study = {
    ...{ ...read, severalArms, exposedAgain, ...measured },
    repairs: [...repairs, ...counted.repairs],
    ...(isTimed ? { beforeAssignment: early } : {}),
    heldOutReached: contaminationOf(estimand, known.heldOut, definition.invites !== undefined),
    exposure: await readExposure(
      ...([warehouse, assignment.assigned, ids, weights, estimand !== "reach"] as const),
    ),
    chances: await readChances(warehouse, where, ids, weights),
  };
  const displaced = plan.payback?.cannibalised ?? null;
  const cannibalised = displaced === null ? {} : { cannibalised: { ...displaced, currency } };
  return {
    ...study,
    ...cannibalised,
    ...(await readWatched(warehouse, question.project, { where, study, currency }, options)),
  };
}
