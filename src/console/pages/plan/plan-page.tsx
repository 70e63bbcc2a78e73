// A plan whose assumptions can be turned. The address keeps what is turned.
import type { ReactNode } from "react";
import { FilesPage } from "../../parts/files-page.tsx";
import { PlanDesk } from "./plan-desk.tsx";
import type { OpenedPlan, PlanCall } from "./plan-worker.ts";
import { makePlanWorker } from "./use-plan.ts";

const PASTED = [
  { name: "plan.yaml", label: "plan.textPlan" },
  { name: "campaign.yaml", label: "plan.textCampaign" },
] as const;

const WORDS = {
  title: "plan.title",
  how: "plan.how",
  choose: "plan.startFiles",
  another: "plan.another",
} as const;

export function PlanPage(): ReactNode {
  return (
    <FilesPage<PlanCall, OpenedPlan>
      place="/plan"
      kind="plan-study"
      words={WORDS}
      pasted={PASTED}
      accept=".yaml,.yml"
      makeWorker={makePlanWorker}
    >
      {(files) => <PlanDesk {...files} />}
    </FilesPage>
  );
}
