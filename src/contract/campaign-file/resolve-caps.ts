// Caps that a campaign file states itself; others follow from waves, pots and invites.
import type { CapDefinition } from "../../core/definition.ts";
import { given } from "./derive.ts";
import type { CapEntry } from "./file-schema.ts";
import type { ValuesOfFile } from "./values-of-file.ts";

export function resolveCaps(entries: readonly CapEntry[], read: ValuesOfFile): CapDefinition[] {
  return entries.map((cap, i) => {
    const at = ["caps", i];
    const { counts, refund, per = "total" } = cap;
    return {
      id: cap.id,
      dimension: cap.of,
      counts,
      per,
      limit: read[counts === "money" ? "amount" : "count"]([...at, "limit"], cap.limit),
      on: cap.on ?? "claim",
      // Giving back into short windows would let claim-and-cancel loops defeat them.
      refund:
        refund === undefined
          ? per === "total" || per === "day"
          : refund === true || refund === "yes",
      missing: cap.missing ?? "refuse",
      ...given("blockMs", cap.blockFor, (text) => read.duration([...at, "blockFor"], text)),
    };
  });
}
