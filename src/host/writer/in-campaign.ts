// One turn of the writer about one campaign: what nearly every operation comes to. Operations say
// what is decided there; that the campaign must exist is said here.
import type { AnswerBase } from "../../contract/schema/answer-base.ts";
import type { EventWriter } from "../../core/event.ts";
import { answerBase } from "../answers.ts";
import type { Engine } from "../engine.ts";
import type { OpenCampaign } from "../open-campaigns.ts";
import type { Job } from "./job.ts";
import { describeLine } from "./money-job.ts";

/** Tells one request from another: a bug in one must not keep all others out. */
export type Asked = readonly [operation: string, campaign: string, of: unknown];

/** @param named what the answer says beside its status when there is no such campaign */
export function inCampaign<A extends AnswerBase, N extends object>(
  engine: Engine,
  lane: Job["lane"],
  asked: Asked,
  named: N,
  decide: (open: OpenCampaign, atMs: number, out: EventWriter) => A,
  timeoutMs?: number,
): Promise<A | (AnswerBase & N)> {
  return engine.single<A | (AnswerBase & N)>(
    lane,
    (atMs, out) => {
      const open = engine.find(asked[1]);
      if (open === undefined) return { ...answerBase("unknown_campaign", atMs), ...named };
      return decide(open, atMs, out);
    },
    () => describeLine(...asked),
    timeoutMs,
  );
}
