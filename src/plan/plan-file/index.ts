// plan.yaml, read and checked.

export { DAY_CURVES } from "./day-curves.ts";
export { PARAMETERS, type Parameter, type ParameterRow, parametersOf } from "./parameters.ts";
export type {
  CampaignTerms,
  CapTerms,
  Change,
  Decision,
  OfferTerms,
  PlanFile,
  Range,
  Scenario,
  ScenarioChange,
  SplitAim,
  SplitLimits,
  WaveTerms,
} from "./plan.ts";
export { planSchema } from "./plan-schema.ts";
export {
  campaignNameOf,
  checkPlanFile,
  type NamedText,
  type PlanCheck,
  requirePlan,
} from "./read-plan.ts";
