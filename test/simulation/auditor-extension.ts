// What the auditor says to an expiry that is moved further away for one grant, and to the sweep of
// such grants.
import type { AuditorBooks } from "./auditor-books.ts";
import type { Decided } from "./auditor-claims.ts";
import { expireGrant, refusalOf } from "./auditor-grants.ts";
import { type Asked, endOf, keptByGrace, unheldEndOf } from "./auditor-suspicion.ts";

/** @param expiresAtMs the end that is asked for @param isPreview nothing may change */
export function auditExtend(
  { books, grant, ordinal, about, atMs, refuse, done }: Asked,
  expiresAtMs: number,
  isPreview: boolean,
): Decided {
  const refusal = refusalOf(books, grant, atMs);
  if (refusal !== null && refusal !== "held") return refuse(refusal);
  const { closesAtMs } = books.definition;
  const beforeMs = unheldEndOf(grant, closesAtMs);
  if (expiresAtMs > closesAtMs) {
    return refuse("after_close", { expiresAtMs: beforeMs, latestMs: closesAtMs });
  }
  if (expiresAtMs <= beforeMs || expiresAtMs <= atMs) {
    return refuse("not_later", { expiresAtMs: beforeMs });
  }
  const told = { expiresAtMs, beforeMs };
  if (isPreview) return refuse("extended", told);
  books.write("extended", atMs, { ...about, fromMs: beforeMs, untilMs: expiresAtMs });
  grant.extendedMs = expiresAtMs;
  grant.expiresAtMs = endOf(grant, closesAtMs);
  books.extended.push({ grant: ordinal, untilMs: expiresAtMs });
  return done("extended", told);
}

/** How many extensions are over by an instant. */
function overBy({ extended }: AuditorBooks, atMs: number): number {
  return extended.filter(({ untilMs }) => untilMs <= atMs).length;
}

export function extensionsAreDue(books: AuditorBooks, atMs: number): boolean {
  return overBy(books, atMs) > books.extendedCursor;
}

/** In the order of the ends that extensions gave. */
export function auditExtensionSweep(books: AuditorBooks, atMs: number): void {
  const { closesAtMs } = books.definition;
  const cursor = overBy(books, atMs);
  if (cursor === books.extendedCursor) return;
  const over = [...books.extended].sort((a, b) => a.untilMs - b.untilMs);
  for (const { grant: ordinal, untilMs } of over.slice(books.extendedCursor, cursor)) {
    const grant = books.grants[ordinal]!;
    const isLast = grant.extendedMs === untilMs;
    const isKept = keptByGrace(grant, closesAtMs) && Math.min(grant.untilMs, closesAtMs) < untilMs;
    if (grant.state === "live" && isLast && isKept) expireGrant(books, ordinal, atMs);
  }
  books.extendedCursor = cursor;
  books.write("swept", atMs, { queue: "extended", cursor });
}
