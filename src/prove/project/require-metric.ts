// A key of prove.yaml that names a metric names one of the plan's.
import type { YamlSource } from "../../contract/yaml-source.ts";
import type { PlanMetric } from "./measurement-plan.ts";
import type { RawProject } from "./project-shape.ts";

/** Throws `invalid_file` at `place`, naming the metrics that there are. */
export function requireMetric(
  yaml: YamlSource<RawProject>,
  place: readonly PropertyKey[],
  metrics: readonly PlanMetric[],
  id: string,
  kinds?: readonly string[],
): PlanMetric {
  const found = metrics.find((metric) => metric.id === id);
  if (found !== undefined && (kinds === undefined || kinds.includes(found.kind))) return found;
  const have = metrics
    .filter(({ kind }) => kinds === undefined || kinds.includes(kind))
    .map((metric) => metric.id);
  const which = kinds === undefined ? "the metrics" : `the metrics that are a ${kinds.join(", ")}`;
  throw yaml.problem(place, `expected one of ${which} (${have.join(", ")}), found "${id}"`);
}
