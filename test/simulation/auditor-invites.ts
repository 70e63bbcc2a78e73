// What the auditor says to requests for codes and to acceptances: who may, until when, and what
// each is told.

import type { InviteDefinition } from "../../src/core/definition.ts";
import type { Ask } from "./asks.ts";
import { isBlockedNow } from "./auditor-blocks.ts";
import type { AuditorBooks, Missing } from "./auditor-books.ts";
import { type Decided, meet, plain, refusalOfTime, stateOfUser } from "./auditor-claims.ts";
import { reasonAgainst } from "./auditor-conditions.ts";
import { expose } from "./auditor-exposures.ts";
import { keptOut } from "./auditor-modes.ts";
import { capsOfInviter, heldOut, rewardBoth } from "./auditor-rewards.ts";

type Create = Extract<Ask, { op: "invite.create" }>["input"];
type Accept = Extract<Ask, { op: "invite.accept" }>["input"];

/** The host's codes of invites, both ways; below 0 for a text that is none. */
export interface CodeNames {
  write(invite: number): { code: string; passphrases: { en: string; zh: string } };
  read(text: string, count: number): number;
}

interface GrantNames {
  encode(ordinal: number): string;
}

const STEPS = 64;

export function auditInvite(
  books: AuditorBooks,
  input: Create,
  codes: CodeNames,
  atMs: number,
): Decided {
  const state = stateOfUser(books, input.user);
  const say = (status: string, more: object = {}): Decided => {
    return { answer: { ...plain(status, atMs), invite: input.invite, ...more }, state };
  };
  const tell = (invite: number): object => {
    return { ...codes.write(invite), expiresAtMs: endOf(books, invite) };
  };
  const entries = Object.entries(input.attributes ?? {}).sort();
  const content = JSON.stringify([input.invite, input.user, entries, input.variant ?? null]);
  const bound = books.ids.get(input.id);
  if (bound !== undefined) {
    if (bound.op !== "invite.create" || bound.content !== content) return say("id_conflict");
    return say("invited", { ...tell(bound.target), replayed: true });
  }
  if (input.notAfterMs !== undefined && atMs > input.notAfterMs) return say("stale");
  const { invites = [] } = books.definition;
  const terms = invites.findIndex(({ id }) => id === input.invite);
  if (terms < 0) return say("unknown_invite");
  const closed = closedNow(books, invites[terms]!, atMs);
  if (closed !== null) return say(closed.status, closed.more);
  const early = keptOut(books, input.user, atMs);
  if (early !== null) return say("not_yet", early);
  if (isBlockedNow(books, input.user, input.attributes ?? {}, atMs)) return say("blocked");
  const { inviterOffer } = invites[terms]!;
  const against = reasonAgainst(books, inviterOffer, input.user, input.facts, atMs);
  if (!isMember(books, inviterOffer, input.user) || against !== null) {
    return say("not_eligible", against === null ? {} : { reason: against });
  }
  const user = meet(books, input.user, input.variant, "claim", atMs);
  if (user === null) return say("assignment_missing");
  const open = openCode(books, terms, input.user, atMs);
  if (open >= 0) return say("invited", tell(open));
  const lacking = lackedBy(books, terms, input.attributes ?? {});
  const exposing = { exposedBy: "invite", invite: input.invite };
  if (lacking === undefined) expose(books, input.user, user, exposing, atMs);
  if (user.arm === 0) return say(...heldOut(books));
  if (lacking !== undefined) return say("missing_attribute", lacking);
  const { codes: made } = books.invites;
  const attributes = books.attributesOf([], input.attributes ?? {});
  const particulars = { id: books.names.id(input.id), user: books.names.user(input.user) };
  const what = { invite: made.length, terms: input.invite, ...particulars, attributes };
  books.write("invited", atMs, what);
  const caps = capsOfInviter(books, terms);
  books.intern(caps, attributes);
  const isCounted = ([name]: [string, string]): boolean =>
    caps.some((cap) => books.definition.caps[cap]!.dimension === name);
  const given = Object.fromEntries(entries.filter(isCounted));
  made.push({ user: input.user, terms, atMs, used: 0, given });
  const target = made.length - 1;
  books.ids.set(input.id, { op: "invite.create", content, answer: plain("", 0), target });
  return say("invited", tell(target));
}

export function auditAccept(
  books: AuditorBooks,
  input: Accept,
  codes: CodeNames,
  grants: GrantNames,
  atMs: number,
): Decided {
  const { codes: made, acceptances } = books.invites;
  const state = stateOfUser(books, input.user);
  const code = codes.read(input.code, made.length);
  const entries = Object.entries(input.attributes ?? {}).sort();
  const { variant = null, ref = null } = input;
  const content = JSON.stringify([input.user, code, entries, variant, ref]);
  const say = (status: string, more: object = {}): Decided => {
    return { answer: { ...plain(status, atMs), ...more }, state };
  };
  const bound = books.ids.get(input.id);
  if (bound !== undefined) {
    if (bound.op !== "invite.accept" || bound.content !== content) return say("id_conflict");
    const again = { invite: termsOf(books, code).id, replayed: true };
    const [status, more] = heldOut(books);
    if (bound.target < 0) return say(status, { ...more, ...again });
    return say("accepted", { ...told(books, acceptances[bound.target]!.grant, grants), ...again });
  }
  if (input.notAfterMs !== undefined && atMs > input.notAfterMs) return say("stale");
  if (code < 0) return say(code === -2 ? "code_mistyped" : "unknown_code");
  const closed = closedNow(books, termsOf(books, code), atMs);
  if (closed !== null) return say(closed.status, closed.more);
  const early = keptOut(books, input.user, atMs);
  if (early !== null) return say("not_yet", early);
  const { invitedOffer } = termsOf(books, code);
  const against = reasonAgainst(books, invitedOffer, input.user, input.facts, atMs);
  const refused = refusalOf(books, code, input, atMs) ?? (against && "not_eligible");
  if (refused !== null) {
    const isReason = refused === "not_eligible" && against !== null;
    return say(refused, isReason ? { reason: against } : {});
  }
  const user = meet(books, input.user, input.variant, "claim", atMs);
  if (user === null) return say("assignment_missing");
  const about = { invite: termsOf(books, code).id };
  const { status, more, target } = rewardBoth(books, input, code, user, atMs);
  if (target !== null) {
    books.ids.set(input.id, { op: "invite.accept", content, answer: plain("", 0), target });
  }
  if (status !== "accepted") return say(status, { ...more, ...about });
  return say(status, { ...told(books, acceptances.at(-1)!.grant, grants), ...about });
}

/** What the accepting user gets to know. */
function told(books: AuditorBooks, grant: number, grants: GrantNames): object {
  const { offer, amountMinor, expiresAtMs, arm } = books.grants[grant]!;
  const { definition } = books;
  return {
    ...{ offer: definition.offers[offer]!.id, grant: grants.encode(grant), amountMinor },
    ...{ currency: definition.currency, expiresAtMs },
    ...(definition.assignment.masked ? {} : { arm: books.armName(arm) }),
    ...books.marks,
  };
}

function refusalOf(
  books: AuditorBooks,
  code: number,
  { user: name, attributes = {} }: Accept,
  atMs: number,
): string | null {
  const { codes, broughtBy } = books.invites;
  const made = codes[code]!;
  const { uses, accepts, invitedOffer } = termsOf(books, code);
  if (atMs >= endOf(books, code)) return "invite_expired";
  if (made.used >= uses) return "invite_used_up";
  if (made.user === name) return "own_invite";
  if (broughtBy.has(`${made.terms} ${name}`)) return "already_accepted";
  let above: string | undefined = made.user;
  for (let step = 0; step < STEPS && above !== undefined; step++) {
    above = broughtBy.get(`${made.terms} ${above}`);
    if (above === name) return "invite_circle";
  }
  if (isBlockedNow(books, name, attributes, atMs)) return "blocked";
  if (isBlockedNow(books, made.user, made.given, atMs)) return "invite_void";
  if (accepts === "new" && books.grants.some(({ user }) => user === name)) return "not_new";
  return isMember(books, invitedOffer, name) ? null : "not_eligible";
}

function closedNow(
  books: AuditorBooks,
  { fromMs, toMs, inviterOffer, invitedOffer }: InviteDefinition,
  atMs: number,
): { status: string; more: object } | null {
  const { phase, definition } = books;
  const over = phase === "ended" || phase === "closed" || atMs >= definition.endsAtMs;
  if (!over && atMs < fromMs) return { status: "not_open", more: { retryAtMs: fromMs } };
  if (!over && atMs >= toMs) return { status: "not_open", more: {} };
  return refusalOfTime(books, inviterOffer, atMs) ?? refusalOfTime(books, invitedOffer, atMs);
}

function isMember(books: AuditorBooks, offer: number, name: string): boolean {
  const { offers, audiences } = books.definition;
  const { audience } = offers[offer]!;
  return audience === null || books.users.get(name)?.audience === audiences[audience]!.id;
}

function termsOf(books: AuditorBooks, code: number): InviteDefinition {
  return books.definition.invites![books.invites.codes[code]!.terms]!;
}

function endOf(books: AuditorBooks, code: number): number {
  const { openMs, toMs } = termsOf(books, code);
  return openMs === null ? toMs : Math.min(toMs, books.invites.codes[code]!.atMs + openMs);
}

/** What a code must come with and does not: nobody could ever accept it. */
function lackedBy(
  books: AuditorBooks,
  terms: number,
  given: Readonly<Record<string, string>>,
): Missing | undefined {
  const { attributes, caps } = books.definition;
  const lacking = capsOfInviter(books, terms).find((ordinal) => {
    const { dimension, missing } = caps[ordinal]!;
    return missing === "refuse" && attributes.includes(dimension) && !(dimension in given);
  });
  if (lacking === undefined) return undefined;
  return { missing: caps[lacking]!.dimension, cap: caps[lacking]!.id };
}

/** The user's last code while others can accept it; -1 without one. */
function openCode(books: AuditorBooks, terms: number, name: string, atMs: number): number {
  const { codes } = books.invites;
  const last = codes.findLastIndex((made) => made.user === name && made.terms === terms);
  if (last < 0 || atMs >= endOf(books, last)) return -1;
  if (lackedBy(books, terms, codes[last]!.given) !== undefined) return -1;
  return codes[last]!.used < termsOf(books, last).uses ? last : -1;
}

export function viewInvites(
  books: AuditorBooks,
  name: string,
  codes: CodeNames,
  atMs: number,
): object[] {
  return (books.definition.invites ?? []).map(({ id, uses }, terms) => {
    const { broughtBy, codes: made } = books.invites;
    const brought = [...broughtBy].filter(
      ([key, by]) => key.startsWith(`${terms} `) && by === name,
    );
    const view = { invite: id, brought: brought.length };
    const open = openCode(books, terms, name, atMs);
    if (open < 0) return view;
    const how = { used: made[open]!.used, uses, expiresAtMs: endOf(books, open) };
    return { ...view, ...codes.write(open), ...how };
  });
}

export function auditInviteBooks(books: AuditorBooks): Record<string, number> {
  const { codes, acceptances, withheld, reached } = books.invites;
  const heldOutUsers = [...books.users.values()].filter(({ arm }) => arm === 0);
  return {
    ...{ codes: codes.length, acceptances: acceptances.length, withheld },
    ...{ heldOut: heldOutUsers.length, heldOutReached: reached.size },
  };
}
