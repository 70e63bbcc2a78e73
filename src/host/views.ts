// What readers see of the state: a campaign's books, a grant, a user's grants. Screens use the
// definitions that the core enforces, never figures of their own.
import { assert } from "../base/assert.ts";
import { roundAtMs } from "../base/drand.ts";
import type {
  AwaitedRound,
  CampaignBooks,
  CampaignSummary,
  Phase,
} from "../contract/schema/campaign.ts";
import type { GrantState, GrantView } from "../contract/schema/grant.ts";
import type { CapView } from "../contract/schema/limit-books.ts";
import type { OpenOffer } from "../contract/schema/offers.ts";
import type { LastRevision, ProposalView } from "../contract/schema/revision-books.ts";
import type { SuspicionBooks } from "../contract/schema/suspicion-books.ts";
import type { Cap } from "../core/caps/caps.ts";
import {
  type CampaignDefinition,
  greatestOf,
  leastOf,
  type RewardDefinition,
} from "../core/definition.ts";
import { FOR_CAMPAIGN } from "../core/luck/beacon.ts";
import { boundMinor } from "../core/money/exposure.ts";
import type { CampaignState } from "../core/state.ts";
import { GRANT } from "../core/state-words.ts";
import { inviteBooks } from "./invites/invite-answers.ts";
import { isUsedUp } from "./room.ts";
import { heldNow } from "./suspicion/held-now.ts";
import type { CampaignNames } from "./writer/request.ts";

export function campaignSummary(campaign: CampaignState, atMs: number): CampaignSummary {
  const { books, definition } = campaign;
  const { budgetMinor, spentMinor, reservedMinor, settlingMinor } = books;
  return {
    campaign: definition.id,
    title: definition.title,
    phase: phaseAt(campaign, atMs),
    version: campaign.version,
    currency: definition.currency,
    decimals: definition.decimals,
    startsAtMs: definition.startsAtMs,
    timeZone: definition.timeZone,
    endsAtMs: definition.endsAtMs,
    closesAtMs: definition.closesAtMs,
    budgetMinor,
    spentMinor,
    reservedMinor,
    settlingMinor,
    freeMinor: Math.max(0, budgetMinor - spentMinor - reservedMinor - settlingMinor),
    ...markOf(definition),
  };
}

/** What a rehearsal gives out or shows says that it is one. */
function markOf({ rehearsal }: CampaignDefinition): { rehearsal?: true } {
  return rehearsal === undefined ? {} : { rehearsal };
}

/** The phase that callers meet: what the operator set and what the calendar says. */
function phaseAt(campaign: CampaignState, atMs: number): Phase {
  const { phase, definition } = campaign;
  if (phase === "closed") return "closed";
  if (phase === "ended" || atMs >= definition.endsAtMs) return "settling";
  if (phase === "paused") return "paused";
  return atMs < definition.startsAtMs ? "scheduled" : "open";
}

export function campaignBooks(campaign: CampaignState, atMs: number): CampaignBooks {
  const { counts, definition } = campaign;
  return {
    ...campaignSummary(campaign, atMs),
    returnedMinor: campaign.books.returnedMinor,
    setAsideMinor: campaign.setAsideMinor,
    ...overissueView(campaign),
    counts: {
      grants: counts.granted,
      redemptions: counts.redeemed,
      reversals: counts.reversed,
      cancellations: counts.cancelled,
      expiries: counts.expired,
      withheld: counts.withheld,
      users: counts.assigned,
    },
    suspicion: suspicionBooks(campaign, atMs),
    contingency: contingencyBooks(campaign),
    waves: definition.waves.map((wave, i) => {
      const cap = campaign.caps.find(({ id }) => id === `wave-budget:${wave.id}`);
      const usedMinor = cap === undefined ? null : usedNow(campaign, cap, atMs);
      const { id, fromMs, toMs, budgetMinor } = wave;
      return { wave: id, fromMs, toMs, budgetMinor, usedMinor, isUsedUp: isUsedUp(campaign, i) };
    }),
    caps: campaign.caps.map((cap) => capView(campaign, cap, atMs)),
    ...revisionView(campaign),
    ...greyView(definition),
    ...awaitedView(campaign),
    ...inviteBooks(campaign),
  };
}

function greyView({ grey }: CampaignDefinition): Pick<CampaignBooks, "grey"> {
  if (grey === undefined) return {};
  const { salt: _, ...told } = grey;
  return { grey: told };
}

function overissueView(campaign: CampaignState): Pick<CampaignBooks, "overissue"> {
  const { books, ceilingMinor, definition } = campaign;
  if (definition.overissue === undefined) return {};
  const beyond = boundMinor(campaign) - books.budgetMinor;
  const grantableMinor = Math.max(0, campaign.grantableMinor);
  const beyondMinor = Math.max(0, beyond);
  return {
    overissue: { factor: definition.overissue.factor, ceilingMinor, beyondMinor, grantableMinor },
  };
}

function revisionView(
  campaign: CampaignState,
): Pick<CampaignBooks, "fourEyes" | "lastRevision" | "proposal"> {
  const proposal = proposalView(campaign);
  return {
    ...(campaign.definition.fourEyes === true ? { fourEyes: true } : {}),
    ...lastRevisionView(campaign),
    ...(proposal === null ? {} : { proposal }),
  };
}

export function proposalView({ proposal }: CampaignState): ProposalView | null {
  if (proposal === null) return null;
  const { version, digest, by, why } = proposal;
  return { version, digest, by, why };
}

export function lastRevisionView({ lastRevision }: CampaignState): { lastRevision?: LastRevision } {
  if (lastRevision === null) return {};
  const { digest: _, ...told } = lastRevision;
  return { lastRevision: told };
}

function awaitedView(campaign: CampaignState): Pick<CampaignBooks, "awaits"> {
  const awaits = awaitedRounds(campaign);
  return awaits.length === 0 ? {} : { awaits };
}

/** A closed campaign takes no values any more. */
export function awaitedRounds({ rounds, phase, definition }: CampaignState): AwaitedRound[] {
  const { beacon, draws = [] } = definition;
  const waiting = rounds.filter(({ randomness }) => randomness === null);
  if (beacon === undefined || waiting.length === 0 || phase === "closed") return [];
  return [...new Set(waiting.map(({ round }) => round))].map((round): AwaitedRound => {
    const purposes = waiting.filter((one) => one.round === round).map(({ purpose }) => purpose);
    return {
      ...{ round, dueAtMs: roundAtMs(beacon.chain, round) },
      for: purposes.map((purpose) =>
        purpose === FOR_CAMPAIGN ? "campaign" : `draw:${draws[purpose - 1]!.id}`,
      ),
    };
  });
}

function suspicionBooks(campaign: CampaignState, atMs: number): SuspicionBooks {
  const { suspicion, blocks } = campaign;
  const { books, counts } = suspicion;
  const { held: holds, released: releases, clawedBack: clawBacks } = counts;
  const { listed, byCap, lifted } = blocks.counts;
  const counted = { blocks: listed, blocksByCap: byCap, unblocks: lifted };
  return { holds, releases, clawBacks, ...heldNow(campaign, atMs), ...books, ...counted };
}

function contingencyBooks({ definition, books }: CampaignState): CampaignBooks["contingency"] {
  const { line = null, limitMinor = 0 } = definition.contingency ?? {};
  return { line, limitMinor, usedMinor: books.contingencyMinor, lossMinor: books.lossMinor };
}

function usedNow(campaign: CampaignState, cap: Cap, atMs: number): number {
  return cap.used(0, campaign.calendar.windowAt(cap.per, atMs));
}

export function capView(campaign: CampaignState, cap: Cap, atMs: number): CapView {
  const { id, dimension, counts, per, on, limit } = cap.definition;
  const view: CapView = { cap: id, dimension, counts, per, on, limit };
  if (cap.pace !== null) view.released = cap.pace.releasedMinor(atMs);
  return cap.dimension === "single" ? { ...view, used: usedNow(campaign, cap, atMs) } : view;
}

const STATE_NAMES: readonly GrantState[] = [
  "reserved",
  "redeemed",
  "cancelled",
  "expired",
  "held",
  "clawed_back",
];

/** The state of a grant as callers meet it: one whose time is over is expired, swept or not. */
export function grantStateAt(campaign: CampaignState, grant: number, atMs: number): GrantState {
  const stored = campaign.grantState.get(grant);
  const stands = stored === GRANT.live || stored === GRANT.held;
  const over = stands && atMs >= campaign.expiresAtMs(grant);
  return STATE_NAMES[over ? GRANT.expired : stored]!;
}

export function grantView(
  campaign: CampaignState,
  names: CampaignNames,
  grant: number,
  atMs: number,
): GrantView {
  const state = grantStateAt(campaign, grant, atMs);
  return {
    grant: names.grantIds.encode(grant),
    offer: campaign.definition.offers[campaign.grantOffer(grant)]!.id,
    state,
    currency: campaign.definition.currency,
    amountMinor: campaign.grantAmount.get(grant),
    spentMinor: campaign.grantSpent.get(grant),
    restMinor: state === "expired" ? 0 : campaign.restMinor(grant),
    grantedAtMs: campaign.grantedAtMs(grant),
    expiresAtMs: campaign.expiresAtMs(grant),
    ...(state === "clawed_back" ? { owedMinor: campaign.suspicion.grantOwed.get(grant) } : {}),
    ...markOf(campaign.definition),
  };
}

/** The user's grants, newest first, at most `most`, beginning behind `after` (-1: the newest). */
export function grantsOfUser(
  campaign: CampaignState,
  user: number,
  after: number,
  most: number,
): { grants: number[]; more: boolean } {
  const grants: number[] = [];
  const first = after >= 0 ? campaign.grantPrevious.get(after) : campaign.userLastGrant.get(user);
  let next = first;
  while (next > 0 && grants.length < most) {
    grants.push(next - 1);
    next = campaign.grantPrevious.get(next - 1);
  }
  return { grants, more: next > 0 };
}

/** Compensation is open to nobody. */
function kindOf({ kind }: RewardDefinition): OpenOffer["kind"] {
  assert(kind !== "compensation", "compensation is no open offer");
  return kind;
}

export function openOffer(campaign: CampaignState, offer: number): OpenOffer {
  const { definition } = campaign;
  const { id, title, wave, reward, expiry } = definition.offers[offer]!;
  const view: OpenOffer = {
    offer: id,
    title,
    wave: definition.waves[wave]!.id,
    kind: kindOf(reward),
    currency: definition.currency,
    minAmountMinor: leastOf(reward),
    maxAmountMinor: greatestOf(reward),
    ...markOf(definition),
  };
  if (expiry.kind === "at") view.expiresAtMs = Math.min(expiry.atMs, definition.closesAtMs);
  else view.expiresAfterMs = expiry.afterMs;
  return view;
}
