// The part of the verdict's schema that holds the decision rule and what its conditions came to.
import { z } from "zod";
import type { DecisionReading } from "./decision-reading.ts";
import type { Estimand } from "./metric.ts";

export function decisionSchema(estimand: z.ZodType<Estimand>): z.ZodType<DecisionReading> {
  const whose = {
    question: estimand.nullable().describe("null: that of the first study"),
    arm: z.string().nullable().describe("null: asked of each treated arm"),
  };
  const condition = z.discriminatedUnion("kind", [
    z.object({
      kind: z.literal("payback"),
      ...{ chance: z.number(), withinMonths: z.int(), ...whose },
    }),
    z.object({
      ...{ kind: z.literal("effect"), metric: z.string() },
      side: z.enum(["at least", "at most"]).describe("of the lower bound; of the upper one"),
      limit: z.number().describe("part of the held-out users' level where isRelative"),
      ...{ isRelative: z.boolean(), ...whose },
    }),
    z.object({ kind: z.literal("worth"), limit: z.number(), ...whose }),
    z.object({ kind: z.literal("guardrails"), ...whose }),
  ]);
  const reading = z.object({
    ...{ condition, study: z.string() },
    figure: z.number().nullable().describe("held against the limit; null: none was measured"),
    level: z.number().nullable().describe("of the interval whose bound the figure is"),
    notHeld: z.array(z.string()).describe("guardrails that are not held"),
    ...{ holds: z.boolean(), note: z.string().nullable() },
  });
  const arm = z.object({
    arm: z.string(),
    follows: z.boolean().describe("whether all conditions hold"),
    conditions: z.array(reading),
  });
  return z.object({
    action: z.string(),
    otherwise: z.string().nullable(),
    conditions: z.array(condition).describe("all must hold"),
    notApplied: z.string().nullable().describe("why the rule is not applied"),
    arms: z.array(arm).describe("empty where the rule is not applied"),
  });
}
