// The worker of the page that plans: reads the files, draws campaigns.
import { config } from "zod";
import { type Knob, knobsOf } from "../../../plan/what-if/knobs.ts";
import { type PlanTexts, planTexts } from "../../../plan/what-if/plan-texts.ts";
import { type Turned, turnedPlanText } from "../../../plan/what-if/turned-plan.ts";
import { PlanReader, sampledWhatIf, studiedWhatIf } from "../../../plan/what-if/what-if.ts";
import { answerCalls } from "../../parts/worker-side.ts";

export type PlanCall =
  /** Texts by name: which is the plan, and what can be turned in it. */
  | { readonly kind: "open"; readonly files: Readonly<Record<string, string>> }
  | { readonly kind: "sample"; readonly texts: PlanTexts; readonly turned: Turned }
  | { readonly kind: "study"; readonly texts: PlanTexts; readonly turned: Turned }
  /** The plan's file as it would be written. */
  | { readonly kind: "save"; readonly texts: PlanTexts; readonly turned: Turned };

export interface OpenedPlan {
  readonly texts: PlanTexts;
  readonly title: string;
  readonly currency: string;
  readonly knobs: readonly Knob[];
}

// The page's policy evaluates no text, and whoever tries is reported.
config({ jitless: true });

const reader = new PlanReader();

answerCalls<PlanCall>(async (call, between) => {
  switch (call.kind) {
    case "open":
      return opened(planTexts(call.files));
    case "sample":
      return await sampledWhatIf(reader, call.texts, call.turned, between);
    case "study":
      return await studiedWhatIf(reader, call.texts, call.turned, between);
    default: {
      const { plan } = call.texts;
      return turnedPlanText(plan.text, reader.read(call.texts), call.turned);
    }
  }
});

function opened(texts: PlanTexts): OpenedPlan {
  const plan = reader.read(texts);
  return {
    ...{ texts, title: plan.title, currency: plan.terms.currency },
    knobs: knobsOf(plan),
  };
}
