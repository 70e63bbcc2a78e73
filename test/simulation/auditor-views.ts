// What the auditor says of phases, and what readers must see.
import type { PhaseChange } from "./asks.ts";
import { awaitedShown } from "./auditor-beacon.ts";
import type { AuditorBooks } from "./auditor-books.ts";
import { type Decided, plain } from "./auditor-claims.ts";
import { drawsAreUnfinished } from "./auditor-draws.ts";
import { auditInviteBooks } from "./auditor-invites.ts";
import { ceilingOf } from "./auditor-overissue.ts";
import { lastShown, proposalTold } from "./auditor-revision.ts";
import { heldShown, isSpent } from "./auditor-room.ts";

export function auditPhase(books: AuditorBooks, change: PhaseChange, atMs: number): Decided {
  const state = books.phase;
  const campaign = { campaign: books.definition.id };
  const answer = (status: string, more: object = {}): Decided => {
    return { answer: { ...plain(status, atMs), ...campaign, ...more }, state };
  };
  if (state === "closed") return answer(change === "close" ? "ok" : "campaign_closed");
  const { definition } = books;
  switch (change) {
    case "pause":
    case "resume": {
      if (state === "ended") return answer("ended");
      const wanted = change === "pause" ? "paused" : "open";
      if (state !== wanted) books.write(change === "pause" ? "paused" : "resumed", atMs);
      books.phase = wanted;
      return answer("ok");
    }
    case "end":
      if (state !== "ended") books.write("ended", atMs);
      books.phase = "ended";
      return answer("ok");
    case "close": {
      const over = state === "ended" || atMs >= definition.endsAtMs;
      const isBusy = books.reservedMinor > 0 || books.settlingMinor > 0;
      if (!over || isBusy || drawsAreUnfinished(books, atMs)) {
        const retryAtMs = definition.closesAtMs + definition.settlingLagMs;
        return answer("settling_unfinished", { retryAtMs });
      }
      books.write("closed", atMs, { seed: books.names.seed });
      books.phase = "closed";
      return answer("ok");
    }
  }
}

/** One grant as its owner may see it. */
export function viewOfGrant(
  books: AuditorBooks,
  ordinal: number,
  id: string,
  atMs: number,
): Record<string, unknown> {
  const grant = books.grants[ordinal]!;
  const live = grant.state === "live";
  const over = (live || grant.state === "held") && atMs >= grant.expiresAtMs;
  return {
    grant: id,
    offer: books.definition.offers[grant.offer]!.id,
    state: over ? "expired" : live ? "reserved" : grant.state,
    currency: books.definition.currency,
    amountMinor: grant.amountMinor,
    spentMinor: grant.spentMinor,
    restMinor: live && !over ? books.restMinor(grant) : 0,
    grantedAtMs: grant.atMs,
    expiresAtMs: grant.expiresAtMs,
    ...(grant.state === "clawed_back" ? { owedMinor: grant.owedMinor } : {}),
    ...books.marks,
  };
}

/** The books of a campaign as a viewer reads them. */
export function auditShow(books: AuditorBooks, atMs: number): Record<string, unknown> {
  const { definition, counts, spentMinor, reservedMinor, settlingMinor, returnedMinor } = books;
  const used = (cap: number): number => {
    return books.used({ cap, row: 0, window: books.windowOf(definition.caps[cap]!.per, atMs) });
  };
  return {
    campaign: definition.id,
    title: definition.title,
    phase: phaseShown(books, atMs),
    version: books.versions - 1,
    currency: definition.currency,
    decimals: definition.decimals,
    timeZone: definition.timeZone,
    startsAtMs: definition.startsAtMs,
    endsAtMs: definition.endsAtMs,
    closesAtMs: definition.closesAtMs,
    budgetMinor: definition.budgetMinor,
    spentMinor,
    reservedMinor,
    settlingMinor,
    freeMinor: Math.max(0, definition.budgetMinor - spentMinor - reservedMinor - settlingMinor),
    ...books.marks,
    returnedMinor,
    setAsideMinor: books.setAsideMinor + books.owedMinor,
    ...overissueShown(books),
    counts: { grants: books.grants.length, ...counts, users: books.users.size },
    suspicion: { ...books.suspicion, ...heldShown(books, atMs), ...books.blocks.counts },
    contingency: {
      ...{ line: definition.contingency?.line ?? null },
      ...{ limitMinor: definition.contingency?.limitMinor ?? 0 },
      ...{ usedMinor: books.borne.contingencyMinor, lossMinor: books.borne.lossMinor },
    },
    waves: definition.waves.map(({ id, fromMs, toMs, budgetMinor }, wave) => {
      const cap = definition.caps.findIndex((one) => one.id === `wave-budget:${id}`);
      const usedMinor = cap < 0 ? null : used(cap);
      const isUsedUp = isSpent(books, wave);
      return { wave: id, fromMs, toMs, budgetMinor, usedMinor, isUsedUp };
    }),
    ...(definition.fourEyes === true ? { fourEyes: true } : {}),
    ...lastShown(books),
    ...proposalShown(books),
    ...greyShown(books),
    ...awaitedShown(books),
    caps: definition.caps.map(({ id, dimension, counts, per, on, limit }, cap) => {
      const single = dimension === "campaign" || /^(wave|offer):/.test(dimension);
      const letOut = books.paces.releasedOf(cap, atMs);
      const shown = { cap: id, dimension, counts, per, on, limit, ...letOut };
      return single ? { ...shown, used: used(cap) } : shown;
    }),
    ...(definition.invites === undefined ? {} : { invites: auditInviteBooks(books) }),
  };
}

function greyShown({ definition: { grey } }: AuditorBooks): object {
  if (grey === undefined) return {};
  const { share, untilMs } = grey;
  return { grey: { share, ...(untilMs === undefined ? {} : { untilMs }) } };
}

function overissueShown(books: AuditorBooks): object {
  const { definition, outMinor } = books;
  if (definition.overissue === undefined) return {};
  const ceilingMinor = ceilingOf(definition);
  const { factor } = definition.overissue;
  const beyondMinor = Math.max(0, outMinor - definition.budgetMinor);
  const grantableMinor = Math.max(0, books.grantableMinor);
  return { overissue: { factor, ceilingMinor, beyondMinor, grantableMinor } };
}

function proposalShown({ proposal }: AuditorBooks): object {
  return proposal === null ? {} : { proposal: proposalTold(proposal) };
}

function phaseShown({ phase, definition }: AuditorBooks, atMs: number): string {
  if (phase === "closed") return "closed";
  if (phase === "ended" || atMs >= definition.endsAtMs) return "settling";
  if (phase === "paused") return "paused";
  return atMs < definition.startsAtMs ? "scheduled" : "open";
}
