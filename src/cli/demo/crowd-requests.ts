// What the crowd's intentions look like on the wire, and what may travel together.
import type { ClaimInput, RedeemInput } from "../../contract/index.ts";
import type {
  Action,
  CancelAction,
  ClaimAction,
  RedeemAction,
  ReverseAction,
} from "../../crowd/actions.ts";

/** A grant that an answer told of. */
export interface Held {
  readonly grant: string;
  readonly amountMinor: number;
}

/** What travels together, since everything that it needs is answered. */
export interface Round {
  readonly retries: ClaimAction[];
  readonly redeems: RedeemAction[];
  readonly cancels: CancelAction[];
  readonly reversals: ReverseAction[];
}

export const emptyRound = (): Round => ({ retries: [], redeems: [], cancels: [], reversals: [] });

/** Lines a batch; more batches travel at once. */
const BATCH_LINES = 500;

export function of<K extends Action["kind"]>(
  actions: readonly Action[],
  kind: K,
): Extract<Action, { kind: K }>[] {
  return actions.filter((action): action is Extract<Action, { kind: K }> => action.kind === kind);
}

export function chunks<T>(all: readonly T[]): T[][] {
  const parts: T[][] = [];
  for (let from = 0; from < all.length; from += BATCH_LINES) {
    parts.push(all.slice(from, from + BATCH_LINES));
  }
  return parts;
}

export function claimInput(claim: ClaimAction): ClaimInput {
  const { id, userId, offer, device, ip, notAfterMs } = claim;
  const input = { id, user: userId, offer, attributes: { device, ip } };
  return notAfterMs === null ? input : { ...input, notAfterMs };
}

export function redeemInput(action: RedeemAction, held: Held): RedeemInput {
  const { id, merchant, partRatio } = action;
  const input = { id, grant: held.grant, attributes: { merchant } };
  if (partRatio === null) return input;
  return { ...input, amountMinor: Math.max(1, Math.round(held.amountMinor * partRatio)) };
}

/** The redemption that a second try follows, once it was reversed. */
export function firstRedemption(action: RedeemAction): string {
  return action.id.slice(0, action.id.indexOf("."));
}
