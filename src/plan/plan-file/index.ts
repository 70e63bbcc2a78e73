// plan.yaml, read and checked.
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
  SplitLimits,
  WaveTerms,
} from "./plan.ts";
