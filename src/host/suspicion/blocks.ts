// Blocks, from a request to the journal: some users, or values of an attribute, at a time.
import { LIMITS } from "../../base/limits.ts";
import { invalidRequest } from "../../contract/errors.ts";
import type { BlockAnswer, BlockInput, UnblockInput } from "../../contract/schema/block.ts";
import { type Command, emptyCommand } from "../../core/command.ts";
import type { EventWriter } from "../../core/event.ts";
import { FOR_GOOD, USER_SUBJECT } from "../../core/suspicion/blocks.ts";
import { decideBlock, decideUnblock } from "../../core/suspicion/decide-block.ts";
import { answerBase } from "../answers.ts";
import { checkedInstant } from "../checked-input.ts";
import type { Engine } from "../engine.ts";
import type { OpenCampaign } from "../open-campaigns.ts";
import { inCampaign } from "../writer/in-campaign.ts";
import { LANE } from "../writer/job.ts";
import type { CampaignNames } from "../writer/request.ts";
import { noteOf } from "./suspicion.ts";

const COMMAND: Command = emptyCommand();
const BY_USER = "user";

interface BlockCall {
  params: { campaign: string };
  body: UnblockInput | BlockInput;
  by?: string;
}

export type BlockStep = "add" | "remove";

type BlockHandler = (
  engine: Engine,
  call: BlockCall,
  timeoutMs: number | undefined,
) => Promise<BlockAnswer>;

const blocking =
  (step: BlockStep): BlockHandler =>
  (engine, { params, body, by = "embedded" }, timeoutMs) =>
    changeBlocks(engine, step, params.campaign, body, by, timeoutMs);

export const BLOCK_HANDLERS: Readonly<Record<`block.${BlockStep}`, BlockHandler>> = {
  "block.add": blocking("add"),
  "block.remove": blocking("remove"),
};

/** So many a decision that a record never overflows, in the caller's order. */
export async function changeBlocks(
  engine: Engine,
  step: BlockStep,
  campaign: string,
  input: UnblockInput | BlockInput,
  by: string,
  timeoutMs?: number,
): Promise<BlockAnswer> {
  const counts = { changed: 0, unchanged: 0 };
  let answer = answerBase("ok", 0);
  for (let from = 0; from < input.values.length; from += LIMITS.blocksInLine) {
    const values = input.values.slice(from, from + LIMITS.blocksInLine);
    answer = await inCampaign(
      engine,
      LANE.redemption,
      [`block.${step}`, campaign, values],
      {},
      (open, atMs, out) => {
        const some = { ...input, values };
        const decided = decideBlocks(open, step, some, by, atMs, out, () => engine.apply(out));
        if (decided === null) return answerBase("campaign_closed", atMs);
        counts.changed += decided.changed;
        counts.unchanged += decided.unchanged;
        return answerBase(step === "add" ? "block_placed" : "unblocked", atMs);
      },
      timeoutMs,
    );
    if (answer.status === "unknown_campaign" || answer.status === "campaign_closed") break;
  }
  return { ...answer, ...counts };
}

/**
 * Some blocks, decided now; null once the campaign is closed.
 * @param apply applies what is written so far: the next value may be the same
 */
export function decideBlocks(
  { state, names }: Pick<OpenCampaign, "state" | "names">,
  step: BlockStep,
  input: UnblockInput | BlockInput,
  by: string,
  atMs: number,
  out: EventWriter,
  apply: () => void,
): { changed: number; unchanged: number } | null {
  const subject = subjectOf(names, input.by);
  const untilMs = endOf(input, atMs);
  const note = noteOf(input, by);
  if (state.phase === "closed") return null;
  let changed = 0;
  for (const value of input.values) {
    if (subject === USER_SUBJECT) names.pseudonyms.setUser(COMMAND, value);
    else names.pseudonyms.setAttributes(COMMAND, { [input.by]: value });
    const isChanged =
      step === "add"
        ? decideBlock(state, COMMAND, subject, untilMs, note, atMs, out)
        : decideUnblock(state, COMMAND, subject, note, atMs, out);
    if (isChanged) changed += 1;
    apply();
  }
  return { changed, unchanged: input.values.length - changed };
}

function subjectOf({ definition }: CampaignNames, by: string): number {
  if (by === BY_USER) return USER_SUBJECT;
  const attribute = definition.attributes.indexOf(by);
  if (attribute >= 0) return 1 + attribute;
  const expected = `one of ${[BY_USER, ...definition.attributes].join(", ")}`;
  throw invalidRequest("$.by", expected, "another name");
}

function endOf(input: UnblockInput | BlockInput, atMs: number): number {
  const { untilMs: until, forMs: span } = input as BlockInput;
  const untilMs = checkedInstant("untilMs", until);
  const forMs = checkedInstant("forMs", span);
  if (forMs > 0 && untilMs > 0) throw invalidRequest("$.forMs", "none beside untilMs", "both");
  if (forMs > 0) return atMs + forMs;
  if (untilMs === 0) return FOR_GOOD;
  if (untilMs > atMs) return untilMs;
  throw invalidRequest("$.untilMs", `an instant after ${atMs}, which is now`, String(untilMs));
}
