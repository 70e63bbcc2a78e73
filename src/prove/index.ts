// prove/: from a campaign's journal and the app's outcomes to one verdict with honest uncertainty.

export type { ArmCost, CostReading } from "../verdict/cost-reading.ts";
export type {
  AlwaysValid,
  EquivalenceReading,
  PosteriorReading,
} from "../verdict/effect-readings.ts";
export {
  decisiveRows,
  type EffectInterval,
  type EffectRow,
  type Finding,
  findingOf,
  type Population,
} from "../verdict/effect-row.ts";
export { type PlanReading, planSentence } from "../verdict/frozen-plan.ts";
export type { GuardrailReading } from "../verdict/guardrail-reading.ts";
export { headline } from "../verdict/headline.ts";
export type { HealthCheck } from "../verdict/health-check.ts";
export type { Estimand, Metric } from "../verdict/metric.ts";
export type { PaybackBasis, PaybackPeriods, Threshold } from "../verdict/payback-basis.ts";
export type { ArmPayback, PaybackReading } from "../verdict/payback-reading.ts";
export { paybackSection } from "../verdict/payback-report.ts";
export { paybackSentence } from "../verdict/payback-words.ts";
export type { ArmRetention, HoldoutCheck, RetentionReading } from "../verdict/retention-reading.ts";
export { retentionSection, retentionSentence } from "../verdict/retention-report.ts";
export type { SegmentReading } from "../verdict/segment-reading.ts";
export type {
  Comparison,
  Expectation,
  Grade,
  StudyReading,
  Unanswered,
  Verdict,
} from "../verdict/verdict.ts";
export { verdictReport, verdictSections } from "../verdict/verdict-report.ts";
export { verdictSchema } from "../verdict/verdict-schema.ts";
export { verdictText } from "../verdict/verdict-text.ts";
export { effectSentence } from "../verdict/verdict-words.ts";
export type { WorthQuestion, WorthReading } from "../verdict/worth-reading.ts";
export type { AaFinding, AaMetric, AaReading, AaStudy } from "./aa.ts";
export { aaReport, aaSentence } from "./aa-report.ts";
export type { ActivityRow, ActivityStudy, ArmActivity } from "./activity.ts";
export type { Column, ColumnType, ExportValue } from "./columns.ts";
export { type DetectableQuestion, type DetectableReading, detectable } from "./detectable.ts";
export { detectableReport } from "./detectable-report.ts";
export type { DrawPoolOptions } from "./draw-pool.ts";
export { effectsOf } from "./effects.ts";
export { EVENT_COLUMNS, type EventRow } from "./event-columns.ts";
export {
  type ExportedFile,
  type ExportFormat,
  type ExportTarget,
  exportObjects,
  exportRows,
} from "./export-rows.ts";
export { SEPARATOR_NAMES, type Separator } from "./file-kind.ts";
export { type PaybackQuestion, paybackOf, readPayback } from "./payback.ts";
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
export { type RetentionOptions, readRetention, retentionOf } from "./retention.ts";
export { type DrawQuestion, drawStudy, type StudyDraws } from "./retention-draws.ts";
export { HOLDOUT, type RunArm, type RunFile, readRunFile } from "./run-file.ts";
export type { Study, StudyArm } from "./study.ts";
export { makeTemporaryFolder, removeTemporaryFolder } from "./temporary-folder.ts";
export { type Evidence, verdictOf } from "./verdict.ts";
export { Warehouse, type WarehouseOptions, withWarehouse } from "./warehouse.ts";
