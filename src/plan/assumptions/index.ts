// What a plan assumes, and the joint draw of it.
export type {
  Assumption,
  AssumptionSet,
  Correlation,
  Distribution,
  Within,
} from "./assumption.ts";
export {
  type CorrelationProblem,
  correlationProblem,
  createAssumptionSet,
} from "./assumption-set.ts";
