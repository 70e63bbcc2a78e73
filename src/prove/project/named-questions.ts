// The questions that a plan names beside `questions`, where a key is for one of them: each has to
// be asked, and the assignment has to answer it.

import type { YamlSource } from "../../contract/yaml-source.ts";
import type { Estimand } from "../../verdict/metric.ts";
import { fileProblem } from "../source-file.ts";
import type { MeasurementPlan, Sources } from "./measurement-plan.ts";
import type { RawProject } from "./project-shape.ts";
import { refusal } from "./project-sources.ts";

interface NamedQuestion {
  readonly place: readonly PropertyKey[];
  readonly question: Estimand;
}

/** Refuses a question that is not asked, or that a table's arms cannot answer. */
export function requireNamedQuestions(yaml: YamlSource<RawProject>, sources: Sources): void {
  const { plan } = yaml.value;
  for (const { place, question } of namedIn(plan.users, plan.decision?.when ?? [])) {
    if (plan.questions !== undefined && !plan.questions.includes(question)) {
      const asked = plan.questions.join("; ");
      const message = `expected one of plan.questions (${asked}), found "${question}"`;
      throw yaml.problem(place, message);
    }
    if (sources.kind === "campaign" || question === sources.estimand) continue;
    throw yaml.problem(place, refusal(question, sources.estimand));
  }
}

/** Refuses a question that no assignment of the campaign answers. @param can in its order */
export function requireAnswered(
  path: string,
  plan: MeasurementPlan,
  can: readonly Estimand[],
): void {
  const asked = (plan.questions ?? []).map((question) => ({
    place: ["plan", "questions"],
    question,
  }));
  const conditions = plan.decision?.conditions ?? [];
  for (const { place, question } of [...asked, ...namedIn(plan.plannedUsers, conditions)]) {
    if (can.includes(question)) continue;
    throw fileProblem(path, place.join("."), refusal(question, can.at(-1)!));
  }
}

function namedIn(
  users: MeasurementPlan["plannedUsers"] | { [question in Estimand]?: number | undefined },
  conditions: readonly { readonly question?: Estimand | null | undefined }[],
): NamedQuestion[] {
  const byQuestion = typeof users === "object" ? (Object.keys(users) as Estimand[]) : [];
  const expected = byQuestion.map((question) => ({ place: ["plan", "users", question], question }));
  const decided = conditions.flatMap(({ question }, i): NamedQuestion[] => {
    const place = ["plan", "decision", "when", i, "question"];
    return question === undefined || question === null ? [] : [{ place, question }];
  });
  return [...expected, ...decided];
}
