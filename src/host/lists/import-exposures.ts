// Exposures that surfaces outside report: each line is decided by itself, in the caller's order.
import type { AnswerOf } from "../../contract/index.ts";
import { decideExposure } from "../../core/assignment/decide-exposure.ts";
import { emptyCommand } from "../../core/command.ts";
import type { EventWriter } from "../../core/event.ts";
import type { Status } from "../../core/outcome.ts";
import { answerBase } from "../answers.ts";
import type { Engine } from "../engine.ts";
import type { OpenCampaign } from "../open-campaigns.ts";
import type { Call } from "../writer/call.ts";
import { inCampaign } from "../writer/in-campaign.ts";
import { LANE } from "../writer/job.ts";

type Answer = AnswerOf<"exposure.import">;
type Line = Call<"exposure.import">["body"]["lines"][number];

/** What lines came to, over the slices of one call. */
interface Tally {
  recorded: number;
  known: number;
  refused: { index: number; status: Status }[];
}

const COMMAND = emptyCommand();
/** Lines of one turn: under a millisecond. */
const AT_ONCE = 500;

export async function importExposures(
  engine: Engine,
  { params, body }: Call<"exposure.import">,
  timeoutMs: number | undefined,
): Promise<Answer> {
  const { campaign, surface } = params;
  const tally: Tally = { recorded: 0, known: 0, refused: [] };
  let answer: Answer = { ...answerBase("ok", 0), surface };
  for (let from = 0; from < body.lines.length; from += AT_ONCE) {
    const lines = body.lines.slice(from, from + AT_ONCE);
    answer = await inCampaign(
      engine,
      LANE.claim,
      ["exposure.import", campaign, [surface, lines]],
      { surface },
      (open, atMs, out) => {
        const status = decideSlice(engine, open, surface, { lines, from }, tally, atMs, out);
        return { ...answerBase(status, atMs), surface };
      },
      timeoutMs,
    );
    if (answer.status !== "ok") return answer;
  }
  return { ...answer, ...tally };
}

function decideSlice(
  engine: Engine,
  { state, names }: OpenCampaign,
  surface: string,
  { lines, from }: { lines: readonly Line[]; from: number },
  tally: Tally,
  atMs: number,
  out: EventWriter,
): Status {
  const ordinal = state.definition.surfaces?.indexOf(surface) ?? -1;
  if (ordinal < 0) return "unknown_surface";
  if (state.phase === "closed") return "campaign_closed";
  lines.forEach(({ user, seenAtMs }, i) => {
    names.pseudonyms.setUser(COMMAND, user);
    const { status } = decideExposure(state, COMMAND, ordinal, seenAtMs, atMs, out);
    // Applied here, since the next line may be the same user's.
    engine.apply(out);
    if (status === "exposed") tally.recorded += 1;
    else if (status === "exposed_before") tally.known += 1;
    else tally.refused.push({ index: from + i, status });
  });
  return "ok";
}
