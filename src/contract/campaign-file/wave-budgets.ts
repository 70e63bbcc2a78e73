// The budgets of waves as caps: each wave's is enforced like everything else that can run out.
import type { CapDefinition, WaveDefinition } from "../../core/definition.ts";

/** One cap a wave with a budget, since a cap has one limit. */
export function waveBudgets(waves: readonly WaveDefinition[]): CapDefinition[] {
  return waves.flatMap((wave) =>
    wave.budgetMinor === null
      ? []
      : [
          {
            id: `wave-budget:${wave.id}`,
            dimension: `wave:${wave.id}`,
            counts: "money",
            per: "total",
            limit: wave.budgetMinor,
            on: "claim",
            refund: true,
            missing: "refuse",
          },
        ],
  );
}
