// What an acceptance gives both sides, tried on the books themselves: one side is charged, then the
// other, and what was charged for a trial is taken back.
import type { InviteDefinition } from "../../src/core/definition.ts";
import type { Ask } from "./asks.ts";
import { blockBeyond } from "./auditor-blocks.ts";
import type { AuditedUser, AuditorBooks, Charge } from "./auditor-books.ts";
import { auditEarned } from "./auditor-draws.ts";
import { exposesNow } from "./auditor-exposures.ts";
import { dueAt } from "./auditor-revision.ts";

type Accept = Extract<Ask, { op: "invite.accept" }>["input"];
type Early = NonNullable<ReturnType<AuditorBooks["paces"]["early"]>>;
type Found = ReturnType<AuditorBooks["chargesOf"]> | { early: Early };

interface Side {
  name: string;
  user: AuditedUser;
  offer: number;
  caps: number[];
  given: Readonly<Record<string, string>>;
  amountMinor: number;
  draw: number;
}

/** Target: the acceptance, -1 for a withheld one, null where nothing happened. */
interface Rewarded {
  status: string;
  more: object;
  target: number | null;
}

export function rewardBoth(
  books: AuditorBooks,
  input: Accept,
  code: number,
  user: AuditedUser,
  atMs: number,
): Rewarded {
  const { invites } = books;
  const made = invites.codes[code]!;
  const { inviterOffer, invitedOffer }: InviteDefinition = books.definition.invites![made.terms]!;
  const inviter = {
    ...sideOf(books, made.user, inviterOffer, made.given, books.users.get(made.user)!),
    caps: capsOfInviter(books, made.terms),
  };
  const invited = sideOf(books, input.user, invitedOffer, input.attributes ?? {}, user);
  const id = books.names.id(input.id);
  const accepted = {
    ...{ invite: code, id, user: books.names.user(input.user) },
    inviterAmountMinor: inviter.amountMinor,
  };
  const bothMinor = inviter.amountMinor + invited.amountMinor;
  const tried = tryBoth(books, inviter, invited, atMs);
  if (user.arm === 0) {
    const would = "side" in tried ? wouldBeSo(books, tried) : null;
    const isShort = bothMinor > books.grantableMinor;
    const status = { wouldBe: isShort ? "budget_exhausted" : "granted", wouldBeCap: null };
    const gets = would === null && !isShort;
    const exposes = gets && exposesNow(user, atMs);
    if (gets && invited.draw > 0) books.draws.set(`${invited.offer} ${input.user}`, invited.draw);
    books.write("accepted", atMs, { acceptance: null, ...accepted, withheld: true });
    books.write("withheld", atMs, {
      ...claimOf(books, id, invited, input.ref),
      attributes: books.attributesOf([], invited.given),
      ...{ cells: [], exposes, ...(would ?? status) },
    });
    books.counts.withheld += 1;
    invites.withheld += 1;
    invites.reached.add(input.user);
    blockInvited(books, invited, tried, atMs);
    const [answer, more] = heldOut(books);
    return { status: answer, more, target: -1 };
  }
  blockInvited(books, invited, tried, atMs);
  if ("side" in tried) return { ...refusalIn(books, tried.found, tried.side), target: null };
  if (bothMinor > books.grantableMinor) {
    return { status: "budget_exhausted", more: {}, target: null };
  }
  const acceptance = invites.acceptances.length;
  books.write("accepted", atMs, { acceptance, ...accepted, withheld: false });
  give(books, id, inviter, tried.charges[0], undefined, atMs);
  give(books, id, invited, tried.charges[1], input.ref, atMs);
  invites.acceptances.push({ invite: code, grant: books.grants.length - 1 });
  auditEarned(books, made.user, atMs);
  made.used += 1;
  invites.broughtBy.set(`${made.terms} ${input.user}`, made.user);
  return { status: "accepted", more: {}, target: acceptance };
}

/** Only who accepts did ask. */
function blockInvited(
  books: AuditorBooks,
  { name, user: { ordinal }, given, caps, amountMinor }: Side,
  tried: ReturnType<typeof tryBoth>,
  atMs: number,
): void {
  if (!("side" in tried) || tried.side !== "invited" || !("full" in tried.found)) return;
  blockBeyond(books, { user: name, ordinal, given, caps, amountMinor }, atMs);
}

function sideOf(
  books: AuditorBooks,
  name: string,
  offer: number,
  given: Readonly<Record<string, string>>,
  user: AuditedUser,
): Side {
  const { reward } = books.definition.offers[offer]!;
  const draws = books.draws.get(`${offer} ${name}`) ?? 0;
  if (reward.kind === "pot" || reward.kind === "compensation") {
    throw new RangeError(`invites give no ${reward.kind}`);
  }
  const isFixed = reward.kind === "fixed";
  const amountMinor = isFixed
    ? reward.amountMinor
    : books.names.amount(offer, name, draws, reward.entries, books.randomness);
  const caps = books.capsOf(offer, "claim");
  return { name, user, offer, caps, given, amountMinor, draw: isFixed ? 0 : draws + 1 };
}

function tryBoth(
  books: AuditorBooks,
  inviter: Side,
  invited: Side,
  atMs: number,
): { charges: [Charge[], Charge[]] } | { side: "inviter" | "invited"; found: Found } {
  const values = new Map([...books.values].map(([name, known]) => [name, new Map(known)]));
  const first = chargesOf(books, inviter, atMs);
  if (!("charges" in first)) return { side: "inviter", found: first };
  books.charge(first.charges, inviter.amountMinor);
  books.intern(inviter.caps, books.attributesOf(inviter.caps, inviter.given));
  const second = chargesOf(books, invited, atMs, inviter, first.charges);
  books.charge(first.charges, inviter.amountMinor, -1);
  for (const [name, known] of values) books.values.set(name, known);
  if (!("charges" in second)) return { side: "invited", found: second };
  return { charges: [first.charges, second.charges] };
}

/** @param tried another side, whose charges stand in the books for this trial only */
function chargesOf(
  books: AuditorBooks,
  side: Side,
  atMs: number,
  tried: Side | null = null,
  triedCharges: readonly Charge[] = [],
): Found {
  const { offer, caps, user, given, amountMinor } = side;
  const found = books.chargesOf(offer, caps, user.ordinal, given, amountMinor, atMs);
  if (!("charges" in found)) return found;
  const paced = books.paces.capOf(offer);
  const isTried = triedCharges.some(({ cap }) => cap === paced);
  const triedMinor = tried !== null && isTried ? tried.amountMinor : 0;
  const early = books.paces.early(offer, amountMinor, atMs, triedMinor);
  return early === null ? found : { early };
}

function give(
  books: AuditorBooks,
  id: string,
  side: Side,
  charges: Charge[],
  ref: string | undefined,
  atMs: number,
): void {
  const { name, user, offer, caps, amountMinor, draw } = side;
  const attributes = books.attributesOf(caps, side.given);
  const grant = books.grants.length;
  const particulars = { ...claimOf(books, id, side, ref), attributes, cells: books.shown(charges) };
  books.write("granted", atMs, { grant, ...particulars, exposes: exposesNow(user, atMs), draw });
  if (draw > 0) books.draws.set(`${offer} ${name}`, draw);
  books.intern(caps, attributes);
  books.charge(charges, amountMinor);
  books.reservedMinor += amountMinor;
  books.classes[offer]!.push(grant);
  const { expiry } = books.definition.offers[offer]!;
  const dueAtMs = dueAt(expiry, atMs, Number.POSITIVE_INFINITY);
  const expiresAtMs = Math.min(dueAtMs, books.definition.closesAtMs);
  books.grants.push({
    ...{ user: name, offer, arm: user.arm, amountMinor, spentMinor: 0, returnedMinor: 0 },
    ...{ untilMs: 0, extendedMs: 0, owedMinor: 0 },
    ...{ state: "live", atMs, dueAtMs, expiresAtMs, charges },
  });
}

function claimOf(
  books: AuditorBooks,
  id: string,
  { name, user, offer, amountMinor }: Side,
  ref: string | undefined,
): object {
  const { offers, waves } = books.definition;
  const { id: offerId, wave } = offers[offer]!;
  const what = { offer: offerId, wave: waves[wave]!.id, arm: books.armName(user.arm) };
  return { id, user: books.names.user(name), ...what, amountMinor, ref: ref ?? null };
}

function refusalIn(books: AuditorBooks, found: Found, side: string) {
  if ("missing" in found) {
    return { status: "missing_attribute", more: { ...found, side } };
  }
  if ("early" in found) {
    const { cap, when } = found.early;
    return { status: "paced", more: { cap, side, ...when } };
  }
  if (!("full" in found)) throw new RangeError("a side that was not refused");
  const { full, retryAtMs } = found;
  const cap = books.definition.caps[full]!.id;
  const more = { cap, side, ...(retryAtMs === undefined ? {} : { retryAtMs }) };
  return { status: "cap_reached", more };
}

/** What a refused side says of an acceptance that is withheld. */
function wouldBeSo(books: AuditorBooks, { found, side }: { found: Found; side: string }) {
  const { status, more } = refusalIn(books, found, side);
  const isLimit = status !== "missing_attribute";
  return { wouldBe: status, wouldBeCap: isLimit ? more.cap : null };
}

export function capsOfInviter(books: AuditorBooks, terms: number): number[] {
  const { caps, invites } = books.definition;
  const { id, inviterOffer } = invites![terms]!;
  const own = caps.flatMap(({ dimension }, cap) => (dimension === `inviter:${id}` ? [cap] : []));
  return [...books.capsOf(inviterOffer, "claim"), ...own].sort((a, b) => a - b);
}

export function heldOut(books: AuditorBooks): [status: string, more: object] {
  const { masked } = books.definition.assignment;
  return masked ? ["no_offer", {}] : ["held_out", { arm: "holdout" }];
}
