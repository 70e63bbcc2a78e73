// What a schedule asks next: few users, few ids, used again and again, at instants where something
// changes. A simulation is as good as what its workload dares.

import { roundAtMs } from "../../src/base/drand.ts";
import type { ClaimInput } from "../../src/contract/schema/claim.ts";
import type { CampaignDefinition } from "../../src/core/definition.ts";
import type { Ask } from "./asks.ts";
import type { Auditor } from "./auditor.ts";
import { isFromSettling, isLateTime, someLatePayment } from "./auditor-late.ts";
import { someDrawHandIn, someHandIn } from "./beacons.ts";
import { BlockAsks } from "./blocks.ts";
import type { Drill } from "./campaigns.ts";
import type { Chance } from "./chance.ts";
import { asideOfCompensation, someCompensation } from "./compensation.ts";
import { asideOf, someFacts, someList } from "./conditions.ts";
import { someCover } from "./covers.ts";
import { asideOfSurfaces, someExposure } from "./exposures.ts";
import { asideOfExtensions, someExtension } from "./extensions.ts";
import { someInvite } from "./invites.ts";
import { someConsent, someRevision } from "./revisions.ts";
import { someSuspicion, suspicionWeight } from "./suspicions.ts";

const HOUR = 3_600_000;
const MOST_MINTED = 60;
const NO_AMOUNTS = [Number.NaN, Number.POSITIVE_INFINITY, 0, 0.5, 2 ** 53, 2 ** 53 - 1];
const LONG_REF = "r".repeat(32);
const WEIGHTS = {
  claim: 34,
  redeem: 26,
  cancel: 6,
  reverse: 14,
  again: 10,
  enter: 0,
  offers: 3,
  assign: 3,
  phase: 2,
  revise: 2,
  consent: 0.5,
  read: 5,
  suspect: 0,
} as const;

export class Workload {
  private readonly chance: Chance;
  /** As it is now. */
  private definition: CampaignDefinition;
  private readonly unit: number;
  /** Of its own: what conditions need changes nothing else. */
  private readonly aside: Chance;
  private readonly owing: Chance;
  private readonly extending: Chance;
  private readonly makesGood: boolean;
  private readonly users: string[];
  private readonly values: string[];
  private readonly narrow: boolean;
  private readonly asked: Ask[] = [];
  private minted = 0;
  private readonly late: Chance;
  private readonly seeing: Chance;
  private readonly sees: boolean;
  private readonly apart: Chance;
  /** How much longer than elsewhere time stands still. */
  private readonly slow: number;
  /** Nothing runs out: more claims can be granted than one record holds. */
  private readonly roomy: boolean;

  private readonly days: readonly number[];
  private readonly blocks: BlockAsks;
  /** How often what is asked; some campaigns are revised again and again. */
  private readonly weights: Readonly<Record<keyof typeof WEIGHTS, number>>;

  /** @param apart chance of its own for invites, which only some campaigns have */
  constructor(chance: Chance, { definition, unit, days }: Drill, apart: Chance) {
    this.chance = chance;
    this.aside = asideOf(definition);
    this.late = asideOf(definition);
    this.apart = apart;
    this.extending = asideOfExtensions(definition);
    this.owing = asideOfCompensation(definition);
    this.seeing = asideOfSurfaces(definition);
    this.sees = definition.surfaces !== undefined;
    this.makesGood = definition.offers.some(({ reward }) => reward.kind === "compensation");
    this.definition = definition;
    this.blocks = new BlockAsks(definition);
    this.unit = unit;
    this.days = days;
    const suspect = suspicionWeight(definition);
    const enter = definition.draws === undefined ? 0 : 40;
    this.weights = { ...WEIGHTS, enter, revise: chance.pick([0.5, 2, 2, 12]), suspect };
    this.users = ["ana", "bo", "chén", "d".repeat(128)].slice(0, chance.int(2, 4));
    this.values = ["x", "y", "鞋"].slice(0, chance.int(1, 3));
    this.narrow = chance.yes(0.3);
    this.slow = chance.pick([0.3, 1, 1, 3]);
    this.roomy = definition.budgetMinor > 200 * unit && definition.caps.length === 0;
  }

  get isRevisedOften(): boolean {
    return this.weights.revise > WEIGHTS.revise;
  }

  /** One to a few asks that are sent together. */
  together(auditor: Auditor, atMs: number): Ask[] {
    const { chance } = this;
    this.definition = auditor.books.definition;
    // No more than one sweep expires at once, and one tiny record takes.
    if (chance.yes(this.roomy ? 0.08 : 0.002) && this.minted < MOST_MINTED) {
      return this.burst(atMs);
    }
    const count = chance.pick([1, 1, 1, 2, 3, 5]);
    const asks = Array.from({ length: count }, () => this.next(auditor, atMs));
    // The same line twice at once: the second is a replay, or a conflict in another operation.
    if (chance.yes(0.15)) asks.push(chance.pick(asks));
    asks.push(...someHandIn(chance, this.definition, auditor.books.randomness !== null, atMs));
    asks.push(...someDrawHandIn(this.aside, auditor.books, atMs));
    return asks;
  }

  /** More claims than one record holds. */
  private burst(atMs: number): Ask[] {
    const { chance } = this;
    const offer = this.offer(atMs);
    return Array.from({ length: this.roomy ? 210 : 70 }, () => {
      this.minted += 1;
      const user = chance.pick(this.users);
      const input = { id: `id-${this.minted}`, user, offer, ref: LONG_REF };
      return {
        op: "claim",
        campaign: this.definition.id,
        input: { ...input, ...this.attributes() },
      };
    });
  }

  next(auditor: Auditor, atMs: number): Ask {
    const invite = someInvite(this.apart, auditor, atMs, this.users, this.values);
    if (invite !== null) return invite;
    const block = this.blocks.next(this.definition, this.users, this.values, atMs);
    if (block !== null) return block;
    const cover = someCover(this.late, auditor, this.unit, atMs, () => this.id());
    if (cover !== null) {
      this.asked.push(cover);
      return cover;
    }
    const extension = someExtension(this.extending, auditor, atMs, () => this.id());
    if (extension !== null) {
      this.asked.push(extension);
      return extension;
    }
    const drawn = this.possible(this.chance.weighted(this.weights), auditor);
    const kind = isLateTime(this.late, auditor.books, atMs) ? "redeem" : drawn;
    const list = this.definition.lists === undefined || !this.aside.yes(0.05) ? null : this.list();
    const owed = this.makesGood ? this.owed(auditor) : null;
    const seen = this.sees ? this.seen(auditor, atMs) : null;
    const ask =
      seen ??
      owed ??
      list ??
      (kind === "again" ? this.again(atMs) : this.fresh(kind, auditor, atMs));
    this.asked.push(ask);
    return this.chance.yes(0.005) ? { ...ask, campaign: "elsewhere" } : ask;
  }

  /** Now and then a list of users who lost something. */
  private owed(auditor: Auditor): Ask | null {
    const { owing, users, unit } = this;
    return owing.yes(0.06) ? someCompensation(owing, auditor, users, unit) : null;
  }

  /** Now and then a report of who saw something. */
  private seen(auditor: Auditor, atMs: number): Ask | null {
    const { seeing, users } = this;
    return seeing.yes(0.08) ? someExposure(seeing, auditor, users, atMs) : null;
  }

  private list(): Ask {
    return someList(this.aside, this.definition.id, this.users);
  }

  /** Mostly what can succeed: without grants a claim, without redemptions a redemption. */
  private possible(kind: keyof typeof WEIGHTS, { books }: Auditor): keyof typeof WEIGHTS {
    if (this.chance.yes(0.06)) return kind;
    if (books.proposal !== null && this.chance.yes(0.15)) return "consent";
    if (books.phase === "paused" && this.chance.yes(0.4)) return "phase";
    const live = books.grants.some(({ state }) => state === "live");
    if (kind === "suspect" && books.grants.length === 0) return "claim";
    if (kind === "reverse" && books.redemptions.length === 0) return live ? "redeem" : "claim";
    if (kind === "cancel" && books.grants.length === 0) return "claim";
    return kind === "redeem" && !live && this.chance.yes(0.7) ? "claim" : kind;
  }

  private fresh(kind: Exclude<keyof typeof WEIGHTS, "again">, auditor: Auditor, atMs: number): Ask {
    const { chance } = this;
    const campaign = this.definition.id;
    const variant = this.variant();
    switch (kind) {
      case "claim":
        return this.claim(atMs);
      case "redeem":
        return this.redeem(auditor, atMs);
      case "cancel":
        return { op: "cancel", campaign, input: { id: this.id(), grant: this.grant(auditor) } };
      case "reverse": {
        const ids = [...auditor.books.ids.keys()];
        const redemption = chance.yes(0.1) || ids.length === 0 ? this.id() : this.redeemed(auditor);
        return { op: "reverse", campaign, input: { id: this.id(), redemption } };
      }
      case "enter":
        return this.enter(atMs);
      case "offers":
        return { op: "offers", campaign, user: chance.pick(this.users), ...variant };
      case "assign": {
        const users = Array.from({ length: chance.int(1, 3) }, () => chance.pick(this.users));
        const audience = chance.yes(0.1) ? "strangers" : "friends";
        return { op: "assign", campaign, audience, users, ...variant };
      }
      case "phase": {
        const resume = auditor.books.phase === "paused" ? 40 : 2;
        const change = chance.weighted({ pause: 4, resume, end: 0.7, close: 2 });
        return { op: "phase", campaign, change };
      }
      case "consent":
        return someConsent(chance, auditor.books);
      case "revise":
        return someRevision(chance, auditor.books, { unit: this.unit, days: this.days }, atMs);
      case "suspect":
        return someSuspicion(chance, auditor, campaign, {
          id: () => this.id(),
          grant: () => this.grant(auditor),
          amount: () => this.amount(),
        });
      case "read":
        return chance.pick<Ask>([
          { op: "campaign.show", campaign },
          { op: "grant.show", campaign, grant: this.grant(auditor) },
          { op: "user.grants", campaign, user: chance.pick(this.users) },
        ]);
    }
  }

  /** Something asked before, word for word or with one word changed. */
  private again(atMs: number): Ask {
    const { chance } = this;
    if (this.asked.length === 0) return this.claim(atMs);
    const recent = this.asked.slice(chance.yes(0.5) ? -3 : 0);
    const ask = structuredClone(chance.pick(recent));
    if (!("input" in ask) || chance.yes(0.6)) return ask;
    if (ask.op === "claim") {
      const change = chance.int(0, 3);
      if (change === 0) ask.input.user = chance.pick(this.users);
      else if (change === 1) ask.input.offer = this.offer(atMs);
      else if (change === 2) ask.input.ref = chance.pick(["r", "s"]);
      else ask.input = { ...ask.input, ...this.attributes() };
    } else if (ask.op === "redeem") {
      if (chance.yes(0.5)) ask.input.amountMinor = this.amount();
      else ask.input.paidAtMs = chance.pick([1, 2]);
    }
    return ask;
  }

  private claim(atMs: number): Ask {
    const { chance } = this;
    const input = {
      id: this.id(),
      user: chance.pick(this.users),
      offer: this.offer(atMs),
      ...this.attributes(),
      ...this.facts(),
      ...this.notAfter(atMs),
      ...this.variant(),
      ...(chance.yes(0.1) ? { ref: chance.pick(["r", "order 7", "é"]) } : {}),
    };
    return { op: "claim", campaign: this.definition.id, input };
  }

  private enter(atMs: number): Ask {
    const { chance } = this;
    const { draws = [], id: campaign } = this.definition;
    if (draws.length === 0 && !chance.yes(0.02)) return this.claim(atMs);
    const draw = chance.yes(0.02) ? "monday" : "sunday";
    if (chance.yes(0.1)) return { op: "draw.show", campaign, draw };
    const user = chance.pick(this.users);
    const entry = { id: this.id(), user, ...this.notAfter(atMs), ...this.variant() };
    return { op: "enter", campaign, draw, entry };
  }

  private redeem(auditor: Auditor, atMs: number): Ask {
    const { chance } = this;
    const input = {
      id: this.id(),
      grant: this.grant(auditor),
      ...(chance.yes(0.5) ? { amountMinor: this.amount() } : {}),
      ...this.attributes(),
      ...this.notAfter(atMs),
      ...(chance.yes(0.1) ? { paidAtMs: atMs - chance.int(0, 5) } : {}),
      ...someLatePayment(this.late, auditor.books, (one) => auditor.nameOf(one), atMs),
    };
    return { op: "redeem", campaign: this.definition.id, input };
  }

  /** Ids are few and shared by all operations, or mostly new. */
  private id(): string {
    const { chance } = this;
    if (!this.narrow && chance.yes(0.75)) {
      this.minted += 1;
      return `id-${this.minted}`;
    }
    return `i${chance.int(1, 6)}`;
  }

  /** Mostly one that is open now. */
  private offer(atMs: number): string {
    const { offers, waves } = this.definition;
    if (this.chance.yes(0.01)) return "no-such-offer";
    const open = offers.filter(({ wave }) => {
      return atMs >= waves[wave]!.fromMs && atMs < waves[wave]!.toMs;
    });
    return this.chance.pick(open.length === 0 || this.chance.yes(0.2) ? offers : open).id;
  }

  /** Mostly a grant that exists; the next one to come, or no grant at all, now and then. */
  private grant(auditor: Auditor): string {
    const { chance } = this;
    const { grants } = auditor.books;
    if (chance.yes(0.02)) return "0000000000000000000z";
    if (chance.yes(0.04) || grants.length === 0) return auditor.nameOf(grants.length);
    const recent = chance.yes(0.5) ? Math.max(0, grants.length - 2) : 0;
    return auditor.nameOf(chance.int(recent, grants.length - 1));
  }

  private redeemed(auditor: Auditor): string {
    const ids = [...auditor.books.ids.entries()];
    const redemptions = ids.filter(([, { op }]) => op === "redeem");
    const late = redemptions.filter(([, { target }]) => isFromSettling(auditor.books, target));
    if (late.length > 0 && this.late.yes(0.5)) return this.late.pick(late)[0];
    const from = redemptions.length === 0 || this.chance.yes(0.1) ? ids : redemptions;
    return this.chance.pick(from)[0];
  }

  private amount(): number {
    const { chance, unit } = this;
    if (chance.yes(0.05)) return chance.pick([...NO_AMOUNTS, -unit]);
    return Math.max(1, unit * chance.pick([1, 1, 1, 1, 2, 3]) + chance.pick([0, 0, 0, 0, 1, -1]));
  }

  private attributes(): { attributes?: Record<string, string> } {
    const { chance } = this;
    const { attributes } = this.definition;
    if (attributes.length === 0 && !chance.yes(0.01)) return {};
    const given: Record<string, string> = {};
    for (const name of attributes) if (chance.yes(0.8)) given[name] = chance.pick(this.values);
    if (chance.yes(0.01)) given.shoe = "x";
    return { attributes: given };
  }

  private facts(): Pick<ClaimInput, "facts"> {
    return this.definition.facts === undefined ? {} : someFacts(this.aside);
  }

  private notAfter(atMs: number): { notAfterMs?: number } {
    if (!this.chance.yes(0.15)) return {};
    return { notAfterMs: atMs + this.chance.pick([-1, -1, 0, 1, 60_000]) };
  }

  private variant(): { variant?: string } {
    const { chance } = this;
    const given = this.definition.assignment.source === "given";
    if (!chance.yes(given ? 0.85 : 0.01)) return {};
    const { variants } = this.definition.assignment;
    const names = ["holdout", ...variants.map(({ id }) => id), ...variants.map(({ id }) => id)];
    return { variant: chance.yes(0.02) ? "no-such-arm" : chance.pick(names) };
  }

  /** The instant of the next step: mostly the same; else a boundary, and a ms before or after. */
  advance(auditor: Auditor, atMs: number): number {
    const { chance } = this;
    const { slow } = this;
    const how = chance.weighted({ stay: 60 * slow, tick: 14, boundary: 16, hour: 1.5, day: 0.8 });
    switch (how) {
      case "stay":
        return atMs;
      case "tick":
        return atMs + chance.pick([1, 1, 2, 999, 59_999, 60_000, 65_536]);
      case "hour":
        return atMs + HOUR;
      case "day":
        return atMs + 25 * HOUR;
      case "boundary": {
        const ahead = this.boundaries(auditor, atMs).sort((a, b) => a - b);
        const near = ahead[Math.min(ahead.length - 1, chance.pick([0, 0, 0, 1, 2]))] ?? atMs;
        return Math.max(atMs, near + chance.pick([-1, 0, 0, 1]));
      }
    }
  }

  private boundaries(auditor: Auditor, atMs: number): number[] {
    const { definition } = this;
    const { books } = auditor;
    const minute = Math.floor(atMs / 60_000) * 60_000;
    const instants = [
      ...definition.waves.flatMap(({ fromMs, toMs }) => [fromMs, toMs]),
      ...[definition.startsAtMs, definition.endsAtMs, definition.closesAtMs],
      ...definition.dayStartsMs,
      ...(definition.draws ?? []).map(({ closesAtMs }) => closesAtMs),
      ...books.grants.filter(({ state }) => state === "live").map((grant) => grant.expiresAtMs),
      ...books.grants.map(({ atMs: given, offer }) => {
        return given + (definition.offers[offer]!.maturesMs ?? 0);
      }),
      ...books.held.map(({ grant }) => books.grants[grant]!.dueAtMs),
      ...books.settling.map(({ freeAtMs }) => freeAtMs),
      ...[...books.blocks.untilMs.values()].filter(Number.isFinite),
      ...books.pots.flatMap((pot) => pot?.waiting.map(({ freeAtMs }) => freeAtMs) ?? []),
      minute + 60_000,
      ...books.paces.instants(this.unit, atMs),
    ];
    const { beacon } = definition;
    if (beacon !== undefined) {
      const rounds = [beacon.round, ...books.lots.flatMap(({ round }) => round ?? [])];
      instants.push(...rounds.map((round) => roundAtMs(beacon.chain, round)));
    }
    const day = definition.dayStartsMs.findLast((start) => start <= atMs);
    if (day !== undefined) instants.push(atMs - ((atMs - day) % HOUR) + HOUR);
    return instants.filter((instant) => instant > atMs);
  }
}
