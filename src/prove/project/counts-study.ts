// A study from sums by arm, where the rows are not at hand: it gives the same effects as they do.
import { basename } from "node:path";
import { z } from "zod";
import { ownOf } from "../../base/record.ts";
import { digitsOf } from "../../verdict/metric-digits.ts";
import { fileProblem } from "../source-file.ts";
import type { Study, StudyArm } from "../study.ts";
import { readYamlFile } from "../yaml-file.ts";
import { armWeight } from "./arm-weight.ts";
import type { CountsSources, MeasurementPlan } from "./measurement-plan.ts";
import { readingOf } from "./read-units.ts";

const momentsSchema = z.strictObject({ sum: z.number(), sumSquares: z.number().min(0) });

/** counts.yaml: sums of each arm by metric, in units of the outcome. */
export interface Counts {
  source: string;
  arms: Record<
    string,
    { n: number; outcomes: Record<string, { sum: number; sumSquares: number }> }
  >;
}

const schema: z.ZodType<Counts> = z.strictObject({
  source: z.string().min(1),
  arms: z.record(
    z.string(),
    z.strictObject({ n: z.int().min(0), outcomes: z.record(z.string(), momentsSchema) }),
  ),
});

/** Reads counts.yaml. */
export function readCounts(path: string): Promise<Counts> {
  return readYamlFile(path, schema);
}

/** Throws `invalid_file` where an arm or a metric of the plan is missing. */
export async function countsStudy(
  plan: MeasurementPlan,
  sources: CountsSources,
): Promise<{ study: Study; notes: string[] }> {
  const { file, arms: names, control, shares, estimand } = sources;
  const counts = await readCounts(file);
  requireNamed(sources, counts);
  const needy = needsRows(plan);
  if (needy !== null) throw fileProblem(file, "", `${needy} needs the rows, not their sums`);
  const held = ownOf(names, control) ?? control;
  const ids = [held, ...Object.keys(counts.arms).filter((id) => id !== held)];
  const arms = ids.map((id): StudyArm => {
    const arm = ownOf(counts.arms, id);
    if (arm === undefined) throw fileProblem(file, "arms", `expected an arm "${id}"`);
    const outcomes = plan.metrics.map((metric) => {
      const moments = ownOf(arm.outcomes, metric.id);
      if (moments === undefined) {
        throw fileProblem(file, `arms.${id}.outcomes`, `expected an outcome "${metric.id}"`);
      }
      return [metric.id, { n: arm.n, ...moments }] as const;
    });
    const weight = armWeight(sources, id);
    return { id, n: arm.n, weight, outcomes: Object.fromEntries(outcomes), claims: null };
  });
  const [first, ...treatments] = arms as [StudyArm, ...StudyArm[]];
  const metrics = plan.metrics.map(({ id, title, kind, unit, digits }) => ({
    ...{ id, title, kind, unit },
    digits: digits ?? digitsOf(first.outcomes[id]),
  }));
  const study: Study = {
    title: `Effects against "${control}"`,
    ...{ estimand, randomised: plan.isRandomised, ownAllocator: false, metrics },
    ...{ control: first, treatments, source: counts.source, reading: readingOf(plan, estimand) },
    ...(shares === null ? { areWeightsAssumed: true } : {}),
    isChanceAssumed: plan.isChanceAssumed === true,
  };
  const notes = [`without the rows: from the counts by arm in ${basename(file)}`];
  return { study, notes };
}

/** A share of an arm that is not counted is of one that lost all its users. */
function requireNamed({ file, arms: names, shares }: CountsSources, { arms }: Counts): void {
  for (const value of [...Object.keys(names), ...Object.keys(shares ?? {})]) {
    const id = ownOf(names, value) ?? value;
    if (Object.hasOwn(arms, id)) continue;
    throw fileProblem(
      file,
      "arms",
      `expected an arm "${id}", which sources.table names, found none`,
    );
  }
}

/** What of the plan cannot be had from sums by arm, or null. */
function needsRows({ metrics, segments }: MeasurementPlan): string | null {
  for (const { id, kind, before, clamp } of metrics) {
    if (kind === "ratio" || kind === "quantile") return `a ${kind} ("${id}")`;
    if (before !== null) return `the number before of "${id}"`;
    if (clamp !== null) return `the clamp of "${id}"`;
  }
  return segments.length === 0 ? null : `the segment "${segments[0]}"`;
}
