// How the events of draws add to the state.

import { DRAW_CLOSED, DRAW_PLACE, ENTERED, readWide } from "../event.ts";
import { bindId } from "../grants/apply-grant.ts";
import { forDraw } from "../luck/beacon.ts";
import type { CampaignState } from "../state.ts";
import { ID_USE } from "../state-words.ts";

const NO_ENTRY = 0xffffffff;

export function applyEntered(campaign: CampaignState, words: Uint32Array, at: number): void {
  const packed = words[at + ENTERED.draw]!;
  const entry = words[at + ENTERED.entry]!;
  const user = words[at + ENTERED.user]!;
  campaign.users.intern(words, at + ENTERED.userKey, user);
  const isWithheld = entry === NO_ENTRY;
  const isAsked = packed >>> 16 === 1;
  const use = isWithheld ? ID_USE.entryWithheld : ID_USE.entered;
  if (isAsked) bindId(campaign, words, at + ENTERED.id, use, isWithheld ? 0 : entry);
  if (!isWithheld) campaign.lots[packed & 0xffff]!.enter(user);
}

export function applyDrawClosed(campaign: CampaignState, words: Uint32Array, at: number): void {
  const draw = words[at + DRAW_CLOSED.draw]!;
  const lot = campaign.lots[draw]!;
  lot.isClosed = true;
  lot.round = readWide(words, at + DRAW_CLOSED.round);
  if (lot.round === 0) return;
  campaign.rounds.push({ purpose: forDraw(draw), round: lot.round, randomness: null });
}

/** The place is taken; the grant of a winner is an event of its own, which follows. */
export function applyPlace(
  campaign: CampaignState,
  words: Uint32Array,
  at: number,
  isWon: boolean,
): void {
  const lot = campaign.lots[words[at + DRAW_PLACE.draw]!]!;
  const entry = words[at + DRAW_PLACE.entry]!;
  lot.take(words[at + DRAW_PLACE.place]!, words[at + DRAW_PLACE.point]!);
  if (isWon) lot.win(lot.entryUser.get(entry), words[at + DRAW_PLACE.rest]!);
  else lot.voids += 1;
}
