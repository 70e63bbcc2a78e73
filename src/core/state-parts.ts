// A campaign's state taken apart for snapshots: columns by name, and what is left as plain JSON. A
// column that is not listed here is lost at a restart; tests compare a restored state with a
// replayed one, column by column.

import type { Phase } from "./campaign-keys.ts";
import type { StatedBatch } from "./compensation/compensation-batch.ts";
import type { CampaignDefinition } from "./definition.ts";
import type { DrawScalars } from "./draws/draw.ts";
import type { ExpiryClass } from "./grants/expiry-queue.ts";
import type { ImportedList } from "./imported-list.ts";
import type { InviteScalars } from "./invites/invites.ts";
import type { PromisedRound } from "./luck/beacon.ts";
import type { DrawnTable } from "./luck/drawn-tables.ts";
import type { PotScalars } from "./luck/pot.ts";
import type { Books, Counts, Settling } from "./money/books.ts";
import { lateColumns } from "./money/late-books.ts";
import type { PaceScalars } from "./pacing/pace.ts";
import type { LastRevision, OpenProposal } from "./revision/revision-record.ts";
import type { CampaignState } from "./state.ts";
import { type BlockCounts, blockColumns } from "./suspicion/blocks.ts";
import { type ExtensionScalars, extensionColumns } from "./suspicion/extensions.ts";
import {
  restoreSuspicion,
  type SuspicionScalars,
  suspicionColumns,
  suspicionScalars,
} from "./suspicion/suspicion.ts";
import type { Column, WideColumn } from "./tables/columns.ts";
import type { KeyTable } from "./tables/key-table.ts";

/** What a snapshot keeps of a campaign beside its columns. */
export interface CampaignScalars {
  phase: Phase;
  books: Books;
  counts: Counts;
  settling: Settling;
  grantCount: number;
  redemptionCount: number;
  /** As revised. */
  definition: CampaignDefinition;
  capCounts: number[];
  proposal: OpenProposal | null;
  rejected: string | null;
  lastRevision: LastRevision | null;
  queues: { length: number; classes: ExpiryClass[] }[];
  suspicion: SuspicionScalars;
  extensions: ExtensionScalars;
  blocks: BlockCounts;
  coverCount: number;
  rounds: PromisedRound[];
  drawn: DrawnTable[][];
  lists: (ImportedList | null)[];
  compensations: StatedBatch[];
  keyCounts: number[];
  caps: { window: number; highest: number; chunkWindows: (number | null)[]; pace?: PaceScalars }[];
  pots: (PotScalars | null)[];
  lots: DrawScalars[];
  invites: InviteScalars | null;
}

/** Every column of a campaign, each under a name that stays the same. */
export function columnsOf(campaign: CampaignState): [name: string, column: Column][] {
  const columns: [string, Column][] = [
    ["id-use", campaign.idUse],
    ["id-target", campaign.idTarget],
    ["id-print-a", campaign.idPrintA],
    ["id-print-b", campaign.idPrintB],
    ["user-arm", campaign.userArm],
    ["user-audience", campaign.userAudience],
    ["user-flags", campaign.userFlags],
    ["user-last-grant", campaign.userLastGrant],
    ["grant-user", campaign.grantUser],
    ["grant-previous", campaign.grantPrevious],
    ["grant-offer-low", campaign.grantOfferLow],
    ["grant-offer-high", campaign.grantOfferHigh],
    ["grant-state", campaign.grantState],
    ...wide("grant-amount", campaign.grantAmount),
    ...wide("grant-spent", campaign.grantSpent),
    ...wide("grant-returned", campaign.grantReturned),
    ...wide("grant-at", campaign.grantAt),
    ["grant-version", campaign.grantVersion],
    ...lateColumns(campaign.late),
    ["grant-packet", campaign.grantPacket],
    ["redemption-grant", campaign.redemptionGrant],
    ...wide("redemption-amount", campaign.redemptionAmount),
    ...wide("redemption-rest", campaign.redemptionRest),
    ...wide("redemption-at", campaign.redemptionAt),
    ["redemption-reversed", campaign.redemptionReversed],
    ["redemption-version", campaign.redemptionVersion],
    ...suspicionColumns(campaign.suspicion),
    ...extensionColumns(campaign.extensions),
    ...blockColumns(campaign.blocks),
    ...campaign.exposureTimes.columns(),
  ];
  keyTables(campaign).forEach((table, i) => {
    columns.push([`keys-${i}`, table.keys]);
  });
  campaign.queues.forEach(({ grants }, i) => {
    columns.push([`class-grants-${i}`, grants]);
  });
  campaign.draws.forEach((column, i) => {
    columns.push([`draws-${i}`, column]);
  });
  campaign.grantAttribute.forEach((column, i) => {
    if (column !== null) columns.push([`grant-attribute-${i}`, column]);
  });
  campaign.redemptionAttribute.forEach((column, i) => {
    if (column !== null) columns.push([`redemption-attribute-${i}`, column]);
  });
  campaign.pots.forEach((pot, i) => {
    if (pot === null) return;
    columns.push([`pot-${i}-back`, pot.backGrants], [`pot-${i}-waiting`, pot.waitingGrants]);
    columns.push(...wide(`pot-${i}-free-at`, pot.waitingFreeAtMs));
  });
  campaign.lots.forEach((draw, i) => {
    columns.push([`draw-${i}-user`, draw.entryUser], [`draw-${i}-moved`, draw.moved]);
    columns.push([`draw-${i}-entries`, draw.userEntries], [`draw-${i}-wins`, draw.userWins]);
    columns.push([`draw-${i}-grants`, draw.winnerGrant]);
  });
  columns.push(...(campaign.invites?.columns() ?? []));
  campaign.caps.forEach((cap, i) => {
    columns.push(...wide(`cap-${i}`, cap.parts().columns));
  });
  return columns;
}

function wide(name: string, column: WideColumn): [string, Column][] {
  return [
    [`${name}-low`, column.low],
    [`${name}-high`, column.high],
  ];
}

function keyTables(campaign: CampaignState): KeyTable[] {
  const blocked = campaign.blocks.of.map(({ keys }) => keys);
  return [campaign.ids, campaign.users, ...campaign.attributes, ...blocked];
}

export function scalarsOf(campaign: CampaignState): CampaignScalars {
  const { phase, books, counts, settling, grantCount, redemptionCount } = campaign;
  return {
    phase,
    books: { ...books },
    counts: { ...counts },
    settling: structuredClone(settling),
    grantCount,
    redemptionCount,
    definition: campaign.definition,
    capCounts: [...campaign.capCounts],
    proposal: campaign.proposal,
    rejected: campaign.rejected,
    lastRevision: campaign.lastRevision,
    queues: campaign.queues.map(({ length, classes }) => ({
      length,
      classes: structuredClone(classes),
    })),
    suspicion: suspicionScalars(campaign.suspicion),
    extensions: campaign.extensions.scalars(),
    blocks: { ...campaign.blocks.counts },
    coverCount: campaign.late.coverCount,
    rounds: structuredClone(campaign.rounds),
    drawn: structuredClone(campaign.drawn),
    lists: structuredClone(campaign.lists),
    compensations: structuredClone(campaign.compensations),
    keyCounts: keyTables(campaign).map((table) => table.count),
    caps: campaign.caps.map((cap) => ({
      window: cap.window,
      highest: cap.highest,
      chunkWindows: Array.from(cap.parts().chunkWindows, (window) => window ?? null),
      ...(cap.pace === null ? {} : { pace: structuredClone(cap.pace.now) }),
    })),
    pots: campaign.pots.map((pot) => pot?.scalars() ?? null),
    lots: campaign.lots.map((draw) => draw.scalars()),
    invites: campaign.invites?.scalars() ?? null,
  };
}

/**
 * Puts the scalars back into a campaign made of their definition, and rebuilds the key tables'
 * indexes; the columns must be restored.
 */
export function restoreScalars(campaign: CampaignState, scalars: CampaignScalars): void {
  campaign.phase = scalars.phase;
  Object.assign(campaign.books, scalars.books);
  Object.assign(campaign.counts, scalars.counts);
  Object.assign(campaign.settling, scalars.settling);
  campaign.grantCount = scalars.grantCount;
  campaign.redemptionCount = scalars.redemptionCount;
  campaign.capCounts = [...scalars.capCounts];
  campaign.proposal = scalars.proposal;
  campaign.rejected = scalars.rejected;
  campaign.lastRevision = scalars.lastRevision;
  if (scalars.invites !== null) Object.assign(campaign.invites!, scalars.invites);
  scalars.queues.forEach(({ length, classes }, offer) => {
    campaign.queues[offer]!.length = length;
    campaign.queues[offer]!.classes = structuredClone(classes);
  });
  restoreSuspicion(campaign.suspicion, scalars.suspicion);
  campaign.extensions.restore(scalars.extensions);
  Object.assign(campaign.blocks.counts, scalars.blocks);
  campaign.late.coverCount = scalars.coverCount;
  campaign.rounds.splice(0, campaign.rounds.length, ...structuredClone(scalars.rounds));
  campaign.drawn.splice(0, campaign.drawn.length, ...structuredClone(scalars.drawn));
  campaign.lists = structuredClone(scalars.lists);
  campaign.compensations = structuredClone(scalars.compensations);
  keyTables(campaign).forEach((table, i) => {
    table.rebuild(scalars.keyCounts[i]!);
  });
  campaign.caps.forEach((cap, i) => {
    const kept = scalars.caps[i]!;
    cap.window = kept.window;
    cap.highest = kept.highest;
    if (cap.pace !== null && kept.pace !== undefined) cap.pace.now = structuredClone(kept.pace);
    const { chunkWindows } = cap.parts();
    kept.chunkWindows.forEach((window, chunk) => {
      if (window !== null) chunkWindows[chunk] = window;
    });
  });
  scalars.pots.forEach((kept, offer) => {
    if (kept !== null) campaign.pots[offer]!.restore(kept);
  });
  scalars.lots.forEach((kept, draw) => {
    Object.assign(campaign.lots[draw]!, kept);
  });
}
