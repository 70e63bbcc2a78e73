// What of a campaign needs somebody, from its books alone: nothing here looks at grants.
import type { Attention, NearLimit } from "../../contract/schema/attention.ts";
import type { CampaignSummary, ListedCampaign } from "../../contract/schema/campaign.ts";
import type { RunOut } from "../../contract/schema/outlook.ts";
import type { Cap } from "../../core/caps/caps.ts";
import { isClosable } from "../../core/decide-campaign.ts";
import type { LedgerState } from "../../core/ledger-state.ts";
import type { CampaignState } from "../../core/state.ts";
import { isAllUsedUp } from "../room.ts";
import { heldNow } from "../suspicion/held-now.ts";
import { awaitedRounds, campaignSummary, capView, proposalView } from "../views.ts";
import { runOutsOf } from "./run-outs.ts";

/** Less of the budget than this is left: dry. */
const DRY_SHARE = 0.05;
/** So much of a limit is used: nearly reached. */
const NEAR_SHARE = 0.9;
/** Money that lasts for all but this share of the campaign lasts. */
const EARLY_SHARE = 0.02;

/** All campaigns with what needs somebody. */
export function listCampaigns(ledger: LedgerState, atMs: number): ListedCampaign[] {
  const runOuts = runOutsOf(ledger);
  runOuts.renew(ledger.campaigns, atMs);
  return ledger.campaigns.map((campaign) => {
    const summary = campaignSummary(campaign, atMs);
    return { ...summary, attention: attentionOf(campaign, summary, runOuts.of(campaign), atMs) };
  });
}

/** The most urgent first, in the order of the kinds. */
export function attentionOf(
  campaign: CampaignState,
  { phase }: CampaignSummary,
  runOut: RunOut | null,
  atMs: number,
): Attention[] {
  return [
    ...(phase === "paused" ? [{ kind: "paused" } as const] : []),
    ...roundsAwaited(campaign, atMs),
    ...(phase === "open" ? moneyShort(campaign, runOut, atMs) : []),
    ...(phase === "open" || phase === "paused" ? limitsNear(campaign, atMs) : []),
    ...proposed(campaign),
    ...held(campaign, atMs),
    ...owed(campaign),
    ...(isClosable(campaign, atMs) ? [{ kind: "closable" } as const] : []),
  ];
}

function roundsAwaited(campaign: CampaignState, atMs: number): Attention[] {
  return awaitedRounds(campaign).map((awaited) => {
    return { kind: "round", ...awaited, isOverdue: awaited.dueAtMs <= atMs };
  });
}

/** What is left to give, packets of pots included; else when it will be gone. */
function moneyShort(campaign: CampaignState, runOut: RunOut | null, atMs: number): Attention[] {
  const { books, definition, setAsideMinor } = campaign;
  const leftMinor = Math.max(0, campaign.grantableMinor) + setAsideMinor;
  const isUsedUp = isAllUsedUp(campaign, atMs);
  if (isUsedUp || leftMinor < books.budgetMinor * DRY_SHARE) {
    return [{ kind: "dry", leftMinor, isUsedUp }];
  }
  const goneAtMs = runOut?.atMs ?? null;
  const { startsAtMs, endsAtMs } = definition;
  const isEarly = goneAtMs !== null && endsAtMs - goneAtMs > (endsAtMs - startsAtMs) * EARLY_SHARE;
  // One that was drawn before says nothing of now.
  if (!isEarly || goneAtMs < atMs) return [];
  return [{ kind: "runs_out", atMs: goneAtMs, toMs: runOut!.toMs }];
}

/** Of limits that hold now and longer than an hour, in one cell: the one nearest to its end. */
function limitsNear(campaign: CampaignState, atMs: number): Attention[] {
  const near: NearLimit[] = [];
  for (const cap of campaign.caps) {
    // Money that a curve lets out has the wave's own limit beside it.
    if (cap.dimension !== "single" || cap.pace !== null || !holdsNow(campaign, cap, atMs)) continue;
    const { counts, limit, used = 0 } = capView(campaign, cap, atMs);
    if (limit > 0 && used >= limit * NEAR_SHARE) near.push({ cap: cap.id, counts, used, limit });
  }
  const [nearest, ...others] = near.sort((a, b) => b.used / b.limit - a.used / a.limit);
  return nearest === undefined ? [] : [{ kind: "limit", ...nearest, more: others.length }];
}

/** Not of a wave that is over or has not begun. */
function holdsNow({ definition }: CampaignState, { definition: cap }: Cap, atMs: number): boolean {
  const { dimension, per } = cap;
  if (per === "hour" || per === "minute") return false;
  const [kind, id] = dimension.split(/:(.*)/s) as [string, string?];
  const offer = kind === "offer" ? definition.offers.find((one) => one.id === id) : undefined;
  const wave =
    offer !== undefined
      ? definition.waves[offer.wave]
      : definition.waves.find((one) => kind === "wave" && one.id === id);
  return wave === undefined || (wave.fromMs <= atMs && atMs < wave.toMs);
}

function proposed(campaign: CampaignState): Attention[] {
  const proposal = proposalView(campaign);
  if (proposal === null) return [];
  const { version, by, why } = proposal;
  return [{ kind: "proposal", version, by, why }];
}

function held(campaign: CampaignState, atMs: number): Attention[] {
  const { held: grants, heldMinor } = heldNow(campaign, atMs);
  return grants === 0 ? [] : [{ kind: "held", grants, heldMinor }];
}

function owed({ definition, books, suspicion }: CampaignState): Attention[] {
  const { limitMinor = 0 } = definition.contingency ?? {};
  const { contingencyMinor: usedMinor } = books;
  const { receivableMinor } = suspicion.books;
  const isNear = limitMinor > 0 && usedMinor >= limitMinor * NEAR_SHARE;
  return [
    ...(isNear ? [{ kind: "contingency", usedMinor, limitMinor } as const] : []),
    ...(receivableMinor > 0 ? [{ kind: "receivable", receivableMinor } as const] : []),
  ];
}
