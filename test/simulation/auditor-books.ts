// The auditor's books of one campaign: plain Maps and lists, and the rules of caps written down a
// second time. A grant remembers what it was charged, and only that is ever given back.

import type {
  CampaignDefinition,
  CapDefinition,
  RewardDefinition,
} from "../../src/core/definition.ts";
import type { Expected, ExpectedEvent, SuspectAsk } from "./asks.ts";
import { type AuditedInvites, emptyInvites } from "./audited-invites.ts";
import { AuditedBlocks } from "./auditor-blocks.ts";
import type { BookedCover } from "./auditor-cover.ts";
import { AuditedDraw } from "./auditor-draws.ts";
import type { AuditedSettling } from "./auditor-late.ts";
import { type AuditorNames, NO_KEY } from "./auditor-names.ts";
import { ceilingOf } from "./auditor-overissue.ts";
import { AuditorPaces } from "./auditor-paces.ts";
import { AuditedPot } from "./auditor-pots.ts";
import type { AuditedRevision, AuditedRun, NamedProposal } from "./auditor-revision.ts";
import { type AuditedSuspicion, noSuspicion, type SuspectEntry } from "./auditor-suspicion.ts";

export type Attributes = Readonly<Record<string, string>>;

/** One cell that was charged. */
export interface Charge {
  cap: number;
  row: number;
  window: number;
}

/** An attribute that did not come, and the cap that counts by it. */
export interface Missing {
  missing: string;
  cap: string;
}

export interface AuditedUser {
  ordinal: number;
  arm: number;
  audience: string | null;
  exposed: boolean;
  assignedAtMs: number;
  /** The earliest that is known. */
  exposedAtMs?: number;
}

export interface AuditedGrant {
  user: string;
  offer: number;
  arm: number;
  amountMinor: number;
  spentMinor: number;
  returnedMinor: number;
  state: "live" | "redeemed" | "cancelled" | "expired" | "held" | "clawed_back";
  atMs: number;
  /** By its rule, and at the latest when the campaign closes. */
  dueAtMs: number;
  expiresAtMs: number;
  /** Until when it lives at least since its last release and extension, and what is owing; or 0. */
  untilMs: number;
  extendedMs: number;
  owedMinor: number;
  charges: Charge[];
}

export interface AuditedRedemption {
  grant: number;
  amountMinor: number;
  restMinor: number;
  /** 0: the merchant does not say. */
  paidAtMs: number;
  reversed: boolean;
  /** Its money was settling, and the claim's caps had it back before. */
  settled: boolean;
  charges: Charge[];
}

/** What an id was first used for, with which content, and what was answered. */
export interface BoundId {
  op:
    | "claim"
    | "redeem"
    | "cancel"
    | "reverse"
    | "compensate"
    | "enter"
    | "invite.create"
    | "invite.accept"
    | SuspectAsk["step"];
  content: string;
  answer: Expected;
  /** Ordinal of the grant or redemption, -1 for a held-out claim. */
  target: number;
}

export class AuditorBooks {
  /** As it is now. */
  definition: CampaignDefinition;
  readonly names: AuditorNames;
  /** One more than there were revisions. */
  versions = 1;
  /** What waits for consent, the digest of what was last taken back, and what is in force. */
  proposal: NamedProposal | null = null;
  rejected: string | null = null;
  last: AuditedRevision | null = null;
  phase: "open" | "paused" | "ended" | "closed" = "open";
  /** The value of the promised round; null until it is in. */
  randomness: string | null = null;
  spentMinor = 0;
  reservedMinor = 0;
  settlingMinor = 0;
  returnedMinor = 0;
  /** Expired money that has settled. */
  lapsedMinor = 0;
  readonly counts = { redemptions: 0, reversals: 0, cancellations: 0, expiries: 0, withheld: 0 };
  readonly ids: Map<string, BoundId> = new Map();
  readonly users: Map<string, AuditedUser> = new Map();
  readonly invites: AuditedInvites = emptyInvites();
  readonly grants: AuditedGrant[] = [];
  readonly redemptions: AuditedRedemption[] = [];
  readonly settling: AuditedSettling[] = [];
  readonly suspicion: AuditedSuspicion = noSuspicion();
  readonly blocks: AuditedBlocks = new AuditedBlocks();
  /** Payments that no reward could cover. */
  readonly borne = { contingencyMinor: 0, lossMinor: 0 };
  /** They, in order, as they were booked. */
  readonly booked: BookedCover[] = [];
  /** By grant: what was borne with it and stands. */
  readonly borneWith: Map<number, number> = new Map();
  /** Grants in the order in which they were held and released, and how far the sweep has come. */
  readonly held: SuspectEntry[] = [];
  readonly released: SuspectEntry[] = [];
  /** Extensions in the order in which they were made; how many are done. */
  readonly extended: SuspectEntry[] = [];
  extendedCursor = 0;
  heldCursor = 0;
  releasedCursor = 0;
  readonly draws: Map<string, number> = new Map();
  /** By offer. */
  readonly pots: (AuditedPot | null)[];
  /** By draw. */
  readonly lots: AuditedDraw[] = [];
  /** Ordinals of attribute values, per attribute, in the order in which caps first counted them. */
  readonly values: Map<string, Map<string, number>> = new Map();
  /** Grants of each offer in order, and the runs of them that expire by one rule. */
  readonly classes: number[][];
  readonly runs: AuditedRun[][];
  readonly cells: Map<string, number> = new Map();
  /** Members of each list in force, and the hash of the last one that was put in force. */
  readonly lists: Map<string, ReadonlySet<string>> = new Map();
  listHash = "";
  readonly paces: AuditorPaces;
  /** Lists of users made good: what each batch states. */
  readonly batches: Map<string, string> = new Map();
  /** Grants of each. */
  readonly madeGood: Map<string, number> = new Map();
  /** Every event so far, as it must stand in the journal. */
  readonly events: ExpectedEvent[] = [];

  constructor(definition: CampaignDefinition, names: AuditorNames) {
    this.definition = definition;
    this.names = names;
    this.classes = [];
    this.runs = [];
    this.pots = [];
    this.paces = new AuditorPaces(this);
    this.meet(definition);
  }

  /** Another definition from now on. */
  revise(definition: CampaignDefinition): void {
    this.definition = definition;
    this.versions += 1;
    this.proposal = null;
    this.meet(definition);
  }

  /** Makes room for offers and attributes that are new. */
  private meet({ offers, attributes }: CampaignDefinition): void {
    for (const { expiry, reward } of offers.slice(this.classes.length)) {
      this.pots.push(this.potOf(reward, this.pots.length));
      this.classes.push([]);
      this.runs.push([{ from: 0, cursor: 0, expiry }]);
    }
    for (const _ of (this.definition.draws ?? []).slice(this.lots.length)) {
      this.lots.push(new AuditedDraw());
    }
    for (const name of attributes) {
      if (!this.values.has(name)) this.values.set(name, new Map());
    }
  }

  private potOf(reward: RewardDefinition, offer: number): AuditedPot | null {
    const key = this.names.luckKey(this.randomness);
    return reward.kind === "pot" ? new AuditedPot(reward, offer, key) : null;
  }

  /** The value that luck waited for. Nothing was taken from a pot before, so it is filled anew. */
  mixIn(randomness: string): void {
    this.randomness = randomness;
    this.definition.offers.forEach(({ reward, draw }, offer) => {
      // Prizes are equals, and may have been won before.
      if (draw === undefined) this.pots[offer] = this.potOf(reward, offer);
    });
  }

  /** Money in the pots. */
  get setAsideMinor(): number {
    return this.pots.reduce((sum, pot) => sum + (pot?.insideMinor ?? 0), 0);
  }

  /** What only compensation can take: all of its line that was not granted. */
  get owedMinor(): number {
    const { caps, offers } = this.definition;
    if (!offers.some(({ reward }) => reward.kind === "compensation")) return 0;
    const cap = caps.findIndex(({ id }) => id === "compensation-budget");
    return Math.max(0, caps[cap]!.limit - this.used({ cap, row: 0, window: 0 }));
  }

  /** What a new grant of an offer may take; a pot has its own money. */
  grantableFor(offer: number): number {
    return this.pots[offer]?.insideMinor ?? this.grantableMinor;
  }

  /** Given out and not come back, and what pots hold. */
  get outMinor(): number {
    const out = this.spentMinor + this.reservedMinor + this.settlingMinor + this.returnedMinor;
    return out + this.setAsideMinor + this.owedMinor;
  }

  /** Within the budget always; beyond it as far as over-issue goes, where what lapsed counts. */
  get grantableMinor(): number {
    const within = this.definition.budgetMinor - this.outMinor;
    return Math.max(within, ceilingOf(this.definition) - this.outMinor - this.lapsedMinor);
  }

  write(type: string, atMs: number, particulars: Record<string, unknown> = {}): void {
    this.events.push({ type, campaign: this.definition.id, atMs, ...particulars, ...this.marks });
  }

  /** What a rehearsal says with all that it gives out. */
  get marks(): { rehearsal?: true } {
    return this.definition.rehearsal === undefined ? {} : { rehearsal: true };
  }

  used({ cap, row, window }: Charge): number {
    return this.cells.get(`${cap} ${row} ${window}`) ?? 0;
  }

  add({ cap, row, window }: Charge, delta: number): void {
    const key = `${cap} ${row} ${window}`;
    this.cells.set(key, (this.cells.get(key) ?? 0) + delta);
  }

  restMinor(grant: AuditedGrant): number {
    return grant.amountMinor - grant.spentMinor - grant.returnedMinor;
  }

  armName(arm: number): string {
    if (arm === 0) return "holdout";
    return this.definition.assignment.variants[arm - 1]?.id ?? "treated";
  }

  /** The caps that a claim, or a redemption, of an offer is charged to, by ordinal. */
  capsOf(offer: number, on: "claim" | "redemption"): number[] {
    const { caps, offers, waves } = this.definition;
    const { id, wave, draw, reward } = offers[offer]!;
    const isOwed = reward.kind === "compensation" && on === "claim";
    return caps.flatMap((cap, ordinal) => {
      if (cap.on !== on || cap.dimension.startsWith("inviter:")) return [];
      if (isOwed && cap.dimension !== `offer:${id}`) return [];
      if (draw !== undefined && on === "claim" && cap.id !== `pot:${id}`) return [];
      if (cap.dimension.startsWith("wave:") && cap.dimension !== `wave:${waves[wave]!.id}`)
        return [];
      if (cap.dimension.startsWith("offer:") && cap.dimension !== `offer:${id}`) return [];
      return [ordinal];
    });
  }

  /** The day of an instant, from the list of local midnights. */
  private dayOf(atMs: number): number {
    const { dayStartsMs } = this.definition;
    const day = dayStartsMs.findLastIndex((start) => start <= atMs);
    return Math.max(0, day);
  }

  /** Time since the local midnight before. */
  sinceMidnight(atMs: number): number {
    return Math.max(0, atMs - this.definition.dayStartsMs[this.dayOf(atMs)]!);
  }

  /** The number by which events name the window of an instant. */
  windowOf(per: CapDefinition["per"], atMs: number): number {
    if (per === "total") return 0;
    const day = this.dayOf(atMs);
    const sinceMidnight = atMs - this.definition.dayStartsMs[day]!;
    if (per === "day") return day;
    if (per === "hour") return day * 32 + Math.floor(sinceMidnight / 3_600_000);
    return day * 2048 + Math.floor(sinceMidnight / 60_000);
  }

  /** Grants that a batch of compensation has. */
  madeIn(batch: string): number {
    return this.madeGood.get(batch) ?? 0;
  }

  /** When the window of an instant is over; undefined when it never is, or nobody knows. */
  windowEnd(per: CapDefinition["per"], atMs: number): number | undefined {
    if (per === "total") return undefined;
    const day = this.dayOf(atMs);
    const midnight = this.definition.dayStartsMs[day]!;
    const next = this.definition.dayStartsMs[day + 1];
    if (per === "day") return next;
    const size = per === "hour" ? 3_600_000 : 60_000;
    const end = midnight + (Math.floor(Math.max(0, atMs - midnight) / size) + 1) * size;
    return next === undefined ? end : Math.min(end, next);
  }

  /** The attributes that stand in an event: those that came, and missing ones that share a cell. */
  attributesOf(caps: readonly number[], given: Attributes): Record<string, string> {
    const found: Record<string, string> = {};
    for (const name of this.definition.attributes) {
      const value = given[name];
      const shared = caps.some((cap) => {
        const { dimension, missing } = this.definition.caps[cap]!;
        return dimension === name && missing === "shared";
      });
      if (value !== undefined) found[name] = this.names.value(name, value);
      else if (shared) found[name] = NO_KEY;
    }
    return found;
  }

  /** Gives ordinals to values that these caps count, and to the merchant of a redemption. */
  intern(caps: readonly number[], attributes: Attributes, kept = ""): void {
    for (const [name, key] of Object.entries(attributes)) {
      const counted = caps.some((cap) => this.definition.caps[cap]!.dimension === name);
      if (!counted && name !== kept) continue;
      const known = this.values.get(name)!;
      if (!known.has(key)) known.set(key, known.size);
    }
  }

  /**
   * The cells to charge, or why not: the missing attribute first, then the first cap that is full.
   */
  chargesOf(
    offer: number,
    caps: readonly number[],
    user: number,
    given: Attributes,
    amountMinor: number,
    atMs: number,
  ): { charges: Charge[] } | Missing | { full: number; retryAtMs: number | undefined } {
    const charges: Charge[] = [];
    for (const ordinal of caps) {
      const cap = this.definition.caps[ordinal]!;
      const row = this.rowOf(cap, offer, user, given);
      if (row === "missing") return { missing: cap.dimension, cap: cap.id };
      if (row === "skipped") continue;
      charges.push({ cap: ordinal, row, window: this.windowOf(cap.per, atMs) });
    }
    for (const charge of charges) {
      const { counts, limit, per, curve } = this.definition.caps[charge.cap]!;
      if (curve !== undefined) continue;
      const after = this.used(charge) + (counts === "money" ? amountMinor : 1);
      if (after > limit) return { full: charge.cap, retryAtMs: this.windowEnd(per, atMs) };
    }
    return { charges };
  }

  private rowOf(
    cap: CapDefinition,
    offer: number,
    user: number,
    given: Attributes,
  ): number | "missing" | "skipped" {
    const { dimension, missing } = cap;
    if (dimension.startsWith("inviter:")) return user;
    if (dimension === "campaign" || dimension.includes(":")) return 0;
    if (dimension === "wave") return this.definition.offers[offer]!.wave;
    if (dimension === "offer") return offer;
    if (dimension === "user") return user;
    const value = given[dimension];
    if (value === undefined && missing === "refuse") return "missing";
    if (value === undefined && missing === "skip") return "skipped";
    const key = value === undefined ? NO_KEY : this.names.value(dimension, value);
    const known = this.values.get(dimension)!;
    return known.get(key) ?? known.size;
  }

  charge(charges: readonly Charge[], amountMinor: number, sign: 1 | -1 = 1): void {
    for (const charge of charges) {
      const money = this.definition.caps[charge.cap]!.counts === "money";
      this.add(charge, sign * (money ? amountMinor : 1));
    }
  }

  /** Gives back what may be given back, and returns the cells that it went to. */
  giveBack(
    charges: readonly Charge[],
    counts: boolean,
    amountMinor: number,
    atMs: number,
  ): Charge[] {
    const returned = charges.filter((charge) => {
      const cap = this.definition.caps[charge.cap]!;
      if (!cap.refund || (cap.counts === "grants" && !counts)) return false;
      return charge.window === this.windowOf(cap.per, atMs);
    });
    this.charge(returned, amountMinor, -1);
    return returned;
  }

  /** Whether the end of a grant gives one back to count caps: never once spent, never for luck. */
  countsReturn(grant: AuditedGrant): boolean {
    const { reward } = this.definition.offers[grant.offer]!;
    return grant.spentMinor === 0 && reward.kind === "fixed";
  }

  /** Cells as events show them. */
  shown(charges: readonly Charge[]): { cap: string; window: number; row: number }[] {
    return charges.map(({ cap, window, row }) => {
      return { cap: this.definition.caps[cap]!.id, window, row };
    });
  }
}
