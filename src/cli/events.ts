// `hongbao events`: a server's stream of events on the terminal, or as JSON for programs, until it
// is told to stop.

import { contractError } from "../contract/errors.ts";
import type { EventView } from "../contract/index.ts";
import { instantText } from "./answer-words.ts";
import { EXIT, type ExitCode } from "./exit-codes.ts";
import { connect } from "./remote.ts";
import { resolveSettings } from "./resolve-settings.ts";
import { watchStopSignals } from "./stop-signals.ts";
import type { VerbCall } from "./verb.ts";

export async function watchEvents(call: VerbCall): Promise<ExitCode> {
  const { terminal, flags, json } = call;
  const { campaign } = await resolveSettings(["campaign"], call);
  const count = countOf(flags.count);
  const client = await connect(call);
  const signals = watchStopSignals();
  const stop = new AbortController();
  void signals.first.then(() => stop.abort());
  const wanted = {
    ...(campaign === null ? {} : { campaign }),
    ...(flags.type === undefined ? {} : { type: String(flags.type) }),
    ...(flags.from === undefined ? {} : { from: String(flags.from) }),
  };
  try {
    let seen = 0;
    for await (const event of client.events({ ...wanted, signal: stop.signal })) {
      if (json) terminal.json(event);
      else terminal.say(lineOf(event));
      seen += 1;
      if (seen >= count) break;
    }
    return EXIT.ok;
  } finally {
    signals.forget();
    await client.close();
  }
}

/** Place, instant, kind and campaign, and what all kinds call alike. */
function lineOf(event: EventView): string {
  const { sequence, index, atMs, type, campaign } = event;
  const more = ["offer", "grant", "amountMinor", "user"].flatMap((name) =>
    event[name] === undefined || event[name] === null ? [] : [`${name}=${String(event[name])}`],
  );
  const place = `${sequence}.${index}`.padEnd(10);
  return [place, instantText(atMs), type, String(campaign), ...more].join("  ");
}

function countOf(flag: unknown): number {
  if (flag === undefined) return Number.POSITIVE_INFINITY;
  const count = /^\d{1,9}$/.test(String(flag)) ? Number(flag) : 0;
  if (count > 0) return count;
  throw contractError(
    "invalid_usage",
    `--count: expected a number from 1 on, found ${String(flag)}`,
  );
}
