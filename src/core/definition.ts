// The words of a campaign as the core knows them: plain JSON, every instant in ms UTC, all money
// in minor units, every calendar day already resolved. contract/ makes and checks it; the core
// trusts it.
import type { DrandChain } from "../base/drand.ts";
import type { OverissueDefinition } from "./money/overissue.ts";

export { ceilingOf, type OverissueDefinition } from "./money/overissue.ts";

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
  /** Names of what outside the engine reports exposures, such as a banner. Absent: nothing does. */
  surfaces?: string[];
  draws?: DrawDefinition[];
  /** Who invites whom for what. Absent: there are no invites. */
  invites?: InviteDefinition[];
  /** Nothing that it grants can be redeemed, and everything says so. Absent: it is live. */
  rehearsal?: true;
  /** Who is let in first. Absent: everybody. */
  grey?: GreyDefinition;
  /** More may be given out than the budget holds. Absent: never. */
  overissue?: OverissueDefinition;
  /** Bears payments that no reward could cover. Absent: every one is a loss. */
  contingency?: ContingencyDefinition;
}

/** A share of users is let in; the others hear so. A revision may only raise it, or end it. */
export interface GreyDefinition {
  /** Above 0, to 1. */
  share: number;
  /** 16 bytes in hex; neither that of the assignment nor one of an audience. */
  salt: string;
  /** From then on everybody is let in. Absent: only a revision lets more in. */
  untilMs?: number;
}

export interface ContingencyDefinition {
  /** What the company's books call it. */
  line: string;
  /** Beside the budget. */
  limitMinor: number;
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

/** A user's code, which others accept: each acceptance rewards both sides or neither. */
export interface InviteDefinition {
  id: string;
  /** Ordinals into offers: what each side gets. */
  inviterOffer: number;
  invitedOffer: number;
  /** Codes are made and accepted from fromMs until toMs (exclusive). */
  fromMs: number;
  toMs: number;
  /** A code is open that long; null: until toMs. */
  openMs: number | null;
  /** Acceptances that one code takes. */
  uses: number;
  /** `new`: only users without any grant so far can accept. */
  accepts: "new" | "anyone";
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
  /** Ordinal into waves; of what belongs to none (`waveOfOffer`) it means nothing. */
  wave: number;
  reward: RewardDefinition;
  expiry: ExpiryDefinition;
  /** From the grant on, before which it cannot be redeemed. Absent: at once. */
  maturesMs?: number;
  /** Ordinal into audiences: only its members are eligible. Null: everybody. */
  audience: number | null;
  /** A condition in CEL that must hold for the claim. The core never reads it. Absent: none. */
  eligible?: string;
  /** `invite`: only acceptances of invites grant it. Absent: claims do. */
  by?: "invite";
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
  /** Whoever brings so many users within a calendar day earns an entry. Absent: nobody. */
  earn?: EarnDefinition;
  /** `invite`: entries are only earned. Absent: users can ask for one. */
  by?: "invite";
}

/** At most one entry a user and day: with the acceptance that makes the number full. */
export interface EarnDefinition {
  invites: number;
  per: "day";
}

export type RewardDefinition =
  | { kind: "fixed"; amountMinor: number }
  | { kind: "table"; entries: TableEntry[] }
  | PotReward
  | CompensationReward;

/** Exactly totalMinor in so many packets, each from minMinor to maxMinor, by luck. */
export interface PotReward {
  kind: "pot";
  totalMinor: number;
  packets: number;
  minMinor: number;
  maxMinor: number;
}

/** Made good for somebody who lost something: the operator names users, nobody can claim it. */
export interface CompensationReward {
  kind: "compensation";
  /** What a line of a list gets that names no amount, and the most that one may name. */
  amountMinor: number;
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
    case "compensation":
      return 1;
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
    case "compensation":
      return reward.maxMinor;
  }
}

/** What ids of grants begin with in a rehearsal, so that nobody takes one for money. */
export const REHEARSAL_MARK = "rehearsal-";

/** The cap that says how many packets of a pot are out; its 1 comes back with the packet. */
export function potCapId(offer: string): string {
  return `pot:${offer}`;
}

/** The cap that holds the money of a campaign's compensation. */
export const COMPENSATION_CAP = "compensation-budget";

/** Whether an amount of it is drawn. */
export function isLucky({ kind }: RewardDefinition): boolean {
  return kind === "table" || kind === "pot";
}

export type ExpiryDefinition = { kind: "at"; atMs: number } | { kind: "after"; afterMs: number };

export interface CapDefinition {
  id: string;
  /**
   * `campaign`, `wave`, `offer`, `user`, `wave:<id>`, `offer:<id>`, an attribute's name, or
   * `inviter:<id>`: whoever invites, for acceptances of that invite alone.
   */
  dimension: string;
  counts: "money" | "grants";
  per: "total" | "day" | "hour" | "minute";
  /** Minor units, or a number of grants. */
  limit: number;
  on: "claim" | "redemption";
  refund: boolean;
  missing: "refuse" | "shared" | "skip";
  /**
   * Whoever claims beyond it, the user or what came as the attribute, is blocked for so long.
   * Absent: nobody is.
   */
  blockMs?: number;
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
