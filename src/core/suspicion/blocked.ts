// Who is blocked now: the user of a command, the device that it came with, whoever holds a grant.

import type { Command } from "../command.ts";
import type { CampaignState } from "../state.ts";
import { subjectAt, USER_SUBJECT } from "./blocks.ts";

const KEY = new Uint32Array(4);

/** Whether the user of a command, or any value that came with it, is blocked now. */
export function isBlocked(campaign: CampaignState, command: Command, atMs: number): boolean {
  const { blocks } = campaign;
  if (blocks.isEmpty) return false;
  for (let subject = 0; subject < blocks.of.length; subject++) {
    if (blocks.of[subject]!.keys.count === 0 || !names(command, subject)) continue;
    if (atMs < blocks.of[subject]!.untilOf(command.keys, subjectAt(subject))) return true;
  }
  return false;
}

/** Whether a command says who or what the subject is. */
export function names({ attributes }: Command, subject: number): boolean {
  return subject === USER_SUBJECT || ((attributes >>> (subject - 1)) & 1) === 1;
}

/** Whether a user is blocked now, whatever he comes with. */
export function isUserBlocked(
  { blocks, users }: CampaignState,
  user: number,
  atMs: number,
): boolean {
  if (blocks.isEmpty) return false;
  users.keys.read(user, KEY, 0);
  return atMs < blocks.of[USER_SUBJECT]!.untilOf(KEY, 0);
}

/** Whether a value that a grant was charged by, such as its device, is blocked now. */
export function isGrantBlocked(
  { blocks, attributes, grantAttribute }: CampaignState,
  grant: number,
  atMs: number,
): boolean {
  if (blocks.isEmpty) return false;
  return grantAttribute.some((column, attribute) => {
    const row = (column?.get(grant) ?? 0) - 1;
    if (row < 0) return false;
    attributes[attribute]!.keys.read(row, KEY, 0);
    return atMs < blocks.of[1 + attribute]!.untilOf(KEY, 0);
  });
}
