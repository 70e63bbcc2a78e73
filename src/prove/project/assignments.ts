// In which ways a campaign assigned its users: each answers a question of its own.
import type { CampaignDefinition } from "../../core/definition.ts";
import type { Estimand } from "../../verdict/metric.ts";
import { quoteText } from "../columns.ts";
import type { MeasurementPlan } from "./measurement-plan.ts";
import { requireAnswered } from "./named-questions.ts";
import type { ProveProject } from "./project-file.ts";

/** One way in which the campaign assigned users. */
export interface Assignment {
  readonly title: string;
  readonly estimand: Estimand;
  /** SQL of all that it assigned, and of those whom the study is of. */
  readonly assigned: string;
  readonly where: string;
  readonly holdoutShare: number;
}

/**
 * Members of an audience are all in their study, exposed or not: whether they come at all depends
 * on the arm, so that the exposed of one arm are not like those of another.
 */
export function assignmentsOf(
  definition: CampaignDefinition,
  population: MeasurementPlan["population"],
): Assignment[] {
  const audiences = definition.audiences.map((audience): Assignment => {
    const where = `audience = ${quoteText(audience.id)}`;
    return {
      ...{ title: `audience ${audience.id}`, estimand: "reach", assigned: where, where },
      holdoutShare: audience.holdoutShare,
    };
  });
  const assigned = "audience = ''";
  const isTriggered = population === "exposed";
  return [
    ...audiences,
    {
      title: isTriggered ? "users who came and were exposed" : "users who came",
      estimand: "reward, given arrival",
      ...{ assigned, where: isTriggered ? `${assigned} AND exposed` : assigned },
      holdoutShare: definition.assignment.holdoutShare,
    },
  ];
}

/** The assignments that answer what the plan asks. Refuses a question that none can answer. */
export function askedOf({ plan, path }: ProveProject, all: readonly Assignment[]): Assignment[] {
  const { questions } = plan;
  requireAnswered(
    path,
    plan,
    all.map(({ estimand }) => estimand),
  );
  if (questions === null) return all.slice();
  return all.filter(({ estimand }) => questions.includes(estimand));
}
