// What the crowd needs of a campaign, whoever answers: the server through the SDK.
import type {
  AcceptAnswer,
  AcceptInput,
  CancelAnswer,
  CancelInput,
  ClaimAnswer,
  ClaimInput,
  InviteAnswer,
  InviteInput,
  OffersAnswer,
  RedeemAnswer,
  RedeemInput,
  ReverseAnswer,
  ReverseInput,
  UserGrantsAnswer,
} from "../../contract/index.ts";

/** Every call resolves with decided answers; what was not decided was repeated until it was. */
export interface CampaignPort {
  /** The crowd's clock; only moves when nothing is under way. */
  setClock(atMs: number): Promise<void>;
  offers(user: string): Promise<OffersAnswer>;
  claim(input: ClaimInput): Promise<ClaimAnswer>;
  claims(inputs: readonly ClaimInput[]): Promise<ClaimAnswer[]>;
  invites(inputs: readonly InviteInput[]): Promise<InviteAnswer[]>;
  acceptances(inputs: readonly AcceptInput[]): Promise<AcceptAnswer[]>;
  grantsOf(user: string): Promise<UserGrantsAnswer>;
  redemptions(inputs: readonly RedeemInput[], by: Redeemer): Promise<RedeemAnswer[]>;
  cancellations(inputs: readonly CancelInput[]): Promise<CancelAnswer[]>;
  reversals(inputs: readonly ReverseInput[], by: Redeemer): Promise<ReverseAnswer[]>;
}

/** A merchant with a key of its own, or null: the delivery platform redeems for the others. */
export type Redeemer = string | null;
