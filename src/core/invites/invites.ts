// The invites of a campaign as its events tell them: who made which code, who accepted it, and how
// many a user brought.
import { type Cap, CapSet, capApplies, INVITER } from "../caps/caps.ts";
import type { CampaignDefinition, InviteDefinition } from "../definition.ts";
import { ByteColumn, type Column, WideColumn, WordColumn } from "../tables/columns.ts";

/** What a snapshot keeps of invites beside their columns. */
export interface InviteScalars {
  count: number;
  acceptances: number;
  withheld: number;
  reached: number;
}

/** Of one entry of the definition's `invites`, by user. */
class TermsColumns {
  /** Who invited him, + 1; 0 = nobody did. */
  readonly invitedBy: WordColumn = new WordColumn();
  /** His last code, + 1. */
  readonly lastInvite: WordColumn = new WordColumn();
  /** Acceptances of his codes. */
  readonly brought: WordColumn = new WordColumn();
}

export class Invites {
  /** Codes that were made. */
  count = 0;
  readonly user: WordColumn = new WordColumn();
  readonly terms: ByteColumn = new ByteColumn();
  /** Instant of the code, since the campaign's start. */
  readonly at: WideColumn = new WideColumn();
  readonly used: WordColumn = new WordColumn();
  /** By attribute that a cap of inviters counts by: the value that came with the code, + 1. */
  readonly value: (WordColumn | null)[] = [];

  acceptances = 0;
  readonly acceptedInvite: WordColumn = new WordColumn();
  /** The inviter's grant; the one of the invited is the next. */
  readonly acceptedGrant: WordColumn = new WordColumn();
  /** Acceptances by the held-out, and how many of them there were. */
  withheld = 0;
  reached = 0;

  /** Whether a draw counts what a user brings within a day. */
  countsDays = false;
  /** By user, over all terms: the day on which he last brought somebody, + 1, and how many then. */
  readonly lastDay: WordColumn = new WordColumn();
  readonly lastDayBrought: WordColumn = new WordColumn();

  readonly of: TermsColumns[] = [];
  /** What the inviter's side is charged to, by terms. */
  inviterCaps!: CapSet[];

  setRules(definition: CampaignDefinition, caps: readonly Cap[]): void {
    const { invites = [], draws = [] } = definition;
    this.countsDays = draws.some(({ earn }) => earn !== undefined);
    while (this.of.length < invites.length) this.of.push(new TermsColumns());
    this.inviterCaps = invites.map(({ id, inviterOffer }) => {
      const charged = caps.filter(({ definition: cap }) => {
        if (cap.dimension === INVITER + id) return true;
        return cap.on === "claim" && capApplies(cap, definition, inviterOffer);
      });
      return new CapSet(charged);
    });
    definition.attributes.forEach((_, i) => {
      this.value[i] ??= null;
      const counted = this.inviterCaps.some((set) => ((set.counted >>> i) & 1) === 1);
      if (counted) this.value[i] ??= new WordColumn();
    });
  }

  /** Users whom somebody brought on a day. */
  broughtOn(day: number, user: number): number {
    return this.lastDay.get(user) === day + 1 ? this.lastDayBrought.get(user) : 0;
  }

  bringOn(day: number, user: number): void {
    const brought = this.broughtOn(day, user);
    this.lastDay.set(user, day + 1);
    this.lastDayBrought.set(user, brought + 1);
  }

  columns(): [name: string, column: Column][] {
    return [
      ["invite-user", this.user],
      ["invite-terms", this.terms],
      ["invite-at-low", this.at.low],
      ["invite-at-high", this.at.high],
      ["invite-used", this.used],
      ["accepted-invite", this.acceptedInvite],
      ["accepted-grant", this.acceptedGrant],
      ...this.of.flatMap(({ invitedBy, lastInvite, brought }, i): [string, Column][] => [
        [`invited-by-${i}`, invitedBy],
        [`last-invite-${i}`, lastInvite],
        [`brought-${i}`, brought],
      ]),
      ...(this.countsDays ? this.dayColumns() : []),
      ...this.value.flatMap((column, i): [string, Column][] => {
        return column === null ? [] : [[`invite-value-${i}`, column]];
      }),
    ];
  }

  private dayColumns(): [name: string, column: Column][] {
    return [
      ["invite-last-day", this.lastDay],
      ["invite-last-day-brought", this.lastDayBrought],
    ];
  }

  scalars(): InviteScalars {
    const { count, acceptances, withheld, reached } = this;
    return { count, acceptances, withheld, reached };
  }
}

/** The terms of an invite, by ordinal. */
export function termsOf(definition: CampaignDefinition, terms: number): InviteDefinition {
  return definition.invites![terms]!;
}
