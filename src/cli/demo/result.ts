// All that the demo found out, as one object: the screen, the page and --json say nothing else.
import type { CampaignBooks } from "../../contract/index.ts";
import type { PlanStudy } from "../../plan/study/plan-study.ts";
import type { Verdict } from "../../prove/index.ts";
import type { AssistantVisit } from "./assistant.ts";
import type { Comparison } from "./compare-answers.ts";
import type { MoneyPoint } from "./ledger-reading.ts";
import type { Deed } from "./manager.ts";
import type { PlanPlayed } from "./plan-played.ts";
import type { ReceiptFacts } from "./receipt-step.ts";
import type { RehearsalFacts } from "./rehearsal.ts";
import type { ResellerFacts } from "./reseller-facts.ts";
import type { SettlementFacts } from "./settlement-facts.ts";
import type { DemoValue } from "./value-step.ts";

export interface DemoResult {
  readonly title: string;
  readonly seed: number;
  readonly tookMs: number;
  readonly folder: string;
  readonly files: readonly NamedFile[];
  readonly plan: PlanStudy;
  readonly run: RunFacts;
  readonly serve: AssistantVisit;
  readonly proof: ProofFacts;
  readonly played: PlanPlayed;
  readonly value: DemoValue;
}

export interface NamedFile {
  readonly name: string;
  readonly holds: string;
}

export interface RunFacts {
  readonly people: number;
  readonly bots: number;
  readonly requests: number;
  readonly tookMs: number;
  /** First tries, by people and by machines. */
  readonly claims: number;
  readonly granted: number;
  readonly grantedMinor: number;
  readonly heldOut: number;
  /** First tries refused, by the cap that refused; largest first. */
  readonly refused: readonly { readonly cap: string; readonly claims: number }[];
  readonly botsGranted: number;
  /** First tries refused since the user or his device was blocked. */
  readonly blocked: number;
  readonly replays: { readonly claims: number; readonly redemptions: number };
  readonly stale: number;
  /** Repetitions of a refused claim that then succeeded, since money had come back. */
  readonly secondChances: number;
  /** When each wave's budget was first promised in full. */
  readonly dry: readonly { readonly wave: string; readonly atMs: number }[];
  readonly rehearsal: RehearsalFacts;
  readonly kill: KillFacts;
  /** What the people who run the campaign did meanwhile, in order. */
  readonly deeds: readonly Deed[];
  readonly resellers: ResellerFacts;
  readonly invites: { readonly accepted: number; readonly heldOut: number };
  readonly expired: { readonly grants: number; readonly minor: number };
  /** After the close. */
  readonly books: CampaignBooks;
  readonly mostHeldMinor: number;
  readonly money: readonly MoneyPoint[];
  /** Daily users, from the day before the campaign on. */
  readonly dailyUsers: readonly number[];
}

export interface KillFacts {
  /** In campaign time. */
  readonly atMs: number;
  readonly underWay: number;
  readonly downMs: number;
}

export interface ProofFacts {
  readonly comparison: Comparison;
  readonly verify: VerifyFacts;
  readonly settlement: SettlementFacts;
  /** Null when the assistant's user got nothing. */
  readonly receipt: ReceiptFacts | null;
  readonly verdict: Verdict;
  readonly keptWith: number;
  readonly keptWithout: number;
  /** Net of reversals. */
  readonly spentMinor: number;
}

export interface VerifyFacts {
  readonly ok: boolean;
  readonly records: number;
  readonly events: number;
  /** Kinds of checks that were made at least once, and how often in all. */
  readonly kinds: number;
  readonly checks: number;
  readonly draws: number;
  /** Checkpoints that sign these records. */
  readonly checkpoints: number;
  /** Spent with merchants of the campaign, by verify's own books. */
  readonly merchantsMinor: number;
  readonly problems: number;
  readonly tookMs: number;
}
