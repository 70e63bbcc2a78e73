// The way in for plans: the texts of plan.yaml and of the campaign file that it names become a
// checked PlanFile or a list of problems.
import { HongbaoError } from "../../base/error.ts";
import { claimsOnly } from "../../contract/campaign-file/claims-only.ts";
import { parseCampaignFile } from "../../contract/campaign-file/parse-campaign.ts";
import { SourceTree } from "../../contract/campaign-file/source-tree.ts";
import { valueAt } from "../../contract/parse.ts";
import type { CampaignDefinition } from "../../core/definition.ts";
import { supportOf } from "../../stats/distributions/check-distribution.ts";
import type { Assumption, Correlation } from "../assumptions/assumption.ts";
import { correlationProblem } from "../assumptions/assumption-set.ts";
import { lengthProblems } from "./campaign-hours.ts";
import { checkPlanShape } from "./check-plan-shape.ts";
import { checkRetention } from "./check-retention.ts";
import { dayShares } from "./day-curves.ts";
import { type Parameter, parametersOf } from "./parameters.ts";
import type { PlanFile } from "./plan.ts";
import { formatProblem, type PlanProblem, PlanProblems } from "./plan-problems.ts";
import type { RawAssumption, RawPlan } from "./raw-plan.ts";
import { readAssumption } from "./read-assumption.ts";
import { readDecision, readSplit } from "./read-questions.ts";
import { readScenarios } from "./read-scenarios.ts";
import { termsOf } from "./read-terms.ts";

export interface PlanCheck {
  /** Null when there is an error among the problems. */
  readonly plan: PlanFile | null;
  /** Errors, and warnings about the campaign file, in the order of the files. */
  readonly problems: readonly PlanProblem[];
}

/** A text with the name that problems call it. */
export interface NamedText {
  readonly file: string;
  readonly text: string;
}

const DEFAULT_CAMPAIGN = "campaign.yaml";

/** The campaign file that a plan names, relative to the plan. Never throws. */
export function campaignNameOf(planText: string): string {
  const name = valueAt(new SourceTree(planText, { kind: "plan" }).value, ["campaign"]);
  return typeof name === "string" && name !== "" ? name : DEFAULT_CAMPAIGN;
}

/** Never throws for any text. `campaign` is the file that `campaignNameOf` named. */
export function checkPlanFile(plan: NamedText, campaign: NamedText): PlanCheck {
  const source = new SourceTree(plan.text, { kind: "plan" });
  const problems = new PlanProblems(plan.file, source);
  const raw = problems.count > 0 ? null : checkPlanShape(source.value, problems);
  const { definition: whole, problems: ofCampaign } = parseCampaignFile(
    campaign.text,
    campaign.file,
  );
  const definition = whole === null ? null : claimsOnly(whole);
  const read =
    raw === null || definition === null ? null : readPlan(raw, source.value, definition, problems);
  const ofLength = read === null ? null : lengthProblems(read.terms, campaign.file, campaign.text);
  const all = [...ofCampaign, ...(ofLength?.sorted() ?? []), ...problems.sorted()];
  return { plan: problems.count > 0 || ofLength !== null ? null : read, problems: all };
}

/** Throws `invalid_file` with the first problem as its message, and all among its details. */
export function requirePlan({ plan, problems }: PlanCheck): PlanFile {
  if (plan !== null) return plan;
  const errors = problems.filter(({ severity }) => severity === "error");
  const more = errors.length > 1 ? `, and ${errors.length - 1} more` : "";
  throw new HongbaoError({
    code: "invalid_file",
    message: formatProblem(errors[0]!) + more,
    details: { file: errors[0]!.file, problems },
  });
}

function readPlan(
  raw: RawPlan,
  value: unknown,
  campaign: CampaignDefinition,
  problems: PlanProblems,
): PlanFile {
  const parameters = parametersOf(campaign);
  requireKnownIds(value, campaign, problems);
  const assumptions = readAssumptions(parameters, value, problems);
  checkRetention(
    (id) => extentOf(assumptions, id),
    (id) => id.split("."),
    problems,
  );
  const correlations = readCorrelations(raw, assumptions, parameters, problems);
  const { scale = 1, months = 24 } = raw;
  const terms = termsOf(campaign, scale);
  const dayCurve = dayShares(raw.reach?.dayCurve ?? "even");
  if (dayCurve === null) {
    problems.error(["reach", "dayCurve"], "at least one weight above 0", "24 zeros");
  }
  return {
    ...{ file: problems.file, title: raw.title, campaignName: raw.campaign ?? DEFAULT_CAMPAIGN },
    ...{ campaign, scale, terms, assumptions, correlations },
    seed: String(raw.seed ?? campaign.id),
    draws: raw.draws ?? 10_000,
    months,
    dayCurve: dayCurve ?? [],
    scenarios: readScenarios(raw.scenarios ?? [], { terms, parameters, assumptions, problems }),
    split: readSplit(raw.split, terms, problems),
    decision: readDecision(raw.decision, terms, months, problems),
  };
}

/** Waves and offers that the campaign file does not have. */
function requireKnownIds(
  value: unknown,
  { waves, offers }: CampaignDefinition,
  problems: PlanProblems,
): void {
  const groups = [
    { path: ["reach", "waves"], what: "a wave", known: waves.map(({ id }) => id) },
    { path: ["offers"], what: "an offer", known: offers.map(({ id }) => id) },
  ];
  for (const { path, what, known } of groups) {
    for (const id of Object.keys((valueAt(value, path) ?? {}) as object)) {
      if (known.includes(id)) continue;
      const expected = `${what} of the campaign file: ${known.join(", ")}`;
      problems.unknownKey([...path, id], expected, known);
    }
  }
}

function readAssumptions(
  parameters: readonly Parameter[],
  value: unknown,
  problems: PlanProblems,
): Assumption[] {
  const rawOf = (path: readonly string[]): RawAssumption | undefined =>
    valueAt(value, path) as RawAssumption | undefined;
  const missing = new Set<string>();
  return parameters.flatMap((parameter) => {
    const raw = rawOf(parameter.path);
    const { neededWith, path } = parameter;
    // A wave or offer that is not there at all is one problem, not one for each of its numbers.
    const group = path.slice(0, -1);
    if (raw === undefined && parameter.default === undefined && group.length > 1) {
      const name = group.join(".");
      if (valueAt(value, group) === undefined) {
        if (!missing.has(name)) problems.error(group, `the key ${group.at(-1)}`, "nothing");
        missing.add(name);
        return [];
      }
    }
    if (raw === undefined && neededWith !== undefined && isUsed(rawOf(neededWith.split(".")))) {
      const { default: _, ...needed } = parameter;
      readAssumption(needed, raw, problems);
      return [];
    }
    const assumption = readAssumption(parameter, raw, problems);
    return assumption === null ? [] : [assumption];
  });
}

function isUsed(raw: RawAssumption | undefined): boolean {
  return raw !== undefined && raw.value !== 0;
}

function extentOf(
  assumptions: readonly Assumption[],
  id: string,
): readonly [number, number] | null {
  const found = assumptions.find((one) => one.id === id);
  return found === undefined ? null : supportOf(found.distribution);
}

function readCorrelations(
  raw: RawPlan,
  assumptions: readonly Assumption[],
  parameters: readonly Parameter[],
  problems: PlanProblems,
): Correlation[] {
  const correlations = (raw.correlations ?? []).map(
    ({ between, rank, source, why }): Correlation => ({
      between: [between[0]!, between[1]!],
      ...{ rank, source, why: why ?? null },
    }),
  );
  // One that is wrong in itself has been told already.
  const isRead = (id: string): boolean => assumptions.some((one) => one.id === id);
  const isKnown = (id: string): boolean => parameters.some((one) => one.id === id);
  const told = correlations.some(({ between }) => between.some((id) => isKnown(id) && !isRead(id)));
  if (told && problems.count > 0) return correlations;
  const wrong = correlationProblem(assumptions, correlations);
  if (wrong !== null) problems.error(["correlations", wrong.at], wrong.expected, wrong.found);
  return correlations;
}
