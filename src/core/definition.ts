// The words of a campaign as the core knows them: plain JSON, every instant in ms UTC, all money
// in minor units, every calendar day already resolved. contract/ makes and checks it; the core
// trusts it.
import type { DrandChain } from "../base/drand.ts";

export interface CampaignDefinition {
  /** [a-z0-9][a-z0-9-]{0,62} */
  id: string;
  title: string;
  /** ISO 4217 code, and the number of its decimals (0 to 4). */
  currency: string;
  decimals: number;
  /** An IANA zone. The core never resolves it: see dayStartsMs. */
  timeZone: string;
  budgetMinor: number;
  /** Claims are taken from startsAtMs until endsAtMs (exclusive). */
  startsAtMs: number;
  endsAtMs: number;
  /** The last instant at which a redemption can happen. */
  closesAtMs: number;
  /** Expired money waits that long before it can be granted again. */
  settlingLagMs: number;
  /** A released grant lives at least so long. Absent: 24 hours. */
  releaseGraceMs?: number;
  waves: WaveDefinition[];
  offers: OfferDefinition[];
  /** At most 200, wave budgets among them. */
  caps: CapDefinition[];
  assignment: AssignmentDefinition;
  audiences: AudienceDefinition[];
  /** The attribute names that claims and redemptions may carry. */
  attributes: string[];
  /** Local midnights, from the day of startsAtMs to the day of closesAtMs. */
  dayStartsMs: number[];
  /** SHA-256, in hex, of a frozen measurement plan. */
  planHash: string | null;
  /** Revisions need the consent of a second person. Absent: no. */
  fourEyes?: true;
  /** A round that nobody knew yet when the campaign opened. Absent: the operator chose the luck. */
  beacon?: BeaconDefinition;
  /** What claims may say of their users, for conditions. Absent: nothing. */
  facts?: FactDefinition[];
  /** Lists of users that can be imported, for conditions. Absent: none. */
  lists?: ListDefinition[];
  draws?: DrawDefinition[];
}

export interface BeaconDefinition {
  chain: DrandChain;
  round: number;
}

export type FactType = "int" | "double" | "string" | "bool" | "list of int" | "list of string";

export interface FactDefinition {
  /** [a-z][a-z0-9_]{0,31} */
  name: string;
  type: FactType;
}

export interface ListDefinition {
  id: string;
}

export interface WaveDefinition {
  id: string;
  fromMs: number;
  toMs: number;
  /** Informative: the limit itself is the cap `wave-budget:<id>`. */
  budgetMinor: number | null;
}

export interface OfferDefinition {
  id: string;
  title: string;
  /** Ordinal into waves. */
  wave: number;
  reward: RewardDefinition;
  expiry: ExpiryDefinition;
  /** From the grant on, before which it cannot be redeemed. Absent: at once. */
  maturesMs?: number;
  /** Ordinal into audiences: only its members are eligible. Null: everybody. */
  audience: number | null;
  /** A condition in CEL that must hold for the claim. The core never reads it. Absent: none. */
  eligible?: string;
  /** Ordinal into draws: a prize that only this draw grants; its reward is a pot of equals. */
  draw?: number;
}

/** Entries until it closes, then winners by luck. Its prizes are the offers that name it. */
export interface DrawDefinition {
  /** [a-z0-9][a-z0-9-]{0,62} */
  id: string;
  title: string;
  opensAtMs: number;
  /** Entries are taken until it, exclusive. */
  closesAtMs: number;
  /** Ordinal into audiences: only its members may enter. Null: everybody. */
  audience: number | null;
  entriesPerUser: number;
  winsPerUser: number;
}

export type RewardDefinition =
  | { kind: "fixed"; amountMinor: number }
  | { kind: "table"; entries: TableEntry[] }
  | PotReward;

/** Exactly totalMinor in so many packets, each from minMinor to maxMinor, by luck. */
export interface PotReward {
  kind: "pot";
  totalMinor: number;
  packets: number;
  minMinor: number;
  maxMinor: number;
}

/** The chance is odds / (sum of all odds); the sum is at most 2^32. */
export interface TableEntry {
  amountMinor: number;
  odds: number;
}

/** The least that a grant of the reward can be. */
export function leastOf(reward: RewardDefinition): number {
  switch (reward.kind) {
    case "fixed":
      return reward.amountMinor;
    case "table":
      return Math.min(...reward.entries.map((entry) => entry.amountMinor));
    case "pot":
      return reward.minMinor;
  }
}

/** No grant of the reward is more. */
export function greatestOf(reward: RewardDefinition): number {
  switch (reward.kind) {
    case "fixed":
      return reward.amountMinor;
    case "table":
      return Math.max(...reward.entries.map((entry) => entry.amountMinor));
    case "pot":
      return reward.maxMinor;
  }
}

/** The cap that says how many packets of a pot are out; its 1 comes back with the packet. */
export function potCapId(offer: string): string {
  return `pot:${offer}`;
}

export type ExpiryDefinition = { kind: "at"; atMs: number } | { kind: "after"; afterMs: number };

export interface CapDefinition {
  id: string;
  /** `campaign`, `wave`, `offer`, `user`, `wave:<id>`, `offer:<id>`, or an attribute's name. */
  dimension: string;
  counts: "money" | "grants";
  per: "total" | "day" | "hour" | "minute";
  /** Minor units, or a number of grants. */
  limit: number;
  on: "claim" | "redemption";
  refund: boolean;
  missing: "refuse" | "shared" | "skip";
  /** Only of `wave-pacing:<id>`: releases the limit little by little, and counts gross issue. */
  curve?: CurveDefinition;
}

/** How the money of a wave is let out, as a share of the cap's limit. */
export interface CurveDefinition {
  /** Ascending; in proportion to time between two of them, nothing before the first. */
  points: CurvePoint[];
  /** What nobody took when it was released stays available, or is spread over the hours to come. */
  unused: "now" | "spread";
}

export interface CurvePoint {
  atMs: number;
  /** 0 to 1, cumulative. */
  share: number;
}

export interface AssignmentDefinition {
  source: "hash" | "given";
  /** 0 to 1. */
  holdoutShare: number;
  /** Shares of the treated; they add up to 1. */
  variants: { id: string; share: number }[];
  /** A masked holdout is answered `no_offer`. */
  masked: boolean;
  /** 16 bytes in hex. */
  salt: string;
}

export interface AudienceDefinition {
  id: string;
  /** 0 to 1, assigned before contact. */
  holdoutShare: number;
  /** 16 bytes in hex. */
  salt: string;
}
