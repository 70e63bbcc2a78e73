// Before a campaign: who will be assigned to what, for every question that its plan asks. Parts
// come from the campaign file, from the table's planned shares, or from whoever asks.
import { HongbaoError } from "../../base/error.ts";
import { ownOf } from "../../base/record.ts";
import type { CampaignDefinition } from "../../core/definition.ts";
import type { Estimand } from "../../verdict/metric.ts";
import type { PlanDesign } from "../planned.ts";
import { askedOf, assignmentsOf } from "./assignments.ts";
import { armIds } from "./campaign-units.ts";
import type { MeasurementPlan, TableSources } from "./measurement-plan.ts";
import type { ProveProject } from "./project-file.ts";

/** What somebody asks for in place of what is written. */
export interface DesignOverrides {
  /** For all questions, or by question. */
  readonly users: number | ReadonlyMap<string, number> | null;
  readonly holdout: number | null;
}

/** Throws `invalid_usage` naming the flag, where users or parts are not known. */
export function planDesigns(
  project: ProveProject,
  definition: CampaignDefinition | null,
  overrides: DesignOverrides,
): PlanDesign[] {
  const { plan, sources } = project;
  const sized = (design: Omit<PlanDesign, "users">): PlanDesign => ({
    ...design,
    users: usersOf(project, design.estimand, overrides.users),
  });
  requireAsked(overrides.users, plan, sources.kind === "campaign" ? null : sources.estimand);
  if (sources.kind === "campaign" && definition !== null) {
    return askedOf(project, assignmentsOf(definition, plan.population)).map(
      ({ title, estimand, holdoutShare }) => {
        const holdout = overrides.holdout ?? holdoutShare;
        return sized({ title, estimand, holdout, arms: armsOf(definition, holdout) });
      },
    );
  }
  if (sources.kind !== "campaign" && sources.shares !== null && overrides.holdout === null) {
    const { estimand } = sources;
    return [sized({ title: project.title, estimand, ...tableArms(sources) })];
  }
  if (overrides.holdout === null) {
    const place =
      sources.kind === "campaign" ? "a campaign file beside it" : "sources.table.shares";
    throw usage(
      `--holdout: expected the part held out, such as 2%: ${project.path} has no ${place}`,
    );
  }
  const { holdout } = overrides;
  const questions = sources.kind === "campaign" ? plan.questions : [sources.estimand];
  const arms = [{ id: "treated", share: 1 - holdout }];
  return (questions ?? ["being assigned" as const]).map((estimand) =>
    sized({ title: project.title, estimand, holdout, arms }),
  );
}

function armsOf(definition: CampaignDefinition, holdout: number): PlanDesign["arms"] {
  const { variants } = definition.assignment;
  return armIds(definition)
    .slice(1)
    .map((id, i) => ({ id, share: (1 - holdout) * (variants[i]?.share ?? 1) }));
}

/** Values of the arm column that are called by one name are one arm. */
function tableArms({
  shares,
  arms,
  control,
}: Pick<TableSources, "shares" | "arms" | "control">): Pick<PlanDesign, "holdout" | "arms"> {
  const total = Object.values(shares!).reduce((sum, share) => sum + share, 0);
  const byId = new Map<string, number>();
  for (const [value, share] of Object.entries(shares!)) {
    const id = ownOf(arms, value) ?? value;
    byId.set(id, (byId.get(id) ?? 0) + share / total);
  }
  const held = ownOf(arms, control) ?? control;
  const treated = [...byId].filter(([id]) => id !== held);
  return { holdout: byId.get(held)!, arms: treated.map(([id, share]) => ({ id, share })) };
}

function usersOf(
  { plan, path }: ProveProject,
  estimand: Estimand,
  asked: DesignOverrides["users"],
): number {
  const planned = plan.plannedUsers;
  const own = typeof planned === "object" ? planned[estimand] : planned;
  const users = (typeof asked === "number" ? asked : asked?.get(estimand)) ?? own;
  if (users !== undefined) return users;
  const what = `how many users will be assigned (or plan.users in ${path})`;
  throw usage(`--users: expected ${what}, such as --users 200000 or "${estimand}=200000"`);
}

function requireAsked(
  users: DesignOverrides["users"],
  { questions }: MeasurementPlan,
  can: Estimand | null,
): void {
  if (users === null || typeof users === "number") return;
  const known: readonly string[] =
    can !== null ? [can] : (questions ?? ["reach", "reward, given arrival", "being assigned"]);
  const wrong = [...users.keys()].find((question) => !known.includes(question));
  if (wrong === undefined) return;
  throw usage(`--users: expected a question that is asked (${known.join("; ")}), found "${wrong}"`);
}

function usage(message: string): HongbaoError {
  return new HongbaoError({ code: "invalid_usage", message });
}
