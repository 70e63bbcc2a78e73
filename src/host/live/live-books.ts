// The part of a live snapshot that the engine knows: read in one turn of the writer, and told when
// what it rests on is durable.
import { type AnswerBase, contractError, type LiveView } from "../../contract/index.ts";
import { answerBase } from "../answers.ts";
import type { Engine } from "../engine.ts";
import { campaignBooks } from "../views.ts";
import { inCampaign } from "../writer/in-campaign.ts";
import { LANE } from "../writer/job.ts";

export type LiveBooks = Pick<LiveView, "books" | "issuedMinor" | "redeemedMinor" | "answers">;

/** Rejects with HongbaoError: `not_found`, or why the writer could not be asked. */
export async function liveBooks(
  engine: Engine,
  campaign: string,
  timeoutMs: number,
): Promise<AnswerBase & LiveBooks> {
  const answer = await inCampaign<AnswerBase & LiveBooks, object>(
    engine,
    LANE.read,
    ["live", campaign, null],
    {},
    ({ state, answers }, atMs) => {
      const { issuedMinor, spentMinor, reversedMinor } = state.books;
      return {
        ...answerBase("ok", atMs),
        books: campaignBooks(state, atMs),
        issuedMinor,
        redeemedMinor: spentMinor + reversedMinor,
        answers: answers.view(),
      };
    },
    timeoutMs,
  );
  if ("books" in answer) return answer;
  throw contractError("not_found", `this server has no campaign ${campaign}`);
}
