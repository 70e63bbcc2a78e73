// Judges entries of draws that users earn by bringing others: counts what everybody brings within a
// day from the acceptances alone, and says which entries must follow one.
import { ENTERED } from "../../core/event.ts";
import type { VerifiedCampaign, VerifiedEvent } from "./campaign.ts";
import { type VerifyColumn, wordColumn } from "./columns.ts";
import type { Findings } from "./findings.ts";

/** By user: the day on which he last brought somebody, + 1, and how many then. */
export class BroughtBook {
  private readonly day: VerifyColumn<Uint32Array> = wordColumn();
  private readonly brought: VerifyColumn<Uint32Array> = wordColumn();

  /** One more on a day; returns how many that makes. */
  add(user: number, day: number): number {
    const before = this.day.get(user) === day + 1 ? this.brought.get(user) : 0;
    this.day.set(user, day + 1);
    this.brought.set(user, before + 1);
    return before + 1;
  }
}

/** An entry that must follow the grants of an acceptance. */
export interface AwaitedEntry {
  campaign: VerifiedCampaign;
  kind: "draw_entered";
  user: number;
  draw: number;
}

/** The entries that a user earns with an acceptance at this instant, in the order of the draws. */
export function earnedEntries(
  campaign: VerifiedCampaign,
  user: number,
  atMs: number,
): AwaitedEntry[] {
  const { draws = [] } = campaign.definition;
  if (draws.every(({ earn }) => earn === undefined)) return [];
  const brought = campaign.invites.brought.add(user, campaign.calendar.windowOf("day", atMs));
  return draws.flatMap(({ earn }, draw): AwaitedEntry[] => {
    if (earn?.invites !== brought || !isOpenTo(campaign, draw, user, atMs)) return [];
    return [{ campaign, kind: "draw_entered", user, draw }];
  });
}

function isOpenTo(
  { definition, lots, userAudience }: VerifiedCampaign,
  draw: number,
  user: number,
  atMs: number,
): boolean {
  const { opensAtMs, closesAtMs, audience, entriesPerUser } = definition.draws![draw]!;
  const lot = lots[draw]!;
  const inTime = atMs >= opensAtMs && atMs < closesAtMs && !lot.isClosed;
  const isMember = audience === null || userAudience.get(user) === audience + 1;
  return inTime && isMember && lot.userEntries.get(user) < entriesPerUser;
}

/** Whether an entry that was not asked for is the one that the acceptance before it earned. */
export function checkEarned(
  { words, at }: VerifiedEvent,
  due: AwaitedEntry | null,
  findings: Findings,
): void {
  const user = words[at + ENTERED.user]!;
  const draw = words[at + ENTERED.draw]! & 0xffff;
  if (words.subarray(at + ENTERED.id, at + ENTERED.user).some((word) => word > 0)) {
    findings.wrong("entries", "an earned entry without an id", "one with an id");
  }
  if (due === null || (user === due.user && draw === due.draw)) return;
  const expected = `user ${due.user} in draw ${due.draw}`;
  findings.wrong("entries", expected, `user ${user} in draw ${draw}`);
}
