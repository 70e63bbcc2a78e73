// What was spent with each merchant, by local day: added up from the events of a journal, so that
// anybody who has the same records comes to the same statement. It shares nothing with the books of
// the engine or of verify; callers compare the sums.
import { localDay } from "../base/time.ts";
import { WordColumn } from "../core/columns.ts";
import type { CampaignDefinition } from "../core/definition.ts";
import { EVENT_KINDS, HEAD, REDEEMED, REVERSED, readWide } from "../core/event.ts";
import { keyHex, payloadWords } from "../core/event-view.ts";
import { jsonOf } from "../core/json-event.ts";
import { openingOf } from "../core/opening.ts";
import type { Revision } from "../core/revision.ts";
import { MERCHANT } from "../core/rules.ts";
import { Calendar, PER } from "../core/windows.ts";
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
  /** When the first and the last of them were recorded. */
  firstAtMs: number;
  lastAtMs: number;
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
    line.redemptions += 1;
    line.redeemedMinor += readWide(words, at + REDEEMED.amount);
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
  { attributes }: CampaignDefinition,
  words: Uint32Array,
  at: number,
): string {
  const attribute = attributes.indexOf(MERCHANT);
  const count = words[at + REDEEMED.counts]! & 0xff;
  for (let i = 0; i < count; i++) {
    const place = at + REDEEMED.tail + WORDS_AN_ATTRIBUTE * i;
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
