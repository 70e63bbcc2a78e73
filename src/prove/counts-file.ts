// counts.yaml: the sufficient statistics of each arm, in place of rows. They are facts about a file
// that need not ship with the project, and give the same effects as the rows.
import { z } from "zod";
import { HOLDOUT, type RunFile } from "./run-file.ts";
import { fileProblem } from "./source-file.ts";
import type { StudyArm } from "./study.ts";
import { readYamlFile } from "./yaml-file.ts";

const momentsSchema = z.strictObject({ sum: z.number(), sumSquares: z.number().min(0) });

const schema = z.strictObject({
  source: z.string().min(1),
  arms: z.record(
    z.string(),
    z.strictObject({ n: z.int().min(0), outcomes: z.record(z.string(), momentsSchema) }),
  ),
});

export interface CountsByArm {
  readonly source: string;
  readonly control: StudyArm;
  readonly treatments: readonly StudyArm[];
}

/** Reads the counts of a run; every arm and outcome that run.yaml names must be there. */
export async function readCountsFile(path: string, run: RunFile): Promise<CountsByArm> {
  const { source, arms } = await readYamlFile(path, schema);
  const wanted = [run.holdout, ...run.variants];
  for (const id of Object.keys(arms)) {
    if (!wanted.some((arm) => arm.id === id)) {
      throw fileProblem(path, `arms.${id}`, `no such arm in ${run.path}`);
    }
  }
  const read = wanted.map(({ id, weight }): StudyArm => {
    const arm = arms[id];
    if (arm === undefined) throw fileProblem(path, "arms", `expected an arm "${id}"`);
    const outcomes = run.outcomes.map((outcome) => {
      const moments = arm.outcomes[outcome.id];
      if (moments === undefined) {
        throw fileProblem(path, `arms.${id}.outcomes`, `expected an outcome "${outcome.id}"`);
      }
      return [outcome.id, { n: arm.n, ...moments }] as const;
    });
    return { id, n: arm.n, weight, outcomes: Object.fromEntries(outcomes), claims: null };
  });
  const [control, ...treatments] = read;
  if (control?.id !== HOLDOUT) throw fileProblem(path, "arms", "expected a holdout");
  return { source, control, treatments };
}
