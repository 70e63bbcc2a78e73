// What the auditor says to lists of users who are to be made good.
import { createHash } from "node:crypto";
import type { CompensateAsk, Expected } from "./asks.ts";
import { isBlockedNow } from "./auditor-blocks.ts";
import type { AuditorBooks } from "./auditor-books.ts";
import { type Decided, plain } from "./auditor-claims.ts";
import { dueAt } from "./auditor-revision.ts";

/** Neither held nor clawed back. */
const NOT_HELD = { untilMs: 0, extendedMs: 0, owedMinor: 0 } as const;

type Line = CompensateAsk["lines"][number];

/** How the host's ids of grants are read and written. */
interface Names {
  encode(ordinal: number): string;
  decode(id: string): number;
}

export function auditCompensate(
  books: AuditorBooks,
  ask: CompensateAsk,
  names: Names,
  atMs: number,
): Decided {
  const { campaign, batch, by, why, total: lines, sha256, preview } = ask;
  const answer = (status: string, more: object = {}): Decided => {
    const told = { ...plain(status, atMs), campaign, batch, ...more } as Expected;
    return { answer: told, state: books.phase };
  };
  const offer = owedOffer(books);
  if (offer < 0) return answer("no_compensation");
  if (books.phase === "closed") return answer("campaign_closed");
  const content = JSON.stringify([lines, sha256, why]);
  const known = books.batches.get(batch);
  if (known !== undefined && known !== content) return answer("id_conflict");
  const replayed = known !== undefined;
  if (!replayed && !preview) {
    books.batches.set(batch, content);
    books.write("compensated", atMs, { batch, by, why, lines, sha256 });
  }
  const results = ask.lines.map((line) => {
    const hasMinor = books.grants.reduce((sum, grant) => {
      return grant.user === line.user && grant.offer === offer ? sum + grant.amountMinor : sum;
    }, 0);
    return { ...judgeLine(books, ask, line, offer, names, atMs), hasMinor };
  });
  const { currency } = books.definition;
  const told = { currency, leftMinor: books.owedMinor, results };
  return answer("ok", { replayed, ...(preview ? { preview } : {}), ...told });
}

export function owedOffer({ definition }: AuditorBooks): number {
  return definition.offers.findIndex(({ reward }) => reward.kind === "compensation");
}

function judgeLine(
  books: AuditorBooks,
  { batch, total, preview }: CompensateAsk,
  line: Line,
  offer: number,
  names: Names,
  atMs: number,
): { status: string; replayed: boolean } {
  const refused = (status: string) => ({ status, replayed: false });
  const { definition } = books;
  const { reward, expiry } = definition.offers[offer]!;
  if (reward.kind !== "compensation") throw new RangeError("expected compensation");
  const lost = line.grant === undefined ? -1 : names.decode(line.grant);
  if (line.grant !== undefined && lost < 0) return refused("unknown_grant");
  const amountMinor = line.amountMinor ?? reward.amountMinor;
  const which = line.grant === undefined ? ["user", batch, line.user] : ["grant", line.grant];
  const text = `hongbao/compensation/1\n${which.join("\n")}`;
  const id = createHash("sha256").update(text).digest("hex");
  const content = JSON.stringify([line.user, lost, amountMinor, batch]);
  const bound = books.ids.get(id);
  if (bound !== undefined) {
    if (bound.content !== content) return refused("already_compensated");
    const { expiresAtMs } = books.grants[bound.target]!;
    const grant = names.encode(bound.target);
    return { ...{ status: "granted", replayed: true }, ...{ grant, amountMinor, expiresAtMs } };
  }
  if (books.madeIn(batch) >= total) return refused("id_conflict");
  const dueAtMs = dueAt(expiry, atMs, Number.POSITIVE_INFINITY);
  const expiresAtMs = Math.min(dueAtMs, definition.closesAtMs);
  if (atMs < definition.startsAtMs) return refused("not_open");
  if (atMs >= expiresAtMs) return refused("ended");
  if (amountMinor > reward.maxMinor) return refused("amount_too_large");
  if (isBlockedNow(books, line.user, {}, atMs)) return refused("blocked");
  const had = books.grants.filter((grant) => grant.user === line.user && grant.offer !== offer);
  if (lost >= 0 && books.grants[lost]?.user !== line.user) return refused("unknown_grant");
  const isLoser = lost < 0 ? had.length > 0 : books.grants[lost]!.offer !== offer;
  if (!isLoser) return refused("not_eligible");
  const user = books.users.get(line.user)!;
  const caps = books.capsOf(offer, "claim");
  const found = books.chargesOf(offer, caps, user.ordinal, {}, amountMinor, atMs);
  if (!("charges" in found)) return refused("cap_reached");
  if (amountMinor > books.grantableMinor + books.owedMinor) return refused("budget_exhausted");
  if (preview) return { ...refused("granted"), ...{ amountMinor, expiresAtMs } };
  const grant = books.grants.length;
  books.write("granted", atMs, {
    ...{ grant, id: books.names.id(id), user: books.names.user(line.user) },
    ...{ offer: definition.offers[offer]!.id, wave: null },
    ...{ arm: books.armName(user.arm), amountMinor, ref: batch, exposes: false },
    ...{ attributes: {}, cells: books.shown(found.charges), draw: 0 },
    ...{ lostGrant: lost < 0 ? null : lost },
  });
  books.madeGood.set(batch, books.madeIn(batch) + 1);
  books.charge(found.charges, amountMinor);
  books.reservedMinor += amountMinor;
  books.classes[offer]!.push(grant);
  const rest = {
    spentMinor: 0,
    returnedMinor: 0,
    state: "live",
    atMs,
    dueAtMs,
    ...NOT_HELD,
  } as const;
  books.grants.push({
    ...{ user: line.user, offer, arm: user.arm, amountMinor, ...rest, expiresAtMs },
    charges: found.charges,
  });
  books.ids.set(id, { op: "compensate", content, answer: { status: "granted" }, target: grant });
  return { ...refused("granted"), ...{ grant: names.encode(grant), amountMinor, expiresAtMs } };
}
