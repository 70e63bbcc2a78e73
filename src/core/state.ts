// The state of a ledger: what the events so far add up to. Only apply.ts changes it.

import { ArmRule } from "./assignment.ts";
import { Cap, CapSet, capApplies } from "./caps.ts";
import { ByteColumn, WideColumn, WordColumn } from "./columns.ts";
import type { CampaignDefinition } from "./definition.ts";
import { KeyTable } from "./key-table.ts";
import { Calendar } from "./windows.ts";

export type Phase = "open" | "paused" | "ended" | "closed";

/** Grant states as stored; a grant whose time is over but not yet swept is still `live`. */
export const GRANT = { live: 0, redeemed: 1, cancelled: 2, expired: 3, held: 4 } as const;

/** The attribute of a redemption that says with whom the money was spent. */
export const MERCHANT = "merchant";

/** What an id was used for. */
export const ID_USE = {
  granted: 1,
  withheld: 2,
  redeemed: 3,
  cancelled: 4,
  reversedAgain: 5,
  reversedBack: 6,
} as const;

/** Secrets of a campaign that decisions need; they never reach the journal in the clear. */
export interface CampaignKeys {
  /** Eight words, from the committed seed (and the beacon). Null: no lucky decision is made. */
  luck: Uint32Array | null;
  /** The committed seed, 32 bytes, revealed at the close. */
  seed: Uint8Array | null;
}

/** Money by where it is. spent + reserved + settling + free = budget after every event. */
export interface Books {
  budgetMinor: number;
  spentMinor: number;
  reservedMinor: number;
  settlingMinor: number;
  /** Reversed after the end of its grant: free, but never granted again. */
  returnedMinor: number;
  /** Gross: every amount ever granted. */
  issuedMinor: number;
  expiredMinor: number;
  cancelledMinor: number;
  reversedMinor: number;
}

export interface Counts {
  granted: number;
  withheld: number;
  redeemed: number;
  cancelled: number;
  expired: number;
  reversed: number;
  assigned: number;
  heldOut: number;
}

/** Expired money on its way back: entries in order of `freeAtMs`. */
export interface Settling {
  freeAtMs: number[];
  amountMinor: number[];
  /** Entries before it are done. */
  head: number;
}

export class CampaignState {
  readonly ordinal: number;
  readonly definition: CampaignDefinition;
  readonly calendar: Calendar;
  readonly keys: CampaignKeys;
  phase: Phase = "open";
  readonly books: Books;
  readonly counts: Counts = {
    granted: 0,
    withheld: 0,
    redeemed: 0,
    cancelled: 0,
    expired: 0,
    reversed: 0,
    assigned: 0,
    heldOut: 0,
  };
  readonly settling: Settling = { freeAtMs: [], amountMinor: [], head: 0 };

  /** Caps in the order of the definition, and those that a claim of each offer is charged to. */
  readonly caps: Cap[];
  readonly claimCaps: CapSet[];
  readonly redemptionCaps: CapSet[];
  /** Claim caps that the user alone tells, without attributes: for showing what is open. */
  readonly ownCaps: CapSet[];
  /** Who gets which arm at a claim, and in each audience. */
  readonly arms: ArmRule;
  readonly audienceArms: ArmRule[];

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
  /** bit 0 exposed, bit 1 blocked. */
  readonly userFlags: ByteColumn = new ByteColumn();
  /** Last grant of the user + 1, the head of a list through grantPrevious. */
  readonly userLastGrant: WordColumn = new WordColumn();

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
  /** Per attribute that a claim cap counts by: its ordinal + 1; 0 = not charged. */
  readonly grantAttribute: (WordColumn | null)[];

  /** Per offer: its grants in order, which is also the order in which they expire. */
  readonly classGrants: WordColumn[];
  readonly classLength: number[];
  readonly classCursor: number[];
  /** Per table offer: how often each user drew. */
  readonly draws: WordColumn[];

  redemptionCount = 0;
  readonly redemptionGrant: WordColumn = new WordColumn();
  readonly redemptionAmount: WideColumn = new WideColumn();
  readonly redemptionRest: WideColumn = new WideColumn();
  readonly redemptionAt: WideColumn = new WideColumn();
  readonly redemptionReversed: ByteColumn = new ByteColumn();
  readonly redemptionAttribute: (WordColumn | null)[];

  constructor(
    ordinal: number,
    definition: CampaignDefinition,
    keys: CampaignKeys,
    hashBits: number,
  ) {
    this.ordinal = ordinal;
    this.definition = definition;
    this.keys = keys;
    this.calendar = new Calendar(definition.dayStartsMs);
    this.books = {
      budgetMinor: definition.budgetMinor,
      spentMinor: 0,
      reservedMinor: 0,
      settlingMinor: 0,
      returnedMinor: 0,
      issuedMinor: 0,
      expiredMinor: 0,
      cancelledMinor: 0,
      reversedMinor: 0,
    };
    const { attributes, offers } = definition;
    this.caps = definition.caps.map((cap, i) => new Cap(i, cap, attributes));
    const onClaim = this.caps.filter((cap) => cap.definition.on === "claim");
    const onRedemption = this.caps.filter((cap) => cap.definition.on === "redemption");
    const byOffer = (caps: Cap[], kept = 0) =>
      offers.map((_, offer) => {
        const applying = caps.filter((cap) => capApplies(cap.definition, definition, offer));
        return new CapSet(applying, kept);
      });
    // Kept even where no cap counts by it: a merchant may reverse only what was spent with it.
    const merchant = attributes.indexOf(MERCHANT);
    this.claimCaps = byOffer(onClaim);
    this.redemptionCaps = byOffer(onRedemption, merchant < 0 ? 0 : 1 << merchant);
    this.ownCaps = byOffer(onClaim.filter((cap) => cap.attribute < 0));
    const { salt, holdoutShare, variants } = definition.assignment;
    const shares = variants.map((variant) => variant.share);
    this.arms = new ArmRule(salt, holdoutShare, shares);
    this.audienceArms = definition.audiences.map(
      (audience) => new ArmRule(audience.salt, audience.holdoutShare, shares),
    );
    this.ids = new KeyTable(hashBits);
    this.users = new KeyTable(hashBits);
    this.attributes = attributes.map(() => new KeyTable(hashBits));
    const countedBy = (caps: Cap[]) =>
      attributes.map((_, i) => (caps.some((cap) => cap.attribute === i) ? new WordColumn() : null));
    this.grantAttribute = countedBy(onClaim);
    this.redemptionAttribute = countedBy(onRedemption).map(
      (column, i) => column ?? (i === merchant ? new WordColumn() : null),
    );
    this.classGrants = offers.map(() => new WordColumn());
    this.classLength = offers.map(() => 0);
    this.classCursor = offers.map(() => 0);
    this.draws = offers.map(() => new WordColumn());
  }

  /** Money that a new grant may take. */
  get grantableMinor(): number {
    const { budgetMinor, spentMinor, reservedMinor, settlingMinor, returnedMinor } = this.books;
    return budgetMinor - spentMinor - reservedMinor - settlingMinor - returnedMinor;
  }

  grantOffer(grant: number): number {
    return this.grantOfferLow.get(grant) + this.grantOfferHigh.get(grant) * 256;
  }

  grantedAtMs(grant: number): number {
    return this.definition.startsAtMs + this.grantAt.get(grant);
  }

  expiresAtMs(grant: number): number {
    return this.expiryOf(this.grantOffer(grant), this.grantedAtMs(grant));
  }

  /** When a grant of `offer` made at `grantedAtMs` expires: never after the campaign's last day. */
  expiryOf(offer: number, grantedAtMs: number): number {
    const { expiry } = this.definition.offers[offer]!;
    const atMs = expiry.kind === "at" ? expiry.atMs : grantedAtMs + expiry.afterMs;
    return Math.min(atMs, this.definition.closesAtMs);
  }

  /** What is still to redeem; 0 once the grant is over. */
  restMinor(grant: number): number {
    if (this.grantState.get(grant) !== GRANT.live) return 0;
    return this.unspentMinor(grant);
  }

  /** Granted, and neither spent nor returned after the end. */
  unspentMinor(grant: number): number {
    return this.grantAmount.get(grant) - this.grantSpent.get(grant) - this.grantReturned.get(grant);
  }
}

export interface LedgerState {
  readonly campaigns: CampaignState[];
  readonly byId: Map<string, CampaignState>;
  /** Bits of the hash tables' hashes; 32 outside tests. */
  readonly hashBits: number;
}

export function emptyLedger(hashBits = 32): LedgerState {
  return { campaigns: [], byId: new Map(), hashBits };
}

/** Bits of userFlags. */
export const EXPOSED = 1;
export const BLOCKED = 2;

/** Ordinal of an attribute's value that no cap counts by. */
export const NOT_INTERNED = 0xffffffff;
