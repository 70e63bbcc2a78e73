// What one row of the operation table says. Routes, OpenAPI, the SDK's methods, MCP tools, command
// line verbs and the reference pages are derived from such rows and from nothing else.
import type { z } from "zod";
import type { ErrorCode } from "./errors.ts";
import type { AnswerBase } from "./schema/answer-base.ts";
import type { CancelAnswer, ClaimAnswer, RedeemAnswer, ReverseAnswer } from "./schema/answers.ts";
import type { AssignAnswer, AssignInput } from "./schema/assign.ts";
import type { BeaconAnswer, BeaconInput } from "./schema/beacon.ts";
import type { BlockAnswer, BlockInput, UnblockInput } from "./schema/block.ts";
import type {
  CampaignAnswer,
  CampaignListAnswer,
  CampaignShowAnswer,
  CampaignSource,
  CheckAnswer,
} from "./schema/campaign.ts";
import type { CampaignFileAnswer, CampaignFileQuery } from "./schema/campaign-text.ts";
import type { CancelInput } from "./schema/cancel.ts";
import type { ClaimInput } from "./schema/claim.ts";
import type { CompensationAnswer, CompensationInput } from "./schema/compensation.ts";
import type {
  DrawCloseAnswer,
  DrawQuery,
  DrawShowAnswer,
  EnterAnswer,
  EnterInput,
} from "./schema/draw.ts";
import type { DryRunAnswer, DryRunInput } from "./schema/dry-run.ts";
import type { ExposureAnswer, ExposureInput } from "./schema/exposure.ts";
import type { FoundIdAnswer } from "./schema/found-id.ts";
import type { GrantAnswer, UserGrantsAnswer, UserGrantsQuery } from "./schema/grant.ts";
import type { GrantHistoryAnswer, VersionsAnswer } from "./schema/history.ts";
import type {
  AcceptAnswer,
  AcceptInput,
  InviteAnswer,
  InviteInput,
  InvitesAnswer,
} from "./schema/invite.ts";
import type {
  KeyAddAnswer,
  KeyInput,
  KeyListAnswer,
  KeyRevokeAnswer,
  Scope,
} from "./schema/keys.ts";
import type { ListAnswer, ListInput } from "./schema/list.ts";
import type { HistoryAnswer, LiveView } from "./schema/live.ts";
import type { LuckAnswer, OddsAnswer } from "./schema/luck.ts";
import type { OffersAnswer, OffersQuery } from "./schema/offers.ts";
import type { OutlookAnswer } from "./schema/outlook.ts";
import type {
  CheckpointView,
  ConsistencyAnswer,
  ConsistencyQuery,
  ReceiptAnswer,
} from "./schema/receipt.ts";
import type { RedeemInput } from "./schema/redeem.ts";
import type {
  ReportAddAnswer,
  ReportInput,
  ReportListAnswer,
  ReportRemoveAnswer,
  ReportShowAnswer,
} from "./schema/report.ts";
import type { ReverseInput } from "./schema/reverse.ts";
import type {
  ApprovalInput,
  RejectionInput,
  RevisionAnswer,
  RevisionInput,
} from "./schema/revision.ts";
import type { SessionAnswer, SessionCodeAnswer, SessionInput } from "./schema/session.ts";
import type { SettlementAnswer, SettlementQuery } from "./schema/settlement.ts";
import type { ServerStatusAnswer } from "./schema/status.ts";
import type {
  ActAnswer,
  ActInput,
  FindAnswer,
  FindInput,
  SampleAnswer,
  SampleInput,
} from "./schema/suspects.ts";
import type {
  CoverInput,
  ExtensionInput,
  ReceiptInput,
  SuspicionAnswer,
  SuspicionInput,
  UncoverInput,
} from "./schema/suspicion.ts";
import type { EventsQuery, EventView, HealthAnswer } from "./schema/system.ts";
import type {
  WebhookAddAnswer,
  WebhookAnswer,
  WebhookDeadAnswer,
  WebhookDeadQuery,
  WebhookInput,
  WebhookLettersAnswer,
  WebhookLettersInput,
  WebhookListAnswer,
  WebhookPauseInput,
  WebhookRemoveAnswer,
} from "./schema/webhook-desk.ts";
import type { Status } from "./statuses.ts";

interface Call<Params extends string, Query, Body, Answer> {
  /** Taken from the path. */
  params: Record<Params, string>;
  /** Null: the operation takes none. */
  query: Query;
  body: Body;
  answer: Answer;
}

type Empty = Record<string, never>;

/** Input and answer of every operation. */
export interface OperationTypes {
  claim: Call<"campaign", null, ClaimInput, ClaimAnswer>;
  redeem: Call<"campaign", null, RedeemInput, RedeemAnswer>;
  cancel: Call<"campaign", null, CancelInput, CancelAnswer>;
  reverse: Call<"campaign", null, ReverseInput, ReverseAnswer>;
  "invite.create": Call<"campaign", null, InviteInput, InviteAnswer>;
  "invite.accept": Call<"campaign", null, AcceptInput, AcceptAnswer>;
  "invite.show": Call<"campaign" | "user", null, null, InvitesAnswer>;
  "offers.list": Call<"campaign" | "user", OffersQuery, null, OffersAnswer>;
  "grant.show": Call<"campaign" | "grant", null, null, GrantAnswer>;
  "grant.find": Call<"campaign" | "id", null, null, FoundIdAnswer>;
  "grant.history": Call<"campaign" | "grant", null, null, GrantHistoryAnswer>;
  "campaign.versions": Call<"campaign", null, null, VersionsAnswer>;
  "campaign.file": Call<"campaign", CampaignFileQuery, null, CampaignFileAnswer>;
  "grant.luck": Call<"campaign" | "grant", null, null, LuckAnswer>;
  "user.grants": Call<"campaign" | "user", UserGrantsQuery, null, UserGrantsAnswer>;
  "audience.assign": Call<"campaign" | "audience", null, AssignInput, AssignAnswer>;
  "exposure.import": Call<"campaign" | "surface", null, ExposureInput, ExposureAnswer>;
  "dryrun.claim": Call<"campaign", null, DryRunInput, DryRunAnswer>;
  "list.import": Call<"campaign" | "list", null, ListInput, ListAnswer>;
  "campaign.check": Call<never, null, CampaignSource, CheckAnswer>;
  "campaign.open": Call<never, null, CampaignSource, CampaignAnswer>;
  "campaign.list": Call<never, null, null, CampaignListAnswer>;
  "campaign.show": Call<"campaign", null, null, CampaignShowAnswer>;
  "campaign.outlook": Call<"campaign", null, null, OutlookAnswer>;
  "campaign.history": Call<"campaign", null, null, HistoryAnswer>;
  live: Call<"campaign", null, null, LiveView>;
  "campaign.revise": Call<"campaign", null, RevisionInput, RevisionAnswer>;
  "campaign.odds": Call<"campaign", null, null, OddsAnswer>;
  "campaign.beacon": Call<"campaign", null, BeaconInput, BeaconAnswer>;
  "campaign.compensate": Call<"campaign", null, CompensationInput, CompensationAnswer>;
  "merchant.settlement": Call<"campaign", SettlementQuery, null, SettlementAnswer>;
  "campaign.approve": Call<"campaign", null, ApprovalInput, RevisionAnswer>;
  "campaign.reject": Call<"campaign", null, RejectionInput, CampaignAnswer>;
  "draw.enter": Call<"campaign" | "draw", null, EnterInput, EnterAnswer>;
  "draw.close": Call<"campaign" | "draw", null, Empty, DrawCloseAnswer>;
  "draw.show": Call<"campaign" | "draw", DrawQuery, null, DrawShowAnswer>;
  "campaign.pause": Call<"campaign", null, Empty, CampaignAnswer>;
  "campaign.resume": Call<"campaign", null, Empty, CampaignAnswer>;
  "campaign.end": Call<"campaign", null, Empty, CampaignAnswer>;
  "campaign.close": Call<"campaign", null, Empty, CampaignAnswer>;
  "journal.export": Call<never, null, null, string>;
  "server.status": Call<never, null, null, ServerStatusAnswer>;
  "checkpoint.show": Call<never, null, null, CheckpointView>;
  "checkpoint.consistency": Call<never, ConsistencyQuery, null, ConsistencyAnswer>;
  "checkpoint.text": Call<never, null, null, string>;
  "grant.receipt": Call<"campaign" | "grant", null, null, ReceiptAnswer>;
  "redemption.receipt": Call<"campaign" | "redemption", null, null, ReceiptAnswer>;
  "report.add": Call<never, null, ReportInput, ReportAddAnswer>;
  "report.list": Call<never, null, null, ReportListAnswer>;
  "report.show": Call<"report", null, null, ReportShowAnswer>;
  "report.remove": Call<"report", null, null, ReportRemoveAnswer>;
  "grant.hold": Call<"campaign" | "grant", null, SuspicionInput, SuspicionAnswer>;
  "grant.release": Call<"campaign" | "grant", null, SuspicionInput, SuspicionAnswer>;
  "grant.extend": Call<"campaign" | "grant", null, ExtensionInput, SuspicionAnswer>;
  "grant.clawback": Call<"campaign" | "grant", null, SuspicionInput, SuspicionAnswer>;
  "grant.repay": Call<"campaign" | "grant", null, ReceiptInput, SuspicionAnswer>;
  "suspects.find": Call<"campaign", null, FindInput, FindAnswer>;
  "suspects.act": Call<"campaign", null, ActInput, ActAnswer>;
  "suspects.sample": Call<"campaign", null, SampleInput, SampleAnswer>;
  "block.add": Call<"campaign", null, BlockInput, BlockAnswer>;
  "block.remove": Call<"campaign", null, UnblockInput, BlockAnswer>;
  "grant.cover": Call<"campaign" | "grant", null, CoverInput, SuspicionAnswer>;
  "grant.uncover": Call<"campaign" | "grant", null, UncoverInput, SuspicionAnswer>;
  events: Call<never, EventsQuery, null, EventView>;
  "keys.add": Call<never, null, KeyInput, KeyAddAnswer>;
  "keys.list": Call<never, null, null, KeyListAnswer>;
  "keys.revoke": Call<"key", null, null, KeyRevokeAnswer>;
  "webhooks.list": Call<never, null, null, WebhookListAnswer>;
  "webhooks.add": Call<never, null, WebhookInput, WebhookAddAnswer>;
  "webhooks.remove": Call<"endpoint", null, null, WebhookRemoveAnswer>;
  "webhooks.pause": Call<"endpoint", null, WebhookPauseInput, WebhookAnswer>;
  "webhooks.resume": Call<"endpoint", null, Empty, WebhookAnswer>;
  "webhooks.dead": Call<"endpoint", WebhookDeadQuery, null, WebhookDeadAnswer>;
  "webhooks.replay": Call<"endpoint", null, WebhookLettersInput, WebhookLettersAnswer>;
  "webhooks.drop": Call<"endpoint", null, WebhookLettersInput, WebhookLettersAnswer>;
  "session.open": Call<never, null, SessionInput, SessionAnswer>;
  "session.code": Call<never, null, null, SessionCodeAnswer>;
  "session.show": Call<never, null, null, SessionAnswer>;
  "session.end": Call<never, null, null, AnswerBase>;
  "health.live": Call<never, null, null, HealthAnswer>;
  "health.ready": Call<never, null, null, HealthAnswer>;
  metrics: Call<never, null, null, string>;
  openapi: Call<never, null, null, Record<string, unknown>>;
  docs: Call<never, null, null, string>;
}

export type OperationName = keyof OperationTypes;
export type ParamsOf<N extends OperationName> = OperationTypes[N]["params"];
export type QueryOf<N extends OperationName> = OperationTypes[N]["query"];
export type BodyOf<N extends OperationName> = OperationTypes[N]["body"];
export type AnswerOf<N extends OperationName> = OperationTypes[N]["answer"];

/** A tool for AI assistants, derived from an operation. */
export interface McpTool {
  readonly tool: string;
  /** A user's tools act for one user; a manager's only read. */
  readonly audience: "user" | "manager";
  readonly description: string;
  /** Inputs that the server fills in from its own settings, so that a model cannot choose them. */
  readonly bound: readonly string[];
}

type SchemaOf<T> = T extends null ? null : z.ZodType<T>;

export interface Operation<N extends OperationName = OperationName> {
  readonly name: N;
  readonly method: "GET" | "POST" | "DELETE";
  /** `{name}` stands for a parameter. */
  readonly path: string;
  /** Keys with one of these scopes may call it; empty: open to everybody. */
  readonly scopes: readonly Scope[];
  readonly kind: "command" | "read";
  readonly movesMoney: boolean;
  /** Where many at once are taken as NDJSON, answered line by line in order; null: nowhere. */
  readonly batchPath: string | null;
  readonly produces: "json" | "events" | "text" | "html" | "bytes";
  readonly query: SchemaOf<QueryOf<N>>;
  readonly body: SchemaOf<BodyOf<N>>;
  readonly answer: z.ZodType<AnswerOf<N>>;
  /** The statuses that an answer can have. */
  readonly outcomes: readonly Status[];
  /** Errors beyond those that every operation can have. */
  readonly errors: readonly ErrorCode[];
  readonly summary: string;
  readonly description: string;
  readonly example: {
    readonly params: ParamsOf<N>;
    readonly query: QueryOf<N>;
    readonly body: BodyOf<N>;
    readonly answer: AnswerOf<N>;
  };
  readonly mcp: McpTool | null;
}

/** Rows of some operations, by name. */
export type Rows<N extends OperationName> = { readonly [K in N]: Operation<K> };
