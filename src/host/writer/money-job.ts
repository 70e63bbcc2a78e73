// Jobs of the operations that move money: one request, or a batch of independent lines.
import { HongbaoError } from "../../base/error.ts";
import type {
  CancelAnswer,
  ClaimAnswer,
  RedeemAnswer,
  ReverseAnswer,
} from "../../contract/schema/answers.ts";
import type { CancelInput } from "../../contract/schema/cancel.ts";
import type { ClaimInput } from "../../contract/schema/claim.ts";
import type {
  AcceptAnswer,
  AcceptInput,
  InviteAnswer,
  InviteInput,
} from "../../contract/schema/invite.ts";
import type { RedeemInput } from "../../contract/schema/redeem.ts";
import type { ReverseInput } from "../../contract/schema/reverse.ts";
import { ATTRIBUTES_AT, type Command, emptyCommand, USER_AT } from "../../core/command.ts";
import type { EventWriter } from "../../core/event.ts";
import { decideClaim } from "../../core/grants/decide-claim.ts";
import { decideCancel, decideRedeem, decideReverse } from "../../core/grants/decide-grant.ts";
import { MERCHANT } from "../../core/rules.ts";
import { ID_USE } from "../../core/state-words.ts";
import { answerBase, cancelAnswer, claimAnswer, redeemAnswer, reverseAnswer } from "../answers.ts";
import { checkedLine } from "../checked-input.ts";
import { acceptInvite, createInvite } from "../invites/invite-lines.ts";
import type { OpenCampaign } from "../open-campaigns.ts";
import type { Quarantine } from "../quarantine.ts";
import { claimCommand, forgetClaims } from "./claims-ahead.ts";
import { type Job, LANE } from "./job.ts";
import { quarantined } from "./writer-errors.ts";

export interface MoneyInputs {
  claim: ClaimInput;
  redeem: RedeemInput;
  cancel: CancelInput;
  reverse: ReverseInput;
  "invite.create": InviteInput;
  "invite.accept": AcceptInput;
}

export interface MoneyAnswers {
  claim: ClaimAnswer;
  redeem: RedeemAnswer;
  cancel: CancelAnswer;
  reverse: ReverseAnswer;
  "invite.create": InviteAnswer;
  "invite.accept": AcceptAnswer;
}

export type MoneyOperation = keyof MoneyInputs;

/** Fills the command, decides, and turns the outcome into an answer. */
type Decide<N extends MoneyOperation> = (
  campaign: OpenCampaign | undefined,
  inputs: readonly MoneyInputs[N][],
  index: number,
  atMs: number,
  out: EventWriter,
  merchant: string | null,
) => MoneyAnswers[N];

/** One command for all: the writer decides one line at a time. */
const COMMAND: Command = emptyCommand();

const DECIDE: { [N in MoneyOperation]: Decide<N> } = {
  claim: (campaign, inputs, index, atMs, out) => {
    const { offer } = inputs[index]!;
    if (campaign === undefined) return { ...answerBase("unknown_campaign", atMs), offer };
    const { names, state } = campaign;
    const command = claimCommand(campaign, inputs, index);
    const reason = names.eligibility.failure(state, command, inputs[index]!.facts, atMs);
    command.eligible = reason === null;
    const decided = decideClaim(state, command, atMs, out);
    return claimAnswer(names, offer, decided, atMs, reason);
  },
  redeem: (campaign, inputs, index, atMs, out) => {
    const input = inputs[index]!;
    const { grant } = input;
    if (campaign === undefined) return { ...answerBase("unknown_campaign", atMs), grant };
    campaign.names.fillRedeem(COMMAND, input);
    const decided = decideRedeem(campaign.state, COMMAND, atMs, out);
    return redeemAnswer(campaign.names, grant, decided, atMs);
  },
  cancel: (campaign, inputs, index, atMs, out) => {
    const input = inputs[index]!;
    const { grant } = input;
    if (campaign === undefined) return { ...answerBase("unknown_campaign", atMs), grant };
    campaign.names.fillCancel(COMMAND, input);
    const decided = decideCancel(campaign.state, COMMAND, atMs, out);
    return cancelAnswer(campaign.names, grant, decided, atMs);
  },
  reverse: (campaign, inputs, index, atMs, out, merchant) => {
    const input = inputs[index]!;
    const { redemption } = input;
    if (campaign === undefined) {
      return { ...answerBase("unknown_campaign", atMs), redemption };
    }
    campaign.names.fillReverse(COMMAND, input);
    if (merchant !== null) requireOwnRedemption(campaign, COMMAND, merchant);
    const decided = decideReverse(campaign.state, COMMAND, atMs, out);
    return reverseAnswer(campaign.names, redemption, decided, atMs);
  },
  "invite.create": (campaign, inputs, index, atMs, out) =>
    createInvite(campaign, inputs[index]!, atMs, out),
  "invite.accept": (campaign, inputs, index, atMs, out) =>
    acceptInvite(campaign, inputs[index]!, atMs, out),
};

/** At a till somebody waits; the others are claims of a kind. */
const LANES: { readonly [N in MoneyOperation]: 0 | 1 } = {
  claim: LANE.claim,
  redeem: LANE.redemption,
  cancel: LANE.redemption,
  reverse: LANE.redemption,
  "invite.create": LANE.claim,
  "invite.accept": LANE.claim,
};

/** Throws `forbidden` when the redemption that a reversal names was made for somebody else. */
export function requireOwnRedemption(
  { state, names }: OpenCampaign,
  command: Command,
  merchant: string,
): void {
  const named = state.ids.find(command.keys, USER_AT);
  if (named < 0 || state.idUse.get(named) !== ID_USE.redeemed) return;
  const attribute = names.definition.attributes.indexOf(MERCHANT);
  if (attribute >= 0) {
    names.pseudonyms.setAttributes(command, { [MERCHANT]: merchant });
    const own = state.attributes[attribute]!.find(command.keys, ATTRIBUTES_AT + 4 * attribute);
    const charged = state.redemptionAttribute[attribute]?.get(state.idTarget.get(named)) ?? 0;
    names.pseudonyms.setAttributes(command, undefined);
    if (own >= 0 && charged === own + 1) return;
  }
  const message = "this redemption was not made for the merchant that the key is bound to";
  throw new HongbaoError({ code: "forbidden", message, details: { path: "$.redemption" } });
}

export interface MoneyJobOptions<N extends MoneyOperation> {
  operation: N;
  campaign: string;
  inputs: readonly MoneyInputs[N][];
  find: (campaign: string) => OpenCampaign | undefined;
  durable: boolean;
  deadlineMs: number;
  /** Reverses only what was redeemed for this merchant. */
  merchant: string | null;
  /** Lines that stopped the writer before are refused alone. */
  quarantine: Quarantine;
  /** Every line has an answer, or the error that kept it from being decided. */
  done: (answers: (MoneyAnswers[N] | HongbaoError)[]) => void;
}

export class MoneyJob<N extends MoneyOperation> implements Job {
  readonly lane: 0 | 1;
  readonly size: number;
  readonly deadlineMs: number;
  private readonly options: MoneyJobOptions<N>;
  private readonly answers: (MoneyAnswers[N] | HongbaoError)[] = [];
  private finished = false;
  /** Lines before it have a durable answer. */
  private settled = 0;
  /** Lines from it on were refused. */
  private end: number;
  private campaign: OpenCampaign | undefined;

  constructor(options: MoneyJobOptions<N>) {
    this.options = options;
    this.lane = LANES[options.operation];
    this.size = options.inputs.length;
    this.end = this.size;
    this.deadlineMs = options.deadlineMs;
  }

  decide(index: number, atMs: number, out: EventWriter): void {
    const { operation, campaign, find, inputs, merchant, quarantine } = this.options;
    // Looked up until it is found: campaigns never go away.
    this.campaign ??= find(campaign);
    try {
      checkedLine(inputs[index]);
      if (quarantine.size > 0 && quarantine.has(this.describe(index))) throw quarantined(index);
      const decide = DECIDE[operation];
      this.answers[index] = decide(this.campaign, inputs, index, atMs, out, merchant);
    } catch (error) {
      // Input that only the campaign can judge, such as an attribute that it does not declare.
      if (!(error instanceof HongbaoError)) throw error;
      this.answers[index] = error;
    }
  }

  settle(from: number, to: number, sequence: number): void {
    const { durable } = this.options;
    for (let i = from; i < to; i++) {
      const answer = this.answers[i]!;
      if (answer instanceof HongbaoError) continue;
      answer.sequence = sequence;
      answer.durable = durable;
    }
    this.settled = to;
    if (to >= this.end) this.finish();
  }

  /**
   * Lines before `from` may be decided and not durable yet: their answers wait for their record.
   */
  refuse(from: number, error: HongbaoError): void {
    for (let i = from; i < this.end; i++) this.answers[i] = error;
    this.end = Math.min(this.end, from);
    if (this.settled >= this.end) this.finish();
  }

  private finish(): void {
    if (this.finished) return;
    this.finished = true;
    const { operation, campaign, find, inputs, done } = this.options;
    forgetClaims(inputs);
    (this.campaign ?? find(campaign))?.answers.add(operation, this.answers);
    done(this.answers);
  }

  describe(index: number): string {
    const { operation, campaign, inputs } = this.options;
    return describeLine(operation, campaign, inputs[index]);
  }
}

/** One line of a request in one string, the same for the same content. */
export function describeLine(operation: string, campaign: string, input: unknown): string {
  return JSON.stringify([operation, campaign, input]);
}
