// apply(state, event): adds what an event says to the state. It never refuses and knows no rule;
// live operation and replay run the same code.
import { assert } from "../base/assert.ts";
import { applyAssigned, applyExposed, applyImportedExposure } from "./assignment/apply-exposure.ts";
import type { CampaignKeys } from "./campaign-keys.ts";
import type { CompensationBatch } from "./compensation/compensation-batch.ts";
import { listedOf } from "./decide-list.ts";
import { applyDrawClosed, applyEntered, applyPlace } from "./draws/apply-draw.ts";
import { EVENT_KINDS, HEAD, readWide, SETTLED, SWEPT } from "./event.ts";
import {
  applyCancelled,
  applyExpired,
  applyGranted,
  applyPacketReturned,
  applyRedeemed,
  applyReversed,
  applyWithheld,
} from "./grants/apply-grant.ts";
import { applyAccepted, applyInvited } from "./invites/apply-invite.ts";
import { jsonOf } from "./json-event.ts";
import type { LedgerState } from "./ledger-state.ts";
import { FOR_CAMPAIGN, takeBeacon } from "./luck/beacon.ts";
import { workingKey } from "./luck/luck.ts";
import { applyCover } from "./money/cover.ts";
import { assertTotals } from "./money/totals.ts";
import { type Opening, openingOf } from "./opening.ts";
import { applyCurveRevised } from "./pacing/pace-event.ts";
import {
  type OpenProposal,
  openProposal,
  type Proposal,
  type Revision,
} from "./revision/revision-record.ts";
import { CampaignState } from "./state.ts";
import { applySuspect, applySweptSuspects } from "./suspicion/apply-suspicion.ts";
import { applyBlocked, applyUnblocked } from "./suspicion/block-event.ts";

/** Raised when the same events add up to another state; other versions' snapshots are ignored. */
export const APPLY_VERSION = 13;

/** Gives the keys of a campaign when its opening event is applied. */
export type KeysOf = (campaign: number, opening: Opening) => CampaignKeys;

const NO_KEYS: KeysOf = () => ({ luck: null, seed: null });

/**
 * Applies every event in words[from .. to - 1].
 * @param recordAtMs the instant of the record that holds them
 */
export function applyEvents(
  state: LedgerState,
  words: Uint32Array,
  from: number,
  to: number,
  recordAtMs: number,
  keysOf: KeysOf = NO_KEYS,
): void {
  let at = from;
  while (at < to) {
    const size = words[at + HEAD.kind]! >>> 16;
    assert(size >= 2 && at + size <= to, "an event's length does not fit its record");
    applyEvent(state, words, at, recordAtMs, keysOf);
    at += size;
  }
}

function applyEvent(
  state: LedgerState,
  words: Uint32Array,
  at: number,
  recordAtMs: number,
  keysOf: KeysOf,
): void {
  const kind = words[at]! & 0xff;
  const ordinal = words[at + HEAD.time]! >>> 16;
  const atMs = recordAtMs + (words[at + HEAD.time]! & 0xffff);
  if (kind === EVENT_KINDS.opened) {
    const opening = openingOf(words, at);
    const { definition } = opening;
    assert(ordinal === state.campaigns.length, `campaign ${ordinal} opened out of order`);
    const keys = keysOf(ordinal, opening);
    const opened = new CampaignState(ordinal, definition, keys, state.hashBits);
    state.campaigns.push(opened);
    state.byId.set(definition.id, opened);
    return;
  }
  const campaign = state.campaigns[ordinal];
  assert(campaign !== undefined, "an event of a campaign that was never opened");
  applyToCampaign(campaign, kind, words, at, atMs);
}

function applyToCampaign(
  campaign: CampaignState,
  kind: number,
  words: Uint32Array,
  at: number,
  atMs: number,
): void {
  switch (kind) {
    case EVENT_KINDS.granted:
      applyGranted(campaign, words, at, atMs);
      return;
    case EVENT_KINDS.assigned:
      applyAssigned(campaign, words, at, atMs);
      return;
    case EVENT_KINDS.exposed:
      applyExposed(campaign, words, at, atMs);
      return;
    case EVENT_KINDS.withheld:
      applyWithheld(campaign, words, at, atMs);
      return;
    case EVENT_KINDS.redeemed:
      applyRedeemed(campaign, words, at, atMs);
      return;
    case EVENT_KINDS.cancelled:
      applyCancelled(campaign, words, at);
      return;
    case EVENT_KINDS.expired:
      applyExpired(campaign, words, at);
      return;
    case EVENT_KINDS.reversed:
      applyReversed(campaign, words, at);
      return;
    case EVENT_KINDS.draw_entered:
      applyEntered(campaign, words, at);
      return;
    case EVENT_KINDS.draw_closed:
      applyDrawClosed(campaign, words, at);
      return;
    case EVENT_KINDS.draw_won:
    case EVENT_KINDS.draw_void:
      applyPlace(campaign, words, at, kind === EVENT_KINDS.draw_won);
      return;
    case EVENT_KINDS.packet_returned:
      applyPacketReturned(campaign, words, at);
      return;
    case EVENT_KINDS.swept:
      applySwept(campaign, words, at);
      return;
    case EVENT_KINDS.held:
    case EVENT_KINDS.released:
    case EVENT_KINDS.extended:
    case EVENT_KINDS.clawed_back:
    case EVENT_KINDS.receivable_settled:
      applySuspect(campaign, kind, words, at);
      return;
    case EVENT_KINDS.settled:
      applySettled(campaign, words, at);
      return;
    case EVENT_KINDS.totals:
      assertTotals(campaign, words, at);
      return;
    default: {
      const rare = RARE[kind];
      assert(rare !== undefined, `event kind ${kind} is unknown to this version; a newer wrote it`);
      rare(campaign, words, at, atMs);
    }
  }
}

type Apply = (campaign: CampaignState, words: Uint32Array, at: number, atMs: number) => void;

/** Events about a campaign as a whole, or that are rarer than grants, by kind. */
const RARE: Readonly<Record<number, Apply>> = {
  [EVENT_KINDS.curve_revised]: applyCurveRevised,
  [EVENT_KINDS.exposure_imported]: applyImportedExposure,
  [EVENT_KINDS.contingency]: applyCover,
  [EVENT_KINDS.loss]: applyCover,
  [EVENT_KINDS.invited]: applyInvited,
  [EVENT_KINDS.accepted]: applyAccepted,
  [EVENT_KINDS.blocked]: applyBlocked,
  [EVENT_KINDS.unblocked]: applyUnblocked,
  [EVENT_KINDS.paused]: (campaign) => {
    campaign.phase = "paused";
  },
  [EVENT_KINDS.resumed]: (campaign) => {
    campaign.phase = "open";
  },
  [EVENT_KINDS.ended]: (campaign) => {
    campaign.phase = "ended";
  },
  [EVENT_KINDS.closed]: (campaign) => {
    campaign.phase = "closed";
  },
  [EVENT_KINDS.revised]: (campaign, words, at, atMs) => {
    const { definition, classes, by, why, approvedBy } = jsonOf<Revision>(words, at);
    const agreed = approvedBy === undefined ? {} : { approvedBy, ...digestOf(campaign.proposal) };
    campaign.lastRevision = { atMs, by, why, ...agreed };
    campaign.revise(definition, classes);
  },
  [EVENT_KINDS.proposed]: (campaign, words, at) => {
    campaign.proposal = openProposal(jsonOf<Proposal>(words, at));
  },
  [EVENT_KINDS.rejected]: (campaign) => {
    campaign.rejected = campaign.proposal?.digest ?? null;
    campaign.proposal = null;
  },
  [EVENT_KINDS.compensated]: (campaign, words, at) => {
    campaign.compensations.push({ ...jsonOf<CompensationBatch>(words, at), grants: 0 });
  },
  [EVENT_KINDS.beacon]: applyBeacon,
  [EVENT_KINDS.listed]: (campaign, words, at) => {
    const { list, users, sha256 } = listedOf(words, at);
    campaign.lists[list] = { users, sha256 };
  },
};

function digestOf(proposal: OpenProposal | null): { digest?: string } {
  return proposal === null ? {} : { digest: proposal.digest };
}

function applySwept(campaign: CampaignState, words: Uint32Array, at: number): void {
  const flags = (words[at]! >>> 8) & 0xff;
  if (flags !== 0) return applySweptSuspects(campaign, flags, words[at + SWEPT.cursor]!);
  const packed = words[at + SWEPT.offer]!;
  const swept = campaign.queues[packed & 0xffff]!.classes[packed >>> 16]!;
  swept.cursor = words[at + SWEPT.cursor]!;
}

/** While events are read again the seed is not there yet: the host mixes it in afterwards. */
function applyBeacon(campaign: CampaignState, words: Uint32Array, at: number): void {
  takeBeacon(campaign.rounds, words, at);
  const { keys } = campaign;
  const randomness = campaign.randomnessFor(FOR_CAMPAIGN);
  if (keys.seed !== null && randomness !== null) keys.luck = workingKey(keys.seed, randomness);
}

/** Entries of the settling queue that are done are dropped once so many have gathered. */
const SETTLED_KEPT = 1024;

function applySettled(campaign: CampaignState, words: Uint32Array, at: number): void {
  const { settling, books } = campaign;
  const amountMinor = readWide(words, at + SETTLED.amount);
  books.settlingMinor -= amountMinor;
  books.lapsedMinor += amountMinor;
  settling.head += words[at + SETTLED.entries]!;
  if (settling.head < SETTLED_KEPT) return;
  settling.freeAtMs.splice(0, settling.head);
  settling.amountMinor.splice(0, settling.head);
  settling.head = 0;
}
