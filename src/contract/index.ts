// The public contract: what travels between hongbao and everything outside it. Browser-safe.

export type { RevisionMoment } from "./campaign-file/check-revision.ts";
export { hashPlan } from "./campaign-file/derive.ts";
export { explainCampaign } from "./campaign-file/explain.ts";
export {
  type CampaignCheck,
  checkCampaignDefinition,
  checkCampaignSource,
  invalidCampaign,
  parseCampaignFile,
  requireCampaign,
} from "./campaign-file/parse-campaign.ts";
export { formatProblem } from "./campaign-file/problems.ts";
export {
  type LinedUpRevision,
  lineUpRevision,
  requireRevision,
} from "./campaign-file/revise-campaign.ts";
export { revisedValues } from "./campaign-file/revised-values.ts";
export { readDuration, readInstant, readShare } from "./campaign-file/scalars.ts";
export { type WrittenCampaign, writeCampaign } from "./campaign-file/write/write-campaign.ts";
export {
  contractError,
  ERRORS,
  type ErrorBody,
  type ErrorCode,
  type ErrorEntry,
  errorBody,
  errorEntry,
  invalidRequest,
  isErrorCode,
} from "./errors.ts";
export { openApi } from "./openapi.ts";
export type {
  AnswerOf,
  BodyOf,
  McpTool,
  OperationTypes,
  ParamsOf,
  QueryOf,
} from "./operation.ts";
export {
  fillPath,
  flatInput,
  OPERATION_LIST,
  OPERATIONS,
  type Operation,
  type OperationName,
  PARAM_SCHEMAS,
  pathParams,
  splitInput,
} from "./operations.ts";
export { foundIn, jsonPath, parse } from "./parse.ts";
export { parseClaim, parseRedeem } from "./parse-fast.ts";
export { parseJsonText } from "./parse-json.ts";
export type { AnswerBase } from "./schema/answer-base.ts";
export type {
  CancelAnswer,
  ClaimAnswer,
  RedeemAnswer,
  ReverseAnswer,
} from "./schema/answers.ts";
export type { AssignAnswer, AssignInput } from "./schema/assign.ts";
export type { BeaconAnswer, BeaconInput } from "./schema/beacon.ts";
export type { BlockAnswer, BlockInput, UnblockInput } from "./schema/block.ts";
export type {
  CampaignAnswer,
  CampaignBooks,
  CampaignListAnswer,
  CampaignProblem,
  CampaignShowAnswer,
  CampaignSource,
  CampaignSummary,
  CheckAnswer,
  Phase,
} from "./schema/campaign.ts";
export type { CampaignFileAnswer, CampaignFileQuery } from "./schema/campaign-text.ts";
export type { CancelInput } from "./schema/cancel.ts";
export type { ClaimInput } from "./schema/claim.ts";
export type {
  CompensationAnswer,
  CompensationInput,
  CompensationLine,
  CompensationResult,
} from "./schema/compensation.ts";
export type { DryRunAnswer, DryRunInput, TriedCondition } from "./schema/dry-run.ts";
export type { ExposureAnswer, ExposureInput } from "./schema/exposure.ts";
export type { Facts } from "./schema/facts.ts";
export type { FoundIdAnswer, IdUse } from "./schema/found-id.ts";
export type {
  GrantAnswer,
  GrantState,
  GrantView,
  UserGrantsAnswer,
  UserGrantsQuery,
} from "./schema/grant.ts";
export type {
  CampaignEvent,
  GrantEvent,
  GrantHistoryAnswer,
  VersionsAnswer,
} from "./schema/history.ts";
export type {
  AcceptAnswer,
  AcceptInput,
  InviteAnswer,
  InviteInput,
  InvitesAnswer,
  InviteView,
} from "./schema/invite.ts";
export {
  type KeyAddAnswer,
  type KeyInput,
  type KeyListAnswer,
  type KeyRevokeAnswer,
  type KeyView,
  SCOPES,
  type Scope,
} from "./schema/keys.ts";
export type { CapView } from "./schema/limit-books.ts";
export type { ListAnswer, ListInput } from "./schema/list.ts";
export type {
  CampaignHistory,
  HistoryAnswer,
  LiveAnswers,
  LiveLatency,
  LiveOutlook,
  LiveServer,
  LiveView,
  PlannedPoint,
  Tally,
} from "./schema/live.ts";
export type { LuckAnswer, LuckView, OddsAnswer, OddsView, PacketView } from "./schema/luck.ts";
export type { OffersAnswer, OffersQuery, OpenOffer } from "./schema/offers.ts";
export type { MoneySpan, OutlookAnswer, RunOut, SpendForecast } from "./schema/outlook.ts";
export type {
  CheckpointView,
  ConsistencyAnswer,
  ConsistencyQuery,
  ReceiptAnswer,
  ReceiptView,
} from "./schema/receipt.ts";
export type { RedeemInput } from "./schema/redeem.ts";
export {
  REPORT_KINDS,
  type ReportAddAnswer,
  type ReportInput,
  type ReportKind,
  type ReportListAnswer,
  type ReportRemoveAnswer,
  type ReportShowAnswer,
  type ReportView,
} from "./schema/report.ts";
export type { ReverseInput } from "./schema/reverse.ts";
export type { RevisedValue } from "./schema/revised-value.ts";
export type {
  ApprovalInput,
  ExceededLimit,
  Exposure,
  ExposureOutlook,
  RejectionInput,
  RevisionAnswer,
  RevisionInput,
} from "./schema/revision.ts";
export type { LastRevision, ProposalView } from "./schema/revision-books.ts";
export { type SessionAnswer, type SessionInput, SIGN_IN_SCOPES } from "./schema/session.ts";
export type { SettlementAnswer, SettlementLineView } from "./schema/settlement.ts";
export type { AnsweredView, LogView, ServerStatusAnswer } from "./schema/status.ts";
export type {
  ActAnswer,
  ActInput,
  FindAnswer,
  SampleAnswer,
  SuspectFilter,
} from "./schema/suspects.ts";
export type {
  CoverInput,
  ExtensionInput,
  ReceiptInput,
  SuspicionAnswer,
  SuspicionInput,
  UncoverInput,
} from "./schema/suspicion.ts";
export type { EventsQuery, EventView, HealthAnswer } from "./schema/system.ts";
export type { Attributes } from "./schema/text.ts";
export type {
  DeadLetterView,
  WebhookDeadQuery,
  WebhookInput,
  WebhookLettersInput,
  WebhookPauseInput,
  WebhookView,
} from "./schema/webhook-desk.ts";
export {
  isStatus,
  type RetryRule,
  STATUS_NAMES,
  STATUSES,
  type Status,
  type StatusEntry,
  statusEntry,
  statusHttp,
} from "./statuses.ts";
export type { WebhookDesk } from "./webhook-desk.ts";
