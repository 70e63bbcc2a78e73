// Judges what the journal says about conditions: which lists of users were in force. Conditions
// themselves cannot be judged again, since what claims said of their users is nowhere.
import { LISTED } from "../../core/event.ts";
import type { VerifiedCampaign, VerifiedEvent } from "./campaign.ts";
import type { Findings } from "./findings.ts";

export function judgeListed(
  campaign: VerifiedCampaign,
  event: VerifiedEvent,
  findings: Findings,
): void {
  findings.counts.lists += 1;
  const { lists = [] } = campaign.definition;
  const list = event.words[event.at + LISTED.list]!;
  if (campaign.phase === "closed") findings.wrong("lists", "no list after the close", "one");
  if (list >= lists.length) {
    return findings.wrong("lists", `one of ${lists.length} lists`, `list ${list}`);
  }
  const hash = event.words.slice(event.at + LISTED.sha256, event.at + LISTED.words).join();
  const before = campaign.listHashes[list];
  if (before === hash) findings.wrong("lists", "a list that changes something", "the same again");
  campaign.listHashes[list] = hash;
}

/** What a verified journal does not show of a campaign's conditions. */
export function notesOnConditions({ definition }: VerifiedCampaign): string[] {
  const { id, offers } = definition;
  const conditioned = offers.filter((offer) => offer.eligible !== undefined);
  if (conditioned.length === 0) return [];
  const names = conditioned.map((offer) => offer.id).join(", ");
  return [
    `${id}: whether the conditions of ${names} held for those who got a grant: what claims said ` +
      "of their users is kept nowhere, and of lists only their hash.",
  ];
}
