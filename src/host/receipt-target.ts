// What a receipt is asked for, as the state knows it: which grant or redemption of which campaign,
// and when it was made. The log finds the event by that.
import type { AnswerBase } from "../contract/schema/answer-base.ts";
import { emptyCommand, USER_AT } from "../core/command.ts";
import { ID_USE } from "../core/state-words.ts";
import { answerBase } from "./answers.ts";
import type { Engine } from "./engine.ts";
import type { OpenCampaign } from "./open-campaigns.ts";
import { inCampaign } from "./writer/in-campaign.ts";
import { LANE } from "./writer/job.ts";
import { requireOwnRedemption } from "./writer/money-job.ts";

export interface ReceiptTarget {
  what: "grant" | "redemption";
  /** Ordinal of the campaign in the ledger. */
  campaign: number;
  /** Ordinal of the grant or the redemption. */
  ordinal: number;
  /** When it was made. */
  atMs: number;
  /** Its names, which the receipt repeats and nothing proves. */
  subject: {
    campaign: string;
    grant: string;
    redemption?: string;
    currency: string;
    decimals: number;
  };
}

/** Status ok: there is such a thing, and `target` says where to look for it. */
export interface TargetAnswer extends AnswerBase {
  target?: ReceiptTarget;
}

const COMMAND = emptyCommand();

export function grantTarget(
  engine: Engine,
  campaign: string,
  grant: string,
  timeoutMs?: number,
): Promise<TargetAnswer> {
  return inCampaign(
    engine,
    LANE.read,
    ["grant.receipt", campaign, grant],
    {},
    (open, atMs) => {
      const ordinal = open.names.grantIds.decode(grant);
      if (ordinal < 0 || ordinal >= open.state.grantCount) return answerBase("unknown_grant", atMs);
      const target: ReceiptTarget = {
        what: "grant",
        campaign: open.state.ordinal,
        ordinal,
        atMs: open.state.grantedAtMs(ordinal),
        subject: { ...subjectOf(open), grant },
      };
      return { ...answerBase("ok", atMs), target };
    },
    timeoutMs,
  );
}

/** With a `merchant`, only redemptions that were made for it; the others are `forbidden`. */
export function redemptionTarget(
  engine: Engine,
  campaign: string,
  redemption: string,
  merchant: string | null,
  timeoutMs?: number,
): Promise<TargetAnswer> {
  return inCampaign(
    engine,
    LANE.read,
    ["redemption.receipt", campaign, redemption],
    {},
    (open, atMs) => {
      const { state, names } = open;
      names.fillReverse(COMMAND, { id: redemption, redemption });
      const id = state.ids.find(COMMAND.keys, USER_AT);
      if (id < 0 || state.idUse.get(id) !== ID_USE.redeemed) {
        return answerBase("unknown_redemption", atMs);
      }
      if (merchant !== null) requireOwnRedemption(open, COMMAND, merchant);
      const ordinal = state.idTarget.get(id);
      const grant = names.grantIds.encode(state.redemptionGrant.get(ordinal));
      const target: ReceiptTarget = {
        what: "redemption",
        campaign: state.ordinal,
        ordinal,
        atMs: state.definition.startsAtMs + state.redemptionAt.get(ordinal),
        subject: { ...subjectOf(open), grant, redemption },
      };
      return { ...answerBase("ok", atMs), target };
    },
    timeoutMs,
  );
}

function subjectOf({ state }: OpenCampaign): Omit<ReceiptTarget["subject"], "grant"> {
  const { id, currency, decimals } = state.definition;
  return { campaign: id, currency, decimals };
}
