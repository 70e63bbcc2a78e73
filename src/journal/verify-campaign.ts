// One campaign as its events tell it: the books that verify keeps of money, users, grants and
// redemptions. Nothing here decides; verify-claims, verify-grants and verify-phases judge by it.
import type { CampaignDefinition, CapDefinition } from "../core/definition.ts";
import type { Opening } from "../core/opening.ts";
import type { Sha256 } from "./codec.ts";
import { CapBook, capConcerns } from "./verify-caps.ts";
import {
  byteColumn,
  KeyBook,
  moneyColumn,
  shortColumn,
  type VerifyColumn,
  wordColumn,
} from "./verify-columns.ts";
import type { Findings } from "./verify-findings.ts";
import { LuckBook } from "./verify-luck.ts";
import { VerifyCalendar } from "./verify-windows.ts";

/** States of a grant. */
export const LIVE = 0;
export const REDEEMED = 1;
export const CANCELLED = 2;
export const EXPIRED = 3;
export const STATE_NAMES: readonly string[] = ["live", "redeemed", "cancelled", "expired"];

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

/** Money by where it is, and how it got there. */
export interface VerifiedMoney {
  spentMinor: number;
  reservedMinor: number;
  settlingMinor: number;
  returnedMinor: number;
  issuedMinor: number;
  expiredMinor: number;
  cancelledMinor: number;
  reversedMinor: number;
}

export interface VerifiedCounts {
  assigned: number;
  heldOut: number;
  exposed: number;
  granted: number;
  withheld: number;
  redeemed: number;
  cancelled: number;
  expired: number;
  reversed: number;
}

export class VerifiedCampaign {
  readonly ordinal: number;
  readonly opening: Opening;
  readonly definition: CampaignDefinition;
  readonly calendar: VerifyCalendar;
  readonly luck: LuckBook;
  phase: "open" | "paused" | "ended" | "closed" = "open";

  readonly money: VerifiedMoney = {
    spentMinor: 0,
    reservedMinor: 0,
    settlingMinor: 0,
    returnedMinor: 0,
    issuedMinor: 0,
    expiredMinor: 0,
    cancelledMinor: 0,
    reversedMinor: 0,
  };
  readonly counts: VerifiedCounts = {
    assigned: 0,
    heldOut: 0,
    exposed: 0,
    granted: 0,
    withheld: 0,
    redeemed: 0,
    cancelled: 0,
    expired: 0,
    reversed: 0,
  };

  readonly caps: readonly CapBook[];
  /** By offer: the caps that a claim, and a redemption, must be charged to. */
  readonly claimCaps: readonly CapBook[][];
  readonly redemptionCaps: readonly CapBook[][];

  readonly ids: KeyBook = new KeyBook();
  readonly users: KeyBook = new KeyBook();
  /** By attribute. */
  readonly values: readonly KeyBook[];

  /** arm + 1, audience + 1, 1 = exposed. */
  readonly userArm: VerifyColumn<Uint8Array> = byteColumn();
  readonly userAudience: VerifyColumn<Uint8Array> = byteColumn();
  readonly userExposed: VerifyColumn<Uint8Array> = byteColumn();

  readonly grantUser: VerifyColumn<Uint32Array> = wordColumn();
  readonly grantOffer: VerifyColumn<Uint16Array> = shortColumn();
  readonly grantState: VerifyColumn<Uint8Array> = byteColumn();
  /** Neither spent nor given back. */
  readonly grantRest: VerifyColumn<Float64Array> = moneyColumn();
  /** Redeemed and not reversed. */
  readonly grantSpent: VerifyColumn<Float64Array> = moneyColumn();
  readonly grantAtMs: VerifyColumn<Float64Array> = moneyColumn();
  /** By attribute that a claim cap counts by: the row charged + 1, 0 = none. */
  readonly grantValue: readonly (VerifyColumn<Uint32Array> | null)[];

  /** By offer: its grants in order, and how many of them the expiry cursor has passed. */
  readonly offerGrants: readonly VerifyColumn<Uint32Array>[];
  readonly offerLength: number[];
  readonly offerCursor: number[];
  /** By offer: how often each user drew. */
  readonly draws: readonly VerifyColumn<Uint32Array>[];

  redemptions = 0;
  readonly redemptionGrant: VerifyColumn<Uint32Array> = wordColumn();
  readonly redemptionAmount: VerifyColumn<Float64Array> = moneyColumn();
  readonly redemptionAtMs: VerifyColumn<Float64Array> = moneyColumn();
  readonly redemptionReversed: VerifyColumn<Uint8Array> = byteColumn();
  readonly redemptionValue: readonly (VerifyColumn<Uint32Array> | null)[];

  /** Expired money on its way back, in order of the instant at which it is free. */
  readonly settling: { freeAtMs: number; amountMinor: number }[] = [];

  constructor(ordinal: number, opening: Opening, sha256: Sha256) {
    const { definition } = opening;
    const { offers, attributes } = definition;
    this.ordinal = ordinal;
    this.opening = opening;
    this.definition = definition;
    this.calendar = new VerifyCalendar(definition.dayStartsMs);
    this.luck = new LuckBook(definition, this.users, sha256);
    this.caps = definition.caps.map((cap, i) => new CapBook(i, cap, attributes));
    const capsOf = (on: CapDefinition["on"]): CapBook[][] =>
      offers.map((_, offer) =>
        this.caps.filter(
          (cap) => cap.definition.on === on && capConcerns(cap.definition, definition, offer),
        ),
      );
    this.claimCaps = capsOf("claim");
    this.redemptionCaps = capsOf("redemption");
    this.values = attributes.map(() => new KeyBook());
    this.grantValue = this.columnsFor("claim");
    this.redemptionValue = this.columnsFor("redemption");
    this.offerGrants = offers.map(() => wordColumn());
    this.offerLength = offers.map(() => 0);
    this.offerCursor = offers.map(() => 0);
    this.draws = offers.map(() => wordColumn());
  }

  /** Money that a new grant could take. */
  get grantableMinor(): number {
    const { spentMinor, reservedMinor, settlingMinor, returnedMinor } = this.money;
    return this.definition.budgetMinor - spentMinor - reservedMinor - settlingMinor - returnedMinor;
  }

  /** When a grant ends by itself: never after the campaign's last instant. */
  expiresAtMs(grant: number): number {
    const { expiry } = this.definition.offers[this.grantOffer.get(grant)]!;
    const atMs = expiry.kind === "at" ? expiry.atMs : this.grantAtMs.get(grant) + expiry.afterMs;
    return Math.min(atMs, this.definition.closesAtMs);
  }

  /** Binds an id; one that was bound before is a problem. */
  bindId(words: Uint32Array, at: number, findings: Findings): void {
    findings.counts.ids += 1;
    const bound = this.ids.find(words, at);
    if (bound < 0) this.ids.add(words, at);
    else findings.wrong("ids", "an id never used before", `the id of use ${bound + 1} again`);
  }

  /** Checks that the event leaves every part of the budget at zero or more, and their sum right. */
  checkMoney(findings: Findings): void {
    findings.counts.money += 1;
    const { money, definition } = this;
    const { spentMinor, reservedMinor, settlingMinor, returnedMinor } = money;
    const freeMinor = definition.budgetMinor - spentMinor - reservedMinor - settlingMinor;
    if (
      spentMinor >= 0 &&
      reservedMinor >= 0 &&
      settlingMinor >= 0 &&
      returnedMinor >= 0 &&
      freeMinor >= returnedMinor
    ) {
      return;
    }
    const parts = `spent ${spentMinor}, reserved ${reservedMinor}, settling ${settlingMinor}`;
    const rest = `free ${freeMinor}, of which returned ${returnedMinor}`;
    findings.wrong("money", `parts of the budget ${definition.budgetMinor}`, `${parts}, ${rest}`);
  }

  private columnsFor(on: CapDefinition["on"]): (VerifyColumn<Uint32Array> | null)[] {
    return this.definition.attributes.map((_, attribute) => {
      const counted = this.caps.some(
        (cap) => cap.attribute === attribute && cap.definition.on === on,
      );
      return counted ? wordColumn() : null;
    });
  }
}
