// The redemptions of one merchant in a journal, for holding them against the merchant's own list.

import type { CampaignDefinition } from "../core/definition.ts";
import { EVENT_KINDS, HEAD, REDEEMED, REVERSED, readWide } from "../core/event.ts";
import { keyHex, payloadWords } from "../core/event-view.ts";
import { jsonOf } from "../core/json-event.ts";
import { COVER, TAKEN_BACK } from "../core/money/cover.ts";
import { openingOf } from "../core/opening.ts";
import type { Revision } from "../core/revision/revision-record.ts";
import type { JournalRecord } from "./codec.ts";
import { merchantKey, merchantOfCover } from "./settlement.ts";

export interface RecordedRedemption {
  /** Pseudonym of its id, 32 hex digits. */
  id: string;
  /** Ordinals; -1 for a payment that no reward could cover. */
  redemption: number;
  grant: number;
  amountMinor: number;
  atMs: number;
  /** 0: not said. */
  paidAtMs: number;
  reversed: boolean;
  /** No reward could cover it: borne by the contingency line, or a loss. */
  covered: boolean;
}

export class MerchantRedemptions {
  /** By the pseudonym of the id. */
  readonly byId: Map<string, RecordedRedemption> = new Map();
  /** Ids that were asked for and stand in the journal with another merchant, or with none. */
  readonly elsewhere: Set<string> = new Set();
  private readonly byOrdinal = new Map<number, RecordedRedemption>();
  /** Payments that no reward could cover, in order; null: another merchant's. */
  private readonly covers: (RecordedRedemption | null)[] = [];
  private readonly campaign: string;
  private readonly merchant: string;
  private readonly asked: ReadonlySet<string>;
  private definition: CampaignDefinition | null = null;
  private ordinal = -1;

  /**
   * @param merchant its pseudonym, 32 hex digits
   * @param asked pseudonyms of ids that the merchant names
   */
  constructor(campaign: string, merchant: string, asked: ReadonlySet<string>) {
    this.campaign = campaign;
    this.merchant = merchant;
    this.asked = asked;
  }

  /** Takes the next record; the first one is the journal's first. */
  take(record: JournalRecord): void {
    const words = payloadWords(record.payload);
    for (let at = 0; at < words.length; at += Math.max(1, words[at]! >>> 16)) {
      const kind = words[at]! & 0xff;
      const ordinal = words[at + HEAD.time]! >>> 16;
      if (kind === EVENT_KINDS.opened) this.opened(words, at, ordinal);
      if (ordinal !== this.ordinal) continue;
      const atMs = record.atMs + (words[at + HEAD.time]! & 0xffff);
      if (kind === EVENT_KINDS.revised) this.definition = jsonOf<Revision>(words, at).definition;
      else if (kind === EVENT_KINDS.redeemed) this.redeemed(words, at, atMs);
      else if (kind === EVENT_KINDS.contingency || kind === EVENT_KINDS.loss) {
        this.covered(words, at, atMs);
      } else if (kind === EVENT_KINDS.reversed) this.reversed(words, at);
    }
  }

  private opened(words: Uint32Array, at: number, ordinal: number): void {
    const { definition } = openingOf(words, at);
    if (definition.id !== this.campaign) return;
    this.definition = definition;
    this.ordinal = ordinal;
  }

  private redeemed(words: Uint32Array, at: number, atMs: number): void {
    const id = keyHex(words, at + REDEEMED.id);
    if (merchantKey(this.definition!, words, at) !== this.merchant) {
      if (this.asked.has(id)) this.elsewhere.add(id);
      return;
    }
    const recorded: RecordedRedemption = {
      id,
      redemption: words[at + REDEEMED.redemption]!,
      grant: words[at + REDEEMED.grant]!,
      amountMinor: readWide(words, at + REDEEMED.amount),
      atMs,
      paidAtMs: readWide(words, at + REDEEMED.paidAt),
      reversed: false,
      covered: false,
    };
    this.byId.set(id, recorded);
    this.byOrdinal.set(recorded.redemption, recorded);
  }

  private covered(words: Uint32Array, at: number, atMs: number): void {
    if (((words[at]! >>> 8) & TAKEN_BACK) !== 0) {
      const recorded = this.covers[readWide(words, at + COVER.of)] ?? null;
      if (recorded !== null) recorded.reversed = true;
      return;
    }
    const id = keyHex(words, at + COVER.id);
    if (merchantOfCover(this.definition!, words, at) !== this.merchant) {
      if (this.asked.has(id)) this.elsewhere.add(id);
      this.covers.push(null);
      return;
    }
    const charged = readWide(words, at + COVER.charged);
    const recorded: RecordedRedemption = {
      ...{ id, redemption: -1, grant: words[at + COVER.grant]!, atMs },
      amountMinor: charged + readWide(words, at + COVER.lost),
      paidAtMs: readWide(words, at + COVER.paidAt),
      ...{ reversed: false, covered: true },
    };
    this.byId.set(id, recorded);
    this.covers.push(recorded);
  }

  private reversed(words: Uint32Array, at: number): void {
    const recorded = this.byOrdinal.get(words[at + REVERSED.redemption]!);
    if (recorded !== undefined) recorded.reversed = true;
  }
}
