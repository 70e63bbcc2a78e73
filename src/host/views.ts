// What readers see of the state: a campaign's books, a grant, a user's grants. Screens use the
// definitions that the core enforces, never figures of their own.
import type {
  CampaignBooks,
  CampaignSummary,
  CapView,
  Phase,
  SuspicionBooks,
} from "../contract/schema/campaign.ts";
import type { GrantState, GrantView } from "../contract/schema/grant.ts";
import type { OpenOffer } from "../contract/schema/offers.ts";
import type { Cap } from "../core/caps.ts";
import { greatestOf, leastOf } from "../core/definition.ts";
import { type CampaignState, GRANT } from "../core/state.ts";
import type { CampaignNames } from "./request.ts";

export function campaignSummary(campaign: CampaignState, atMs: number): CampaignSummary {
  const { books, definition } = campaign;
  return {
    campaign: definition.id,
    title: definition.title,
    phase: phaseAt(campaign, atMs),
    version: campaign.version,
    currency: definition.currency,
    decimals: definition.decimals,
    startsAtMs: definition.startsAtMs,
    endsAtMs: definition.endsAtMs,
    closesAtMs: definition.closesAtMs,
    budgetMinor: books.budgetMinor,
    spentMinor: books.spentMinor,
    reservedMinor: books.reservedMinor,
    settlingMinor: books.settlingMinor,
    freeMinor: campaign.grantableMinor + books.returnedMinor + books.setAsideMinor,
  };
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
    setAsideMinor: campaign.books.setAsideMinor,
    counts: {
      grants: counts.granted,
      redemptions: counts.redeemed,
      reversals: counts.reversed,
      cancellations: counts.cancelled,
      expiries: counts.expired,
      withheld: counts.withheld,
      users: counts.assigned,
    },
    suspicion: suspicionBooks(campaign),
    waves: definition.waves.map((wave) => {
      const cap = campaign.caps.find(({ id }) => id === `wave-budget:${wave.id}`);
      const usedMinor = cap === undefined ? null : usedNow(campaign, cap, atMs);
      const { id, fromMs, toMs, budgetMinor } = wave;
      return { wave: id, fromMs, toMs, budgetMinor, usedMinor };
    }),
    caps: campaign.caps.map((cap) => capView(campaign, cap, atMs)),
    ...proposalView(campaign),
  };
}

function proposalView({ proposal }: CampaignState): Pick<CampaignBooks, "proposal"> {
  if (proposal === null) return {};
  const { version, by, why } = proposal;
  return { proposal: { version, by, why } };
}

function suspicionBooks({ suspicion }: CampaignState): SuspicionBooks {
  const { books, counts } = suspicion;
  const { held: holds, released: releases, clawedBack: clawBacks } = counts;
  return { holds, releases, clawBacks, ...books };
}

function usedNow(campaign: CampaignState, cap: Cap, atMs: number): number {
  return cap.used(0, campaign.calendar.windowAt(cap.per, atMs));
}

function capView(campaign: CampaignState, cap: Cap, atMs: number): CapView {
  const { id, dimension, counts, per, on, limit } = cap.definition;
  const view: CapView = { cap: id, dimension, counts, per, on, limit };
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

export function grantView(
  campaign: CampaignState,
  names: CampaignNames,
  grant: number,
  atMs: number,
): GrantView {
  const expiresAtMs = campaign.expiresAtMs(grant);
  const stored = campaign.grantState.get(grant);
  const stands = stored === GRANT.live || stored === GRANT.held;
  const over = stands && atMs >= expiresAtMs;
  return {
    grant: names.grantIds.encode(grant),
    offer: campaign.definition.offers[campaign.grantOffer(grant)]!.id,
    state: STATE_NAMES[over ? GRANT.expired : stored]!,
    currency: campaign.definition.currency,
    amountMinor: campaign.grantAmount.get(grant),
    spentMinor: campaign.grantSpent.get(grant),
    restMinor: over ? 0 : campaign.restMinor(grant),
    grantedAtMs: campaign.grantedAtMs(grant),
    expiresAtMs,
    ...(stored === GRANT.clawedBack ? { owedMinor: campaign.suspicion.grantOwed.get(grant) } : {}),
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

export function openOffer(campaign: CampaignState, offer: number): OpenOffer {
  const { definition } = campaign;
  const { id, title, wave, reward, expiry } = definition.offers[offer]!;
  const view: OpenOffer = {
    offer: id,
    title,
    wave: definition.waves[wave]!.id,
    kind: reward.kind,
    currency: definition.currency,
    minAmountMinor: leastOf(reward),
    maxAmountMinor: greatestOf(reward),
  };
  if (expiry.kind === "at") view.expiresAtMs = Math.min(expiry.atMs, definition.closesAtMs);
  else view.expiresAfterMs = expiry.afterMs;
  return view;
}
