// What a wave's curve does, in plain words: when how much is out at most, and what comes later.
import type { CampaignDefinition, CurvePoint } from "../../core/definition.ts";
import { explainMoney, explainTime } from "./explain-values.ts";

const SHARES = [0.25, 0.5, 0.75, 1];

export function explainPacing(definition: CampaignDefinition): string[] {
  return definition.caps.flatMap(({ curve, dimension, limit }) => {
    if (curve === undefined) return [];
    const by = SHARES.map((share) => {
      const atMs = reachedAtMs(curve.points, share);
      return `${share * 100} % by ${explainTime(definition, atMs)}`;
    });
    const unused =
      curve.unused === "now"
        ? "what nobody took when it was released stays available at once"
        : "what nobody took within an hour is spread over the rest of the curve";
    return [
      `Wave ${dimension.slice("wave:".length)} lets its ${explainMoney(definition, limit)} out ` +
        `by a curve: ${by.join(", ")}. Who comes too early is told when to come again; ` +
        `${unused}. ` +
        "What is cancelled or has expired re-enters the rest of the curve in proportion.",
    ];
  });
}

/** The instant by which a share is released. */
function reachedAtMs(points: readonly CurvePoint[], share: number): number {
  const next = points.findIndex((point) => point.share >= share);
  const [before, after] = [points[next - 1], points[next]!];
  if (before === undefined || after.share === before.share) return after.atMs;
  const part = (share - before.share) / (after.share - before.share);
  return before.atMs + part * (after.atMs - before.atMs);
}
