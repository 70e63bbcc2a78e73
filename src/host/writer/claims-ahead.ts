// The claims of a batch, made into commands some lines ahead, so that what they will look up is on
// its way from memory while the lines before them are decided.

import { HongbaoError } from "../../base/error.ts";
import type { ClaimInput } from "../../contract/schema/claim.ts";
import { type Command, emptyCommand } from "../../core/command.ts";
import type { CampaignState } from "../../core/state.ts";
import { prefetchClaims } from "../../core/tables/prefetch.ts";
import type { OpenCampaign } from "../open-campaigns.ts";

const AHEAD = 32;

/** One window for all batches: the writer decides one line at a time. */
const COMMANDS: Command[] = Array.from({ length: AHEAD }, emptyCommand);
let owner: readonly ClaimInput[] | null = null;
/** The same lines are other commands in another campaign, or in another engine of the process. */
let ownerState: CampaignState | null = null;
let from = 0;
let to = 0;

/** The command of line `index`. Throws HongbaoError for input that only the campaign can judge. */
export function claimCommand(
  campaign: OpenCampaign,
  inputs: readonly ClaimInput[],
  index: number,
): Command {
  const isAhead = owner === inputs && ownerState === campaign.state && index >= from && index < to;
  if (!isAhead) look(campaign, inputs, index);
  return COMMANDS[index - from]!;
}

/** Lets go of a batch that is finished. */
export function forgetClaims(inputs: readonly unknown[]): void {
  if (owner !== inputs) return;
  owner = null;
  ownerState = null;
}

function look(campaign: OpenCampaign, inputs: readonly ClaimInput[], index: number): void {
  owner = null;
  from = index;
  to = index;
  const end = Math.min(inputs.length, index + AHEAD);
  while (to < end && fill(campaign, inputs, to)) to += 1;
  owner = inputs;
  ownerState = campaign.state;
  if (to - from > 1) prefetchClaims(campaign.state, COMMANDS, to - from);
}

/** False where a later line is not acceptable: it will be met again as the first of its window. */
function fill(campaign: OpenCampaign, inputs: readonly ClaimInput[], line: number): boolean {
  try {
    campaign.names.fillClaim(COMMANDS[line - from]!, inputs[line]!);
    return true;
  } catch (error) {
    if (line === from || !(error instanceof HongbaoError)) throw error;
    return false;
  }
}
