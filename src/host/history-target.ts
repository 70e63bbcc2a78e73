// Whose history is asked for, as the state knows it, and what the events that the log found are
// called outside: ids in place of ordinals, and nothing that says whose a grant is.

import type { AnswerBase } from "../contract/schema/answer-base.ts";
import type {
  CampaignEvent,
  CampaignEventType,
  GrantEvent,
  GrantEventType,
} from "../contract/schema/history.ts";
import type { RevisedValue } from "../contract/schema/revised-value.ts";
import type { CampaignDefinition } from "../core/definition.ts";
import type { CampaignState } from "../core/state.ts";
import { answerBase } from "./answers.ts";
import type { Engine } from "./engine.ts";
import type { StreamedEvent } from "./event-stream.ts";
import { inCampaign } from "./writer/in-campaign.ts";
import { LANE } from "./writer/job.ts";

/** A grant as the state knows it. */
export interface MadeGrant {
  grant: number;
  atMs: number;
}

export interface GrantHistoryTarget extends MadeGrant {
  /** Ordinal of the campaign in the ledger. */
  campaign: number;
  offer: number;
  /** The version of the definition that it was made by. */
  version: number;
  /** Later grants of the user that may make this one good. */
  mayMakeGood: readonly MadeGrant[];
}

export interface HistoryTargetAnswer extends AnswerBase {
  target?: GrantHistoryTarget;
}

/** A user has few grants, and fewer that make others good. */
const GRANTS_LOOKED_AT = 1000;
const MADE_GOOD_MAX = 8;

export function grantHistoryTarget(
  engine: Engine,
  campaign: string,
  grant: string,
  timeoutMs?: number,
): Promise<HistoryTargetAnswer> {
  return inCampaign<HistoryTargetAnswer, object>(
    engine,
    LANE.read,
    ["grant.history", campaign, grant],
    {},
    ({ state, names }, atMs) => {
      const ordinal = names.grantIds.decode(grant);
      if (ordinal < 0 || ordinal >= state.grantCount) return answerBase("unknown_grant", atMs);
      const target: GrantHistoryTarget = {
        ...madeGrant(state, ordinal),
        campaign: state.ordinal,
        offer: state.grantOffer(ordinal),
        version: state.grantVersion.get(ordinal),
        mayMakeGood: compensationsAfter(state, ordinal),
      };
      return { ...answerBase("ok", atMs), target };
    },
    timeoutMs,
  );
}

export interface CampaignTarget {
  /** Ordinal of the campaign in the ledger. */
  campaign: number;
  /** In force. */
  definition: CampaignDefinition;
  version: number;
}

export interface CampaignTargetAnswer extends AnswerBase {
  target?: CampaignTarget;
}

export function campaignTarget(
  engine: Engine,
  operation: "campaign.versions" | "campaign.file",
  campaign: string,
  timeoutMs?: number,
): Promise<CampaignTargetAnswer> {
  return inCampaign<CampaignTargetAnswer, object>(
    engine,
    LANE.read,
    [operation, campaign, null],
    {},
    ({ state: { ordinal, definition, version } }, atMs) => {
      return { ...answerBase("ok", atMs), target: { campaign: ordinal, definition, version } };
    },
    timeoutMs,
  );
}

function madeGrant(state: CampaignState, grant: number): MadeGrant {
  return { grant, atMs: state.grantedAtMs(grant) };
}

function compensationsAfter(state: CampaignState, grant: number): MadeGrant[] {
  if (state.compensationOffer < 0) return [];
  const found: MadeGrant[] = [];
  let next = state.userLastGrant.get(state.grantUser.get(grant)) - 1;
  for (let looked = 0; next > grant && looked < GRANTS_LOOKED_AT; looked++) {
    if (state.grantOffer(next) === state.compensationOffer) found.push(madeGrant(state, next));
    next = state.grantPrevious.get(next) - 1;
  }
  return found.slice(-MADE_GOOD_MAX);
}

type Fields = Readonly<Record<string, unknown>>;

/** @param idOf the id of the grant with an ordinal */
export function grantEvent(
  event: StreamedEvent,
  grant: number,
  idOf: (grant: number) => string,
): GrantEvent {
  const fields: Fields = event;
  const isOther = event.type === "granted" && fields.grant !== grant;
  const type: GrantEventType = isOther
    ? "made_good"
    : event.type === "revised"
      ? "expiry_moved"
      : (event.type as GrantEventType);
  const other = isOther ? fields.grant : fields.lostGrant;
  const isBorne = type === "contingency" || type === "loss";
  return {
    ...placeOf(event),
    type,
    ...texts(fields, ["by", "why", "approvedBy", "evidence"]),
    ...numbers(fields, [
      ["amountMinor", AMOUNT_OF[type] ?? "amountMinor"],
      ["restMinor", type === "held" ? "" : "restMinor"],
      ["owedMinor", "owedMinor"],
      ["lostMinor", "lostMinor"],
      ["redemption", "redemption"],
      ["paidAtMs", fields.paidAtMs === event.atMs ? "" : "paidAtMs"],
      ["fromMs", "fromMs"],
      ["untilMs", "untilMs"],
      ["version", "version"],
    ]),
    ...(typeof fields.redeemableAgain === "boolean" && { redeemableAgain: fields.redeemableAgain }),
    ...(isBorne && typeof fields.takesBack === "number" && { takenBack: true as const }),
    ...(typeof other === "number" && { grant: idOf(other) }),
  };
}

/** Where an event's amount has a name of its own. */
const AMOUNT_OF: { readonly [T in GrantEventType]?: string } = {
  held: "restMinor",
  clawed_back: "returnedMinor",
  contingency: "chargedMinor",
  loss: "chargedMinor",
};

/** @param offers ids by ordinal */
export function campaignEvent(event: StreamedEvent, offers: readonly string[]): CampaignEvent {
  const fields: Fields = event;
  const moved = event.type === "proposed" ? (fields.moved as readonly number[]) : [];
  return {
    ...placeOf(event),
    type: event.type as CampaignEventType,
    ...texts(fields, ["by", "why", "approvedBy"]),
    ...texts({ name: fields.draw ?? fields.list ?? fields.batch ?? fields.for }, ["name"]),
    ...numbers(fields, [
      ["version", "version"],
      ["round", "round"],
    ]),
    ...numbers({ count: fields.entries ?? fields.users ?? fields.lines }, [["count", "count"]]),
    ...(Array.isArray(fields.changes) && { changes: fields.changes as RevisedValue[] }),
    ...(moved.length > 0 && { moveExpiry: moved.map((offer) => offers[offer] ?? String(offer)) }),
  };
}

export function offerIds({ offers }: CampaignDefinition): string[] {
  return offers.map(({ id }) => id);
}

function placeOf({ sequence, index, atMs }: StreamedEvent) {
  return { sequence, index, atMs };
}

function texts<K extends string>(fields: Fields, keys: readonly K[]): { [N in K]?: string } {
  const found: { [N in K]?: string } = {};
  for (const key of keys) {
    const value = fields[key];
    if (typeof value === "string") found[key] = value;
  }
  return found;
}

function numbers<K extends string>(
  fields: Fields,
  names: readonly (readonly [to: K, from: string])[],
): { [N in K]?: number } {
  const found: { [N in K]?: number } = {};
  for (const [to, from] of names) {
    const value = fields[from];
    if (typeof value === "number") found[to] = value;
  }
  return found;
}
