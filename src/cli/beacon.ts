// `hongbao campaign beacon CAMPAIGN FILE`: hands in the value of the public round that luck waits
// for, as drand published it. The file may come from any machine; the server needs no network.
import { createReadStream } from "node:fs";
import type { Readable } from "node:stream";
import { HongbaoError } from "../base/error.ts";
import { LIMITS } from "../base/limits.ts";
import { type BeaconInput, parse, parseJsonText } from "../contract/index.ts";
import { beaconSchema } from "../contract/schema/beacon.ts";
import { sayAnswer } from "./answer-words.ts";
import type { ExitCode } from "./exit-codes.ts";
import { unreadableFile } from "./read-text.ts";
import { withServer } from "./remote.ts";
import type { VerbCall } from "./verb.ts";

export async function handInBeacon(call: VerbCall): Promise<ExitCode> {
  const [campaign, file] = call.args as [string, string];
  const value = await readValue(file);
  return withServer(call, async (server) => {
    const answer = await server.campaign.beacon({ campaign, ...value });
    return sayAnswer(call, answer, [
      ["campaign", answer.campaign],
      ["round", String(answer.round)],
      ["randomness", answer.randomness],
      ["awaited", answer.awaited?.join(", ") || undefined],
    ]);
  });
}

async function readValue(file: string): Promise<BeaconInput> {
  const name = file === "-" ? "standard input" : file;
  const text = await readBounded(file, name);
  let value: unknown;
  try {
    value = parseJsonText(text);
  } catch (cause) {
    if (cause instanceof HongbaoError) throw noValue(name, cause.message, cause);
    throw noValue(name, "something that is no JSON", cause);
  }
  try {
    return parse(value, beaconSchema);
  } catch (cause) {
    if (!(cause instanceof HongbaoError)) throw cause;
    throw noValue(name, cause.message, cause);
  }
}

function noValue(name: string, found: string, cause?: unknown): HongbaoError {
  const expected =
    'a round as drand publishes it, {"round": …, "randomness": "…", "signature": "…"}';
  const message = `${name}: expected ${expected}; ${found}`;
  return new HongbaoError({ code: "invalid_usage", message, cause });
}

/** A value is some hundred bytes: whatever is longer is another file. */
async function readBounded(file: string, name: string): Promise<string> {
  const most = LIMITS.bodyBytes;
  const stream: Readable =
    file === "-" ? process.stdin : createReadStream(file, { end: most }).setEncoding("utf8");
  let text = "";
  try {
    for await (const chunk of stream) {
      text += chunk;
      if (text.length > most) throw noValue(name, `more than ${most} bytes`);
    }
  } catch (error) {
    if (error instanceof HongbaoError) throw error;
    throw unreadableFile(file, error);
  }
  return text;
}
