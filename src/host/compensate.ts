// Making good what users lost: a part of a list, line by line in the writer's turn, so that what
// one line takes the next one finds gone.
import { toHex, utf8 } from "../base/bytes.ts";
import { sha256 } from "../base/hash.ts";
import type {
  CompensationAnswer,
  CompensationInput,
  CompensationLine,
  CompensationResult,
} from "../contract/index.ts";
import { emptyCommand, USER_AT } from "../core/command.ts";
import {
  compensationOf,
  decideBatch,
  decideCompensation,
  refusalOfBatch,
} from "../core/compensation/decide-compensation.ts";
import { EventWriter } from "../core/event.ts";
import { outcome } from "../core/outcome.ts";
import { answerBase } from "./answers.ts";
import type { Engine } from "./engine.ts";
import type { OpenCampaign } from "./open-campaigns.ts";
import { inCampaign } from "./writer/in-campaign.ts";
import { LANE } from "./writer/job.ts";

/** Lines of one turn: about a millisecond. */
const AT_ONCE = 200;

const COMMAND = emptyCommand();
/** Previews are decided into it, and nobody applies them. */
const NOWHERE = new EventWriter();

/** @param by who asks: the public id of a key, or what an embedding caller says */
export async function compensate(
  engine: Engine,
  campaign: string,
  input: CompensationInput,
  by: string,
  timeoutMs?: number,
): Promise<CompensationAnswer> {
  const results: CompensationResult[] = [];
  let answer: CompensationAnswer | null = null;
  for (let from = 0; from < input.lines.length; from += AT_ONCE) {
    const lines = input.lines.slice(from, from + AT_ONCE);
    answer = await inCampaign(
      engine,
      input.preview === true ? LANE.read : LANE.claim,
      ["campaign.compensate", campaign, [input.batch, lines]],
      { campaign, batch: input.batch },
      (open, atMs, out) => decidePart(engine, open, { ...input, lines }, by, atMs, out),
      timeoutMs,
    );
    results.push(...(answer.results ?? []));
    if (answer.status !== "ok") break;
  }
  return results.length === 0 ? answer! : { ...answer!, results };
}

function decidePart(
  engine: Engine,
  open: OpenCampaign,
  input: CompensationInput,
  by: string,
  atMs: number,
  out: EventWriter,
): CompensationAnswer {
  const { batch, why, total: lines, sha256: hash, preview = false } = input;
  const { state, names } = open;
  const asked = { batch, by, why, lines, sha256: hash };
  const begun = preview
    ? (refusalOfBatch(state, asked) ?? outcome("ok"))
    : decideBatch(state, asked, atMs, out);
  const campaign = state.definition.id;
  const base = { ...answerBase(begun.status, atMs, begun.replayed), campaign, batch };
  if (begun.status !== "ok") return base;
  engine.apply(out);
  const results = input.lines.map((line) => {
    NOWHERE.reset(atMs);
    const result = decideLine(open, input, line, atMs, preview ? NOWHERE : out);
    engine.apply(out); // the next line may be the same user's
    return result;
  });
  return {
    ...base,
    ...(preview ? { preview } : {}),
    currency: names.definition.currency,
    leftMinor: state.compensationMinor,
    results,
  };
}

function decideLine(
  { state, names }: OpenCampaign,
  { batch, preview = false }: CompensationInput,
  line: CompensationLine,
  atMs: number,
  out: EventWriter,
): CompensationResult {
  names.fillUser(COMMAND, line.user, undefined);
  names.pseudonyms.setId(COMMAND, lineId(batch, line));
  COMMAND.amountMinor = line.amountMinor ?? 0;
  COMMAND.ref = utf8(batch);
  if (line.grant !== undefined) COMMAND.grant = names.grantIds.decode(line.grant);
  const { sumMinor: hasMinor } = compensationOf(state, state.users.find(COMMAND.keys, USER_AT));
  const isUnknown = line.grant !== undefined && COMMAND.grant < 0;
  const decided = isUnknown
    ? outcome("unknown_grant")
    : decideCompensation(state, COMMAND, batch, atMs, out);
  const { status, replayed, grant, amountMinor, expiresAtMs } = decided;
  const result: CompensationResult = { status, replayed, hasMinor };
  if (status !== "granted") return result;
  // A preview's grant does not exist.
  const id = replayed || !preview ? { grant: names.grantIds.encode(grant) } : {};
  return { ...result, ...id, amountMinor, expiresAtMs };
}

/** What makes repetitions harmless: the lost grant, whatever the batch; else batch and user. */
function lineId(batch: string, { user, grant }: CompensationLine): string {
  const named = grant === undefined ? ["user", batch, user] : ["grant", grant];
  return toHex(sha256(utf8(`hongbao/compensation/1\n${named.join("\n")}`)));
}
