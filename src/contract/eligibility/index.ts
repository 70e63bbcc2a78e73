// Conditions: who may claim, in CEL over facts that come with the claim and over imported lists.
export {
  type Claimant,
  type Condition,
  ConditionCompiler,
  type ConditionPart,
  type ConditionProblem,
} from "./compile.ts";
export { BUILT_IN_FACTS, type CelFacts, factTypes, readFacts } from "./facts.ts";
export { LocalTime } from "./local-time.ts";
