// What the auditor says to claims, offers and audiences: everything that a user meets before there
// is a grant.
import type { RewardDefinition } from "../../src/core/definition.ts";
import type { Ask, Expected } from "./asks.ts";
import { luckOpensAtMs } from "./auditor-beacon.ts";
import { blockBeyond, isBlockedNow } from "./auditor-blocks.ts";
import type { AuditedUser, AuditorBooks } from "./auditor-books.ts";
import { owedOffer } from "./auditor-compensation.ts";
import { reasonAgainst } from "./auditor-conditions.ts";
import { chanceOf, expose, exposesNow } from "./auditor-exposures.ts";
import { keptOut } from "./auditor-modes.ts";
import { dueAt } from "./auditor-revision.ts";

type Claim = Extract<Ask, { op: "claim" }>["input"];

/** A decided answer, and the state that the coverage table files it under. */
export interface Decided {
  answer: Expected;
  state: string;
}

export function plain(status: string, atMs: number): Expected {
  return { status, replayed: false, atMs };
}

export function auditClaim(books: AuditorBooks, input: Claim, atMs: number): Decided {
  const { definition } = books;
  const offer = definition.offers.findIndex(({ id }) => id === input.offer);
  const content = contentOf(input, offer);
  const bound = books.ids.get(input.id);
  const answer = (status: string, more: object = {}): Expected => {
    return { ...plain(status, atMs), offer: input.offer, ...more };
  };
  if (bound !== undefined) {
    const state = bound.op === "claim" ? (bound.target < 0 ? "withheld" : "granted") : "other";
    if (bound.op !== "claim" || bound.content !== content) {
      return { answer: answer("id_conflict"), state };
    }
    const { answer: first, target } = bound;
    const { expiresAtMs } = books.grants[target] ?? {};
    // What a revision moved away is told as it is now.
    const now = target < 0 ? {} : { expiresAtMs };
    return { answer: { ...first, ...now, replayed: true, atMs } as Expected, state };
  }
  const state = stateOfUser(books, input.user);
  if (input.notAfterMs !== undefined && atMs > input.notAfterMs) {
    return { answer: answer("stale"), state };
  }
  if (offer < 0) return { answer: answer("unknown_offer"), state };
  const closed = refusalOfTime(books, offer, atMs);
  if (closed !== null) return { answer: answer(closed.status, closed.more), state };
  const early = keptOut(books, input.user, atMs);
  if (early !== null) return { answer: answer("not_yet", early), state };
  if (isBlockedNow(books, input.user, input.attributes ?? {}, atMs)) {
    return { answer: answer("blocked"), state };
  }
  const { audience, draw, by } = definition.offers[offer]!;
  if (draw !== undefined) return { answer: answer("not_eligible"), state };
  const member = books.users.get(input.user)?.audience ?? null;
  const isOther = audience !== null && member !== definition.audiences[audience]!.id;
  const reason = reasonAgainst(books, offer, input.user, input.facts, atMs);
  const unclaimable = by !== undefined || offer === owedOffer(books);
  if (unclaimable || isOther || reason !== null) {
    return { answer: answer("not_eligible", reason === null ? {} : { reason }), state };
  }
  const user = meet(books, input.user, input.variant, "claim", atMs);
  if (user === null) return { answer: answer("assignment_missing"), state };
  return { answer: answer("", grantOrRefuse(books, input, offer, user, content, atMs)), state };
}

function contentOf(input: Claim, offer: number): string {
  const attributes = Object.entries(input.attributes ?? {}).sort();
  return JSON.stringify([input.user, offer, attributes, input.variant ?? null, input.ref ?? null]);
}

export function stateOfUser(books: AuditorBooks, name: string): string {
  const user = books.users.get(name);
  if (user === undefined) return "new user";
  if (user.arm === 0) return "held-out user";
  return user.exposed || user.audience === null ? "user" : "member";
}

/** Before its wave, paused, over: the first that applies. */
export function refusalOfTime(
  books: AuditorBooks,
  offer: number,
  atMs: number,
): { status: string; more: object } | null {
  const { definition, phase } = books;
  const over = phase === "ended" || phase === "closed" || !(atMs < definition.endsAtMs);
  const wave = definition.waves[definition.offers[offer]!.wave]!;
  const opensAtMs = Math.max(definition.startsAtMs, wave.fromMs);
  if (!over && atMs < opensAtMs) return { status: "not_open", more: { retryAtMs: opensAtMs } };
  if (!over && atMs >= wave.toMs) return { status: "not_open", more: {} };
  const luckAtMs = over ? null : luckOpensAtMs(books, offer, atMs);
  if (luckAtMs !== null) return { status: "not_open", more: { retryAtMs: luckAtMs } };
  if (phase === "paused") return { status: "paused", more: {} };
  return over ? { status: "ended", more: {} } : null;
}

/** The user in his arm, written once; null when his arm is not known. */
export function meet(
  books: AuditorBooks,
  name: string,
  variant: string | undefined,
  by: string,
  atMs: number,
): AuditedUser | null {
  const known = books.users.get(name);
  const key = books.names.user(name);
  if (known !== undefined) return known;
  const { assignment } = books.definition;
  const given = assignment.source === "given";
  const arm = given ? givenArm(books, variant) : hashedArm(books, name);
  if (arm < 0) return null;
  const at = { exposed: false, assignedAtMs: atMs };
  const user = { ordinal: books.users.size, arm, audience: null, ...at };
  books.users.set(name, user);
  const probability = chanceOf(books, arm, -1);
  const who = { user: key, arm: books.armName(arm), audience: null, exposed: false, probability };
  books.write("assigned", atMs, { ...who, by: given ? "given" : by });
  return user;
}

function givenArm(books: AuditorBooks, variant: string | undefined): number {
  if (variant === undefined) return -1;
  const { variants } = books.definition.assignment;
  return variant === "holdout" ? 0 : variants.findIndex(({ id }) => id === variant) + 1;
}

function hashedArm(books: AuditorBooks, name: string): number {
  const { salt, holdoutShare, variants } = books.definition.assignment;
  const shares = variants.map(({ share }) => share);
  return books.names.arm(salt, holdoutShare, shares, name);
}

function grantOrRefuse(
  books: AuditorBooks,
  input: Claim,
  offer: number,
  user: AuditedUser,
  content: string,
  atMs: number,
): object {
  const { reward, expiry } = books.definition.offers[offer]!;
  const drawn = `${offer} ${input.user}`;
  const draws = books.draws.get(drawn) ?? 0;
  const pot = books.pots[offer]!;
  let amountMinor = 0;
  if (pot !== null) amountMinor = pot.next()?.amountMinor ?? 0;
  else if (reward.kind === "fixed") amountMinor = reward.amountMinor;
  else if (reward.kind === "table") {
    amountMinor = books.names.amount(offer, input.user, draws, reward.entries, books.randomness);
  }
  const given = input.attributes ?? {};
  const caps = books.capsOf(offer, "claim");
  const found = books.chargesOf(offer, caps, user.ordinal, given, amountMinor, atMs);
  const asked = { user: input.user, ordinal: user.ordinal, given, caps, amountMinor };
  if (user.arm === 0) {
    const would = wouldBe(books, found, offer, amountMinor, atMs);
    const gets = would.wouldBe === "granted";
    if (gets && reward.kind === "table") books.draws.set(drawn, draws + 1);
    const stated = { ...would, exposes: gets && exposesNow(user, atMs) };
    const held = withhold(books, input, offer, content, amountMinor, stated, atMs);
    if ("full" in found) blockBeyond(books, asked, atMs);
    return held;
  }
  if ("missing" in found) return { status: "missing_attribute", ...found };
  if ("full" in found) return fullAnswer(books, found, asked, atMs);
  const early = books.paces.early(offer, amountMinor, atMs);
  if (early !== null) return { status: "paced", cap: early.cap, ...early.when };
  if (amountMinor > books.grantableFor(offer)) return { status: "budget_exhausted" };
  const draw = reward.kind === "table" ? draws + 1 : 0;
  if (draw > 0) books.draws.set(drawn, draw);
  const attributes = books.attributesOf(caps, given);
  const grant = books.grants.length;
  books.write("granted", atMs, {
    grant,
    ...claimParticulars(books, input, offer, user.arm, amountMinor),
    exposes: exposesNow(user, atMs),
    attributes,
    cells: books.shown(found.charges),
    draw,
    ...(pot === null ? {} : { packet: pot.take(grant) }),
  });
  books.intern(caps, attributes);
  books.charge(found.charges, amountMinor);
  books.reservedMinor += amountMinor;
  books.classes[offer]!.push(grant);
  const dueAtMs = dueAt(expiry, atMs, Number.POSITIVE_INFINITY);
  const expiresAtMs = Math.min(dueAtMs, books.definition.closesAtMs);
  const nothing = { spentMinor: 0, returnedMinor: 0, untilMs: 0, extendedMs: 0, owedMinor: 0 };
  const rest = { ...nothing, state: "live", atMs, dueAtMs, expiresAtMs } as const;
  const whose = { user: input.user, offer, arm: user.arm, amountMinor };
  books.grants.push({ ...whose, ...rest, charges: found.charges });
  const answer = {
    ...{ status: "granted", grant, amountMinor, currency: books.definition.currency, expiresAtMs },
    ...(books.definition.assignment.masked ? {} : { arm: books.armName(user.arm) }),
    ...books.marks,
  };
  const kept = { ...answer, offer: input.offer };
  books.ids.set(input.id, { op: "claim", content, answer: kept, target: grant });
  return answer;
}

function fullAnswer(
  books: AuditorBooks,
  { full, retryAtMs }: { full: number; retryAtMs: number | undefined },
  asked: Parameters<typeof blockBeyond>[1],
  atMs: number,
): object {
  blockBeyond(books, asked, atMs);
  const cap = books.definition.caps[full]!.id;
  return { status: "cap_reached", cap, ...(retryAtMs === undefined ? {} : { retryAtMs }) };
}

function claimParticulars(
  books: AuditorBooks,
  input: Claim,
  offer: number,
  arm: number,
  amountMinor: number,
): Record<string, unknown> {
  const { offers, waves } = books.definition;
  return {
    id: books.names.id(input.id),
    user: books.names.user(input.user),
    offer: input.offer,
    wave: waves[offers[offer]!.wave]!.id,
    arm: books.armName(arm),
    amountMinor,
    ref: input.ref ?? null,
  };
}

function wouldBe(
  books: AuditorBooks,
  found: ReturnType<AuditorBooks["chargesOf"]>,
  offer: number,
  amountMinor: number,
  atMs: number,
): { wouldBe: string; wouldBeCap: string | null } {
  if ("missing" in found) return { wouldBe: "missing_attribute", wouldBeCap: null };
  if ("full" in found) {
    return { wouldBe: "cap_reached", wouldBeCap: books.definition.caps[found.full]!.id };
  }
  const early = books.paces.early(offer, amountMinor, atMs);
  if (early !== null) return { wouldBe: "paced", wouldBeCap: early.cap };
  const short = amountMinor > books.grantableFor(offer);
  return { wouldBe: short ? "budget_exhausted" : "granted", wouldBeCap: null };
}

function withhold(
  books: AuditorBooks,
  input: Claim,
  offer: number,
  content: string,
  amountMinor: number,
  would: object,
  atMs: number,
): object {
  const attributes = books.attributesOf([], input.attributes ?? {});
  const particulars = claimParticulars(books, input, offer, 0, amountMinor);
  books.write("withheld", atMs, { ...particulars, attributes, cells: [], ...would });
  books.counts.withheld += 1;
  const { masked } = books.definition.assignment;
  const answer = masked ? { status: "no_offer" } : { status: "held_out", arm: "holdout" };
  const kept = { ...answer, offer: input.offer };
  books.ids.set(input.id, { op: "claim", content, answer: kept, target: -1 });
  return answer;
}

/** The ids of the offers that a user is shown; being shown anything is exposure, in both arms. */
export function auditOffers(
  books: AuditorBooks,
  name: string,
  variant: string | undefined,
  atMs: number,
): Decided {
  const { offers, audiences, caps } = books.definition;
  const state = stateOfUser(books, name);
  const shown: string[] = [];
  if (isBlockedNow(books, name, {}, atMs)) {
    return { answer: { ...plain("ok", atMs), offers: [] }, state };
  }
  const member = books.users.get(name)?.audience ?? null;
  const isIn = keptOut(books, name, atMs) === null;
  const open = offers.flatMap((offer, ordinal) => {
    if (!isIn) return [];
    if (offer.draw !== undefined) return [];
    if (offer.reward.kind === "compensation") return [];
    const audience = offer.audience === null ? null : audiences[offer.audience]!.id;
    const isMember = audience === null || audience === member;
    const eligible = isMember && reasonAgainst(books, ordinal, name, {}, atMs) === null;
    const open = eligible && offer.by === undefined;
    return open && refusalOfTime(books, ordinal, atMs) === null ? [ordinal] : [];
  });
  const user = open.length === 0 ? null : meet(books, name, variant, "offers", atMs);
  for (const offer of user === null ? [] : open) {
    const least = leastOf(offers[offer]!.reward);
    const own = books
      .capsOf(offer, "claim")
      .filter((cap) => !books.definition.attributes.includes(caps[cap]!.dimension));
    const found = books.chargesOf(offer, own, user!.ordinal, {}, least, atMs);
    if (books.paces.early(offer, least, atMs) !== null) continue;
    if ("charges" in found && least <= books.grantableFor(offer)) shown.push(offers[offer]!.id);
  }
  if (shown.length > 0) {
    expose(books, name, user!, { exposedBy: "offers", offer: shown[0]! }, atMs);
  }
  return { answer: { ...plain("ok", atMs), offers: user?.arm === 0 ? [] : shown }, state };
}

function leastOf(reward: RewardDefinition): number {
  if (reward.kind === "pot") return reward.minMinor;
  if (reward.kind === "fixed") return reward.amountMinor;
  if (reward.kind === "compensation") return 1;
  return Math.min(...reward.entries.map((entry) => entry.amountMinor));
}

/** Members of an audience get their arms before contact; who has one keeps it. */
export function auditAssign(
  books: AuditorBooks,
  ask: Extract<Ask, { op: "assign" }>,
  atMs: number,
): Decided {
  const { audiences, assignment, endsAtMs } = books.definition;
  const audience = audiences.find(({ id }) => id === ask.audience);
  const state = stateOfUser(books, ask.users[0]!);
  if (audience === undefined) return { answer: plain("unknown_audience", atMs), state };
  const members: { user: string; arm: string }[] = [];
  for (const name of ask.users) {
    const known = books.users.get(name);
    if (known === undefined) {
      const over = books.phase === "ended" || atMs >= endsAtMs;
      if (over) return { answer: plain("ended", atMs), state };
      if (books.phase === "closed") return { answer: plain("campaign_closed", atMs), state };
      const shares = assignment.variants.map(({ share }) => share);
      const { salt, holdoutShare } = audience;
      const hashed = books.names.arm(salt, holdoutShare, shares, name);
      const arm = assignment.source === "given" ? givenArm(books, ask.variant) : hashed;
      if (arm < 0) return { answer: plain("assignment_missing", atMs), state };
      const at = { exposed: false, assignedAtMs: atMs };
      const user = { ordinal: books.users.size, arm, audience: audience.id, ...at };
      books.users.set(name, user);
      const particulars = { user: books.names.user(name), arm: books.armName(arm) };
      const probability = chanceOf(books, arm, audiences.indexOf(audience));
      const how = { audience: audience.id, by: "audience", exposed: false, probability };
      books.write("assigned", atMs, { ...particulars, ...how });
    }
    members.push({ user: name, arm: books.armName(books.users.get(name)!.arm) });
  }
  const arms = [...new Set(members.map(({ arm }) => arm))].map((arm) => {
    return { arm, users: members.filter((member) => member.arm === arm).length };
  });
  return { answer: { ...plain("assigned", atMs), arms, members }, state };
}
