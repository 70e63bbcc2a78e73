// What the answers taught the crowd: who was rewarded, which grants can be spent, which orders
// stand, and which caps refused. Every answer is kept in the log beside.
import type {
  AcceptAnswer,
  CancelAnswer,
  ClaimAnswer,
  RedeemAnswer,
  ReverseAnswer,
} from "../../contract/index.ts";
import type { AnswerLog } from "./answer-log.ts";
import type { Held } from "./crowd-requests.ts";

/** What the answers taught of one cap. */
export interface CapFacts {
  firstAtMs: number;
  refused: number;
}

/** What the books need of a request. */
export interface Sent {
  readonly id: string;
  readonly user: number;
  readonly cause: string;
}

export class CrowdBooks {
  /** 1 for users who hold or held a reward. */
  readonly rewarded: Uint8Array;
  /** Orders with a card that stand: redeemed and not reversed. */
  readonly cardOrders: Uint8Array;
  readonly caps: Map<string, CapFacts> = new Map();
  /** Grants by the claim that asked for them. */
  readonly held: Map<string, Held> = new Map();
  /** Redemptions that stand. */
  readonly spent: Set<string> = new Set();
  private readonly log: AnswerLog;

  constructor(users: number, log: AnswerLog) {
    this.rewarded = new Uint8Array(users);
    this.cardOrders = new Uint8Array(users);
    this.log = log;
  }

  grant(operation: "claim" | "accept", sent: Sent, answer: ClaimAnswer | AcceptAnswer): void {
    const { status, replayed, grant = null, amountMinor = 0, cap = null } = answer;
    const { id, user, cause } = sent;
    this.log.add({ operation, cause, id, status, replayed, grant, amountMinor, cap });
    if (cap !== null) this.noteCap(cap, answer.atMs);
    if (status !== "granted" && status !== "accepted") return;
    this.held.set(id, { grant: grant!, amountMinor });
    this.rewarded[user] = 1;
  }

  redemption(sent: Sent, answer: RedeemAnswer): void {
    const { status, replayed, grant, redeemedMinor: amountMinor = 0, cap = null } = answer;
    const { id, user, cause } = sent;
    const operation = "redeem" as const;
    this.log.add({ operation, cause, id, status, replayed, grant, amountMinor, cap });
    if (cap !== null) this.noteCap(cap, answer.atMs);
    if (status !== "redeemed" || replayed) return;
    this.spent.add(id);
    if (cause !== "rest") this.noteOrder(user, 1);
  }

  cancellation(id: string, { status, replayed, grant, returnedMinor = 0 }: CancelAnswer): void {
    const what = { operation: "cancel", cause: "fresh", id, status, replayed, grant } as const;
    this.log.add({ ...what, amountMinor: returnedMinor, cap: null });
  }

  /** @param redemption the one that was reversed */
  reversal(id: string, user: number, redemption: string, answer: ReverseAnswer): void {
    const { status, replayed, grant = null, reversedMinor = 0 } = answer;
    const what = { operation: "reverse", cause: "fresh", id, status, replayed, grant } as const;
    this.log.add({ ...what, amountMinor: reversedMinor, cap: null });
    if (status !== "reversed" || replayed) return;
    this.spent.delete(redemption);
    this.noteOrder(user, -1);
  }

  private noteCap(cap: string, atMs: number): void {
    const facts = this.caps.get(cap);
    if (facts === undefined) this.caps.set(cap, { firstAtMs: atMs, refused: 1 });
    else facts.refused += 1;
  }

  private noteOrder(user: number, by: 1 | -1): void {
    this.cardOrders[user] = this.cardOrders[user]! + by;
  }
}
