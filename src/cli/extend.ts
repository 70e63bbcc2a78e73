// `hongbao extend GRANT`: the expiry of one grant moved further away, to an instant, to the end of
// a day of the campaign's zone, or by so much.
import { dayStarts, localDay } from "../base/time.ts";
import type { Client } from "../client/index.ts";
import { contractError } from "../contract/errors.ts";
import { readDuration, readInstant, type SuspicionAnswer } from "../contract/index.ts";
import { expiryText, type Facts, instantText, sayAnswer } from "./answer-words.ts";
import type { ExitCode } from "./exit-codes.ts";
import { moving } from "./money.ts";
import { reasonOf } from "./suspicion.ts";
import type { VerbCall } from "./verb.ts";

const DAY_MS = 86_400_000;

export function extend(call: VerbCall): Promise<ExitCode> {
  return moving(call, "e", async (server, campaign, id) => {
    const grant = call.args[0]!;
    const asked = { campaign, grant, id, ...reasonOf(call) };
    const ask = (expiresAtMs: number, isPreview: boolean): Promise<SuspicionAnswer> =>
      server.grant.extend({ ...asked, expiresAtMs, ...(isPreview && { preview: true as const }) });
    const { until, by } = call.flags;
    if ((until === undefined) === (by === undefined)) {
      throw wrong("--until or --by", "one of the two", until === undefined ? "neither" : "both");
    }
    let untilMs = until === undefined ? null : await readEnd(String(until), server, campaign);
    if (untilMs === null) {
      const byMs = durationOf(String(by));
      // Refused in any case, and so told which expiry holds, of a held grant too.
      const inForce = await ask(1, true);
      if (inForce.status !== "not_later") return sayAnswer(call, inForce);
      untilMs = inForce.expiresAtMs! + byMs;
    }
    const isPreview = call.flags.preview === true;
    return sayExtended(call, await ask(untilMs, isPreview), isPreview ? undefined : id);
  });
}

function sayExtended(call: VerbCall, answer: SuspicionAnswer, id?: string): ExitCode {
  const { expiresAtMs, beforeMs, latestMs, atMs } = answer;
  const facts: Facts = [
    ["before", beforeMs === undefined ? undefined : instantText(beforeMs)],
    ["expires", expiryText(expiresAtMs, atMs)],
    ["at the latest", latestMs === undefined ? undefined : instantText(latestMs)],
    ["preview", answer.preview === true ? "nothing was changed" : undefined],
    ["id", id],
  ];
  return sayAnswer(call, answer, facts);
}

/** An instant as written; a day lasts until it ends in the campaign's zone. */
export async function readEnd(text: string, server: Client, campaign: string): Promise<number> {
  const instantMs = readInstant(text);
  if (instantMs !== null) return instantMs;
  const noonMs = readInstant(`${text}T12:00:00Z`);
  if (noonMs === null) {
    const expected = "a day such as 2026-03-02, or an instant such as 2026-03-02T18:00:00+08:00";
    throw wrong("--until", expected, text);
  }
  const { books } = await server.campaign.show({ campaign });
  const zone = books?.timeZone ?? "UTC";
  const dayOf = localDay(zone);
  const starts = dayStarts(zone, noonMs - 2 * DAY_MS, noonMs + 3 * DAY_MS);
  return starts.find((startMs) => dayOf(startMs) > text)!;
}

function durationOf(text: string): number {
  const ms = readDuration(text);
  if (ms !== null && ms > 0) return ms;
  throw wrong("--by", "a time such as 3d", text);
}

function wrong(what: string, expected: string, found: string): Error {
  return contractError("invalid_usage", `${what}: expected ${expected}, found ${found}`);
}
