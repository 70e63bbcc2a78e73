// What the auditor says to suspicion: holds, releases, claw-backs, money that comes in, and what
// the sweep does to released grants and to those that are held to the end.
import type { Expected, SuspectAsk } from "./asks.ts";
import type { AuditedGrant, AuditorBooks } from "./auditor-books.ts";
import { type Decided, plain } from "./auditor-claims.ts";
import { auditCover, auditUncover } from "./auditor-cover.ts";
import { auditExtend, auditExtensionSweep } from "./auditor-extension.ts";
import {
  expireGrant,
  type OrdinalOf,
  refusalOf,
  replayOf,
  stateOfGrant,
} from "./auditor-grants.ts";
import { isWholePacket, returnPacket } from "./auditor-pots.ts";

const DAY = 86_400_000;

/** Grants in the order in which they were held, or released. */
export interface SuspectEntry {
  grant: number;
  untilMs: number;
}

export interface AuditedSuspicion {
  holds: number;
  releases: number;
  clawBacks: number;
  clawedBackMinor: number;
  receivableMinor: number;
  receivedMinor: number;
}

export function noSuspicion(): AuditedSuspicion {
  const counts = { holds: 0, releases: 0, clawBacks: 0 };
  return { ...counts, clawedBackMinor: 0, receivableMinor: 0, receivedMinor: 0 };
}

/** When a grant is over: held ones with the campaign. */
export function endOf(grant: AuditedGrant, closesAtMs: number): number {
  return grant.state === "held" ? closesAtMs : unheldEndOf(grant, closesAtMs);
}

/** Not before the grace of a release, nor before the end that an extension gave. */
export function unheldEndOf(grant: AuditedGrant, closesAtMs: number): number {
  return Math.min(Math.max(grant.dueAtMs, grant.untilMs, grant.extendedMs), closesAtMs);
}

/** Whether its grace or its extension keeps a grant, rather than the rule of its class. */
export function keptByGrace(grant: AuditedGrant, closesAtMs: number): boolean {
  return unheldEndOf(grant, closesAtMs) > Math.min(grant.dueAtMs, closesAtMs);
}

export function auditSuspect(
  books: AuditorBooks,
  ask: SuspectAsk,
  ordinalOf: OrdinalOf,
  atMs: number,
): Decided {
  const { id, why, evidence = null, amountMinor = 0, paidAtMs = 0, merchant = null } = ask.body;
  const { cover = "", separate = false, expiresAtMs = paidAtMs, preview } = ask.body;
  const ordinal = ordinalOf(ask.grant);
  const content = JSON.stringify([
    ordinal,
    why,
    evidence,
    amountMinor,
    expiresAtMs,
    merchant,
    cover,
  ]);
  const naming = { grant: ask.grant, ...(preview === true ? { preview } : {}) };
  const bound = books.ids.get(id);
  const grant = books.grants[ordinal];
  if (bound !== undefined) {
    const replay = replayOf(bound, ask.step, content, atMs, naming);
    // Told as it is now.
    const isRelease = replay.answer.status === "released";
    if (isRelease) replay.answer.expiresAtMs = grant!.expiresAtMs;
    return replay;
  }
  const state = stateOfGrant(grant, atMs);
  const refuse = (status: string, more: object = {}): Decided => {
    return { answer: { ...plain(status, atMs), ...naming, ...more }, state };
  };
  if (grant === undefined) return refuse("unknown_grant");
  const note = { by: "a test", why, evidence };
  const about = { grant: ordinal, id: books.names.id(id), ...note };
  const done = (status: string, more: object = {}): Decided => {
    const answer: Expected = { status, ...more };
    books.ids.set(id, { op: ask.step, content, answer, target: ordinal });
    return refuse(status, more);
  };
  const asked = { books, grant, ordinal, about, atMs, refuse, done };
  switch (ask.step) {
    case "hold":
      return hold(asked);
    case "release":
      return release(asked);
    case "extend":
      return auditExtend(asked, expiresAtMs, preview === true);
    case "clawback":
      return clawBack(asked);
    case "repay":
      return repay(asked, amountMinor);
    case "cover":
      return auditCover(asked, { id, amountMinor, paidAtMs, merchant, separate });
    case "uncover":
      return auditUncover(asked, cover);
  }
}

export interface Asked {
  books: AuditorBooks;
  grant: AuditedGrant;
  ordinal: number;
  /** What every event of suspicion says. */
  about: object;
  atMs: number;
  refuse: (status: string, more?: object) => Decided;
  done: (status: string, more?: object) => Decided;
}

function hold({ books, grant, ordinal, about, atMs, refuse, done }: Asked): Decided {
  const refusal = refusalOf(books, grant, atMs);
  if (refusal !== null) return refuse(refusal);
  books.write("held", atMs, { ...about, restMinor: books.restMinor(grant) });
  grant.state = "held";
  grant.expiresAtMs = books.definition.closesAtMs;
  books.held.push({ grant: ordinal, untilMs: 0 });
  books.suspicion.holds += 1;
  return done("hold_placed");
}

function release({ books, grant, ordinal, about, atMs, refuse, done }: Asked): Decided {
  const { closesAtMs, releaseGraceMs = DAY } = books.definition;
  if (books.phase === "closed") return refuse("campaign_closed");
  if (grant.state !== "held") return refuse("not_held");
  if (atMs >= closesAtMs) return refuse("expired");
  const untilMs = atMs + releaseGraceMs;
  books.write("released", atMs, { ...about, untilMs });
  grant.state = "live";
  grant.untilMs = untilMs;
  grant.expiresAtMs = endOf(grant, closesAtMs);
  books.released.push({ grant: ordinal, untilMs });
  books.suspicion.releases += 1;
  return done("released", { expiresAtMs: grant.expiresAtMs });
}

function clawBack({ books, grant, ordinal, about, atMs, refuse, done }: Asked): Decided {
  const { state, spentMinor } = grant;
  if (state === "clawed_back") return refuse("already_clawed_back");
  const over = (state === "live" || state === "held") && atMs >= grant.expiresAtMs;
  if (spentMinor === 0 && state === "cancelled") return refuse("already_cancelled");
  if (spentMinor === 0 && (over || state === "expired")) return refuse("expired");
  if (over) expireGrant(books, ordinal, atMs);
  const keeps = grant.state === "live" || grant.state === "held";
  const returnedMinor = keeps ? books.restMinor(grant) : 0;
  const counts = books.countsReturn(grant);
  const cells = keeps ? books.giveBack(grant.charges, counts, returnedMinor, atMs) : [];
  const sums = { returnedMinor, owedMinor: spentMinor };
  books.write("clawed_back", atMs, { ...about, ...sums, cells: books.shown(cells) });
  if (keeps) books.paces.giveBack(grant.offer, returnedMinor, 0);
  grant.state = "clawed_back";
  grant.owedMinor = spentMinor;
  grant.expiresAtMs = endOf(grant, books.definition.closesAtMs);
  books.reservedMinor -= returnedMinor;
  books.suspicion.clawBacks += 1;
  books.suspicion.clawedBackMinor += returnedMinor;
  books.suspicion.receivableMinor += spentMinor;
  if (keeps && isWholePacket(books, ordinal)) returnPacket(books, ordinal, false, atMs);
  return done("clawed_back", { currency: books.definition.currency, ...sums });
}

function repay({ books, grant, about, atMs, refuse, done }: Asked, amountMinor: number): Decided {
  const { currency } = books.definition;
  if (grant.owedMinor === 0) return refuse("nothing_owed");
  if (amountMinor > grant.owedMinor) {
    return refuse("more_than_owed", { currency, owedMinor: grant.owedMinor });
  }
  grant.owedMinor -= amountMinor;
  books.write("receivable_settled", atMs, { ...about, amountMinor, owedMinor: grant.owedMinor });
  books.suspicion.receivableMinor -= amountMinor;
  books.suspicion.receivedMinor += amountMinor;
  return done("received", { currency, receivedMinor: amountMinor, owedMinor: grant.owedMinor });
}

/** What a merchant gives back of a grant that was clawed back is no longer owing. */
export function forgive(books: AuditorBooks, grant: AuditedGrant, amountMinor: number): void {
  const lessMinor = Math.min(amountMinor, grant.owedMinor);
  grant.owedMinor -= lessMinor;
  books.suspicion.receivableMinor -= lessMinor;
}

export function suspectsAreDue(books: AuditorBooks, atMs: number): boolean {
  const { closesAtMs } = books.definition;
  const next = books.released[books.releasedCursor];
  const isHeld = books.heldCursor < books.held.length && atMs >= closesAtMs;
  return isHeld || (next !== undefined && atMs >= Math.min(next.untilMs, closesAtMs));
}

/** Released grants in the order of release; at the close whatever is held. */
export function auditSuspectSweep(books: AuditorBooks, atMs: number): void {
  const { closesAtMs } = books.definition;
  let cursor = books.releasedCursor;
  for (const { grant: ordinal, untilMs } of books.released.slice(cursor)) {
    if (atMs < Math.min(untilMs, closesAtMs)) break;
    cursor += 1;
    const grant = books.grants[ordinal]!;
    if (isReleasedAgain(books, cursor, ordinal)) continue;
    // What ended with its class was expired by that, unless it was held just then.
    if (grant.state !== "live" || atMs < unheldEndOf(grant, closesAtMs)) continue;
    if (grant.extendedMs > Math.min(untilMs, closesAtMs)) continue;
    expireGrant(books, ordinal, atMs);
  }
  if (cursor > books.releasedCursor) books.write("swept", atMs, { queue: "released", cursor });
  books.releasedCursor = cursor;
  auditExtensionSweep(books, atMs);
  if (atMs < closesAtMs || books.heldCursor === books.held.length) return;
  for (const { grant } of books.held.slice(books.heldCursor)) {
    if (books.grants[grant]!.state === "held") expireGrant(books, grant, atMs);
  }
  books.heldCursor = books.held.length;
  books.write("swept", atMs, { queue: "held", cursor: books.heldCursor });
}

function isReleasedAgain(books: AuditorBooks, from: number, ordinal: number): boolean {
  return books.released.slice(from).some(({ grant }) => grant === ordinal);
}
