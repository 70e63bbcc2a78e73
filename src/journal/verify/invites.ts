// Judges invites: who made which code, who accepted it, and that an acceptance rewards both sides
// in one go. What it awaits after an acceptance must be the very next events of the same record.
import type { InviteDefinition } from "../../core/definition.ts";
import { ACCEPTED, INVITED, readWide } from "../../core/event.ts";
import { checkUser } from "./assignment.ts";
import { checkFree, isRowBlocked } from "./blocks.ts";
import type { VerifiedCampaign, VerifiedEvent } from "./campaign.ts";
import { type CapBook, capConcerns, ExpectedCells } from "./caps.ts";
import { cellsToCharge, EventAttributes, readAttributes } from "./cells.ts";
import { byteColumn, moneyColumn, type VerifyColumn, wordColumn } from "./columns.ts";
import { type AwaitedEntry, BroughtBook, earnedEntries } from "./earned.ts";
import type { Findings } from "./findings.ts";

const CIRCLE_STEPS = 64;
const NO_ORDINAL = 0xffffffff;
const NO_VALUE = new Uint32Array(4);

/** The codes of a campaign, and who came by them. */
export class InviteBook {
  codes = 0;
  acceptances = 0;
  readonly user: VerifyColumn<Uint32Array> = wordColumn();
  readonly terms: VerifyColumn<Uint8Array> = byteColumn();
  readonly atMs: VerifyColumn<Float64Array> = moneyColumn();
  readonly used: VerifyColumn<Uint32Array> = wordColumn();
  /** By terms and user: his last code, + 1. */
  readonly lastCode: VerifyColumn<Uint32Array>[] = [];
  /** By attribute: the row of the value that came with a code, + 1. */
  readonly value: VerifyColumn<Uint32Array>[] = [];
  /** By terms and user: who invited him, + 1. */
  readonly invitedBy: VerifyColumn<Uint32Array>[] = [];
  readonly brought: BroughtBook = new BroughtBook();
}

/** What must follow an acceptance: one event of one side. */
export interface AwaitedPart {
  campaign: VerifiedCampaign;
  kind: "granted" | "withheld";
  user: number;
  offer: number;
  caps: readonly CapBook[];
  /** Id and fingerprint: six words. */
  bound: Uint32Array;
  /** Null: the part of the invited. */
  inviter: { attributes: EventAttributes; amountMinor: number } | null;
  /** What the inviter is charged to as well, where nothing is granted in the end. */
  besides: { cells: ExpectedCells; missing: number; amountMinor: number } | null;
}

export function judgeInvited(
  campaign: VerifiedCampaign,
  event: VerifiedEvent,
  findings: Findings,
): void {
  const { words, at, atMs } = event;
  findings.counts.invites += 1;
  const packed = words[at + INVITED.terms]!;
  const terms = campaign.definition.invites?.[packed & 0xffff];
  const version = campaign.capCounts.length - 1;
  if (terms === undefined || packed >>> 24 !== version) {
    const found = `invite ${packed & 0xffff}, version ${packed >>> 24}`;
    return findings.wrong("invites", `an invite of the campaign, version ${version}`, found);
  }
  const { invites: book } = campaign;
  campaign.bindId(words, at + INVITED.id, findings);
  const user = words[at + INVITED.user]!;
  checkUser(campaign, event, user, at + INVITED.userKey, findings);
  if (campaign.userArm.get(user) <= 1 || campaign.userExposed.get(user) !== 1) {
    findings.wrong("invites", "a treated and exposed user", `user ${user}`);
  }
  checkWindow(campaign, terms, atMs, findings);
  findings.same("invites", "code", book.codes, words[at + INVITED.invite]!);
  const caps = inviterCaps(campaign, terms);
  book.lastCode[packed & 0xffff] ??= wordColumn();
  const lastCode = book.lastCode[packed & 0xffff]!;
  const before = lastCode.get(user) - 1;
  if (before >= 0 && isOpenCode(book, terms, caps, before, atMs)) {
    findings.wrong("invites", "one open code a user", `another beside code ${before}`);
  }
  lastCode.set(user, book.codes + 1);
  const count = (packed >>> 16) & 0xff;
  checkFree(campaign, event, at + INVITED.userKey, at + INVITED.rest, count, findings);
  readAttributes(campaign, event, at + INVITED.rest, count, caps, -1, GIVEN, findings);
  GIVEN.given.forEach((given, attribute) => {
    const counted = caps.some((cap) => cap.attribute === attribute);
    book.value[attribute] ??= wordColumn();
    if (given && counted) book.value[attribute].set(book.codes, GIVEN.rows[attribute]! + 1);
  });
  book.user.set(book.codes, user);
  book.terms.set(book.codes, packed & 0xffff);
  book.atMs.set(book.codes, atMs);
  book.codes += 1;
}

/** Judges an acceptance and says which events must follow: both rewards, then earned entries. */
export function judgeAccepted(
  campaign: VerifiedCampaign,
  event: VerifiedEvent,
  findings: Findings,
): (AwaitedPart | AwaitedEntry)[] {
  const { words, at, atMs } = event;
  const { invites: book } = campaign;
  findings.counts.invites += 1;
  const code = words[at + ACCEPTED.invite]!;
  if (code >= book.codes) {
    findings.wrong("invites", `one of ${book.codes} codes`, `code ${code}`);
    return [];
  }
  campaign.bindId(words, at + ACCEPTED.id, findings);
  const user = words[at + ACCEPTED.user]!;
  checkUser(campaign, event, user, at + ACCEPTED.userKey, findings);
  const terms = book.terms.get(code);
  const definition = campaign.definition.invites![terms]!;
  checkWindow(campaign, definition, atMs, findings);
  for (const fault of faultsOf(campaign, definition, code, user, atMs)) {
    findings.wrong("invites", "an acceptance that is allowed", fault);
  }
  checkFree(campaign, event, at + ACCEPTED.userKey, 0, 0, findings);
  if (isRowBlocked(campaign, book.user.get(code), attributesOf(campaign, code), atMs)) {
    findings.wrong("blocks", "a code of somebody who is not blocked", `code ${code}`);
  }
  const withheld = (event.flags & 1) !== 0;
  const acceptance = withheld ? NO_ORDINAL : book.acceptances;
  findings.same("invites", "acceptance", acceptance, words[at + ACCEPTED.acceptance]!);
  const parts = partsOf(campaign, event, definition, code, withheld, findings);
  if (withheld) return parts;
  book.acceptances += 1;
  book.used.add(code, 1);
  book.invitedBy[terms] ??= wordColumn();
  const inviter = book.user.get(code);
  book.invitedBy[terms].set(user, inviter + 1);
  return [...parts, ...earnedEntries(campaign, inviter, atMs)];
}

/** Whether others could still accept a code: in time, not used up, lacking nothing. */
function isOpenCode(
  book: InviteBook,
  terms: InviteDefinition,
  caps: readonly CapBook[],
  code: number,
  atMs: number,
): boolean {
  if (atMs >= endOf(book, code, terms) || book.used.get(code) >= terms.uses) return false;
  return caps.every(({ attribute, definition: { missing } }) => {
    if (attribute < 0 || missing !== "refuse") return true;
    return (book.value[attribute]?.get(code) ?? 0) > 0;
  });
}

function endOf(
  book: InviteBook,
  code: number,
  { openMs, toMs }: Pick<InviteDefinition, "openMs" | "toMs">,
): number {
  return openMs === null ? toMs : Math.min(book.atMs.get(code) + openMs, toMs);
}

/** Why an acceptance should have been refused, in words. */
function faultsOf(
  campaign: VerifiedCampaign,
  { openMs, toMs, uses, accepts }: InviteDefinition,
  code: number,
  user: number,
  atMs: number,
): string[] {
  const { invites: book } = campaign;
  const faults: string[] = [];
  if (atMs >= endOf(book, code, { openMs, toMs })) faults.push("the code's time is over");
  if (book.used.get(code) >= uses) faults.push(`the code was used ${uses} times`);
  const invitedBy = book.invitedBy[book.terms.get(code)];
  const parentOf = (one: number): number => (invitedBy?.get(one) ?? 0) - 1;
  if (parentOf(user) >= 0) faults.push(`user ${user} accepted one before`);
  let above = book.user.get(code);
  if (above === user) faults.push("his own code");
  for (let step = 0; step < CIRCLE_STEPS && above >= 0; step++) {
    above = parentOf(above);
    if (above === user) faults.push("a circle");
  }
  if (accepts === "new" && campaign.userGrants.get(user) > 0) faults.push("a user with grants");
  return faults;
}

function partsOf(
  campaign: VerifiedCampaign,
  { words, at, atMs }: VerifiedEvent,
  definition: InviteDefinition,
  code: number,
  withheld: boolean,
  findings: Findings,
): AwaitedPart[] {
  const { invites: book } = campaign;
  const { inviterOffer, invitedOffer } = definition;
  const user = book.user.get(code);
  const amountMinor = readWide(words, at + ACCEPTED.inviterAmount);
  const attributes = attributesOf(campaign, code);
  const caps = inviterCaps(campaign, definition);
  const bound = words.slice(at + ACCEPTED.id, at + ACCEPTED.id + 6);
  const common = { campaign, bound, besides: null };
  const invited = {
    ...common,
    ...{ user: words[at + ACCEPTED.user]!, offer: invitedOffer, inviter: null },
    caps: campaign.claimCaps[invitedOffer]!,
  };
  if (!withheld) {
    const inviter = { attributes, amountMinor };
    const first = { ...common, kind: "granted", user, offer: inviterOffer, caps, inviter } as const;
    return [first, { ...invited, kind: "granted" }];
  }
  checkWouldGet(campaign, user, inviterOffer, amountMinor, findings);
  const cells = new ExpectedCells();
  const missing = cellsToCharge(campaign, caps, inviterOffer, user, attributes, atMs, cells);
  return [{ ...invited, kind: "withheld", besides: { cells, missing, amountMinor } }];
}

/** What the inviter would have got, had the other one not been held out. */
function checkWouldGet(
  campaign: VerifiedCampaign,
  user: number,
  offer: number,
  amountMinor: number,
  findings: Findings,
): void {
  const { reward } = campaign.definition.offers[offer]!;
  if (reward.kind === "fixed") {
    findings.same("amounts", "an amount of", reward.amountMinor, amountMinor);
    return;
  }
  const drawsBefore = campaign.offers[offer]!.draws.get(user);
  const { sequence, index } = findings;
  const version = campaign.capCounts.length - 1;
  const granted = false;
  const stated = { sequence, index, user, offer, version, drawsBefore, amountMinor, granted };
  campaign.luck.add(stated, findings);
}

/** The inviter's attributes are those that came with his code. */
function attributesOf(campaign: VerifiedCampaign, code: number): EventAttributes {
  const attributes = new EventAttributes();
  attributes.clear(campaign.definition.attributes.length);
  attributes.rows.forEach((_, attribute) => {
    const row = (campaign.invites.value[attribute]?.get(code) ?? 0) - 1;
    attributes.given[attribute] = row >= 0;
    attributes.rows[attribute] = row >= 0 ? row : campaign.values[attribute]!.find(NO_VALUE, 0);
  });
  return attributes;
}

/** The caps of the inviter's reward, and those on inviters themselves, in the campaign's order. */
function inviterCaps(
  campaign: VerifiedCampaign,
  { id, inviterOffer }: InviteDefinition,
): CapBook[] {
  return campaign.caps.filter(({ definition: cap }) => {
    if (cap.dimension === `inviter:${id}`) return true;
    return cap.on === "claim" && capConcerns(cap, campaign.definition, inviterOffer);
  });
}

function checkWindow(
  campaign: VerifiedCampaign,
  { fromMs, toMs }: InviteDefinition,
  atMs: number,
  findings: Findings,
): void {
  findings.counts.moments += 1;
  const { phase, definition } = campaign;
  if (phase !== "open") findings.wrong("moments", "an open campaign", phase);
  const from = Math.max(fromMs, definition.startsAtMs);
  const to = Math.min(toMs, definition.endsAtMs);
  if (atMs >= from && atMs < to) return;
  findings.wrong("moments", `an instant from ${from}, before ${to}`, `${atMs}`);
}

/** One object serves all events. */
const GIVEN = new EventAttributes();
