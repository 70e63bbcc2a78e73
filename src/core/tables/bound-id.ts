// What a caller's id is bound to: a use, and the fingerprint of the content that bound it. The same
// content under the same id is a repetition; any other is a conflict.
import type { CampaignState } from "../state.ts";

/** First element of a fingerprint: which operation's content it is. No two may share a number. */
export const PRINT_OF = {
  claim: 1,
  redeem: 2,
  cancel: 3,
  reverse: 4,
  hold: 5,
  release: 6,
  clawBack: 7,
  receive: 8,
  enter: 9,
  compensate: 10,
  cover: 11,
  invite: 12,
  accept: 13,
  uncover: 14,
  extend: 15,
} as const;

/** Whether the id was bound by the same content. @param print the two words of its fingerprint */
export function sameContent(campaign: CampaignState, bound: number, print: Uint32Array): boolean {
  return campaign.idPrintA.get(bound) === print[0] && campaign.idPrintB.get(bound) === print[1];
}

/** Whether the id was bound by the same content to one of these uses. */
export function sameUse(
  campaign: CampaignState,
  bound: number,
  print: Uint32Array,
  ...uses: number[]
): boolean {
  return sameContent(campaign, bound, print) && uses.includes(campaign.idUse.get(bound));
}
