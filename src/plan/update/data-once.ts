// No journal and no verdict teaches a plan twice: a plan that was calibrated by one has it in its
// assumptions already, and reading it again would make them surer than the data are.
import { HongbaoError } from "../../base/error.ts";
import type { PlanFile } from "../plan-file/plan.ts";
import type { CalibratedAssumption, Calibration } from "./calibrated.ts";

const journalOf = (campaign: string): string => `journal of ${campaign}, to `;
const verdictOf = (title: string): string => `verdict ${title}, with `;
const BEFORE = "what was assumed before";

/** Of a calibrated assumption, as the new plan states it. */
export function calibratedSource(
  { campaign, verdict, toMs }: Calibration,
  { from }: CalibratedAssumption,
): string {
  if (from === "verdict") return `${verdictOf(verdict ?? "")}${BEFORE}`;
  const to = new Date(toMs).toISOString().replace(/\.000Z$/, "Z");
  return `${journalOf(campaign)}${to}, with ${BEFORE}`;
}

/** Throws `invalid_data` where the plan has learned from this journal or verdict before. */
export function requireUnread(
  plan: PlanFile,
  { campaign, verdict, assumptions }: Pick<Calibration, "campaign" | "verdict" | "assumptions">,
): void {
  for (const { id, state, from } of assumptions) {
    if (state !== "updated") continue;
    const { source } = plan.assumptions.find((one) => one.id === id)!;
    const read = from === "verdict" ? verdictOf(verdict ?? "") : journalOf(campaign);
    if (!source.startsWith(read)) continue;
    throw new HongbaoError({
      code: "invalid_data",
      message:
        `${plan.file}: expected assumptions from before this ${from}, found ${id} with the ` +
        `source "${source}": the same data would count twice. Calibrate the plan that this one ` +
        "was made from",
      details: { id, source },
    });
  }
}
