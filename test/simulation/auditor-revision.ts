// What the auditor says to revisions: which are refused, and what becomes of limits, of grants to
// come, and of those that were given before.
import { createHash } from "node:crypto";
import type { CampaignDefinition, ExpiryDefinition } from "../../src/core/definition.ts";
import type { Ask } from "./asks.ts";
import type { AuditorBooks } from "./auditor-books.ts";
import { type Decided, plain } from "./auditor-claims.ts";
import { ceilingOf, neededMinor } from "./auditor-overissue.ts";
import { exceededUnder, leftUnder } from "./auditor-room.ts";
import { endOf } from "./auditor-suspicion.ts";

type Asked = Extract<Ask, { op: "revise" }>;

/** Consecutive grants of an offer that the sweep takes in one go. */
export interface AuditedRun {
  from: number;
  cursor: number;
  expiry: ExpiryDefinition;
}

/** What one person wants and a second one has to agree to. */
export interface AuditedProposal {
  version: number;
  definition: CampaignDefinition;
  moved: number[];
  by: string;
  why: string;
}

export interface NamedProposal extends AuditedProposal {
  digest: string;
}

/** Who made the revision in force, and of two who agreed what they agreed on. */
export interface AuditedRevision {
  told: { atMs: number; by: string; why: string; approvedBy?: string };
  digest: string | null;
}

/** A proposal with the name that consent to it must give, as docs/reference/journal.md has it. */
function named({ version, definition, moved, by, why }: AuditedProposal): NamedProposal {
  const text = JSON.stringify({ version, definition, moved, by, why });
  const digest = createHash("sha256").update(text).digest("hex").slice(0, 32);
  return { version, definition, moved, by, why, digest };
}

/** The error with which the campaign itself refuses it, before anything is decided. */
export function errorOfRevision(books: AuditorBooks, ask: Asked, atMs: number): string | null {
  if (!isJudged(books, ask) || books.phase === "closed") return null;
  const was = books.definition;
  if (!ask.moveExpiry.every((id) => was.offers.some((offer) => offer.id === id))) {
    return "invalid_request";
  }
  return mayNot(books, ask, atMs) ? "invalid_campaign" : null;
}

/** The next version, or the last one asked for again. */
function isJudged({ versions }: AuditorBooks, { version, preview }: Asked): boolean {
  return version === versions || (version === versions - 1 && !preview);
}

function mayNot(
  books: AuditorBooks,
  ask: Pick<Asked, "definition" | "moveExpiry">,
  atMs: number,
): boolean {
  const was = books.definition;
  const isThere = <T extends { id: string }>(old: readonly T[], asked: readonly T[]): boolean =>
    old.every(({ id }) => asked.some((one) => one.id === id));
  const { offers, caps } = ask.definition;
  if (!isThere(was.offers, offers) || !isThere(was.caps, caps)) return true;
  const is = linedUp(was, ask.definition);
  const newMinor = potsMinor(is) - potsMinor(was) + Math.max(0, owedLimit(is) - owedLimit(was));
  if (ceilingOf(is) < books.outMinor + newMinor) return true;
  if (is.budgetMinor < neededMinor(books) + newMinor) return true;
  if (is.rehearsal !== was.rehearsal || shutsOut(was, is, atMs)) return true;
  const inPast = (before: number, after: number): boolean =>
    before !== after && Math.min(before, after) <= atMs;
  if (inPast(was.endsAtMs, is.endsAtMs) || inPast(was.closesAtMs, is.closesAtMs)) return true;
  if (is.closesAtMs < was.closesAtMs) return true;
  const counting = was.caps.some((cap, i) => {
    const form = { limit: 0, curve: 0 };
    return JSON.stringify({ ...cap, ...form }) !== JSON.stringify({ ...is.caps[i], ...form });
  });
  if (counting) return true;
  if (is.releaseGraceMs !== was.releaseGraceMs) return true;
  return was.offers.some(({ id, expiry, wave, audience, reward, maturesMs = 0 }, i) => {
    const now = is.offers[i]!;
    if ((now.maturesMs ?? 0) > maturesMs) return true;
    const fixed = [now.wave === wave, now.audience === audience, now.reward.kind === reward.kind];
    if (fixed.includes(false)) return true;
    if (reward.kind === "pot" && JSON.stringify(reward) !== JSON.stringify(now.reward)) return true;
    const next = now.expiry;
    const differs = JSON.stringify(expiry) !== JSON.stringify(next);
    if (next.kind === "at" && differs && next.atMs <= atMs) return true;
    if (!ask.moveExpiry.includes(id)) return false;
    if (expiry.kind === "at") return next.kind !== "at" || next.atMs < expiry.atMs;
    return next.kind !== "after" || next.afterMs < expiry.afterMs;
  });
}

/** Whether somebody who is, or will be, let in by what was said would not be. */
function shutsOut(was: CampaignDefinition, is: CampaignDefinition, atMs: number): boolean {
  if (is.grey === undefined) return false;
  if (was.grey === undefined || is.grey.salt !== was.grey.salt) return true;
  if (is.grey.share < was.grey.share || is.grey.share <= 0) return true;
  const ends = [was.grey.untilMs, is.grey.untilMs];
  return ends[0] !== ends[1] && ends.some((ms) => ms !== undefined && ms <= atMs);
}

/** What the campaign may make good in all. */
function owedLimit({ offers, caps }: CampaignDefinition): number {
  const isThere = offers.some(({ reward }) => reward.kind === "compensation");
  return isThere ? caps.find(({ id }) => id === "compensation-budget")!.limit : 0;
}

export function potsMinor({ offers }: CampaignDefinition): number {
  return offers.reduce((sum, { reward }) => {
    return reward.kind === "pot" ? sum + reward.totalMinor : sum;
  }, 0);
}

export function auditRevise(books: AuditorBooks, ask: Asked, atMs: number): Decided {
  const { version, moveExpiry, by, why } = ask;
  const answer = answering(books, ask, atMs);
  const conflict = answer("revision_conflict", lastShown(books));
  if (!isJudged(books, ask)) return conflict;
  if (books.phase === "closed") return answer("campaign_closed");
  const was = books.definition;
  const definition = linedUp(was, ask.definition);
  const moved = moveExpiry.map((id) => was.offers.findIndex((offer) => offer.id === id));
  const proposal = named({ version, definition, moved: [...new Set(moved)], by, why });
  const isInForce = changesNothing(books, proposal, atMs);
  if (version < books.versions) return isInForce ? answer("revised", { replayed: true }) : conflict;
  const effect = told(books, proposal, atMs);
  const { digest, ...stated } = proposal;
  const isAgain = books.proposal?.digest === digest;
  const waits = was.fourEyes === true && !isInForce && !isAgain ? books.proposal : null;
  const replaces = waits === null ? {} : { replaces: proposalTold(waits) };
  const exceeded = exceededUnder(books, definition);
  if (ask.preview) return answer("ok", { preview: true, ...effect, ...replaces, ...exceeded });
  if (isInForce) return answer("ok", effect);
  if (was.fourEyes !== true) return inForce(books, ask, proposal, null, atMs);
  if (isAgain) return answer("proposed", { replayed: true, digest });
  books.write("proposed", atMs, stated);
  books.proposal = proposal;
  return answer("proposed", { digest, ...effect, ...replaces });
}

export function proposalTold({ version, digest, by, why }: NamedProposal): object {
  return { version, digest, by, why };
}

function changesNothing(
  books: AuditorBooks,
  { definition, moved }: AuditedProposal,
  atMs: number,
): boolean {
  if (JSON.stringify(books.definition) !== JSON.stringify(definition)) return false;
  return moved.every((offer) => {
    const { rules, before } = rulesAfter(books, offer, definition, true, atMs);
    return JSON.stringify(rules) === JSON.stringify(before);
  });
}

/** What the campaign says of the revision in force. */
export function lastShown({ last }: AuditorBooks): object {
  return last === null ? {} : { lastRevision: last.told };
}

/** Only a second person consents, and only to what the campaign still may take. */
export function auditApprove(
  books: AuditorBooks,
  ask: Extract<Ask, { op: "approve" }>,
  atMs: number,
): Decided {
  const answer = answering(books, ask, atMs);
  const refusal = refusalOfConsent(books, ask);
  if (refusal === "revised") return answer("revised", { replayed: true });
  if (refusal !== null) return answer(refusal);
  const proposal = books.proposal!;
  const { digest } = proposal;
  const exceeded = exceededUnder(books, proposal.definition);
  const effect = told(books, proposal, atMs);
  if (ask.preview) return answer("ok", { preview: true, digest, ...effect, ...exceeded });
  return inForce(books, ask, proposal, ask.by, atMs);
}

function refusalOfConsent(
  books: AuditorBooks,
  { version, digest, by, preview }: Extract<Ask, { op: "approve" }>,
): string | null {
  if (books.phase === "closed") return "campaign_closed";
  const isLast = digest !== null && books.last?.digest === digest;
  if (isLast && version === books.versions - 1) return "revised";
  if (books.proposal?.version !== version) return "unknown_proposal";
  const isSeen = digest === null ? preview : digest === books.proposal.digest;
  if (!isSeen) return "unknown_proposal";
  return books.proposal.by === by ? "own_proposal" : null;
}

/** What was possible when it was proposed need not be possible now. */
export function errorOfApproval(
  books: AuditorBooks,
  ask: Extract<Ask, { op: "approve" }>,
  atMs: number,
): string | null {
  if (refusalOfConsent(books, ask) !== null) return null;
  const { definition, moved } = books.proposal!;
  const moveExpiry = moved.map((offer) => definition.offers[offer]!.id);
  return mayNot(books, { definition, moveExpiry }, atMs) ? "invalid_campaign" : null;
}

export function auditReject(
  books: AuditorBooks,
  { campaign, version, digest, by, why }: Extract<Ask, { op: "reject" }>,
  atMs: number,
): Decided {
  const answer = (status: string, more: object = {}): Decided => {
    return { answer: { ...plain(status, atMs), campaign, ...more }, state: books.phase };
  };
  if (books.proposal?.digest !== digest || books.proposal.version !== version) {
    const isDone = books.rejected === digest;
    return isDone ? answer("rejected", { replayed: true }) : answer("unknown_proposal");
  }
  books.write("rejected", atMs, { version, by, why });
  books.proposal = null;
  books.rejected = digest;
  return answer("rejected");
}

/** Answers name the version in force once they are given. */
function answering(
  books: AuditorBooks,
  { campaign }: { campaign: string },
  atMs: number,
): (status: string, more?: object) => Decided {
  const state = books.phase;
  return (status, more = {}) => {
    const base = { ...plain(status, atMs), campaign, version: books.versions - 1 };
    return { answer: { ...base, ...more }, state };
  };
}

function told(books: AuditorBooks, proposal: AuditedProposal, atMs: number): object {
  const { definition } = proposal;
  const boundMinor = books.outMinor;
  const exposure = (by: CampaignDefinition): object => {
    const { budgetMinor } = by;
    const within = budgetMinor - boundMinor;
    const mostMinor = Math.max(0, within, ceilingOf(by) - boundMinor - books.lapsedMinor);
    const freeMinor = leftUnder(books, by, mostMinor, atMs);
    return { budgetMinor, boundMinor, freeMinor };
  };
  return {
    before: exposure(books.definition),
    after: exposure(definition),
    grantsMoved: movedGrants(books, proposal, atMs),
  };
}

function inForce(
  books: AuditorBooks,
  ask: { campaign: string },
  proposal: NamedProposal,
  approvedBy: string | null,
  atMs: number,
): Decided {
  const { version, definition, by, why, digest } = proposal;
  const was = books.definition;
  const answer = answering(books, ask, atMs);
  const effect = told(books, proposal, atMs);
  const classes = definition.offers.flatMap((offer, i) => {
    if (i >= was.offers.length) return [];
    const moved = proposal.moved.includes(i);
    const same = JSON.stringify(was.offers[i]!.expiry) === JSON.stringify(offer.expiry);
    return same && !moved ? [] : [{ offer: i, classes: rerun(books, i, definition, moved, atMs) }];
  });
  books.write("revised", atMs, { version, definition, classes, by, why, approvedBy });
  books.revise(definition);
  const who = { atMs, by, why, ...(approvedBy === null ? {} : { approvedBy }) };
  books.last = { told: who, digest: approvedBy === null ? null : digest };
  books.paces.revise(was, atMs);
  for (const grant of books.grants) {
    grant.expiresAtMs = endOf(grant, definition.closesAtMs);
  }
  return answer("revised", effect);
}

/** Everything keeps its place; what is new comes after it. */
function linedUp(was: CampaignDefinition, asked: CampaignDefinition): CampaignDefinition {
  const inOrder = <T extends { id: string }>(old: readonly T[], given: readonly T[]): T[] => {
    const fresh = given.filter(({ id }) => !old.some((one) => one.id === id));
    return [...old.map(({ id }) => given.find((one) => one.id === id)!), ...fresh];
  };
  const offers = inOrder(was.offers, asked.offers);
  const attributes = [...new Set([...was.attributes, ...asked.attributes])];
  const placeOf = (offer: number): number =>
    offers.findIndex(({ id }) => id === asked.offers[offer]!.id);
  const invites = asked.invites?.map((invite) => ({
    ...invite,
    inviterOffer: placeOf(invite.inviterOffer),
    invitedOffer: placeOf(invite.invitedOffer),
  }));
  const caps = inOrder(was.caps, asked.caps);
  return { ...asked, offers, caps, attributes, ...(invites === undefined ? {} : { invites }) };
}

/** Grants that live by their rule, and end at another instant than before. */
function movedGrants(
  books: AuditorBooks,
  { definition, moved }: Pick<AuditedProposal, "definition" | "moved">,
  atMs: number,
): number {
  const before = books.definition.closesAtMs;
  const { closesAtMs } = definition;
  return books.grants.filter((grant) => {
    const ruleEndMs = Math.min(grant.dueAtMs, before);
    if (grant.state !== "live" || atMs >= ruleEndMs) return false;
    const newAtMs = dueAt(
      definition.offers[grant.offer]!.expiry,
      ...([grant.atMs, Number.POSITIVE_INFINITY] as const),
    );
    const dueAtMs = moved.includes(grant.offer) ? Math.max(grant.dueAtMs, newAtMs) : grant.dueAtMs;
    return endOf({ ...grant, dueAtMs }, closesAtMs) !== endOf(grant, before);
  }).length;
}

/** The rule of each grant of an offer, in their order: the one that is better for it. */
function rulesAfter(
  books: AuditorBooks,
  offer: number,
  definition: CampaignDefinition,
  moved: boolean,
  atMs: number,
): { rules: ExpiryDefinition[]; before: ExpiryDefinition[]; passed: boolean[] } {
  const order = books.classes[offer]!;
  const rule = definition.offers[offer]!.expiry;
  const before: ExpiryDefinition[] = [];
  const passed: boolean[] = [];
  books.runs[offer]!.forEach(({ from, cursor, expiry }, i, runs) => {
    for (let at = from; at < (runs[i + 1]?.from ?? order.length); at++) {
      before.push(expiry);
      passed.push(at < cursor);
    }
  });
  const rules = order.map((ordinal, at) => {
    const grant = books.grants[ordinal]!;
    const until = (by: ExpiryDefinition): number => dueAt(by, grant.atMs, definition.closesAtMs);
    const ruleEndMs = Math.min(grant.dueAtMs, books.definition.closesAtMs);
    const gains = moved && atMs < ruleEndMs && until(rule) >= until(before[at]!);
    return gains ? rule : before[at]!;
  });
  return { rules, before, passed };
}

/**
 * Gives each grant of an offer its rule, and puts together again what expires by one rule. The
 * sweep goes on at the first grant that it has not passed.
 */
function rerun(
  books: AuditorBooks,
  offer: number,
  definition: CampaignDefinition,
  moved: boolean,
  atMs: number,
): object[] {
  const order = books.classes[offer]!;
  const rule = definition.offers[offer]!.expiry;
  const { rules, before, passed } = rulesAfter(books, offer, definition, moved, atMs);
  order.forEach((ordinal, at) => {
    if (rules[at] === before[at]) return;
    const grant = books.grants[ordinal]!;
    grant.dueAtMs = dueAt(rules[at]!, grant.atMs, Number.POSITIVE_INFINITY);
  });
  const runs: AuditedRun[] = [];
  for (const [at, expiry] of [...rules, rule].entries()) {
    const last = runs.at(-1);
    if (last === undefined || JSON.stringify(last.expiry) !== JSON.stringify(expiry)) {
      runs.push({ from: at, cursor: at, expiry });
    }
    const run = runs.at(-1)!;
    if (run.cursor === at && passed[at] === true) run.cursor = at + 1;
  }
  books.runs[offer] = runs;
  return runs.map(({ from, cursor, expiry }) => {
    return { from, firstGrant: order[from] ?? books.grants.length, cursor, expiry };
  });
}

/** When a grant of an instant is over by a rule. */
export function dueAt(expiry: ExpiryDefinition, grantedAtMs: number, closesAtMs: number): number {
  return Math.min(expiry.kind === "at" ? expiry.atMs : grantedAtMs + expiry.afterMs, closesAtMs);
}
