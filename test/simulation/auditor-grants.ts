// What the auditor says to redemptions, cancellations and reversals, and what a sweep must do.
import type { Ask, Expected } from "./asks.ts";
import type { AuditedGrant, AuditorBooks, BoundId } from "./auditor-books.ts";
import { type Decided, plain } from "./auditor-claims.ts";
import { drawsAreDue, sweepDraws } from "./auditor-draws.ts";
import { extensionsAreDue } from "./auditor-extension.ts";
import { lateSourceOf, takeFromSettling } from "./auditor-late.ts";
import { leftToSpend } from "./auditor-overissue.ts";
import { isWholePacket, returnPacket, returnSettledPackets } from "./auditor-pots.ts";
import {
  auditSuspectSweep,
  endOf,
  forgive,
  keptByGrace,
  suspectsAreDue,
} from "./auditor-suspicion.ts";

type Input<Op extends string> = Extract<Ask, { op: Op; input: unknown }>["input"];

/** Grant ids are the host's; the auditor knows grants by their ordinals. */
export type OrdinalOf = (grant: string) => number;

/** A grant as the coverage table knows it. */
export function stateOfGrant(grant: AuditedGrant | undefined, atMs: number): string {
  if (grant === undefined) return "none";
  if (grant.state === "held") return atMs >= grant.expiresAtMs ? "held, over" : "held";
  if (grant.state !== "live") return grant.state;
  const spent = grant.spentMinor > 0 ? "partly spent" : "live";
  return atMs >= grant.expiresAtMs ? `${spent}, over` : spent;
}

export function replayOf(
  bound: BoundId,
  op: string,
  content: string,
  atMs: number,
  naming: object,
): Decided {
  if (bound.op !== op || bound.content !== content) {
    return { answer: { ...plain("id_conflict", atMs), ...naming }, state: `id of ${bound.op}` };
  }
  const answer = { ...bound.answer, ...naming, replayed: true, atMs } as unknown as Expected;
  return { answer, state: `id of ${op}` };
}

export function refusalOf(
  books: AuditorBooks,
  grant: AuditedGrant | undefined,
  atMs: number,
): string | null {
  if (grant === undefined) return "unknown_grant";
  if (books.phase === "closed") return "campaign_closed";
  if (grant.state === "redeemed") return "already_redeemed";
  if (grant.state === "cancelled") return "already_cancelled";
  if (grant.state === "clawed_back") return "already_clawed_back";
  if (grant.state === "held" && atMs < grant.expiresAtMs) return "held";
  return grant.state === "expired" || atMs >= grant.expiresAtMs ? "expired" : null;
}

function contentOf(
  { amountMinor, paidAtMs, attributes }: Input<"redeem">,
  ordinal: number,
): string {
  const entries = Object.entries(attributes ?? {}).sort();
  return JSON.stringify([ordinal, amountMinor ?? 0, paidAtMs ?? 0, entries]);
}

export function auditRedeem(
  books: AuditorBooks,
  input: Input<"redeem">,
  ordinalOf: OrdinalOf,
  atMs: number,
): Decided {
  const ordinal = ordinalOf(input.grant);
  const given = input.attributes ?? {};
  const { amountMinor: wanted, paidAtMs } = input;
  const content = contentOf(input, ordinal);
  const naming = { grant: input.grant };
  const bound = books.ids.get(input.id);
  if (bound !== undefined) return replayOf(bound, "redeem", content, atMs, naming);
  const grant = books.grants[ordinal];
  const state = stateOfGrant(grant, atMs);
  const refuse = (status: string, more: object = {}): Decided => {
    return { answer: { ...plain(status, atMs), ...naming, ...more }, state };
  };
  if (input.notAfterMs !== undefined && atMs > input.notAfterMs) return refuse("stale");
  const refusal = refusalOf(books, grant, atMs);
  const late = refusal === "expired" ? lateSourceOf(books, ordinal, paidAtMs, atMs) : null;
  const isRefused = refusal !== null && late === null;
  if (grant === undefined || isRefused) return refuse(refusal ?? "unknown_grant");
  const settling = late === null || late === "grant" ? null : late;
  const { currency, caps: definitions, offers } = books.definition;
  const ripeAtMs = grant.atMs + (offers[grant.offer]!.maturesMs ?? 0);
  if (atMs < ripeAtMs) return refuse("immature", { retryAtMs: ripeAtMs });
  const restMinor = settling?.amountMinor ?? books.restMinor(grant);
  const amountMinor = wanted ?? restMinor;
  if (!(amountMinor <= restMinor)) return refuse("amount_too_large", { restMinor, currency });
  const all = books.capsOf(grant.offer, "redemption");
  // Windows are those of payments as they are made.
  const caps = late === null ? all : all.filter((cap) => definitions[cap]!.per === "total");
  const user = books.users.get(grant.user)!.ordinal;
  const found = books.chargesOf(grant.offer, caps, user, given, amountMinor, atMs);
  if ("missing" in found) return refuse("missing_attribute", found);
  if ("full" in found) {
    const { full, retryAtMs } = found;
    const cap = definitions[full]!.id;
    return refuse("cap_reached", { cap, ...(retryAtMs === undefined ? {} : { retryAtMs }) });
  }
  const leftMinor = leftToSpend(books, settling ? null : grant.offer);
  if (amountMinor > leftMinor) return refuse("budget_spent", { leftMinor, currency });
  if (books.definition.rehearsal !== undefined) return refuse("rehearsal");
  const attributes = books.attributesOf(caps, given);
  const redemption = books.redemptions.length;
  const left = restMinor - amountMinor;
  books.write("redeemed", atMs, {
    ...{ grant: ordinal, redemption, id: books.names.id(input.id), amountMinor, restMinor: left },
    ...{ paidAtMs: paidAtMs ?? null, late: late === null ? null : settling ? "settling" : "grant" },
    ...{ attributes, cells: books.shown(found.charges) },
  });
  books.intern(caps, attributes, "merchant");
  books.charge(found.charges, amountMinor);
  grant.spentMinor += amountMinor;
  if (settling !== null) takeFromSettling(books, grant, settling, amountMinor);
  else {
    if (left === 0) grant.state = "redeemed";
    books.reservedMinor -= amountMinor;
  }
  books.spentMinor += amountMinor;
  books.counts.redemptions += 1;
  books.redemptions.push({
    ...{ grant: ordinal, amountMinor, restMinor: left, charges: found.charges },
    ...{ paidAtMs: paidAtMs ?? 0, reversed: false, settled: settling !== null },
  });
  const answer = { status: "redeemed", redeemedMinor: amountMinor, restMinor: left, currency };
  books.ids.set(input.id, { op: "redeem", content, answer, target: redemption });
  return refuse("redeemed", answer);
}

export function auditCancel(
  books: AuditorBooks,
  input: Input<"cancel">,
  ordinalOf: OrdinalOf,
  atMs: number,
): Decided {
  const ordinal = ordinalOf(input.grant);
  const content = String(ordinal);
  const naming = { grant: input.grant };
  const bound = books.ids.get(input.id);
  if (bound !== undefined) return replayOf(bound, "cancel", content, atMs, naming);
  const grant = books.grants[ordinal];
  const state = stateOfGrant(grant, atMs);
  const refusal = refusalOf(books, grant, atMs);
  if (grant === undefined || refusal !== null) {
    return { answer: { ...plain(refusal ?? "unknown_grant", atMs), ...naming }, state };
  }
  const amountMinor = books.restMinor(grant);
  const cells = books.giveBack(grant.charges, books.countsReturn(grant), amountMinor, atMs);
  const id = books.names.id(input.id);
  books.write("cancelled", atMs, { grant: ordinal, id, amountMinor, cells: books.shown(cells) });
  grant.state = "cancelled";
  books.reservedMinor -= amountMinor;
  books.counts.cancellations += 1;
  if (isWholePacket(books, ordinal)) returnPacket(books, ordinal, false, atMs);
  books.paces.giveBack(grant.offer, amountMinor, 0);
  const { currency } = books.definition;
  const answer = { status: "cancelled", returnedMinor: amountMinor, currency };
  books.ids.set(input.id, { op: "cancel", content, answer, target: ordinal });
  return { answer: { ...plain("cancelled", atMs), ...naming, ...answer }, state };
}

export function auditReverse(
  books: AuditorBooks,
  input: Input<"reverse">,
  idOf: (ordinal: number) => string,
  atMs: number,
): Decided {
  const naming = { redemption: input.redemption };
  const bound = books.ids.get(input.id);
  if (bound !== undefined) return replayOf(bound, "reverse", input.redemption, atMs, naming);
  const named = books.ids.get(input.redemption);
  if (named?.op !== "redeem") {
    return { answer: { ...plain("unknown_redemption", atMs), ...naming }, state: "none" };
  }
  const redemption = books.redemptions[named.target]!;
  const grant = books.grants[redemption.grant]!;
  const state = stateOfGrant(grant, atMs) + (books.phase === "closed" ? ", closed" : "");
  const about = { ...naming, grant: idOf(redemption.grant) };
  if (redemption.reversed) {
    return { answer: { ...plain("already_reversed", atMs), ...about }, state };
  }
  const { amountMinor } = redemption;
  const alive = ["live", "held", "redeemed"].includes(grant.state);
  const again = alive && atMs < grant.expiresAtMs && books.phase !== "closed";
  redemption.reversed = true;
  grant.spentMinor -= amountMinor;
  // A grant that still waits for the sweep gets its count back there, not twice.
  const waits = grant.state === "live" || grant.state === "held";
  const counts = !waits && books.countsReturn(grant);
  const own =
    again || redemption.settled ? [] : books.giveBack(grant.charges, counts, amountMinor, atMs);
  const theirs = books.giveBack(redemption.charges, true, amountMinor, atMs);
  books.write("reversed", atMs, {
    ...{ grant: redemption.grant, redemption: named.target, id: books.names.id(input.id) },
    ...{ amountMinor, redeemableAgain: again, cells: books.shown([...own, ...theirs]) },
  });
  books.spentMinor -= amountMinor;
  forgive(books, grant, amountMinor);
  if (again) {
    if (grant.state === "redeemed") grant.state = "live";
    books.reservedMinor += amountMinor;
  } else {
    grant.returnedMinor += amountMinor;
    books.returnedMinor += amountMinor;
    if (grant.state === "redeemed") grant.state = "expired";
  }
  books.counts.reversals += 1;
  const { currency } = books.definition;
  const answer = { status: "reversed", reversedMinor: amountMinor, currency };
  const kept = { ...answer, redeemableAgain: again, grant: about.grant };
  books.ids.set(input.id, { op: "reverse", content: input.redemption, answer: kept, target: -1 });
  return { answer: { ...plain("reversed", atMs), ...about, ...kept }, state };
}

/** Whether a sweep has anything to do: what the host asks before it sends one. */
export function sweepIsDue(books: AuditorBooks, atMs: number): boolean {
  if (books.phase === "closed") return false;
  if (drawsAreDue(books, atMs)) return true;
  const waiting = [books.settling[0], ...books.pots.map((pot) => pot?.waiting[0])];
  if (waiting.some((entry) => entry !== undefined && entry.freeAtMs <= atMs)) return true;
  if (books.paces.isDue(atMs)) return true;
  if (suspectsAreDue(books, atMs) || extensionsAreDue(books, atMs)) return true;
  return books.runs.some((runs, offer) =>
    runs.some(({ cursor }, run) => {
      const next = books.classes[offer]!.slice(0, runs[run + 1]?.from)[cursor];
      return next !== undefined && atMs >= ruleEnd(books, books.grants[next]!);
    }),
  );
}

/** When a grant is over by its rule alone. */
function ruleEnd({ definition }: AuditorBooks, { dueAtMs }: AuditedGrant): number {
  return Math.min(dueAtMs, definition.closesAtMs);
}

/** Its time is over: what it kept settles. */
export function expireGrant(books: AuditorBooks, ordinal: number, atMs: number): void {
  const grant = books.grants[ordinal]!;
  const freeAtMs = Math.ceil((atMs + books.definition.settlingLagMs) / 60_000) * 60_000;
  const amountMinor = books.restMinor(grant);
  const cells = books.giveBack(grant.charges, books.countsReturn(grant), amountMinor, atMs);
  books.write("expired", atMs, {
    grant: ordinal,
    amountMinor,
    freeAtMs,
    cells: books.shown(cells),
  });
  grant.state = "expired";
  grant.expiresAtMs = endOf(grant, books.definition.closesAtMs);
  books.reservedMinor -= amountMinor;
  books.settlingMinor += amountMinor;
  books.counts.expiries += 1;
  if (isWholePacket(books, ordinal)) {
    books.pots[grant.offer]!.waiting.push({ grant: ordinal, freeAtMs });
  } else books.settling.push({ grant: ordinal, freeAtMs, amountMinor });
  books.paces.giveBack(grant.offer, amountMinor, freeAtMs);
}

/** Expires whatever is over and frees what has settled before. */
export function auditSweep(books: AuditorBooks, atMs: number): Decided {
  const decided = { answer: plain("ok", atMs), state: books.phase };
  if (books.phase === "closed") return decided;
  const settled = books.settling.filter(({ freeAtMs }) => freeAtMs <= atMs);
  const { offers } = books.definition;
  if (settled.length > 0) {
    const amountMinor = settled.reduce((sum, entry) => sum + entry.amountMinor, 0);
    books.write("settled", atMs, { amountMinor });
    books.settling.splice(0, settled.length);
    books.settlingMinor -= amountMinor;
    books.lapsedMinor += amountMinor;
  }
  books.paces.sweep(atMs);
  returnSettledPackets(books, atMs);
  const all = offers.flatMap(({ id }, offer) =>
    books.runs[offer]!.map((run, i) => ({ id, offer, run, i })),
  );
  for (const { id, offer, run, i } of all) {
    const from = run.cursor;
    let cursor = from;
    for (const ordinal of books.classes[offer]!.slice(from, books.runs[offer]![i + 1]?.from)) {
      const grant = books.grants[ordinal]!;
      if (atMs < ruleEnd(books, grant)) break;
      cursor += 1;
      const waits = keptByGrace(grant, books.definition.closesAtMs);
      if (grant.state === "live" && !waits) expireGrant(books, ordinal, atMs);
    }
    if (cursor > from) books.write("swept", atMs, { offer: id, class: i, cursor });
    run.cursor = cursor;
  }
  auditSuspectSweep(books, atMs);
  sweepDraws(books, atMs);
  return decided;
}
