// What was spent with each merchant, by local day: added up from the events of a journal, so that
// anybody who has the same records comes to the same statement. It shares nothing with the books of
// the engine or of verify; callers compare the sums.
import { localDay } from "../base/time.ts";
import { Calendar, PER } from "../core/caps/windows.ts";
import type { CampaignDefinition } from "../core/definition.ts";
import { EVENT_KINDS, HEAD, REDEEMED, REVERSED, readWide } from "../core/event.ts";
import { payloadWords } from "../core/event-view.ts";
import { jsonOf } from "../core/json-event.ts";
import { COVER, TAKEN_BACK } from "../core/money/cover.ts";
import { lateSource } from "../core/money/late-payment.ts";
import { openingOf } from "../core/opening.ts";
import type { Revision } from "../core/revision/revision-record.ts";
import { MERCHANT } from "../core/rules.ts";
import { WordColumn } from "../core/tables/columns.ts";
import { keyHex } from "../core/tables/key-hex.ts";
import type { JournalRecord } from "./codec.ts";

/** Sums of one merchant on one day of the campaign's zone. */
export interface SettlementLine {
  /** Pseudonym, 32 hex digits; null: the redemption named no merchant. */
  merchant: string | null;
  /** Such as 2026-02-06. A reversal belongs to the day on which it was made. */
  day: string;
  redemptions: number;
  redeemedMinor: number;
  reversals: number;
  reversedMinor: number;
  /** Of the redeemed: recorded on a later day than they were paid, as the merchant says. */
  mended: number;
  mendedMinor: number;
  /** Of the redeemed: paid before the reward's end, and told after it. */
  late: number;
  lateMinor: number;
  /** Payments that no reward could cover, and those of them taken back on this day. */
  covers: number;
  coverReversals: number;
  /** Borne by the contingency line, and by nothing, less what was taken back on this day. */
  contingencyMinor: number;
  lossMinor: number;
  /** When the first and the last of them were recorded. */
  firstAtMs: number;
  lastAtMs: number;
}

/** What the merchant is owed. A day on which more was reversed than paid is below zero. */
export function netMinor(line: SettlementLine): number {
  return line.redeemedMinor - line.reversedMinor + line.contingencyMinor + line.lossMinor;
}

type Figure = Exclude<keyof SettlementLine, "merchant" | "day">;

export function sumOf(lines: readonly SettlementLine[], field: Figure): number {
  return lines.reduce((sum, line) => sum + line[field], 0);
}

export interface SettledSums {
  spentMinor: number;
  contingencyMinor: number;
  lossMinor: number;
}

/** What all lines of a campaign add up to: its books. */
export function settledSums(lines: readonly SettlementLine[]): SettledSums {
  return {
    spentMinor: sumOf(lines, "redeemedMinor") - sumOf(lines, "reversedMinor"),
    contingencyMinor: sumOf(lines, "contingencyMinor"),
    lossMinor: sumOf(lines, "lossMinor"),
  };
}

const HALF_DAY_MS = 43_200_000;
const WORDS_AN_ATTRIBUTE = 6;
const NO_MERCHANT = "0".repeat(32);

export class CampaignSettlement {
  definition: CampaignDefinition;
  private days: DayNames;
  /** By merchant and day, in the order in which they were met. */
  private readonly byLine = new Map<string, SettlementLine>();
  private readonly keys: string[] = [];
  private readonly rows = new Map<string, number>();
  /** By redemption: its merchant's place in `keys`. */
  private readonly redemptionRow = new WordColumn();
  /** By payment that no reward could cover: the same. */
  private readonly coverRow: number[] = [];

  constructor(definition: CampaignDefinition) {
    this.definition = definition;
    this.days = new DayNames(definition);
  }

  /** Takes a revised definition. */
  revise(definition: CampaignDefinition): void {
    this.definition = definition;
    this.days = new DayNames(definition);
  }

  get lines(): SettlementLine[] {
    return [...this.byLine.values()];
  }

  redeemed(words: Uint32Array, at: number, atMs: number): void {
    const row = this.rowOf(merchantKey(this.definition, words, at));
    this.redemptionRow.set(words[at + REDEEMED.redemption]!, row);
    const line = this.lineOf(row, atMs);
    const amountMinor = readWide(words, at + REDEEMED.amount);
    line.redemptions += 1;
    line.redeemedMinor += amountMinor;
    const paidAtMs = readWide(words, at + REDEEMED.paidAt);
    if (paidAtMs > 0 && paidAtMs < atMs && this.days.dayOf(paidAtMs) < line.day) {
      line.mended += 1;
      line.mendedMinor += amountMinor;
    }
    if (lateSource((words[at]! >>> 8) & 0xff) === null) return;
    line.late += 1;
    line.lateMinor += amountMinor;
  }

  covered(words: Uint32Array, at: number, atMs: number): void {
    const chargedMinor = readWide(words, at + COVER.charged);
    const lostMinor = readWide(words, at + COVER.lost);
    if (((words[at]! >>> 8) & TAKEN_BACK) !== 0) {
      const line = this.lineOf(this.coverRow[readWide(words, at + COVER.of)]!, atMs);
      line.coverReversals += 1;
      line.contingencyMinor -= chargedMinor;
      line.lossMinor -= lostMinor;
      return;
    }
    const row = this.rowOf(merchantOfCover(this.definition, words, at));
    this.coverRow.push(row);
    const line = this.lineOf(row, atMs);
    line.covers += 1;
    line.contingencyMinor += chargedMinor;
    line.lossMinor += lostMinor;
  }

  reversed(words: Uint32Array, at: number, atMs: number): void {
    const row = this.redemptionRow.get(words[at + REVERSED.redemption]!);
    const line = this.lineOf(row, atMs);
    line.reversals += 1;
    line.reversedMinor += readWide(words, at + REVERSED.amount);
  }

  private rowOf(key: string): number {
    const known = this.rows.get(key);
    if (known !== undefined) return known;
    this.rows.set(key, this.keys.length);
    return this.keys.push(key) - 1;
  }

  private lineOf(row: number, atMs: number): SettlementLine {
    const day = this.days.dayOf(atMs);
    const name = `${row} ${day}`;
    let line = this.byLine.get(name);
    if (line === undefined) {
      const key = this.keys[row]!;
      line = {
        merchant: key === NO_MERCHANT ? null : key,
        day,
        redemptions: 0,
        redeemedMinor: 0,
        reversals: 0,
        reversedMinor: 0,
        ...{ mended: 0, mendedMinor: 0, late: 0, lateMinor: 0 },
        ...{ covers: 0, coverReversals: 0, contingencyMinor: 0, lossMinor: 0 },
        firstAtMs: atMs,
        lastAtMs: atMs,
      };
      this.byLine.set(name, line);
    }
    line.lastAtMs = atMs;
    return line;
  }
}

/** The pseudonym of the merchant that a redemption names; 32 zeros for none. */
export function merchantKey(
  definition: CampaignDefinition,
  words: Uint32Array,
  at: number,
): string {
  return keyOf(definition, words, at + REDEEMED.tail, words[at + REDEEMED.counts]! & 0xff);
}

/** The same of a payment that no reward could cover. */
export function merchantOfCover(
  definition: CampaignDefinition,
  words: Uint32Array,
  at: number,
): string {
  return keyOf(definition, words, at + COVER.tail, words[at + COVER.counts]!);
}

function keyOf(
  { attributes }: CampaignDefinition,
  words: Uint32Array,
  tail: number,
  count: number,
): string {
  const attribute = attributes.indexOf(MERCHANT);
  for (let i = 0; i < count; i++) {
    const place = tail + WORDS_AN_ATTRIBUTE * i;
    if (words[place] === attribute) return keyHex(words, place + 2);
  }
  return NO_MERCHANT;
}

/** The statements of all campaigns of a journal, by campaign ordinal. */
export class Settlement {
  readonly campaigns: CampaignSettlement[] = [];

  /** Takes the next record; the first one is the journal's first. */
  take(record: JournalRecord): void {
    const words = payloadWords(record.payload);
    for (let at = 0; at < words.length; at += Math.max(1, words[at]! >>> 16)) {
      this.event(words, at, record.atMs + (words[at + HEAD.time]! & 0xffff));
    }
  }

  private event(words: Uint32Array, at: number, atMs: number): void {
    const ordinal = words[at + HEAD.time]! >>> 16;
    switch (words[at]! & 0xff) {
      case EVENT_KINDS.opened:
        this.campaigns[ordinal] = new CampaignSettlement(openingOf(words, at).definition);
        return;
      case EVENT_KINDS.revised:
        this.campaigns[ordinal]?.revise(jsonOf<Revision>(words, at).definition);
        return;
      case EVENT_KINDS.redeemed:
        this.campaigns[ordinal]?.redeemed(words, at, atMs);
        return;
      case EVENT_KINDS.contingency:
      case EVENT_KINDS.loss:
        this.campaigns[ordinal]?.covered(words, at, atMs);
        return;
      case EVENT_KINDS.reversed:
        this.campaigns[ordinal]?.reversed(words, at, atMs);
        return;
      default:
    }
  }
}

/**
 * Days as the opening event resolved them. Money can be reversed after the last one of these, since
 * a closed campaign still takes reversals: such a day is the reader's own zone database's.
 */
class DayNames {
  private readonly calendar: Calendar;
  private readonly starts: readonly number[];
  private readonly names: string[] = [];
  private readonly nameOf: (atMs: number) => string;

  constructor({ dayStartsMs, timeZone }: CampaignDefinition) {
    this.calendar = new Calendar(dayStartsMs);
    this.starts = dayStartsMs;
    this.nameOf = localDay(timeZone);
  }

  dayOf(atMs: number): string {
    const day = this.calendar.windowAt(PER.day, atMs);
    if (day === this.starts.length - 1) return this.nameOf(atMs);
    // By its middle, which is of the same day whatever became of the zone's midnights.
    this.names[day] ??= this.nameOf(this.starts[day]! + HALF_DAY_MS);
    return this.names[day];
  }
}
