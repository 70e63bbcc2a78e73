// One campaign as its events tell it: the books that verify keeps of money, users, grants and
// redemptions. Nothing here decides; verify-claims, verify-grants and verify-phases judge by it.
import { sameJson } from "../../base/canonical-json.ts";
import type {
  CampaignDefinition,
  CapDefinition,
  ExpiryDefinition,
  RewardDefinition,
} from "../../core/definition.ts";
import type { Opening } from "../../core/opening.ts";
import type { Sha256 } from "../codec.ts";
import { BlockBook } from "./blocks.ts";
import { CapBook, capConcerns } from "./caps.ts";
import {
  byteColumn,
  KeyBook,
  moneyColumn,
  shortColumn,
  type VerifyColumn,
  wordColumn,
} from "./columns.ts";
import { ExposureBook } from "./exposure.ts";
import { noCounts, noMoney, type VerifiedCounts, type VerifiedMoney } from "./figures.ts";
import type { Findings } from "./findings.ts";
import { InviteBook } from "./invites.ts";
import { LateBook } from "./late.ts";
import { LotBook } from "./lot.ts";
import { LuckBook } from "./luck.ts";
import { MerchantBook } from "./merchants.ts";
import { VerifiedOffer } from "./offer.ts";
import { OwedBook } from "./owed.ts";
import { PotBook } from "./pot.ts";
import { VerifiedSuspects } from "./suspects.ts";
import { VerifyCalendar } from "./windows.ts";

/** States of a grant. */
export const LIVE = 0;
export const REDEEMED = 1;
export const CANCELLED = 2;
export const EXPIRED = 3;
export const HELD = 4;
export const CLAWED_BACK = 5;
export const STATE_NAMES: readonly string[] = [
  "live",
  "redeemed",
  "cancelled",
  "expired",
  "held",
  "clawed back",
];

/** The event under judgement. */
export interface VerifiedEvent {
  words: Uint32Array;
  /** Its first word, and how many it has. */
  at: number;
  size: number;
  kind: number;
  flags: number;
  atMs: number;
}

/** What a proposal states, as far as the revision must agree with it. */
export interface VerifiedProposal {
  version: number;
  /** The definition as canonical text. */
  definition: string;
  /** Offers whose new expiry also holds for grants given before. */
  moved: readonly number[];
  by: string;
  why: string;
}

export class VerifiedCampaign {
  readonly ordinal: number;
  readonly opening: Opening;
  /** As it is now: revisions replace it. */
  definition: CampaignDefinition;
  calendar: VerifyCalendar;
  readonly luck: LuckBook;
  /** A proposed revision that waits for consent. */
  proposal: VerifiedProposal | null = null;
  /** Revisions that changed what luck draws. */
  revisedOdds = 0;
  readonly sha256: Sha256;
  phase: "open" | "paused" | "ended" | "closed" = "open";

  readonly money: VerifiedMoney = noMoney();
  readonly exposure: ExposureBook = new ExposureBook();
  readonly counts: VerifiedCounts = noCounts();

  readonly caps: CapBook[] = [];
  /** By version of the definition: how many caps there were. */
  readonly capCounts: number[] = [];
  /** By offer: the caps that a claim, and a redemption, must be charged to. */
  claimCaps: readonly CapBook[][] = [];
  redemptionCaps: readonly CapBook[][] = [];

  readonly ids: KeyBook = new KeyBook();
  readonly users: KeyBook = new KeyBook();
  /** By list: the hash of what was imported last. */
  readonly listHashes: string[] = [];
  /** By attribute. */
  readonly values: KeyBook[] = [];
  /** arm + 1, audience + 1, 1 = exposed. */
  readonly userArm: VerifyColumn<Uint8Array> = byteColumn();
  readonly userAudience: VerifyColumn<Uint8Array> = byteColumn();
  readonly userExposed: VerifyColumn<Uint8Array> = byteColumn();
  /** Only where surfaces report exposures, which are held against both. */
  readonly userAssignedAtMs: VerifyColumn<Float64Array> = moneyColumn();
  readonly userExposedAtMs: VerifyColumn<Float64Array> = moneyColumn();
  /** Whether its events state probabilities, and what exposes whom: those of old ones do not. */
  statesExposure = false;
  /** Grants that each user ever got. */
  readonly userGrants: VerifyColumn<Uint32Array> = wordColumn();
  readonly invites: InviteBook = new InviteBook();

  readonly grantUser: VerifyColumn<Uint32Array> = wordColumn();
  readonly grantOffer: VerifyColumn<Uint16Array> = shortColumn();
  readonly grantState: VerifyColumn<Uint8Array> = byteColumn();
  /** Neither spent nor given back. */
  readonly grantRest: VerifyColumn<Float64Array> = moneyColumn();
  /** Redeemed and not reversed. */
  readonly grantSpent: VerifyColumn<Float64Array> = moneyColumn();
  readonly grantAtMs: VerifyColumn<Float64Array> = moneyColumn();
  /** By attribute that a claim cap counts by: the row charged + 1, 0 = none. */
  readonly grantValue: (VerifyColumn<Uint32Array> | null)[] = [];
  /** The version of the definition by which it was charged, and its rule of `expiries`. */
  readonly grantVersion: VerifyColumn<Uint8Array> = byteColumn();
  readonly grantExpiry: VerifyColumn<Uint16Array> = shortColumn();

  readonly blocks: BlockBook = new BlockBook();
  readonly suspects: VerifiedSuspects = new VerifiedSuspects();

  /** Every rule of expiry that there was. */
  readonly expiries: ExpiryDefinition[] = [];
  readonly offers: VerifiedOffer[] = [];
  /** By offer: its pot, or null. */
  readonly pots: (PotBook | null)[] = [];
  /** By draw. */
  readonly lots: LotBook[] = [];
  /** The win whose prize must be the next event. */
  winDue: { draw: number; place: number; user: number; offer: number } | null = null;
  readonly owed: OwedBook = new OwedBook();
  /** The grant whose packet must go back with the next event, or -1. */
  packetDue = -1;

  readonly late: LateBook = new LateBook();
  readonly merchants: MerchantBook = new MerchantBook();
  redemptions = 0;
  readonly redemptionGrant: VerifyColumn<Uint32Array> = wordColumn();
  readonly redemptionAmount: VerifyColumn<Float64Array> = moneyColumn();
  readonly redemptionAtMs: VerifyColumn<Float64Array> = moneyColumn();
  readonly redemptionReversed: VerifyColumn<Uint8Array> = byteColumn();
  readonly redemptionValue: (VerifyColumn<Uint32Array> | null)[] = [];
  readonly redemptionVersion: VerifyColumn<Uint8Array> = byteColumn();

  /** Expired money on its way back, in order of the instant at which it is free. */
  readonly settling: { freeAtMs: number; amountMinor: number }[] = [];

  constructor(ordinal: number, opening: Opening, sha256: Sha256) {
    const { definition } = opening;
    this.ordinal = ordinal;
    this.opening = opening;
    this.definition = definition;
    this.calendar = new VerifyCalendar(definition.dayStartsMs);
    this.luck = new LuckBook(definition, this.users, sha256);
    this.sha256 = sha256;
    this.take(definition, definition.startsAtMs);
  }

  /** Makes a definition the one in force; lists of it only grow. */
  take(definition: CampaignDefinition, atMs: number): void {
    this.definition = definition;
    this.exposure.take(definition);
    this.calendar = new VerifyCalendar(definition.dayStartsMs);
    const { offers, attributes } = definition;
    definition.caps.forEach((cap, i) => {
      const book = this.caps[i];
      if (book === undefined) this.caps.push(new CapBook(i, cap, attributes));
      else book.take(cap, atMs);
    });
    this.capCounts.push(this.caps.length);
    const capsOf = (on: CapDefinition["on"]): CapBook[][] =>
      offers.map((_, offer) =>
        this.caps.filter(
          (cap) => cap.definition.on === on && capConcerns(cap.definition, definition, offer),
        ),
      );
    this.claimCaps = capsOf("claim");
    this.redemptionCaps = capsOf("redemption");
    attributes.forEach((_, i) => {
      this.values[i] ??= new KeyBook();
      this.grantValue[i] ??= this.columnFor("claim", i);
      this.redemptionValue[i] ??= this.columnFor("redemption", i);
    });
    offers.forEach(({ id, expiry, reward }, i) => {
      this.offers[i] ??= new VerifiedOffer();
      this.offers[i].expiry = this.ruleOf(expiry);
      if (this.pots[i] === undefined) this.pots.push(this.potOf(id, i, reward));
    });
    for (let draw = this.lots.length; draw < (definition.draws?.length ?? 0); draw++) {
      this.lots.push(new LotBook(draw, definition.id, this.luck, this.sha256));
    }
  }

  /** Its money is set aside from now on. */
  private potOf(id: string, ordinal: number, reward: RewardDefinition): PotBook | null {
    if (reward.kind !== "pot") return null;
    this.money.setAsideMinor += reward.totalMinor;
    return new PotBook(reward, { id, ordinal }, this.definition.id, this.luck, this.sha256);
  }

  /** The number of a rule of expiry. */
  private ruleOf(expiry: ExpiryDefinition): number {
    const known = this.expiries.findIndex((each) => sameJson(each, expiry));
    return known >= 0 ? known : this.expiries.push(expiry) - 1;
  }

  /** Packets whose luck can be checked only once the seed is known. */
  get packetsWaiting(): number {
    return this.pots.reduce((sum, pot) => sum + (pot?.pendingCount ?? 0), 0);
  }

  /** Places of draws, likewise. */
  get placesWaiting(): number {
    return this.lots.reduce((sum, lot) => sum + lot.pendingCount, 0);
  }

  /** Money that a new grant of an offer could take. */
  grantableFor(offer: number): number {
    const { spentMinor, reservedMinor, settlingMinor, returnedMinor, setAsideMinor } = this.money;
    if (this.pots[offer]! !== null) return setAsideMinor;
    const boundMinor = spentMinor + reservedMinor + settlingMinor + returnedMinor + setAsideMinor;
    const isOwed = this.definition.offers[offer]!.reward.kind === "compensation";
    const { budgetMinor } = this.definition;
    const leftMinor = budgetMinor - boundMinor - (isOwed ? 0 : this.owedMinor);
    return leftMinor + this.exposure.beyondMinor(budgetMinor, this.money.lapsedMinor);
  }

  /** Money that only compensation can take: what its line's cap still allows. */
  get owedMinor(): number {
    const { offers } = this.definition;
    if (!offers.some(({ reward }) => reward.kind === "compensation")) return 0;
    const book = this.caps.find(({ definition }) => definition.id === "compensation-budget")!;
    return Math.max(0, book.definition.limit - book.used(0, 0));
  }

  /** When a grant ends by itself: never after the campaign's last instant, held ones only then. */
  expiresAtMs(grant: number): number {
    const { closesAtMs } = this.definition;
    if (this.grantState.get(grant) === HELD) return closesAtMs;
    return this.unheldExpiresAtMs(grant);
  }

  /** By its rule, its last release and its last extension. */
  unheldExpiresAtMs(grant: number): number {
    const { untilMs, extendedMs } = this.suspects;
    const ownMs = Math.max(untilMs.get(grant), extendedMs.get(grant));
    return Math.max(Math.min(ownMs, this.definition.closesAtMs), this.ruleExpiresAtMs(grant));
  }

  /** When it would end by its rule alone. */
  ruleExpiresAtMs(grant: number): number {
    const expiry = this.expiries[this.grantExpiry.get(grant)]!;
    const atMs = expiry.kind === "at" ? expiry.atMs : this.grantAtMs.get(grant) + expiry.afterMs;
    return Math.min(atMs, this.definition.closesAtMs);
  }

  /** Notes that a user is exposed, or was so earlier than known. */
  exposed(user: number, atMs: number): void {
    if (this.userExposed.get(user) === 0) this.counts.exposed += 1;
    this.userExposed.set(user, 1);
    if (this.definition.surfaces !== undefined) this.userExposedAtMs.set(user, atMs);
  }

  /** Binds an id; one that was bound before is a problem. */
  bindId(words: Uint32Array, at: number, findings: Findings): void {
    findings.counts.ids += 1;
    const bound = this.ids.find(words, at);
    if (bound < 0) this.ids.add(words, at);
    else findings.wrong("ids", "an id never used before", `the id of use ${bound + 1} again`);
  }

  private columnFor(on: CapDefinition["on"], attribute: number): VerifyColumn<Uint32Array> | null {
    const counted = this.caps.some(
      (cap) => cap.attribute === attribute && cap.definition.on === on,
    );
    return counted ? wordColumn() : null;
  }
}
