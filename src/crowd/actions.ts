// What the crowd intends to do, in campaign time. The driver sends what touches the server, skips
// what became impossible (redeeming a card that was refused), and answers refusals with `retries`.

/** Why a claim is sent: the first time, again under the same id, too late, or by a machine. */
export type ClaimCause = "fresh" | "duplicate" | "stale" | "bot" | "retry";

export interface ClaimAction {
  readonly kind: "claim";
  readonly atMs: number;
  readonly id: string;
  readonly user: number;
  readonly userId: string;
  readonly offer: string;
  readonly device: string;
  readonly ip: string;
  readonly notAfterMs: number | null;
  readonly cause: ClaimCause;
}

/** The app is opened and asks what is open to this user: this is exposure. */
export interface OffersAction {
  readonly kind: "offers";
  readonly atMs: number;
  readonly user: number;
  readonly userId: string;
}

export interface RedeemAction {
  readonly kind: "redeem";
  readonly atMs: number;
  readonly id: string;
  /** Id of the claim whose grant is spent. */
  readonly claim: string;
  readonly user: number;
  readonly merchant: string;
  /** Share of the grant's amount to spend; null is the whole rest. */
  readonly partRatio: number | null;
  readonly cause: "fresh" | "duplicate" | "rest" | "again";
}

export interface ReverseAction {
  readonly kind: "reverse";
  readonly atMs: number;
  readonly id: string;
  readonly redemption: string;
  readonly user: number;
}

export interface CancelAction {
  readonly kind: "cancel";
  readonly atMs: number;
  readonly id: string;
  readonly claim: string;
  readonly user: number;
}

/** A day on which the user opens the app. */
export interface VisitAction {
  readonly kind: "visit";
  readonly atMs: number;
  readonly day: number;
  readonly user: number;
  readonly userId: string;
}

/** An order paid from the user's own pocket. */
export interface OrderAction {
  readonly kind: "order";
  readonly atMs: number;
  readonly day: number;
  readonly user: number;
  readonly userId: string;
}

export type Action =
  | ClaimAction
  | OffersAction
  | RedeemAction
  | ReverseAction
  | CancelAction
  | VisitAction
  | OrderAction;
