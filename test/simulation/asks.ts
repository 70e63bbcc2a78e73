// What the workload may ask of an engine, one line each, and what a verdict on a line looks like.

import type { BeaconInput } from "../../src/contract/schema/beacon.ts";
import type { CancelInput } from "../../src/contract/schema/cancel.ts";
import type { ClaimInput } from "../../src/contract/schema/claim.ts";
import type { CompensationInput } from "../../src/contract/schema/compensation.ts";
import type { EnterInput } from "../../src/contract/schema/draw.ts";
import type { AcceptInput, InviteInput } from "../../src/contract/schema/invite.ts";
import type { RedeemInput } from "../../src/contract/schema/redeem.ts";
import type { ReverseInput } from "../../src/contract/schema/reverse.ts";
import type { CampaignDefinition } from "../../src/core/definition.ts";

export type PhaseChange = "pause" | "resume" | "end" | "close";

export type Ask =
  | { op: "claim"; campaign: string; input: ClaimInput }
  | { op: "redeem"; campaign: string; input: RedeemInput }
  | { op: "cancel"; campaign: string; input: CancelInput }
  | { op: "reverse"; campaign: string; input: ReverseInput }
  | { op: "invite.create"; campaign: string; input: InviteInput }
  | { op: "invite.accept"; campaign: string; input: AcceptInput }
  | { op: "invite.show"; campaign: string; user: string }
  | { op: "offers"; campaign: string; user: string; variant?: string }
  | { op: "assign"; campaign: string; audience: string; users: string[]; variant?: string }
  | { op: "phase"; campaign: string; change: PhaseChange }
  | ReviseAsk
  | CompensateAsk
  | { op: "see"; campaign: string; surface: string; lines: SeenLine[] }
  | { op: "list"; campaign: string; list: string; users: string[] }
  | ApproveAsk
  | { op: "reject"; campaign: string; version: number; digest: string; by: string; why: string }
  | { op: "beacon"; campaign: string; value: BeaconInput }
  | SuspectAsk
  | BlockAsk
  | { op: "enter"; campaign: string; draw: string; entry: EnterInput }
  | { op: "draw.show"; campaign: string; draw: string }
  | { op: "sweep"; campaign: string }
  | { op: "grant.show"; campaign: string; grant: string }
  | { op: "user.grants"; campaign: string; user: string }
  | { op: "campaign.show"; campaign: string };

/** What a surface reports of one user. */
export interface SeenLine {
  user: string;
  seenAtMs: number;
}

/** A part of a list of users who are to be made good. */
export interface CompensateAsk extends CompensationInput {
  op: "compensate";
  campaign: string;
  by: string;
  preview: boolean;
}

/** The whole definition as it should be from now on. */
export interface ReviseAsk {
  op: "revise";
  campaign: string;
  version: number;
  definition: CampaignDefinition;
  moveExpiry: string[];
  by: string;
  why: string;
  preview: boolean;
}

/** Consent to a proposal; without a digest to whichever waits. */
export interface ApproveAsk {
  op: "approve";
  campaign: string;
  version: number;
  digest: string | null;
  by: string;
  preview: boolean;
}

/** What is done to a grant under suspicion. */
export interface SuspectAsk {
  op: "suspect";
  step: "hold" | "release" | "extend" | "clawback" | "repay" | "cover" | "uncover";
  campaign: string;
  grant: string;
  body: {
    id: string;
    why: string;
    evidence?: string;
    amountMinor?: number;
    paidAtMs?: number;
    merchant?: string;
    cover?: string;
    separate?: true;
    expiresAtMs?: number;
    preview?: true;
  };
}

/** Users, or values of an attribute, blocked or unblocked. */
export interface BlockAsk {
  op: "block";
  step: "add" | "remove";
  campaign: string;
  body: { by: string; values: string[]; why: string; untilMs?: number; forMs?: number };
}

export type MoneyAsk = Extract<Ask, { input: unknown }>;

/** An answer without the fields that only the host knows (sequence, durable). */
export type Expected = Record<string, unknown> & { status: string };

/** An event as core/event-view.ts shows it. */
export type ExpectedEvent = Record<string, unknown> & { type: string };

/** Either the answer, or the code of the error that keeps the line from being decided. */
export interface Verdict {
  answer: Expected | null;
  error: string | null;
  /** The cell of the coverage table that this decision visits. */
  cell: string;
}

export function isMoney(ask: Ask): ask is MoneyAsk {
  return "input" in ask;
}

/** Redemptions go first, reads last; the order that the host documents. */
export function laneOf(ask: Ask): 0 | 1 | 2 {
  switch (ask.op) {
    case "revise":
    case "approve":
      return ask.preview ? 2 : 0;
    case "compensate":
      return ask.preview ? 2 : 1;
    case "reject":
    case "redeem":
    case "cancel":
    case "reverse":
    case "phase":
    case "beacon":
    case "suspect":
    case "block":
      return 0;
    case "claim":
    case "invite.create":
    case "invite.accept":
    case "offers":
    case "assign":
    case "list":
    case "see":
    case "enter":
    case "sweep":
      return 1;
    default:
      return 2;
  }
}
