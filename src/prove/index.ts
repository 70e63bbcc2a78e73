// prove/: from a campaign's journal and the app's outcomes to one verdict with honest uncertainty.
export type { AaFinding, AaMetric, AaReading, AaStudy } from "./aa.ts";
export { aaReport, aaSentence } from "./aa-report.ts";
export type { ActivityRow, ActivityStudy, ArmActivity } from "./activity.ts";
export type { Column, ColumnType, ExportValue } from "./columns.ts";
export type { ArmCost, CostReading } from "./cost.ts";
export { type DetectableQuestion, type DetectableReading, detectable } from "./detectable.ts";
export { detectableReport } from "./detectable-report.ts";
export type { DrawPoolOptions } from "./draw-pool.ts";
export {
  decisiveRows,
  type EffectInterval,
  type EffectRow,
  effectsOf,
  type Finding,
  findingOf,
  type Population,
} from "./effects.ts";
export type { AlwaysValid, EquivalenceReading, PosteriorReading } from "./effects-read.ts";
export { EVENT_COLUMNS, type EventRow } from "./event-columns.ts";
export {
  type ExportedFile,
  type ExportFormat,
  type ExportTarget,
  exportObjects,
  exportRows,
} from "./export-rows.ts";
export { SEPARATOR_NAMES, type Separator } from "./file-kind.ts";
export { type PlanReading, planSentence } from "./frozen-plan.ts";
export type { GuardrailReading } from "./guardrails.ts";
export type { HealthCheck } from "./health.ts";
export {
  type ArmPayback,
  type PaybackQuestion,
  type PaybackReading,
  paybackOf,
  readPayback,
} from "./payback.ts";
export type { PaybackBasis, PaybackPeriods, Threshold } from "./payback-basis.ts";
export { paybackSection } from "./payback-report.ts";
export { paybackSentence } from "./payback-words.ts";
export type {
  ByReading,
  MetricBasis,
  PlannedGuardrail,
  PlannedHoldout,
  PlannedMetric,
  PlannedStudy,
  PlannedWeek,
  PlanReport,
  WantedEffect,
} from "./planned.ts";
export { plannedReport } from "./planned-report.ts";
export { type PopulationUser, populationFromCounts, readPopulation } from "./population.ts";
export { type AaOptions, aaProject } from "./project/aa-project.ts";
export type { CampaignEvidence } from "./project/campaign-evidence.ts";
export type {
  Duplicates,
  MeasurementPlan,
  Missing,
  PlanMetric,
} from "./project/measurement-plan.ts";
export { type PlanQuestion, planProject } from "./project/plan-project.ts";
export { type ProveProject, readPlanHash, readProject } from "./project/project-file.ts";
export { projectSchema } from "./project/project-schema.ts";
export type { SourceOverrides } from "./project/project-sources.ts";
export {
  type ProjectCampaign,
  type ProjectOptions,
  proveProject,
} from "./project/prove-project.ts";
export { proveQuick, type QuickQuestion } from "./quick.ts";
export {
  type ArmRetention,
  type HoldoutCheck,
  type RetentionOptions,
  type RetentionReading,
  readRetention,
  retentionOf,
} from "./retention.ts";
export { type DrawQuestion, drawStudy, type StudyDraws } from "./retention-draws.ts";
export { retentionSection, retentionSentence } from "./retention-report.ts";
export { HOLDOUT, type RunArm, type RunFile, readRunFile } from "./run-file.ts";
export type { SegmentReading } from "./segments.ts";
export type { Estimand, Metric, Study, StudyArm } from "./study.ts";
export { makeTemporaryFolder, removeTemporaryFolder } from "./temporary-folder.ts";
export {
  type Comparison,
  type Evidence,
  type Expectation,
  type Grade,
  type StudyReading,
  type Unanswered,
  type Verdict,
  verdictOf,
} from "./verdict.ts";
export { headline } from "./verdict-headline.ts";
export { verdictReport, verdictSections, verdictText } from "./verdict-report.ts";
export { verdictSchema } from "./verdict-schema.ts";
export { effectSentence } from "./verdict-words.ts";
export { Warehouse, type WarehouseOptions, withWarehouse } from "./warehouse.ts";
export type { WorthQuestion, WorthReading } from "./worth.ts";
