// The state of a ledger: what the events so far add up to. Only apply.ts changes it.

import type { ArmRule } from "./assignment/assignment.ts";
import { ExposureTimes } from "./assignment/exposure-times.ts";
import type { CampaignKeys, Phase } from "./campaign-keys.ts";
import { Cap, type CapSet } from "./caps/caps.ts";
import { Calendar } from "./caps/windows.ts";
import type { StatedBatch } from "./compensation/compensation-batch.ts";
import { type CampaignDefinition, ceilingOf } from "./definition.ts";
import type { Draw } from "./draws/draw.ts";
import { ExpiryQueue, expiryAt } from "./grants/expiry-queue.ts";
import type { ImportedList } from "./imported-list.ts";
import { Invites } from "./invites/invites.ts";
import { FOR_CAMPAIGN, type PromisedRound } from "./luck/beacon.ts";
import { addTables, type DrawnTable } from "./luck/drawn-tables.ts";
import type { Pot } from "./luck/pot.ts";
import { type Books, type Counts, emptyBooks, emptyCounts, type Settling } from "./money/books.ts";
import { LateBooks } from "./money/late-books.ts";
import { beyondMinor } from "./money/overissue.ts";
import { setAside } from "./money/set-aside.ts";
import type { LastRevision, OpenProposal, RevisedClasses } from "./revision/revision-record.ts";
import { type GreyRule, MERCHANT, rulesOf } from "./rules.ts";
import { GRANT } from "./state-words.ts";
import { Blocks } from "./suspicion/blocks.ts";
import { Extensions } from "./suspicion/extensions.ts";
import { ownExpiresAtMs } from "./suspicion/own-expiry.ts";
import { Suspicion } from "./suspicion/suspicion.ts";
import { ByteColumn, WideColumn, WordColumn } from "./tables/columns.ts";
import { KeyTable } from "./tables/key-table.ts";

export class CampaignState {
  readonly ordinal: number;
  /** As it is now: revisions replace it. */
  definition: CampaignDefinition;
  calendar: Calendar;
  readonly keys: CampaignKeys;
  private readonly hashBits: number;
  phase: Phase = "open";
  readonly books: Books;
  readonly counts: Counts = emptyCounts();
  readonly settling: Settling = { freeAtMs: [], amountMinor: [], head: 0 };
  readonly suspicion: Suspicion = new Suspicion();
  readonly extensions: Extensions = new Extensions();
  readonly blocks: Blocks = new Blocks();
  readonly exposureTimes: ExposureTimes = new ExposureTimes();
  /** Rounds of the beacon that were promised, with the values that came in. */
  readonly rounds: PromisedRound[] = [];
  /** Per offer, for tables: what was drawn by each version of its odds. */
  readonly drawn: DrawnTable[][];

  /** Caps in the order of the definition, and how many there were in each version of it. */
  readonly caps: Cap[];
  capCounts: number[];
  /** The caps that a claim of each offer is charged to, and its redemptions. */
  claimCaps!: CapSet[];
  redemptionCaps!: CapSet[];
  lateCaps!: CapSet[];
  /** Claim caps that the user alone tells, without attributes: for showing what is open. */
  ownCaps!: CapSet[];
  /** The most that may be out and spent at once: the budget, or more by over-issue. */
  ceilingMinor!: number;
  /** By wave: the cap that lets its money out by a curve, or null. */
  paces!: (Cap | null)[];
  /** Who gets which arm at a claim, and in each audience. */
  arms!: ArmRule;
  audienceArms!: ArmRule[];
  grey!: GreyRule | null;

  /** Ids, all in one namespace: what each was used for, on what, with which content. */
  readonly ids: KeyTable;
  readonly idUse: ByteColumn = new ByteColumn();
  readonly idTarget: WordColumn = new WordColumn();
  readonly idPrintA: WordColumn = new WordColumn();
  readonly idPrintB: WordColumn = new WordColumn();

  readonly users: KeyTable;
  /** arm + 1; 0 = not assigned. */
  readonly userArm: ByteColumn = new ByteColumn();
  /** audience + 1; 0 = none. */
  readonly userAudience: ByteColumn = new ByteColumn();
  /** bit 0 exposed, bit 2 held out and reached by an invite. */
  readonly userFlags: ByteColumn = new ByteColumn();
  /** Last grant of the user + 1, the head of a list through grantPrevious. */
  readonly userLastGrant: WordColumn = new WordColumn();

  /** By ordinal of the definition's lists: what was imported last; null or nothing: none yet. */
  lists: (ImportedList | null)[] = [];

  /** One table a declared attribute. */
  readonly attributes: KeyTable[];

  grantCount = 0;
  readonly grantUser: WordColumn = new WordColumn();
  readonly grantPrevious: WordColumn = new WordColumn();
  readonly grantOfferLow: ByteColumn = new ByteColumn();
  readonly grantOfferHigh: ByteColumn = new ByteColumn();
  readonly grantState: ByteColumn = new ByteColumn();
  readonly grantAmount: WideColumn = new WideColumn();
  readonly grantSpent: WideColumn = new WideColumn();
  /** Reversed after the grant's end. */
  readonly grantReturned: WideColumn = new WideColumn();
  /** Instant of the grant, since the campaign's start. */
  readonly grantAt: WideColumn = new WideColumn();
  /** The version of the definition that the grant was charged by; 0 = as opened. */
  readonly grantVersion: ByteColumn = new ByteColumn();
  /** Per attribute that a claim cap counts by: its ordinal + 1; 0 = not charged. */
  readonly grantAttribute: (WordColumn | null)[];

  /** Per offer: its grants in the order in which they expire. */
  readonly queues: ExpiryQueue[];
  /** Per table offer: how often each user drew. */
  readonly draws: WordColumn[];
  /** Per offer: its pot, or null; and the draws. */
  readonly pots: (Pot | null)[] = [];
  readonly lots: Draw[] = [];
  /** Of a grant of a pot: its packet, from 1. */
  readonly grantPacket: WordColumn = new WordColumn();
  /** Null while the campaign has no invites. */
  invites: Invites | null = null;
  /** The offer that makes good what was lost, or -1; the cap that holds its money; its batches. */
  compensationOffer!: number;
  compensationCap!: Cap | null;
  compensations: StatedBatch[] = [];
  redemptionCount = 0;
  readonly late: LateBooks = new LateBooks();
  readonly redemptionGrant: WordColumn = new WordColumn();
  readonly redemptionAmount: WideColumn = new WideColumn();
  readonly redemptionRest: WideColumn = new WideColumn();
  readonly redemptionAt: WideColumn = new WideColumn();
  readonly redemptionReversed: ByteColumn = new ByteColumn();
  /** The version of the definition that the redemption was charged by. */
  readonly redemptionVersion: ByteColumn = new ByteColumn();
  readonly redemptionAttribute: (WordColumn | null)[];

  constructor(
    ordinal: number,
    definition: CampaignDefinition,
    keys: CampaignKeys,
    hashBits: number,
  ) {
    this.ordinal = ordinal;
    this.hashBits = hashBits;
    this.definition = definition;
    this.keys = keys;
    this.calendar = new Calendar(definition.dayStartsMs);
    this.books = emptyBooks(definition.budgetMinor);
    const { attributes, offers, beacon } = definition;
    this.caps = definition.caps.map((cap, i) => new Cap(i, cap, attributes));
    this.capCounts = [this.caps.length];
    this.ids = new KeyTable(hashBits);
    this.users = new KeyTable(hashBits);
    this.attributes = attributes.map(() => new KeyTable(hashBits));
    this.grantAttribute = attributes.map(() => null);
    this.redemptionAttribute = attributes.map(() => null);
    this.queues = offers.map(({ expiry }) => new ExpiryQueue(expiry));
    this.draws = offers.map(() => new WordColumn());
    this.drawn = offers.map(() => []);
    addTables(this.drawn, definition, 0);
    if (beacon !== undefined) {
      this.rounds.push({ purpose: FOR_CAMPAIGN, round: beacon.round, randomness: null });
    }
    setAside(this);
    this.setRules();
  }

  /** A revision that waits for consent, and the digest of the last one that was rejected. */
  proposal: OpenProposal | null = null;
  rejected: string | null = null;
  /** Null: as opened. */
  lastRevision: LastRevision | null = null;

  /** How many revisions there were. */
  get version(): number {
    return this.capCounts.length - 1;
  }

  /** The value that a purpose waited for, in hex; null until it is in. */
  randomnessFor(purpose: number): string | null {
    return this.rounds.find((one) => one.purpose === purpose)?.randomness ?? null;
  }

  /** Makes a revised definition the one in force; what it adds comes after what was there. */
  revise(definition: CampaignDefinition, classes: readonly RevisedClasses[]): void {
    const { attributes, offers, caps } = definition;
    this.definition = definition;
    this.proposal = null;
    this.calendar = new Calendar(definition.dayStartsMs);
    this.books.budgetMinor = definition.budgetMinor;
    for (const cap of this.caps) cap.revise(caps[cap.ordinal]!);
    for (let i = this.caps.length; i < caps.length; i++) {
      this.caps.push(new Cap(i, caps[i]!, attributes));
    }
    this.capCounts.push(caps.length);
    for (let i = this.attributes.length; i < attributes.length; i++) {
      this.attributes.push(new KeyTable(this.hashBits));
      this.grantAttribute.push(null);
      this.redemptionAttribute.push(null);
    }
    for (let i = this.queues.length; i < offers.length; i++) {
      this.queues.push(new ExpiryQueue(offers[i]!.expiry));
      this.draws.push(new WordColumn());
    }
    addTables(this.drawn, definition, this.version);
    setAside(this);
    for (const { offer, classes: revised } of classes) this.queues[offer]!.classes = revised;
    this.setRules();
  }

  /** Derives from definition and caps what decisions look up, and keeps what caps count by. */
  private setRules(): void {
    Object.assign(this, rulesOf(this.definition, this.caps));
    this.ceilingMinor = ceilingOf(this.definition);
    if (this.definition.invites !== undefined) this.invites ??= new Invites();
    this.invites?.setRules(this.definition, this.caps);
    this.blocks.meet(this.definition.attributes.length, this.hashBits);
    this.definition.attributes.forEach((name, i) => {
      const isCounted = (on: "claim" | "redemption"): boolean =>
        this.caps.some((cap) => cap.attribute === i && cap.definition.on === on);
      if (isCounted("claim")) this.grantAttribute[i] ??= new WordColumn();
      const isKept = name === MERCHANT || isCounted("redemption");
      if (isKept) this.redemptionAttribute[i] ??= new WordColumn();
    });
  }

  /** Money that a new grant may take, except of a pot or as compensation: theirs is set aside. */
  get grantableMinor(): number {
    const { budgetMinor, spentMinor, reservedMinor, settlingMinor, returnedMinor } = this.books;
    const boundMinor = spentMinor + reservedMinor + settlingMinor + returnedMinor;
    return budgetMinor - boundMinor - this.setAsideMinor + beyondMinor(this);
  }

  /** Money that only packets of pots and compensation can take; and that only the latter can. */
  get setAsideMinor(): number {
    return this.books.setAsideMinor + this.compensationMinor;
  }
  get compensationMinor(): number {
    const { compensationCap: cap } = this;
    return cap === null ? 0 : Math.max(0, cap.limit - cap.used(0, 0));
  }

  grantOffer(grant: number): number {
    return this.grantOfferLow.get(grant) + this.grantOfferHigh.get(grant) * 256;
  }

  grantedAtMs(grant: number): number {
    return this.definition.startsAtMs + this.grantAt.get(grant);
  }

  /** The expiry's clock of a held grant stands, until the campaign closes. */
  expiresAtMs(grant: number): number {
    const { closesAtMs } = this.definition;
    return this.grantState.get(grant) === GRANT.held ? closesAtMs : this.unheldExpiresAtMs(grant);
  }

  /** When a grant expires by its class, its last release and its last extension. */
  unheldExpiresAtMs(grant: number): number {
    return Math.max(this.ruleExpiresAtMs(grant), ownExpiresAtMs(this, grant, this.definition));
  }

  /** When a grant expires by the rule of its class, were it never held. */
  ruleExpiresAtMs(grant: number): number {
    const rule = this.queues[this.grantOffer(grant)]!.ruleOf(grant);
    return expiryAt(rule, this.grantedAtMs(grant), this.definition.closesAtMs);
  }

  /** When a grant of `offer` made at `grantedAtMs` would expire. */
  expiryOf(offer: number, grantedAtMs: number): number {
    return expiryAt(this.queues[offer]!.expiry, grantedAtMs, this.definition.closesAtMs);
  }

  /** What is still to redeem; 0 once the grant is over. */
  restMinor(grant: number): number {
    if (this.grantState.get(grant) !== GRANT.live) return 0;
    return this.unspentMinor(grant);
  }

  /** Whether nothing of the grant is spent, and nothing came back after its end. */
  isWhole(grant: number): boolean {
    return this.grantSpent.get(grant) === 0 && this.grantReturned.get(grant) === 0;
  }

  /** What a grant keeps reserved: also while it is held. */
  reservedMinor(grant: number): number {
    const state = this.grantState.get(grant);
    return state === GRANT.live || state === GRANT.held ? this.unspentMinor(grant) : 0;
  }

  /** Granted, and neither spent nor returned after the end. */
  unspentMinor(grant: number): number {
    return this.grantAmount.get(grant) - this.grantSpent.get(grant) - this.grantReturned.get(grant);
  }
}
