// The auditor: books of its own that share no code with the core, and the exact answer to every
// command, foretold. A disagreement is a defect in one of the two.
import type { CampaignDefinition } from "../../src/core/definition.ts";
import type { Ask, Expected, ExpectedEvent, Verdict } from "./asks.ts";
import { auditBeacon } from "./auditor-beacon.ts";
import { auditBlock, blockIsWrong } from "./auditor-blocks.ts";
import { AuditorBooks } from "./auditor-books.ts";
import { auditAssign, auditClaim, auditOffers, type Decided, plain } from "./auditor-claims.ts";
import { auditCompensate } from "./auditor-compensation.ts";
import { auditList, factsAreWrong } from "./auditor-conditions.ts";
import { auditEnter, viewEarning, viewOfDraw } from "./auditor-draws.ts";
import { auditSeen } from "./auditor-exposures.ts";
import { auditCancel, auditRedeem, auditReverse, auditSweep } from "./auditor-grants.ts";
import { auditAccept, auditInvite, type CodeNames, viewInvites } from "./auditor-invites.ts";
import type { AuditorNames } from "./auditor-names.ts";
import {
  auditApprove,
  auditReject,
  auditRevise,
  errorOfApproval,
  errorOfRevision,
} from "./auditor-revision.ts";
import { auditSuspect } from "./auditor-suspicion.ts";
import { auditPhase, auditShow, viewOfGrant } from "./auditor-views.ts";

/** The host's ids of grants, both ways; -1 for an id that is none. */
export interface GrantNames {
  encode(ordinal: number): string;
  decode(id: string): number;
}

interface Past {
  ask: Ask;
  atMs: number;
  /** Events in the journal once this was decided. */
  events: number;
}

export class Auditor {
  /** As it was opened. */
  readonly definition: CampaignDefinition;
  private readonly names: AuditorNames;
  private readonly grantNames: GrantNames;
  readonly codes: CodeNames;
  private past: Past[] = [];
  books: AuditorBooks;

  constructor(
    definition: CampaignDefinition,
    names: AuditorNames,
    { grantIds, inviteCodes }: { grantIds: GrantNames; inviteCodes: CodeNames },
  ) {
    this.definition = definition;
    this.codes = inviteCodes;
    this.names = names;
    this.grantNames = grantIds;
    this.books = new AuditorBooks(definition, names);
  }

  /** The host's id of a grant, there or yet to come. */
  nameOf(ordinal: number): string {
    return this.grantNames.encode(ordinal);
  }

  /** Events that the journal must hold after everything decided so far. */
  get events(): readonly ExpectedEvent[] {
    return this.books.events;
  }

  /** What the engine must answer to this line now; the books change as its state must. */
  decide(ask: Ask, atMs: number): Verdict {
    const before = this.books.events.length;
    const error = this.invalid(ask, atMs);
    const decided = error === null ? this.judge(ask, atMs) : null;
    const events = this.books.events.length;
    if (events > before) this.past.push({ ask, atMs, events });
    const status = decided?.answer.status ?? error;
    const what = ask.op === "phase" ? ask.change : ask.op === "suspect" ? ask.step : nameOf(ask);
    const cell = `${what} | ${decided?.state ?? "any"} | ${status}`;
    return { answer: decided?.answer ?? null, error, cell };
  }

  /**
   * The machine came back with the first `events` events: forgets what was lost. False when no line
   * ended there, so that part of a line would have survived.
   */
  rewind(events: number): boolean {
    const kept = this.past.filter((past) => past.events <= events);
    this.books = new AuditorBooks(this.definition, this.names);
    this.past = [];
    for (const { ask, atMs } of kept) this.decide(ask, atMs);
    return this.books.events.length === events;
  }

  /** Input that only the campaign can refuse: nothing is decided. */
  private invalid(ask: Ask, atMs: number): string | null {
    if (ask.campaign !== this.definition.id) return null;
    if (ask.op === "revise") return errorOfRevision(this.books, ask, atMs);
    if (ask.op === "block") return blockIsWrong(this.books, ask, atMs) ? "invalid_request" : null;
    if (ask.op === "approve") return errorOfApproval(this.books, ask, atMs);
    const { assignment, attributes, audiences } = this.books.definition;
    const said = "input" in ask ? ask.input : "entry" in ask ? ask.entry : ask;
    const variant = "variant" in said ? said.variant : null;
    if (typeof variant === "string") {
      const known = ["holdout", ...assignment.variants.map(({ id }) => id)].includes(variant);
      const unknownAudience =
        ask.op === "assign" && !audiences.some(({ id }) => id === ask.audience);
      if (unknownAudience) return null;
      if (assignment.source === "hash" || !known) return "invalid_request";
    }
    const given = "attributes" in said ? (said.attributes ?? {}) : {};
    if (ask.op === "redeem" && !isAmount(ask.input.amountMinor)) return "invalid_request";
    const facts = "input" in ask && "facts" in ask.input ? ask.input.facts : undefined;
    if (factsAreWrong(this.books, facts)) return "invalid_request";
    const undeclared = Object.keys(given).some((name) => !attributes.includes(name));
    return undeclared ? "invalid_request" : null;
  }

  private judge(ask: Ask, atMs: number): Decided {
    if (ask.campaign !== this.definition.id)
      return { answer: this.elsewhere(ask, atMs), state: "" };
    const { books, grantNames } = this;
    const ordinalOf = (grant: string): number => grantNames.decode(grant);
    switch (ask.op) {
      case "claim": {
        const { answer, state } = auditClaim(books, ask.input, atMs);
        const { grant } = answer;
        if (typeof grant === "number") answer.grant = grantNames.encode(grant);
        return { answer, state };
      }
      case "invite.create":
        return auditInvite(books, ask.input, this.codes, atMs);
      case "invite.accept":
        return auditAccept(books, ask.input, this.codes, grantNames, atMs);
      case "redeem":
        return auditRedeem(books, ask.input, ordinalOf, atMs);
      case "cancel":
        return auditCancel(books, ask.input, ordinalOf, atMs);
      case "reverse":
        return auditReverse(books, ask.input, (ordinal) => grantNames.encode(ordinal), atMs);
      case "offers":
        return auditOffers(books, ask.user, ask.variant, atMs);
      case "assign":
        return auditAssign(books, ask, atMs);
      case "phase":
        return auditPhase(books, ask.change, atMs);
      case "see":
        return auditSeen(books, ask, atMs);
      case "list":
        return auditList(books, ask, atMs);
      case "compensate":
        return auditCompensate(books, ask, grantNames, atMs);
      case "beacon":
        return auditBeacon(books, ask.value, atMs);
      case "revise":
        return auditRevise(books, ask, atMs);
      case "approve":
        return auditApprove(books, ask, atMs);
      case "reject":
        return auditReject(books, ask, atMs);
      case "suspect":
        return auditSuspect(books, ask, ordinalOf, atMs);
      case "block":
        return auditBlock(books, ask, atMs);
      case "enter":
        return auditEnter(books, ask, atMs);
      case "sweep":
        return auditSweep(books, atMs);
      default:
        return { answer: this.read(ask, atMs), state: books.phase };
    }
  }

  private read(ask: Ask, atMs: number): Expected {
    const { books, grantNames } = this;
    switch (ask.op) {
      case "grant.show": {
        const ordinal = grantNames.decode(ask.grant);
        if (books.grants[ordinal] === undefined) return plain("unknown_grant", atMs);
        return { ...plain("ok", atMs), grant: viewOfGrant(books, ordinal, ask.grant, atMs) };
      }
      case "draw.show": {
        const ordinal = (this.definition.draws ?? []).findIndex(({ id }) => id === ask.draw);
        if (ordinal < 0) return plain("unknown_draw", atMs);
        const view = viewOfDraw(books, ordinal, (grant) => {
          return viewOfGrant(books, grant, grantNames.encode(grant), atMs);
        });
        return { ...plain("ok", atMs), view };
      }
      case "invite.show":
        return {
          ...{ ...plain("ok", atMs), invites: viewInvites(books, ask.user, this.codes, atMs) },
          ...viewEarning(books, ask.user, atMs),
        };
      case "user.grants": {
        const own = books.grants.flatMap(({ user }, ordinal) =>
          user === ask.user ? [ordinal] : [],
        );
        const grants = own
          .reverse()
          .map((ordinal) => viewOfGrant(books, ordinal, grantNames.encode(ordinal), atMs));
        return { ...plain("ok", atMs), grants, more: false };
      }
      default:
        return { ...plain("ok", atMs), books: auditShow(books, atMs) };
    }
  }

  private elsewhere(ask: Ask, atMs: number): Expected {
    const answer = plain("unknown_campaign", atMs);
    switch (ask.op) {
      case "claim":
        return { ...answer, offer: ask.input.offer };
      case "redeem":
      case "cancel":
        return { ...answer, grant: ask.input.grant };
      case "reverse":
        return { ...answer, redemption: ask.input.redemption };
      case "offers":
        return { ...answer, offers: [] };
      case "user.grants":
        return { ...answer, grants: [], more: false };
      case "see":
        return { ...answer, surface: ask.surface };
      case "list":
        return { ...answer, list: ask.list };
      case "suspect":
        return { ...answer, grant: ask.grant };
      case "block":
        return { ...answer, changed: 0, unchanged: 0 };
      case "enter":
        return { ...answer, draw: ask.draw };
      case "invite.create":
        return { ...answer, invite: ask.input.invite };
      case "invite.show":
        return { ...answer, invites: [] };
      case "phase":
      case "reject":
        return { ...answer, campaign: ask.campaign };
      case "compensate":
        return { ...answer, campaign: ask.campaign, batch: ask.batch };
      case "beacon":
        return { ...answer, campaign: ask.campaign, round: ask.value.round };
      case "approve":
      case "revise":
        return { ...answer, campaign: ask.campaign, version: 0 };
      default:
        return answer;
    }
  }
}

function nameOf(ask: Ask): string {
  return ask.op === "block" ? `block.${ask.step}` : ask.op;
}

/** A whole number of minor units above zero, or none. */
function isAmount(given: number | undefined): boolean {
  return given === undefined || (Number.isSafeInteger(given) && given > 0);
}
