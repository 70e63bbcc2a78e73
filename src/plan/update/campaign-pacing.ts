// Pacing in a written campaign file: each wave with a budget lets it out as the plan expects it to
// be asked for, or evenly where the scenario says so.
import { type Document, isMap, type YAMLMap } from "yaml";
import { LIMITS } from "../../base/limits.ts";
import type { CampaignDefinition } from "../../core/definition.ts";

const HOUR_MS = 3_600_000;
const HOURS_A_DAY = 24;

/** Requests in each hour since the campaign's start, or the word for a curve. */
export type WrittenPacing = Float64Array | "even";

/** @returns what could not be paced, in words */
export function setPacing(
  document: Document,
  campaign: CampaignDefinition,
  pacing: WrittenPacing,
): string[] {
  return campaign.waves.flatMap((wave, w) => {
    const entry = document.getIn(["waves", w]);
    if (!isMap(entry) || wave.budgetMinor === null) {
      return [`wave ${wave.id} is not paced, for it has no budget of its own`];
    }
    const weights = pacing === "even" ? null : weightsOf(campaign, wave, pacing);
    if (weights !== null && weights.length > LIMITS.curvePoints - 1) {
      return [`wave ${wave.id} is not paced, for it has more than ${LIMITS.curvePoints} hours`];
    }
    const node = document.createNode(weights === null ? "even" : { demand: weights });
    (entry as YAMLMap).set("pacing", node);
    if (isMap(node)) node.flow = true;
    return [];
  });
}

/** Per mille of the busiest hour, for the hours of the wave. */
function weightsOf(
  { startsAtMs, dayStartsMs }: CampaignDefinition,
  { fromMs, toMs }: CampaignDefinition["waves"][number],
  demand: Float64Array,
): number[] {
  const hours = Math.ceil((toMs - fromMs) / HOUR_MS);
  const from = Math.floor((fromMs - startsAtMs) / HOUR_MS);
  const asked = Array.from({ length: hours }, (_, i) => demand[from + i] ?? 0);
  const most = Math.max(...asked);
  const weights = asked.map((each) => (most > 0 ? Math.round((each / most) * 1000) : 1));
  if (hours !== HOURS_A_DAY) return weights;
  // 24 weights are read as the hours of the day, from midnight.
  const midnight = dayStartsMs.findLast((start) => start <= fromMs) ?? fromMs;
  const first = Math.floor((fromMs - midnight) / HOUR_MS);
  return weights.map((_, hour) => weights[(hour - first + HOURS_A_DAY) % HOURS_A_DAY]!);
}
